//! Which rows a virtual table draws, as its box is scrolled and sized.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

use crate::view::window::{Geometry, Position};

/// The height of a row until one has been measured, in CSS pixels.
const ROW: f64 = 34.0;

/// A pause of this length ends a movement.
const REST_MILLIS: u32 = 150;

/// What is drawn, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub rows: Range<u32>,
    /// The height of the spacer, in CSS pixels.
    spacer: f64,
    /// Where the table starts in it, in CSS pixels.
    offset: f64,
}

/// How far a table is scrolled, for whoever keeps it beyond the table: in rows.
#[derive(Debug, Default, PartialEq)]
pub struct Reached {
    pub now: Cell<f64>,
    /// Where the next list that is shown is to begin.
    pub wanted: Cell<f64>,
}

/// The nodes of a virtual table and how far it is scrolled.
#[derive(Clone)]
pub struct Scrolling {
    /// The box that scrolls.
    pub scroller: NodeRef,
    /// Gives the scrollbar its length, and holds the table.
    pub spacer: NodeRef,
    pub table: NodeRef,
    place: Rc<RefCell<Place>>,
    drawn: UseStateHandle<Drawn>,
    reached: Rc<Reached>,
}

struct Place {
    geometry: Geometry,
    position: Position,
    /// Set while a movement goes on.
    rest: Option<Timeout>,
}

impl Scrolling {
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    pub fn geometry(&self) -> Geometry {
        self.place.borrow().geometry
    }

    /// Scrolls as little as shows this row whole.
    pub fn reveal(&self, row: u32) {
        let mut place = self.place.borrow_mut();
        // A box without room is not laid out yet: what it was scrolled back to stays.
        if place.geometry.viewport <= 0.0 && place.position.scroll > 0.0 {
            return;
        }
        place.position = place.position.revealing(place.geometry, row);
        let scroll = place.position.scroll;
        drop(place);
        self.scroll_to(scroll);
        self.draw();
    }

    /// Scrolls to where the list was left, if it is one that was.
    pub fn go_back(&self) -> bool {
        let row = self.reached.wanted.take();
        if row <= 0.0 {
            return false;
        }
        let mut place = self.place.borrow_mut();
        place.position = Position::at(place.geometry, row * place.geometry.row);
        let (scroll, spacer) = (place.position.scroll, place.geometry.spacer());
        drop(place);
        // The list may be longer than that which it takes the place of.
        set_length(&self.spacer, "height", spacer);
        self.scroll_to(scroll);
        self.draw();
        true
    }

    fn scroll_to(&self, scroll: f64) {
        if let Some(scroller) = self.scroller.cast::<Element>() {
            scroller.set_scroll_top(scroll as i32);
        }
    }

    /// Takes over where the browser has scrolled to.
    fn follow(&self) {
        let Some(scroller) = self.scroller.cast::<Element>() else { return };
        let mut place = self.place.borrow_mut();
        place.position = place.position.scrolled(place.geometry, scroller.scroll_top().into());
        // A scaled table drifts from where its scrollbar says it is: put right at rest.
        let this = self.clone();
        place.rest =
            place.geometry.is_scaled().then(|| Timeout::new(REST_MILLIS, move || this.settle()));
        drop(place);
        self.draw();
    }

    fn settle(&self) {
        let mut place = self.place.borrow_mut();
        place.position = Position::at(place.geometry, place.position.top);
        let scroll = place.position.scroll;
        drop(place);
        self.scroll_to(scroll);
        self.draw();
    }

    /// Takes the sizes of box and row anew.
    fn measure(&self) {
        let Some(scroller) = self.scroller.cast::<Element>() else { return };
        let height = |selector: &str| {
            let found = scroller.query_selector(selector).ok().flatten();
            found.map(|element| element.get_bounding_client_rect().height())
        };
        let head = height("thead").unwrap_or_default();
        let mut place = self.place.borrow_mut();
        place.geometry.viewport = f64::from(scroller.client_height()) - head;
        place.geometry.row = height("tbody tr").filter(|row| *row > 0.0).unwrap_or(ROW);
        drop(place);
        self.draw();
    }

    fn set_rows(&self, rows: u32) {
        let mut place = self.place.borrow_mut();
        place.geometry.rows = rows;
        // Fewer rows than before may end above the viewport.
        place.position = Position::at(place.geometry, place.position.top);
        drop(place);
        self.draw();
    }

    fn draw(&self) {
        let place = self.place.borrow();
        self.reached.now.set(place.position.top / place.geometry.row);
        let rows = place.position.rows(place.geometry);
        let offset = place.position.offset(place.geometry, rows.start);
        self.drawn.set(Drawn { rows, spacer: place.geometry.spacer(), offset });
    }

    /// Sizes go through the object model: the page's policy allows no style attribute.
    fn apply(&self, drawn: &Drawn) {
        set_length(&self.spacer, "height", drawn.spacer);
        set_length(&self.table, "margin-block-start", drawn.offset);
    }
}

/// In tenths of a pixel, which nobody sees: writing a float takes 13 kB of code.
fn set_length(node: &NodeRef, property: &str, pixels: f64) {
    let tenths = (pixels * 10.0) as u64;
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ =
            element.style().set_property(property, &format!("{}.{}px", tenths / 10, tenths % 10));
    }
}

/// Scrolling for a table of so many rows.
#[hook]
pub fn use_scrolling(rows: u32, reached: &Rc<Reached>) -> Scrolling {
    let place = use_mut_ref(|| Place {
        geometry: Geometry { rows: 0, row: ROW, viewport: 0.0 },
        position: Position::default(),
        rest: None,
    });
    let drawn = use_state_eq(Drawn::default);
    let (scroller, spacer, table) = (use_node_ref(), use_node_ref(), use_node_ref());
    let reached = reached.clone();
    let scrolling = Scrolling { scroller, spacer, table, place, drawn, reached };

    let this = scrolling.clone();
    use_effect_with((), move |()| {
        let observed = this.scroller.cast::<Element>().map(|scroller| {
            let (resized, scrolled) = (this.clone(), this.clone());
            let listener = EventListener::new(&scroller, "scroll", move |_| scrolled.follow());
            (SizeObserver::start(&scroller, move || resized.measure()), listener)
        });
        move || {
            drop(observed);
            this.place.borrow_mut().rest = None;
        }
    });
    let this = scrolling.clone();
    use_effect_with(rows, move |rows| this.set_rows(*rows));
    // The first rows that are drawn can be measured.
    let this = scrolling.clone();
    use_effect_with(scrolling.drawn.rows.is_empty(), move |_| this.measure());
    let this = scrolling.clone();
    use_effect_with((*scrolling.drawn).clone(), move |drawn| this.apply(drawn));
    // Once rows are measured, it is known where each stands.
    let this = scrolling.clone();
    use_effect_with(scrolling.drawn.rows.is_empty(), move |is_empty| {
        if !is_empty {
            this.go_back();
        }
    });
    scrolling
}

/// Watches an element's size until dropped.
struct SizeObserver {
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn Fn()>,
}

impl SizeObserver {
    fn start(element: &Element, on_resize: impl Fn() + 'static) -> Self {
        let on_resize = Closure::<dyn Fn()>::new(on_resize);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _on_resize: on_resize }
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
