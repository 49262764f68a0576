//! A screen that is one table with details beside it: its heading, and what it
//! shows before there are rows.

use yew::prelude::*;

use super::Empty;
use crate::view::Language;

/// What a screen puts on it.
pub struct Screenful {
    /// The screen's message, and the key of the count of its rows.
    pub name: &'static str,
    /// Rows in all; `None` before the first answer.
    pub total: Option<u32>,
    /// The key of what to say when there are none.
    pub none: &'static str,
    pub panel: Option<Html>,
    /// Beside the heading.
    pub aside: Html,
    pub table: Html,
}

/// The whole screen.
pub fn screenful(parts: Screenful, language: Language) -> Html {
    let Screenful { name, total, none, panel, aside, table } = parts;
    let class = classes!("screenful", panel.is_some().then_some("screenful--open"));
    html! {
        <div {class}>
            <div class="screen-head">
                <h1>{language.text(&format!("screen.{name}"))}</h1>
                if let Some(total) = total.filter(|total| *total > 0) {
                    <span class="screen-head__count">
                        {language.count(&format!("count.{name}"), total.into())}
                    </span>
                }
                {aside}
            </div>
            { match total {
                None => html! { <p class="screenful__coming" role="status">{language.text("shell.loading")}</p> },
                Some(0) => html! { <Empty {none} /> },
                Some(_) => table,
            } }
            // One child whether it is there or not: the table beside it must stay the same.
            {panel.unwrap_or_default()}
        </div>
    }
}
