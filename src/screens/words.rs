//! The words of the screens: `locales/screens.txt`, of the page's own messages those that both
//! need, and the words for what checks find ([`dns::Words`](crate::dns::Words)).

use std::sync::LazyLock;

use super::Desk;
use super::isolated::isolated;
use crate::base::UnixSeconds;
use crate::base::catalogue::{Catalogue, form};
use crate::base::template;
use crate::dns;
use crate::dns::message::{Message, Say};
use crate::query::{Dimension, Key, Table};
use crate::view::{Language, Zone};

static TEXTS: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(include_str!("../../locales/screens.txt")));

/// The keys of the screens' own messages, in their order.
pub fn keys() -> impl Iterator<Item = &'static str> {
    TEXTS.keys()
}

/// The screens' own message of this key, in the language of this place among
/// [`LANGUAGES`](crate::base::catalogue::LANGUAGES).
pub fn find(key: &str, language: usize) -> Option<&'static str> {
    TEXTS.find(key, language)
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    pub language: Language,
    /// The clock that times of reports are told by.
    pub zone: &'a Zone,
}

impl Words<'_> {
    /// The message of this key, if there is one: for words that come from reports.
    pub fn find(self, key: &str) -> Option<&'static str> {
        let of_checks = || dns::Words::of_tag(self.language.tag())?.template(key);
        find(key, self.language as usize).or_else(|| self.language.find(key)).or_else(of_checks)
    }

    /// The message of this key. (That all are there is tested.)
    pub fn text(self, key: &str) -> &'static str {
        self.find(key).unwrap_or("?")
    }

    /// The message of this key with `%{name}` replaced.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        self.fill_all(key, values)
    }

    /// The same, with values of any kind. Each stands by itself: what comes from a report may
    /// be read in the other direction.
    pub fn fill_all<V: AsRef<str>>(self, key: &str, values: &[(&str, V)]) -> String {
        let values: Vec<_> =
            values.iter().map(|(name, value)| (*name, isolated(value.as_ref()))).collect();
        template::fill(self.text(key), &values)
    }

    /// What is said of something, with a colon between them.
    pub fn said(self, of: &str, said: &str) -> String {
        self.fill("phrase.said", &[("of", of), ("said", said)])
    }

    /// One after the other. Each stands by itself, as in [`Self::fill_all`], but not once more
    /// with each that follows.
    pub fn listed(self, all: impl IntoIterator<Item = String>) -> String {
        let all = all.into_iter().map(|said| isolated(&said).into_owned());
        let join = |said: String, next: String| {
            template::fill(self.text("phrase.listed"), &[("said", said), ("next", next)])
        };
        all.reduce(join).unwrap_or_default()
    }

    /// What a check found.
    pub fn say<C: Say>(self, message: &Message<C>) -> String {
        self.fill_all(message.code.key(), &message.args)
    }

    /// The message `key.one` or `key.other`, as grammar asks, with `%{count}` replaced by the
    /// number as the language writes it.
    pub fn count(self, key: &str, count: u64) -> String {
        self.count_of(key, count, &[])
    }

    /// The same, with other values beside the number.
    pub fn count_of(self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        let form = form(self.language.tag(), count);
        let count = self.language.integer(count);
        let values = [&[("count", count.as_str())], values].concat();
        self.fill(&format!("{key}.{form}"), &values)
    }

    /// The days of a period, by the clock that was asked for.
    pub fn days(self, begin: Option<UnixSeconds>, end: Option<UnixSeconds>) -> Option<String> {
        let [begin, end] = [begin, end].map(|at| at.map(|at| self.zone.shown(at)));
        self.language.days(begin, end)
    }

    /// Day and time, by that clock, and which one it is.
    pub fn moment(self, at: UnixSeconds) -> String {
        format!("{} {}", self.language.moment(self.zone.shown(at)), self.zone.name(at))
    }

    /// The words for a value, where it is of the page's own vocabulary;
    /// all others are shown as they are.
    pub fn value(self, on: Dimension, key: &str) -> Option<&'static str> {
        let message = match on {
            Dimension::Verdict
            | Dimension::OurVerdict
            | Dimension::Relaxed
            | Dimension::OwnSignature => {
                format!("verdict.{key}")
            }
            Dimension::SpfAligned
            | Dimension::DkimAligned
            | Dimension::OurSpf
            | Dimension::OurDkim => format!("aligned.{key}"),
            Dimension::Agreement => format!("agreement.{key}"),
            Dimension::Part => format!("part.{key}"),
            Dimension::Disposition => format!("disposition.{key}"),
            Dimension::AuthFailure => format!("auth-failure.{key}"),
            Dimension::DeliveryResult => format!("delivery.{key}"),
            _ => return None,
        };
        self.find(&message)
    }
}

impl Desk<'_> {
    pub fn words(&self) -> Words<'_> {
        Words { language: self.language, zone: &self.ask.zone }
    }

    /// See [`Words::text`].
    pub fn text(&self, key: &str) -> &'static str {
        self.words().text(key)
    }

    /// See [`Words::fill`].
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words().fill(key, values)
    }

    /// See [`Words::count`].
    pub fn count(&self, key: &str, count: u64) -> String {
        self.words().count(key, count)
    }

    /// The name of a dimension. The address of a TLS report is that of its sender, who is no
    /// source of forged mail.
    pub fn dimension(&self, on: Dimension) -> &'static str {
        match (self.route.table(), on) {
            (Table::Tls, Dimension::SourceIp) => self.text("dimension.sender"),
            _ => self.text(&format!("dimension.{}", on.code())),
        }
    }

    /// See [`Words::value`].
    pub fn value_words(&self, on: Dimension, key: &Key) -> Option<&'static str> {
        match key {
            Some(key) => self.words().value(on, key),
            None if matches!(on, Dimension::PassingSpf | Dimension::PassingDkim) => {
                Some(self.text("absent.no-pass"))
            }
            None => Some(self.text("absent.unstated")),
        }
    }
}
