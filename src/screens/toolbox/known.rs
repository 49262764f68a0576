//! What the loaded reports tell, to fill fields and to compare with.

use crate::query::{Dimension, Filter, GroupLine, Measure, Table};
use crate::screens::Desk;
use crate::screens::desk::most;

/// Of each kind of names: those with most messages, or in most reports.
const MOST: u32 = 500;

/// Empty where nothing is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Domains that reports are about, those with most messages first.
    pub domains: Vec<String>,
    /// Names of mail servers in TLS reports.
    pub servers: Vec<String>,
    /// Domains that SPF was checked for, addresses that sent as them, and messages; those
    /// with most messages first.
    pub sources: Vec<(String, String, u64)>,
}

/// What the engine has said; nothing where it has not, or cannot.
pub fn look_up(desk: &Desk<'_>) -> Known {
    let lines = |table, measure, by| {
        let question = most(table, &Filter::default(), by, &[measure], MOST);
        desk.groups(question).map(|groups| groups.lines.as_slice()).unwrap_or_default()
    };
    let domains = lines(Table::Aggregate, Measure::Messages, (Dimension::Domain, None));
    let by = (Dimension::SpfDomain, Some(Dimension::SourceIp));
    let sources = lines(Table::Aggregate, Measure::Messages, by);
    let servers = lines(Table::Tls, Measure::Reports, (Dimension::Mx, None));
    let source = |line: &GroupLine| {
        let messages = line.values.first().copied().unwrap_or_default();
        Some((line.keys.0.clone()?, line.keys.1.clone()??, messages))
    };
    let first = |line: &GroupLine| line.keys.0.clone();
    Known {
        domains: domains.iter().filter_map(first).collect(),
        servers: servers.iter().filter_map(first).collect(),
        sources: sources.iter().filter_map(source).collect(),
    }
}
