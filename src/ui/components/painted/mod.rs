//! Shows what the screens' program draws, tells it what was typed, and does what the elements
//! are there for. It knows no screen.

mod address;
mod choices;
mod element;
mod events;
mod lost;
mod steps;

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::base::UnixSeconds;
use crate::query::Window;
use crate::screens::markup::{Act, Drawn};
use crate::screens::{Ask, Listing, Part, Shown, Values};
use crate::ui::components::{DataTable, choose_files};
use crate::ui::hooks::{Reached, entry_of_history, go_to};
use crate::ui::state::{Generation, Visit};
use crate::view::{Language, Zone};
use crate::web::session::Session;
use crate::web::{save, timing};
use address::AddressBar;
pub use element::nodes;
use lost::lost;

/// While an import goes on the store changes with every frame: what is shown stays for this
/// long before it is drawn anew.
const CALM_MILLIS: u32 = 300;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub session: Session,
    pub language: Language,
    pub zone: Zone,
    /// The fragment of the address.
    pub route: AttrValue,
    pub generation: Generation,
    pub part: Part,
    /// The class of the element that all stands in.
    pub class: &'static str,
}

/// This part of the page, in an element of this class.
pub fn painted(part: Part, class: &'static str, visit: &Visit, generation: Generation) -> Html {
    // Each screen begins anew; the bar above it stays.
    let key = match part {
        Part::Screen => visit.route.screen.path(),
        Part::Bar | Part::Help => class,
    };
    html! {
        <Painted {key} session={visit.session.clone()} language={*visit.language} {generation}
            {part} route={visit.route.to_string()} zone={(*visit.clock).clone()} {class} />
    }
}

pub enum Message {
    /// A field's name and its text.
    Typed(String, String),
    /// A field's name and a file for it.
    Chosen(String, Vec<u8>),
    /// The number of an act.
    Act(usize),
    /// Enter was pressed in a form.
    Entered,
    /// A range's field, where it begins if not at the step, and the step. The empty beginning
    /// goes on with what is chosen.
    Stepped(String, Option<String>, String),
    /// The focus came to this step of a field's range.
    Reached(String, String),
    /// The range of this field is chosen.
    Released(String),
    /// The table is scrolled there.
    Window(Window),
    /// The details of a row of the table are wanted, or none any more.
    Open(Option<u32>),
    /// The store has been another one for a while.
    Calm,
    /// What the program drew, if it could, for the question of this number.
    Drawn(u32, Option<Box<Drawn>>),
}

/// A component with messages, not hooks: one state, many ways to change it.
pub struct Painted {
    typed: Values,
    file: Option<(String, Vec<u8>)>,
    /// `None` before the first; the last one stays until the next has come.
    drawn: Option<Box<Drawn>>,
    /// The table of what is drawn.
    listing: Option<Rc<Listing>>,
    shown: Shown,
    /// How far the table is scrolled, and the entry of the history that it is of.
    reached: Rc<Reached>,
    entry: f64,
    is_lost: bool,
    /// A link was followed, and what it says is not drawn yet.
    is_linked: bool,
    is_entered: bool,
    /// The step under the pointer was told of before it was pressed.
    is_read: Cell<bool>,
    /// What was pressed last was pressed with a finger.
    by_finger: Cell<bool>,
    /// The store that is drawn.
    revision: u64,
    calm: Option<Timeout>,
    /// Counts what was asked: only the last answer is wanted.
    turn: u32,
    /// The session's number for it.
    asked: Option<u32>,
    opened: UnixSeconds,
    /// Another place was drawn: reading goes on at its heading.
    is_elsewhere: bool,
    /// Details were opened: reading goes on at their title.
    is_opened: bool,
    main: NodeRef,
    address: AddressBar,
}

