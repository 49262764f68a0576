//! What a report states beyond the specifications.

use yew::prelude::*;

use super::{Detail, Fact, Facts, data};
use crate::ui::hooks::use_language;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Paths of elements and their texts.
    pub extras: Vec<(String, String)>,
}

#[component]
pub fn Extras(props: &Props) -> Html {
    let language = use_language();
    html! {
        if !props.extras.is_empty() {
            <Detail title={language.text("detail.extras")}>
                <Facts>
                    for (path, text) in &props.extras {
                        <Fact name={path.clone()}>{data(Some(text), language)}</Fact>
                    }
                </Facts>
            </Detail>
        }
    }
}
