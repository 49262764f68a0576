//! Sessions by policy type, and by mode where senders saw several.

use super::Sketch;
use super::data::{Row, rows, sessions};
use crate::query::{Dimension, Filter, Key, Measure};
use crate::screens::bars;
use crate::screens::facts::{exact, span};
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{Head, Table, card, link, scrolling, share};
use crate::screens::toolbox::{Block, Link, Target, Tone};
use crate::view::{Route, Screen};

/// Policy types with a small drawing.
const DRAWN: usize = 8;

/// Policy types in the table, and modes of each.
const LINES: usize = 40;

pub fn section(sketch: Sketch<'_>, filter: &Filter) -> Option<Vec<Node>> {
    let by = |other| (Dimension::PolicyType, other);
    let types = rows(sketch.desk, filter, by(None), Measure::Successful);
    let modes = rows(sketch.desk, filter, by(Some(Dimension::Mode)), Measure::Successful);
    let (types, modes) = (types?, modes?);
    let title = sketch.say("tls.sessions.title");
    let mut content = vec![table(sketch, &title, filter, &types, &modes)];
    content.extend(sketch.blocks(&remarks(sketch, &types)));
    Some(vec![card("toolbox__section", &title, content)])
}

fn table(sketch: Sketch<'_>, title: &str, filter: &Filter, types: &[Row], modes: &[Row]) -> Node {
    let number = "plain-table__number";
    let heads = [
        ("tls.column.policy", ""),
        ("tls.column.mode", ""),
        ("tls.column.successful", number),
        ("tls.column.failed", number),
        ("tls.column.detailed", number),
        ("tls.column.rate", ""),
        ("tls.column.trend", ""),
        ("tls.column.reports", number),
        ("tls.column.days", ""),
    ];
    let heads = heads.map(|(key, class)| Head::new(sketch.say(key), class));
    let mut lines = Vec::new();
    for (at, row) in types.iter().take(LINES).enumerate() {
        let modes: Vec<_> = modes.iter().filter(|mode| mode.key == row.key).collect();
        let mode = |row: &Row| row.other.clone().unwrap_or_else(|| "–".to_owned());
        let said = match modes.as_slice() {
            [one] => mode(one),
            _ => sketch.say("tls.modes.all"),
        };
        let to = sketch.desk.filter.only(Dimension::PolicyType, &row.key);
        let name = vec![text(sketch.kind(row.key.as_deref()))];
        let name = link(&sketch.desk.route.filtered(&to), "link", name);
        let trend = (at < DRAWN).then(|| trend(sketch, filter, &row.key));
        lines.push(line(sketch, name, said, trend.flatten(), row));
        let several = if modes.len() > 1 { modes } else { Vec::new() };
        lines.extend(several.into_iter().take(LINES).map(|row| {
            let name = text(sketch.kind(row.key.as_deref()));
            line(sketch, name, mode(row), None, row)
        }));
    }
    let table =
        Table { caption: title.to_owned(), heads: heads.into(), rows: lines, ..Table::default() };
    scrolling("toolbox__table", title, vec![table.draw(sketch.desk)])
}

fn line(sketch: Sketch<'_>, name: Node, mode: String, trend: Option<Node>, row: &Row) -> Vec<Node> {
    let desk = sketch.desk;
    let all = u128::from(row.successful) + u128::from(row.failed);
    let times = exact(row.first, row.last, desk.words()).unwrap_or_default();
    vec![
        name,
        text(mode),
        desk.integer(row.successful),
        desk.integer(row.failed),
        desk.integer(row.detailed),
        share(desk.words(), row.successful, all),
        trend.unwrap_or_else(|| text("")),
        desk.integer(row.reports),
        span("", sketch.days(row.first, row.last)).with(Attribute::Title, times),
    ]
}

/// Sessions of a policy type over time, in the same days as those of all types.
fn trend(sketch: Sketch<'_>, filter: &Filter, kind: &Key) -> Option<Node> {
    let frame = sessions(sketch.desk, filter, None)?;
    let filter = filter.only(Dimension::PolicyType, kind);
    let histogram = sessions(sketch.desk, &filter, Some(frame.bucket))?;
    let words = sketch.fill("tls.trend-of", &[("policy", &sketch.kind(kind.as_deref()))]);
    Some(element(Tag::Span, "", vec![bars::small(&histogram, &frame, &words)]))
}

/// What does not add up, and what it means to have no policy.
fn remarks(sketch: Sketch<'_>, types: &[Row]) -> Vec<Block> {
    let differs = |row: &&Row| row.failed != row.detailed;
    let said = types.iter().take(LINES).filter(differs).map(|row| {
        let words = sketch.fill(
            "tls.sums-differ",
            &[
                ("policy", &sketch.kind(row.key.as_deref())),
                ("failed", &sketch.number(row.failed)),
                ("detailed", &sketch.number(row.detailed)),
            ],
        );
        sketch.remark(Tone::Hint, words)
    });
    let mut blocks: Vec<_> = said.collect();
    let more = types.len().saturating_sub(LINES) as u64;
    let more = (more > 0).then(|| Block::Text(sketch.desk.count("count.more", more)));
    if !blocks.is_empty() {
        let to = Target::Route(Route::to(Screen::Findings).to_string());
        let label = sketch.say("tls.go.findings");
        blocks.push(Block::Links(vec![Link { label, to, first: false }]));
    }
    blocks.extend(more);
    if types.iter().any(|row| row.key.as_deref() == Some("no-policy-found")) {
        blocks.push(Block::Text(sketch.say("topic.no-policy-found.means")));
    }
    blocks
}