impl Component for Painted {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut painted = Self {
            typed: ctx.props().session.typed(ctx.props().part),
            file: None,
            drawn: None,
            listing: None,
            shown: Shown::default(),
            reached: Rc::default(),
            entry: 0.0,
            is_lost: false,
            is_linked: true,
            is_entered: false,
            is_read: Cell::new(true),
            by_finger: Cell::default(),
            revision: ctx.props().generation.number,
            calm: None,
            turn: 0,
            asked: None,
            opened: timing::today(),
            is_elsewhere: false,
            is_opened: false,
            main: NodeRef::default(),
            address: AddressBar::new(),
        };
        painted.come(ctx);
        painted.ask(ctx);
        painted
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let props = ctx.props();
        if props.route != old.route {
            self.is_linked = true;
            self.leave(ctx);
            self.come(ctx);
        }
        if props.generation.number != self.revision && self.calm.is_none() {
            let link = ctx.link().clone();
            self.calm = Some(Timeout::new(CALM_MILLIS, move || link.send_message(Message::Calm)));
        }
        let is_other =
            props.route != old.route || props.language != old.language || props.zone != old.zone;
        if is_other || props.generation.is_reading != old.generation.is_reading {
            self.ask(ctx);
        }
        is_other
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
                Some(Act::SaveSource { name }) => {
                    ctx.props().session.save_source(name);
                    return false;
                }
                Some(Act::Open(open)) => {
                    return self.show(ctx, Shown { open: *open, ..self.shown });
                }
                Some(Act::Keep { name, value }) => {
                    ctx.props().session.keep(name, value);
                }
                Some(Act::Choose) => {
                    choose_files();
                    return false;
                }
                Some(Act::Remove(file)) => {
                    ctx.props().session.remove(*file);
                    self.shown.open = None;
                }
                None => return false,
            },
            Message::Entered => self.is_entered = true,
            Message::Stepped(field, from, to) => {
                let chosen =
                    self.typed.get(&field).split_once('-').map(|(from, _)| from.to_owned());
                let from = match from {
                    None => to.clone(),
                    Some(from) => chosen.unwrap_or(from),
                };
                if from.is_empty() {
                    return false;
                }
                let range = format!("{from}-{to}");
                if self.typed.get(&field) == range {
                    return false;
                }
                self.typed.set(&field, &range);
            }
            Message::Reached(field, _) if !self.typed.get(&field).is_empty() => return false,
            Message::Reached(field, step) => self.typed.set(&field, &format!("{step}-{step}")),
            Message::Released(field) => {
                self.is_entered =
                    self.typed.get(&field).split_once('-').is_some_and(|it| it.0 != it.1);
                if !self.is_entered {
                    return false;
                }
            }
            Message::Window(window) if self.shown.window.covers(window) => return false,
            Message::Window(window) => return self.show(ctx, Shown { window, ..self.shown }),
            Message::Open(open) => return self.show(ctx, Shown { open, ..self.shown }),
            Message::Calm => {
                self.calm = None;
                self.revision = ctx.props().generation.number;
            }
            Message::Drawn(turn, drawn) => return turn == self.turn && self.take(ctx, drawn),
        }
        ctx.props().session.remember(ctx.props().part, self.typed.clone());
        self.ask(ctx);
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.is_elsewhere) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let main = self.main.cast::<HtmlElement>();
            let _ = main.and_then(|main| focus(&main, "h1"));
        }
        if std::mem::take(&mut self.is_opened) {
            let panel = self.main.cast::<HtmlElement>();
            let panel = panel.and_then(|main| main.query_selector(".panel").ok().flatten());
            // Stepping on by the panel's own buttons leaves it on them.
            let focused = document().active_element();
            let panel = panel.filter(|panel| !panel.contains(focused.as_deref()));
            let _ = panel.and_then(|panel| focus(&panel, "h2"));
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.leave(ctx);
        self.asked.into_iter().for_each(|id| ctx.props().session.forget(id));
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let Props { language, class, .. } = *props;
        let content = match &self.drawn {
            _ if self.is_lost => lost(props, language),
            None if props.part == Part::Bar => Html::default(),
            None => html! { <p class="painted__coming">{language.text("shell.loading")}</p> },
            Some(drawn) => element::nodes_around(&drawn.content, &self.typed, &self.table(ctx)),
        };
        let is_busy = (self.is_linked && !self.is_lost).to_string();
        let on = events::listeners(ctx.link());
        html! {
            <div {class} aria-busy={is_busy} ref={self.main.clone()}
                onclick={on.click} oninput={on.input} onchange={on.change} ondrop={on.drop}
                onsubmit={on.submit} onkeydown={on.keydown} onfocusin={on.focusin} onfocusout={on.focusout}
                onmousedown={on.mouse.clone()} onmouseover={on.mouse.clone()} onmouseup={on.mouse}
                onpointerdown={on.touch.clone()} onpointermove={on.touch.clone()}
                onpointerup={on.touch.clone()} onpointercancel={on.touch}>
                {content}
            </div>
        }
    }
}

