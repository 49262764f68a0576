//! A screen that is one table with details beside it: its heading, and what it
//! shows before there are rows.

use yew::prelude::*;

use super::NoData;
use crate::ui::hooks::use_language;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The screen's message, and the key of the count of its rows.
    pub name: &'static str,
    /// Rows in all; `None` before the first answer.
    pub total: Option<u32>,
    /// The key of what to say when there are none.
    pub none: &'static str,
    #[prop_or_default]
    pub panel: Option<Html>,
    /// Beside the heading.
    #[prop_or_default]
    pub aside: Html,
    pub children: Html,
}

#[component]
pub fn Screenful(props: &Props) -> Html {
    let Props { name, total, none, panel, aside, children } = props;
    let language = use_language();
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
                {aside.clone()}
            </div>
            { match total {
                None => html! { <p class="screenful__coming" role="status">{language.text("shell.loading")}</p> },
                Some(0) => html! { <NoData {none} /> },
                Some(_) => children.clone(),
            } }
            // One child whether it is there or not: the table beside it must stay the same.
            {panel.clone().unwrap_or_default()}
        </div>
    }
}
