//! The TLS screen: what TLS reports say of the encrypted delivery of a domain's mail, who must
//! do what, and whether its policy may be enforced.

mod data;
mod failures;
mod gate;
mod history;
mod joined;
mod lately;
mod overview;
mod policies;
mod pressing;
mod reasons;
mod seen;
mod story;

use super::isolated::isolated;
use super::markup::{Attribute, Drawn, Node, Tag, element, text};
use super::toolbox::{self, Block, Brush, Link, Pen, Remark, Section, Target, Tone};
use super::{Desk, empty, range};
use crate::base::UnixSeconds;
use crate::base::idn::unicode;
use crate::query::{Dimension, Filter, Key, Measure};
use crate::view::Route;
use crate::view::pivot::is_of_details;
use data::{Row, rows};

/// Domains that there is a button for.
const DOMAINS: usize = 40;

/// The screen, of one domain at a time.
pub(super) fn drawn(desk: &Desk<'_>) -> Drawn {
    let mut ask = toolbox::Ask::of(desk);
    ask.take_file();
    if let Some(key) = domain(desk) {
        let domain = key.unwrap_or_default();
        let before = ask.values.get(seen::OF);
        if !before.is_empty() && before != domain {
            ask.values.set(seen::FIELD, "");
        }
        ask.values.set(seen::OF, &domain);
    }
    let sketch = Sketch { desk, pen: Pen::new(&ask) };
    let (content, to) = sketch.screen();
    // Sorting and grouping stay at the domain that is read of.
    let place = format!("tls/{}", desk.filter);
    let mut drawn = Drawn { place, ..range::drawn(desk, joined::FIELD, content, to) };
    for field in [seen::FIELD, seen::OF] {
        drawn.values.set(field, ask.values.get(field));
    }
    drawn
}

/// The domain that is told of: the first that the filter lets through; what is of none only by
/// itself. `None` as long as it is not known, and where there is no report.
fn domain(desk: &Desk<'_>) -> Option<Key> {
    let all = rows(desk, &desk.filter, (Dimension::Domain, None), Measure::Reports)?;
    let first = all.iter().find(|row| row.key.is_some()).or(all.first());
    first.map(|row| row.key.clone())
}

/// Without what is asked of failures alone: nobody is to be told that they are ready because they
/// looked at some failures only.
fn whole(filter: &Filter) -> Filter {
    without(filter, |on| on == Dimension::Part || is_of_details(on))
}

/// Nor because they looked at some policies only.
fn of_all_policies(filter: &Filter) -> Filter {
    let of_policies = [
        Dimension::PolicyType,
        Dimension::PolicyDomain,
        Dimension::Mode,
        Dimension::PolicyText,
        Dimension::MxPattern,
    ];
    without(filter, |on| of_policies.contains(&on))
}

fn without(filter: &Filter, is_out: impl Fn(Dimension) -> bool) -> Filter {
    let out = Dimension::ALL.into_iter().filter(|on| is_out(*on));
    out.fold(filter.clone(), |filter, on| filter.without(on))
}

/// What the sections are drawn with.
#[derive(Clone, Copy)]
struct Sketch<'a> {
    desk: &'a Desk<'a>,
    pen: Pen<'a>,
}

impl<'a> Sketch<'a> {
    /// All of it, and where a range that was chosen in it leads.
    fn screen(self) -> (Vec<Node>, Option<Route>) {
        let title = element(Tag::H1, "", vec![text(self.say("tls.title"))]);
        let mut content = vec![
            title.with(Attribute::TabIndex, "-1"),
            element(Tag::P, "toolbox__lead", vec![text(self.say("tls.lead"))]),
        ];
        let (body, to) = self.body().unwrap_or_default();
        content.extend(body);
        (content, to)
    }