impl Painted {
    fn ask(&mut self, ctx: &Context<Self>) {
        self.turn += 1;
        let props = ctx.props();
        let ask = Ask {
            part: props.part,
            language: props.language.tag().to_owned(),
            route: props.route.to_string(),
            is_new: self.is_linked,
            is_entered: std::mem::take(&mut self.is_entered),
            values: self.typed.clone(),
            kept: props.session.kept(),
            file: self.file.clone(),
            shown: self.shown,
            is_reading: props.generation.is_reading,
            revision: self.revision,
            opened: self.opened,
            now: timing::today(),
            zone: props.zone.clone(),
        };
        let (turn, link) = (self.turn, ctx.link().clone());
        let (id, drawn) = props.session.draw(ask);
        // Nobody need go on with what this one takes the place of.
        self.asked.replace(id).into_iter().for_each(|id| props.session.forget(id));
        spawn_local(async move { link.send_message(Message::Drawn(turn, drawn.await)) });
    }

    /// Goes on where this entry of the history was left, or from the top.
    fn come(&mut self, ctx: &Context<Self>) {
        if ctx.props().part != Part::Screen {
            return;
        }
        self.entry = entry_of_history();
        let (shown, top) = ctx.props().session.left(self.entry).unwrap_or_default();
        self.shown = shown;
        self.reached.wanted.set(top);
    }

    /// Keeps what is seen of the table, for whoever comes back.
    fn leave(&self, ctx: &Context<Self>) {
        if self.listing.is_some() {
            ctx.props().session.leave(self.entry, self.shown, self.reached.now.get());
        }
    }

    /// Nothing changes before it is drawn.
    fn show(&mut self, ctx: &Context<Self>, shown: Shown) -> bool {
        if std::mem::replace(&mut self.shown, shown) != shown {
            self.ask(ctx);
        }
        false
    }

    fn table(&self, ctx: &Context<Self>) -> Html {
        let Some(listing) = self.listing.clone() else { return Html::default() };
        let on_window = ctx.link().callback(Message::Window);
        let on_open = ctx.link().callback(|row| Message::Open(Some(row)));
        let reached = self.reached.clone();
        html! { <DataTable {listing} {reached} {on_window} {on_open} /> }
    }

    /// Shows what was drawn, and keeps it in the address.
    fn take(&mut self, ctx: &Context<Self>, drawn: Option<Box<Drawn>>) -> bool {
        self.is_lost = drawn.is_none();
        let Some(mut drawn) = drawn else { return true };
        let open = |listing: &Option<Rc<Listing>>| listing.as_ref().and_then(|it| it.open);
        let before = open(&self.listing);
        self.listing = drawn.table.take().map(Rc::new);
        self.is_opened = open(&self.listing).is_some_and(|row| before != Some(row));
        self.is_linked = false;
        self.is_elsewhere = self.drawn.as_ref().is_some_and(|before| before.place != drawn.place);
        self.typed = drawn.values.clone();
        ctx.props().session.remember(ctx.props().part, self.typed.clone());
        if let Some(address) = drawn.address.clone() {
            self.address.write(address);
        }
        if let Some(address) = &drawn.go {
            go_to(address);
        }
        if let Some((name, text)) = drawn.save.take() {
            // Where the browser refuses, what is in view can still be copied.
            let _ = save::file(&name, "text/plain", &text);
        }
        self.drawn = Some(drawn);
        true
    }
}

fn focus(within: &Element, selector: &str) -> Option<()> {
    within.query_selector(selector).ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
