//! A section of a panel.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub title: AttrValue,
    pub children: Html,
}

#[component]
pub fn Detail(props: &Props) -> Html {
    html! {
        <section class="detail">
            <h3 class="detail__title">{&props.title}</h3>
            {props.children.clone()}
        </section>
    }
}
