//! The addresses that send as a domain, against what its SPF record says of them.

use crate::dns::lookup::{self, Pasted};
use crate::dns::name::is_within;
use crate::dns::spf::{Evaluation, Qualifier};
use crate::screens::toolbox::Block;
use crate::screens::toolbox::pen::Pen;

/// Addresses that are shown, those with most messages.
const MOST: usize = 50;

/// A table of the sources in the loaded reports; nothing where there are none, or no record.
pub fn compare(pen: Pen<'_>, domain: &str, pasted: &Pasted) -> Option<Block> {
    let sources = &pen.ask.known.sources;
    let of_domain = sources.iter().filter(|(checked, ..)| is_within(checked, domain));
    let rows: Vec<_> = of_domain
        .filter_map(|(checked, address, messages)| {
            let says = lookup::spf_of(checked, address.parse().ok()?, pasted)?;
            let says = said(pen, &says);
            Some(vec![address.clone(), checked.clone(), messages.to_string(), says])
        })
        .take(MOST)
        .collect();
    if rows.is_empty() {
        return None;
    }
    let head = ["address", "domain", "messages", "says"];
    let head = head.map(|column| pen.text(&format!("tool.sources.{column}"))).into();
    let blocks = vec![pen.paragraph("tool.sources.note"), Block::Table { head, rows }];
    Some(Block::Group { title: pen.text("tool.sources.title"), blocks })
}

fn said(pen: Pen<'_>, says: &Evaluation) -> String {
    match says {
        Evaluation::Says(qualifier) => pen.text(word(*qualifier)),
        Evaluation::Open { otherwise, terms } => pen.fill(
            "tool.sources.open",
            &[("terms", &terms.join(", ")), ("otherwise", &pen.text(word(*otherwise)))],
        ),
        Evaluation::Error => pen.text("tool.sources.error"),
    }
}

const fn word(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Pass => "tool.sources.pass",
        Qualifier::Fail => "tool.sources.fail",
        Qualifier::SoftFail => "tool.sources.softfail",
        Qualifier::Neutral => "tool.sources.neutral",
    }
}
