//! The root: starts the session and hands down what the screens share.

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::{
    use_folding_menus, use_hash_route, use_lead_on, use_saved_clock, use_saved_language,
};
use super::shell::Shell;
use super::state::{Generation, Visit};
use crate::web::session::Session;
use crate::web::snapshot::{ImportState, Snapshot};

#[component]
pub fn App() -> Html {
    let snapshot = use_state_eq(|| Rc::new(Snapshot::default()));
    let session = use_memo((), |()| Session::start(Callback::from(snapshot.setter())));
    use_folding_menus();
    use_lead_on(&snapshot);
    let visit = Visit {
        session: (*session).clone(),
        language: use_saved_language(),
        clock: use_saved_clock(),
        route: use_hash_route(),
    };
    let generation = Generation {
        number: snapshot.generation,
        is_reading: snapshot.import == ImportState::Working,
    };
    html! {
        <ContextProvider<Visit> context={visit}>
        <ContextProvider<Rc<Snapshot>> context={(*snapshot).clone()}>
            <Shell {generation} />
        </ContextProvider<Rc<Snapshot>>>
        </ContextProvider<Visit>>
    }
}
