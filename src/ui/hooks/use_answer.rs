//! The engine's answer to a question, kept up to date.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{use_generation, use_visit};
use crate::query::{Lines, Question};
use crate::ui::state::{Generation, Visit};

/// While an import goes on the store changes with every frame. An answer is
/// shown for this long before the same question is asked again.
const CALM_MILLIS: u32 = 300;

/// What is on the way and what is there.
#[derive(Default)]
struct Asked {
    /// Counts up: only the latest question's answer is wanted.
    turn: u32,
    /// The question on the way, or answered a moment ago.
    busy: Option<(Question, String)>,
    /// The number it was asked under.
    id: Option<u32>,
    shown: Option<((Question, String), Generation)>,
}

/// The last answer there was, `None` before the first, of what the address lets through. A
/// new question is asked at once, the same one when the store has changed.
#[hook]
pub fn use_answer(question: Question) -> Option<Rc<Lines>> {
    let Visit { session, route, .. } = use_visit();
    let generation = use_generation();
    let answer = use_state_eq(|| None::<Rc<Lines>>);
    let calm = use_state_eq(|| 0_u32);
    let asked = use_mut_ref(Asked::default);
    let setter = answer.setter();
    let calmed = calm.setter();

    let (current, asker) = (asked.clone(), session.clone());
    use_effect_with((), move |()| {
        move || {
            let mut now = current.borrow_mut();
            now.turn += 1;
            now.id.into_iter().for_each(|id| asker.forget(id));
        }
    });
    use_effect_with(
        ((question, route.filter), generation, *calm),
        move |(question, generation, _)| {
            let mut now = asked.borrow_mut();
            let is_shown =
                now.shown.as_ref().is_some_and(|it| it.0 == *question && it.1 == *generation);
            if is_shown || now.busy.as_ref() == Some(question) {
                return;
            }
            now.turn += 1;
            now.busy = Some(question.clone());
            let (turn, question, generation) = (now.turn, question.clone(), *generation);
            // The engine need not go on with a question that this one takes the place of.
            let (id, reply) = session.ask(question.0.clone(), question.1.clone());
            now.id.replace(id).into_iter().for_each(|id| session.forget(id));
            drop(now);
            spawn_local(async move {
                let reply = reply.await;
                let is_wanted = || asked.borrow().turn == turn;
                if !is_wanted() {
                    return;
                }
                if let Some(reply) = reply {
                    asked.borrow_mut().shown = Some((question, generation));
                    setter.set(Some(Rc::new(reply)));
                }
                TimeoutFuture::new(CALM_MILLIS).await;
                if is_wanted() {
                    asked.borrow_mut().busy = None;
                    calmed.set(turn);
                }
            });
        },
    );
    (*answer).clone()
}
