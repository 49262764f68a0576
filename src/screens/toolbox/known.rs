//! What the loaded reports tell, to fill fields and to compare with.

use crate::query::{Dimension, Filter, GroupLine, Measure, Table};
use crate::screens::Desk;
use crate::screens::desk::most;

/// Of each kind of names: those with most messages, or in most reports.
const MOST: u32 = 500;

/// Empty where nothing is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Domains that reports are about, those with most messages first; then those that only
    /// TLS reports are about.
    pub domains: Vec<String>,
    /// Domains of TLS reports, and the mail servers that reports name for them.
    pub servers: Vec<(String, String)>,
    /// The same domains, and the patterns of the policies that senders have found.
    pub patterns: Vec<(String, String)>,
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
    let first = |line: &GroupLine| line.keys.0.clone();
    let both = |line: &GroupLine| Some((line.keys.0.clone()?, line.keys.1.clone()??));
    let mut domains = Vec::new();
    for (table, measure, domain) in [
        (Table::Aggregate, Measure::Messages, Dimension::Domain),
        (Table::Tls, Measure::Reports, Dimension::PolicyDomain),
    ] {
        for name in lines(table, measure, (domain, None)).iter().filter_map(first) {
            if !domains.contains(&name) {
                domains.push(name);
            }
        }
    }
    let of_tls = |second| {
        let by = (Dimension::PolicyDomain, Some(second));
        lines(Table::Tls, Measure::Reports, by).iter().filter_map(both).collect()
    };
    let by = (Dimension::SpfDomain, Some(Dimension::SourceIp));
    let sources = lines(Table::Aggregate, Measure::Messages, by);
    let source = |line: &GroupLine| {
        let (domain, address) = both(line)?;
        Some((domain, address, line.values.first().copied().unwrap_or_default()))
    };
    Known {
        domains,
        servers: of_tls(Dimension::Mx),
        patterns: of_tls(Dimension::MxPattern),
        sources: sources.iter().filter_map(source).collect(),
    }
}
