//! The Toolbox: shows what its program draws, tells it what was typed, and does what the
//! elements are there for. It knows no tool.

mod element;
mod events;
mod known;

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::base::UnixSeconds;
use crate::toolbox::markup::{Act, Drawn};
use crate::toolbox::{Ask, Known, Values};
use crate::ui::hooks::stay_at;
use crate::view::{Language, Route};
use crate::web::session::Session;
use crate::web::{save, timing};

/// Browsers refuse an address that changes with every key.
const ADDRESS_MILLIS: u32 = 400;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub session: Session,
    pub language: Language,
    /// The address of a tool, as the fragment has it.
    pub link: String,
}

pub enum Message {
    /// A field's name and its text.
    Typed(String, String),
    /// A field's name and a file for it.
    Chosen(String, Vec<u8>),
    /// The number of an act.
    Act(usize),
    Known(Known),
    /// What the program drew, if it could, for the question of this number.
    Drawn(u32, Option<Box<Drawn>>),
}

/// A component with messages, not hooks: one state, many ways to change it.
pub struct Toolbox {
    typed: Values,
    file: Option<(String, Vec<u8>)>,
    known: Known,
    /// `None` before the first; the last one stays until the next has come.
    drawn: Option<Box<Drawn>>,
    is_lost: bool,
    /// A link was followed, and what it says is not drawn yet.
    is_linked: bool,
    /// Counts what was asked: only the last answer is wanted.
    turn: u32,
    opened: UnixSeconds,
    /// Another tool was drawn: reading goes on at its heading.
    is_elsewhere: bool,
    main: NodeRef,
    address: Option<Timeout>,
}

impl Component for Toolbox {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut toolbox = Self {
            typed: ctx.props().session.typed(),
            file: None,
            known: Known::default(),
            drawn: None,
            is_lost: false,
            is_linked: true,
            turn: 0,
            opened: timing::today(),
            is_elsewhere: false,
            main: NodeRef::default(),
            address: None,
        };
        toolbox.ask(ctx);
        known::look_up(ctx);
        toolbox
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        self.is_linked |= ctx.props().link != old.link;
        self.ask(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed(name, text) => {
                self.typed.set(&name, &text);
                self.file = None;
            }
            Message::Chosen(name, bytes) => self.file = Some((name, bytes)),
            Message::Act(number) => match self.drawn.as_ref().and_then(|it| it.acts.get(number)) {
                Some(Act::Put(values)) => {
                    values.iter().for_each(|(name, value)| self.typed.set(name, value));
                    self.file = None;
                }
                // Where the browser refuses, the text can still be copied.
                Some(Act::Save { name, text }) => {
                    return save::file(name, "text/plain", text).is_err();
                }
                None => return false,
            },
            Message::Known(known) => self.known = known,
            Message::Drawn(turn, drawn) => return turn == self.turn && self.take(ctx, drawn),
        }
        ctx.props().session.remember(self.typed.clone());
        self.ask(ctx);
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.is_elsewhere) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let main = self.main.cast::<HtmlElement>();
            let heading = main.and_then(|main| main.query_selector("h1").ok().flatten());
            if let Some(heading) = heading.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                let _ = heading.focus();
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let language = ctx.props().language;
        let content = match &self.drawn {
            _ if self.is_lost => lost(language),
            None => html! { <p class="toolbox__coming">{language.text("shell.loading")}</p> },
            Some(drawn) => element::nodes(&drawn.content, &self.typed),
        };
        let is_busy = (self.is_linked && !self.is_lost).to_string();
        let on = events::listeners(ctx.link());
        html! {
            <div class="toolbox" aria-busy={is_busy} ref={self.main.clone()}
                onclick={on.click} oninput={on.input} onchange={on.change} ondrop={on.drop}>
                {content}
            </div>
        }
    }
}

impl Toolbox {
    fn ask(&mut self, ctx: &Context<Self>) {
        self.turn += 1;
        let Props { session, language, link } = ctx.props().clone();
        let ask = Ask {
            language: language.tag().to_owned(),
            link: self.is_linked.then_some(link),
            tool: self.drawn.as_ref().map(|drawn| drawn.tool).unwrap_or_default(),
            values: self.typed.clone(),
            file: self.file.clone(),
            known: self.known.clone(),
            opened: self.opened,
            now: timing::today(),
        };
        let (turn, link) = (self.turn, ctx.link().clone());
        spawn_local(async move {
            let drawn = session.draw(ask).await;
            link.send_message(Message::Drawn(turn, drawn.map(Box::new)));
        });
    }

    /// Shows what was drawn, and keeps it in the address.
    fn take(&mut self, ctx: &Context<Self>, drawn: Option<Box<Drawn>>) -> bool {
        self.is_lost = drawn.is_none();
        let Some(drawn) = drawn else { return true };
        self.is_linked = false;
        self.is_elsewhere = self.drawn.as_ref().is_some_and(|before| before.tool != drawn.tool);
        self.typed = drawn.values.clone();
        ctx.props().session.remember(self.typed.clone());
        let route = Route::tool(&drawn.address);
        self.address = Some(Timeout::new(ADDRESS_MILLIS, move || stay_at(&route)));
        self.drawn = Some(drawn);
        true
    }
}

/// The program has not come: a reload fetches it.
fn lost(language: Language) -> Html {
    let reload = |_: MouseEvent| {
        let _ = window().location().reload();
    };
    html! {
        <div class="toolbox__lost" role="alert">
            <h1>{language.text("screen.toolbox")}</h1>
            <p>{language.text("toolbox.lost")}</p>
            <button type="button" class="button button--primary" onclick={reload}>
                {language.text("toolbox.reload")}
            </button>
        </div>
    }
}
