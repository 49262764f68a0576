//! What the tools may know of the loaded reports.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Message, Toolbox};
use crate::query::{
    Answer, Dimension, Filter, GroupBy, GroupLine, Measure, Question, Sort, Table, Window,
};
use crate::toolbox::Known;
use crate::web::session::Session;

/// Of each kind of names: those with most messages, or in most reports.
const MOST: u32 = 500;

/// Asks the engine, and tells the toolbox if there is something to know.
pub fn look_up(ctx: &Context<Toolbox>) {
    let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
    spawn_local(async move {
        let of = |table, by| groups(&session, table, by);
        let domains = of(Table::Aggregate, (Dimension::Domain, None)).await;
        let by = (Dimension::SpfDomain, Some(Dimension::SourceIp));
        let sources = of(Table::Aggregate, by).await;
        let servers = of(Table::Tls, (Dimension::Mx, None)).await;
        let source = |line: GroupLine| {
            let messages = line.values.first().copied().unwrap_or_default();
            Some((line.keys.0?, line.keys.1??, messages))
        };
        let known = Known {
            domains: domains.into_iter().filter_map(|line| line.keys.0).collect(),
            servers: servers.into_iter().filter_map(|line| line.keys.0).collect(),
            sources: sources.into_iter().filter_map(source).collect(),
        };
        if known != Known::default() {
            link.send_message(Message::Known(known));
        }
    });
}

async fn groups(
    session: &Session,
    table: Table,
    by: (Dimension, Option<Dimension>),
) -> Vec<GroupLine> {
    let measure = match table {
        Table::Aggregate => Measure::Messages,
        Table::Tls => Measure::Reports,
    };
    let question = Question::Group(GroupBy {
        table,
        filter: Filter::default(),
        by,
        measures: vec![measure],
        sort: Sort { by: Some(measure), descending: true },
        window: Window { offset: 0, limit: MOST },
    });
    match session.ask(question).await {
        Some(Answer::Group(groups)) => groups.lines,
        _ => Vec::new(),
    }
}
