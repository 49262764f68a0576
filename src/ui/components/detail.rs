//! A section of a panel.

use yew::prelude::*;

/// The section of this title.
pub fn detail(title: impl Into<AttrValue>, body: Html) -> Html {
    let title = title.into();
    html! {
        <section class="detail">
            <h3 class="detail__title">{title}</h3>
            {body}
        </section>
    }
}
