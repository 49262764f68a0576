//! The details of a line, in the panel beside its table.

use yew::prelude::*;

use super::Painted;
use crate::screens::{Line, Part};
use crate::ui::state::{Generation, Visit};

/// What the screens' program makes of the line.
pub fn details(line: Line, visit: &Visit, generation: Generation) -> Html {
    html! {
        <Painted session={visit.session.clone()} language={*visit.language} {generation}
            route={visit.route.to_string()} part={Part::Details(line)} class="panel__details" />
    }
}
