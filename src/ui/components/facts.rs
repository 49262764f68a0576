//! A list of names and values.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FactsProps {
    pub children: Html,
}

#[component]
pub fn Facts(props: &FactsProps) -> Html {
    html! { <dl class="facts">{props.children.clone()}</dl> }
}

#[derive(Properties, PartialEq)]
pub struct FactProps {
    pub name: AttrValue,
    pub children: Html,
}

#[component]
pub fn Fact(props: &FactProps) -> Html {
    html! {
        <div class="facts__fact">
            <dt class="facts__name">{&props.name}</dt>
            <dd class="facts__value">{props.children.clone()}</dd>
        </div>
    }
}
