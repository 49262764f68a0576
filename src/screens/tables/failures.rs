//! The messages that failure reports are about. Who wrote them is masked.

use super::{Column, Line};
use crate::query::{Answer, Dimension, FailureLine, Filter, Page, Question, Window};
use crate::screens::Desk;
use crate::screens::details;
use crate::screens::facts::{absence, address, days, name, stated};
use crate::screens::isolated::isolated;
use crate::screens::markup::{Node, text};
use crate::screens::masked::{masked, masked_mailbox};
use crate::screens::source;
use crate::screens::words::Words;
use crate::view::SortKey;

impl Line for FailureLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::header("failures.header-from", |line, words| {
            stated(said(&line.header_from, masked_mailbox).as_deref(), words)
        }),
        Column::text("failures.auth-failure", |line, words| match line.auth_failure.is_empty() {
            true => absence("absent.unstated", words),
            false => text(failed(line, words)),
        }),
        Column::from(
            620,
            Column::text("failures.delivery-result", |line, words| {
                let word = line.delivery_result.as_deref();
                let known = word.and_then(|word| words.value(Dimension::DeliveryResult, word));
                stated(known.or(said(&line.delivery_result, masked).as_deref()), words)
            }),
        ),
        Column::from(
            620,
            Column::date("failures.arrival", |line, words| days(line.arrival, line.arrival, words)),
        ),
        Column::from(
            1000,
            Column::text("failures.domain", |line, words| {
                name(said(&line.domain, masked).as_deref(), words)
            }),
        ),
        Column::from(
            860,
            Column::text("failures.source-ip", |line, words| {
                address(said(&line.source_ip, masked).as_deref(), "absent.unstated", words)
            }),
        ),
        Column::from(
            1160,
            Column::text("failures.subject", |line, words| {
                stated(said(&line.subject, masked).as_deref(), words)
            }),
        ),
        Column::from(
            1360,
            Column::text("failures.reporter", |line, words| {
                stated(said(&line.reporter, masked).as_deref(), words)
            }),
        ),
        Column::from(
            1360,
            Column::number("failures.incidents", |line, words| {
                text(words.language.integer(line.incidents))
            }),
        ),
    ];
    const FIRST: &'static str = "-arrival";
    const NONE: &'static str = "empty.failures";

    fn question(filter: Filter, sort: &SortKey, window: Window) -> Option<Question> {
        Some(Question::Failures { filter, sort: sort.of()?, window })
    }

    fn page(answer: &Answer) -> Option<&Page<Self>> {
        match answer {
            Answer::Failures(page) => Some(page),
            _ => None,
        }
    }

    fn details(&self, desk: &Desk<'_>) -> Vec<Node> {
        let mut all = vec![source::way(desk, &self.reporter, &self.report_id, &self.locus)];
        all.extend(details::failure(self, desk));
        all
    }
}

/// A text of a report or of its sample, which may hold an address wherever it stands.
fn said(text: &Option<String>, mask: fn(&str) -> String) -> Option<String> {
    text.as_deref().map(mask)
}

/// What failed, in words where it is a word of RFC 6591 or RFC 9991.
fn failed(line: &FailureLine, words: Words) -> String {
    let word = |word: &String| {
        words
            .value(Dimension::AuthFailure, word)
            .map_or_else(|| isolated(&masked(word)).into_owned(), str::to_owned)
    };
    line.auth_failure.iter().map(word).collect::<Vec<_>>().join(", ")
}