    fn body(self) -> Option<(Vec<Node>, Option<Route>)> {
        let Some(key) = &domain(self.desk) else {
            return Some((vec![empty::draw(self.desk, "tls.none")], None));
        };
        let domain = key.clone().unwrap_or_default();
        let everywhere = self.desk.filter.without(Dimension::Domain);
        let filter = everywhere.only(Dimension::Domain, key);
        let mut content = self.blocks(&self.domains(&everywhere, key));
        let whole = whole(&filter);
        let all = of_all_policies(&whole);
        content.extend(self.blocks(&self.narrowed(&filter, &whole, &all)));
        let joined = joined::joined(self, key, &whole);
        let to = joined.as_ref().and_then(|joined| joined.chosen.clone());
        let (judged, later) = lately::until_now(self, &all);
        let sections = [
            pressing::section(self, &domain, &judged, later),
            overview::section(self, &whole),
            joined.map(|joined| vec![joined.section]),
            failures::section(self, &domain, &filter, &whole),
            seen::section(self, &judged),
            seen::dane(self, &all),
        ];
        // All are asked for before the first that is not known stops the rest.
        content.extend(sections.into_iter().flatten().flatten());
        Some((content, to))
    }

    /// What the filter asks for that does not hold everywhere here.
    fn narrowed(self, filter: &Filter, whole: &Filter, all: &Filter) -> Vec<Block> {
        let hints =
            [(filter != whole, "tls.narrowed.failures"), (whole != all, "tls.narrowed.policies")];
        let hints = hints.into_iter().filter(|(is_narrow, _)| *is_narrow);
        hints.map(|(_, key)| self.remark(Tone::Hint, self.say(key))).collect()
    }

    /// A link to each domain with reports.
    fn domains(self, everywhere: &Filter, here: &Key) -> Vec<Block> {
        let by = (Dimension::Domain, None);
        let all = rows(self.desk, everywhere, by, Measure::Reports).unwrap_or_default();
        if all.len() < 2 {
            return Vec::new();
        }
        let link = |row: &Row| {
            let filter = everywhere.only(Dimension::Domain, &row.key);
            let route = self.desk.route.filtered(&filter);
            let label = row.key.as_deref().map_or_else(|| self.say("tls.no-domain"), unicode);
            Link { label, to: Target::Route(route.to_string()), first: row.key == *here }
        };
        let mut blocks = vec![Block::Links(all.iter().take(DOMAINS).map(link).collect())];
        let more = all.len().saturating_sub(DOMAINS) as u64;
        if more > 0 {
            blocks.push(Block::Text(self.desk.count("tls.domains.more", more)));
        }
        blocks
    }

    fn say(self, key: &str) -> String {
        self.pen.text(key)
    }

    fn fill(self, key: &str, args: &[(&str, &str)]) -> String {
        self.pen.fill(key, args)
    }

    /// A policy type in words; one that no document knows as it came.
    fn kind(self, kind: Option<&str>) -> String {
        match kind {
            Some("sts") => self.say("tls.policy.sts"),
            Some("tlsa") => self.say("tls.policy.tlsa"),
            Some("no-policy-found") => self.say("tls.policy.none"),
            Some(other) => isolated(other).into_owned(),
            None => self.say("tls.unstated"),
        }
    }

    fn number(self, number: u64) -> String {
        self.desk.language.integer(number)
    }

    fn days(self, first: Option<UnixSeconds>, last: Option<UnixSeconds>) -> String {
        // Some reports end before they begin.
        let (first, last) = match first.zip(last) {
            Some((one, two)) if two < one => (last, first),
            _ => (first, last),
        };
        self.desk.language.days(first, last).unwrap_or_default()
    }

    fn brush(self) -> Brush<'a> {
        Brush { pen: self.pen, screen: self.desk }
    }

    fn blocks(self, blocks: &[Block]) -> Vec<Node> {
        self.brush().blocks(blocks)
    }

    fn section(self, title: &str, blocks: Vec<Block>) -> Node {
        self.brush().section(&Section { title: self.say(title), blocks })
    }

    fn remark(self, tone: Tone, text: String) -> Block {
        Block::Remark(Remark { tone, text, ..Remark::default() })
    }
}
