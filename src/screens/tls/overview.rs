//! Sessions by policy type and mode.

use super::Sketch;
use super::data::{Row, rows};
use crate::query::{Dimension, Filter, Measure};
use crate::screens::markup::Node;
use crate::screens::toolbox::{Block, Tone};

pub fn section(sketch: Sketch<'_>, filter: &Filter) -> Option<Vec<Node>> {
    let by = (Dimension::PolicyType, Some(Dimension::Mode));
    let rows = rows(sketch.desk, filter, by, Measure::Successful)?;
    Some(vec![sketch.section("tls.sessions.title", table(sketch, &rows))])
}

fn table(sketch: Sketch<'_>, rows: &[Row]) -> Vec<Block> {
    let head = sketch.head(&[
        "tls.column.policy",
        "tls.column.mode",
        "tls.column.successful",
        "tls.column.failed",
        "tls.column.detailed",
        "tls.column.rate",
        "tls.column.reports",
        "tls.column.days",
    ]);
    let line = |row: &Row| {
        let all = row.successful.saturating_add(row.failed);
        vec![
            kind(sketch, row.key.as_deref()),
            row.other.clone().unwrap_or_else(|| "–".to_owned()),
            sketch.number(row.successful),
            sketch.number(row.failed),
            sketch.number(row.detailed),
            sketch.desk.language.percent(row.successful, all).unwrap_or_else(|| "–".to_owned()),
            sketch.number(row.reports),
            sketch.days(row.first, row.last),
        ]
    };
    let mut blocks = vec![Block::Table { head, rows: rows.iter().map(line).collect() }];
    let differs = |row: &&Row| row.failed != row.detailed;
    for row in rows.iter().filter(differs) {
        let said = sketch.fill(
            "tls.sums-differ",
            &[
                ("policy", &kind(sketch, row.key.as_deref())),
                ("failed", &sketch.number(row.failed)),
                ("detailed", &sketch.number(row.detailed)),
            ],
        );
        blocks.push(sketch.remark(Tone::Hint, said));
    }
    if rows.iter().any(|row| row.key.as_deref() == Some("no-policy-found")) {
        let rule = sketch.say("topic.no-policy-found.means");
        blocks.push(Block::Text(rule));
    }
    blocks
}

/// A policy type in words; one that no document knows as it came.
pub fn kind(sketch: Sketch<'_>, kind: Option<&str>) -> String {
    match kind {
        Some("sts") => sketch.say("tls.policy.sts"),
        Some("tlsa") => sketch.say("tls.policy.tlsa"),
        Some("no-policy-found") => sketch.say("tls.policy.none"),
        Some(other) => other.to_owned(),
        None => sketch.say("tls.unstated"),
    }
}
