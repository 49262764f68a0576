//! What the tools may know of the loaded reports.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Message, Toolbox};
use crate::query::{
    Answer, Dimension, Filter, GroupBy, GroupLine, Measure, Question, Sort, Window,
};
use crate::toolbox::Known;
use crate::web::session::Session;

/// Domains, and addresses that sent as some domain, those with most messages.
const MOST: u32 = 500;

/// Asks the engine, and tells the toolbox if there is something to know.
pub fn look_up(ctx: &Context<Toolbox>) {
    let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
    spawn_local(async move {
        let domains = groups(&session, (Dimension::Domain, None)).await;
        let sources = groups(&session, (Dimension::SpfDomain, Some(Dimension::SourceIp))).await;
        let source = |line: GroupLine| {
            let messages = line.values.first().copied().unwrap_or_default();
            Some((line.keys.0?, line.keys.1??, messages))
        };
        let known = Known {
            domains: domains.into_iter().filter_map(|line| line.keys.0).collect(),
            servers: Vec::new(),
            sources: sources.into_iter().filter_map(source).collect(),
        };
        if known != Known::default() {
            link.send_message(Message::Known(known));
        }
    });
}

async fn groups(session: &Session, by: (Dimension, Option<Dimension>)) -> Vec<GroupLine> {
    let question = Question::Group(GroupBy {
        filter: Filter::default(),
        by,
        measures: vec![Measure::Messages],
        sort: Sort { by: Some(Measure::Messages), descending: true },
        window: Window { offset: 0, limit: MOST },
    });
    match session.ask(question).await {
        Some(Answer::Group(groups)) => groups.lines,
        _ => Vec::new(),
    }
}
