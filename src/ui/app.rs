//! The root: starts the session and hands down what the screens share.

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::{use_hash_route, use_saved_language};
use super::shell::Shell;
use super::state::Generation;
use crate::view::{Language, Route};
use crate::web::session::Session;
use crate::web::snapshot::Snapshot;

#[component]
pub fn App() -> Html {
    let snapshot = use_state_eq(|| Rc::new(Snapshot::default()));
    let session = use_memo((), |()| Session::start(Callback::from(snapshot.setter())));
    let language = use_saved_language();
    let route = use_hash_route();
    html! {
        <ContextProvider<Session> context={(*session).clone()}>
        <ContextProvider<UseStateHandle<Language>> context={language}>
        <ContextProvider<Route> context={route}>
        <ContextProvider<Generation> context={Generation(snapshot.generation)}>
        <ContextProvider<Rc<Snapshot>> context={(*snapshot).clone()}>
            <Shell />
        </ContextProvider<Rc<Snapshot>>>
        </ContextProvider<Generation>>
        </ContextProvider<Route>>
        </ContextProvider<UseStateHandle<Language>>>
        </ContextProvider<Session>>
    }
}
