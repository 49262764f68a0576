//! The URL fragment: which screen, of which records, sorted how.
//! `#/records?filter=result:fail&sort=-messages`. Of the Toolbox it also says which tool, and
//! what was typed into it: that is the tools' own to read.
//!
//! What a filter and a grouping mean, only the programs read that draw or answer them: here
//! they are texts.

use std::fmt;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::base::percent;
use crate::query::{Dimension, Filter, Sort, Table};

/// The screens, in the order of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Start,
    Overview,
    Explore,
    Records,
    Reports,
    /// For which days the reporters reported; a part of Reports.
    Coverage,
    /// One report beside the source that it was read from; a part of Reports.
    Source,
    Tls,
    Failures,
    Files,
    /// The findings of all files; a part of Files.
    Findings,
    Toolbox,
}

impl Screen {
    const ALL: [Self; 12] = [
        Self::Start,
        Self::Overview,
        Self::Explore,
        Self::Records,
        Self::Reports,
        Self::Coverage,
        Self::Source,
        Self::Tls,
        Self::Failures,
        Self::Files,
        Self::Findings,
        Self::Toolbox,
    ];

    /// The path in the fragment; its last word is the key of the screen's messages.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Overview => "overview",
            Self::Explore => "explore",
            Self::Records => "records",
            Self::Reports => "reports",
            Self::Coverage => "reports/coverage",
            Self::Source => "reports/source",
            Self::Tls => "tls",
            Self::Failures => "failures",
            Self::Files => "files",
            Self::Findings => "files/findings",
            Self::Toolbox => "toolbox",
        }
    }

    /// The last word of its path.
    pub fn name(self) -> &'static str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// The listed screen it belongs to.
    pub const fn listed(self) -> Self {
        match self {
            Self::Coverage | Self::Source => Self::Reports,
            Self::Findings => Self::Files,
            other => other,
        }
    }

    /// Those that the navigation lists.
    pub fn all_listed() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|screen| screen.listed() == *screen)
    }

    /// Whether it is one table of any length, with details beside it.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Records | Self::Reports | Self::Source | Self::Failures | Self::Files)
    }

    /// Whether it shows the records that a filter lets through.
    pub const fn is_filtered(self) -> bool {
        !matches!(self, Self::Start | Self::Files | Self::Findings | Self::Toolbox)
    }
}

/// A column by its code, and a direction: `-messages` is descending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortKey {
    pub column: String,
    pub descending: bool,
}

impl SortKey {
    /// Reads what [`SortKey`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (column, descending) = match text.strip_prefix('-') {
            Some(column) => (column, true),
            None => (text, false),
        };
        let plain = column.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        (plain && !column.is_empty()).then(|| Self { column: column.to_owned(), descending })
    }

    /// The sort of a table with these columns, if it has the one that is named.
    pub fn of<Column: DeserializeOwned>(&self) -> Option<Sort<Column>> {
        let code: StrDeserializer<'_, Error> = self.column.as_str().into_deserializer();
        Some(Sort { by: Column::deserialize(code).ok()?, descending: self.descending })
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", if self.descending { "-" } else { "" }, self.column)
    }
}

/// What the fragment says. Unknown screens are Start, unknown words nothing:
/// a fragment may come from another version or from a mistyped link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    pub screen: Screen,
    pub sort: Option<SortKey>,
    /// Which records count, on the screens that show them: a line as [`Filter::parse`] reads it.
    pub filter: String,
    /// Explore: the code of the table, where it is not the first. Source: the digest of the report,
    /// which tells it from others that the filter lets through.
    pub of: String,
    /// Explore and TLS: the codes of what was drilled through, and last of what is grouped by, with
    /// commas. Overview: by what bars are split.
    pub by: String,
    /// Explore: lines shown, where they are more than at first.
    pub lines: Option<u32>,
    /// What follows `toolbox/`, unread.
    pub tool: String,
}

impl Route {
    pub fn to(screen: Screen) -> Self {
        Self { screen, ..Self::default() }
    }

    /// A tool, by the address that it has of itself.
    pub fn tool(address: &impl ToString) -> Self {
        Self { tool: address.to_string(), ..Self::to(Screen::Toolbox) }
    }

    /// The same records on another screen.
    pub fn elsewhere(&self, screen: Screen) -> Self {
        let filter = if screen.is_filtered() { self.filter.clone() } else { String::new() };
        Self { filter, ..Self::to(screen) }
    }

    /// Which records count.
    pub fn filter(&self) -> Filter {
        Filter::parse(&self.filter)
    }

    /// The same screen with other records.
    pub fn filtered(&self, filter: &Filter) -> Self {
        Self { filter: filter.to_string(), lines: None, ..self.clone() }
    }

    /// The table that the screen is of.
    pub fn table(&self) -> Table {
        let named = || Table::ALL.into_iter().find(|table| table.code() == self.of);
        match self.screen {
            Screen::Tls => Table::Tls,
            Screen::Failures => Table::Failure,
            Screen::Explore => named().unwrap_or_default(),
            _ => Table::default(),
        }
    }

    /// Explore, of this table.
    pub fn explore(table: Table) -> Self {
        let of = if table == Table::default() { "" } else { table.code() };
        Self { of: of.to_owned(), ..Self::to(Screen::Explore) }
    }

    /// What is grouped by, each once.
    pub fn dimensions(&self) -> Vec<Dimension> {
        let mut dimensions = Vec::new();
        for dimension in self.by.split(',').filter_map(Dimension::of_code) {
            if !dimensions.contains(&dimension) {
                dimensions.push(dimension);
            }
        }
        dimensions
    }

    /// Grouped by these.
    pub fn by(self, dimensions: &[Dimension]) -> Self {
        let codes: Vec<_> = dimensions.iter().map(|dimension| dimension.code()).collect();
        Self { by: codes.join(","), ..self }
    }

    /// Reads a fragment, with its `#` or without.
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        if let Some(tool) = fragment.strip_prefix("/toolbox/") {
            return Self::tool(&tool);
        }
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let path = path.trim_matches('/');
        let screen = Screen::ALL.into_iter().find(|screen| screen.path() == path);
        let mut route = Self::to(screen.unwrap_or_default());
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "sort" => route.sort = SortKey::parse(value),
                "filter" if route.screen.is_filtered() => route.filter = percent::decode(value),
                "of" if matches!(route.screen, Screen::Explore | Screen::Source)
                    && is_plain(value) =>
                {
                    value.clone_into(&mut route.of);
                }
                "by" if route.screen.is_filtered() && is_plain(value) => {
                    value.clone_into(&mut route.by)
                }
                "lines" => route.lines = value.parse().ok(),
                _ => {}
            }
        }
        route
    }
}

/// Codes, with commas; or a number in hexadecimal digits.
fn is_plain(codes: &str) -> bool {
    codes
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-,".contains(&byte))
}

impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#/{}", self.screen.path())?;
        if !self.tool.is_empty() {
            return write!(out, "/{}", self.tool);
        }
        let pairs = [
            ("filter=", percent::encode(&self.filter)),
            ("of=", self.of.clone()),
            ("by=", self.by.clone()),
            ("sort=", self.sort.as_ref().map(SortKey::to_string).unwrap_or_default()),
            ("lines=", self.lines.map(|lines| lines.to_string()).unwrap_or_default()),
        ];
        let mut sign = '?';
        for (name, value) in pairs {
            if !value.is_empty() {
                write!(out, "{sign}{name}{value}")?;
                sign = '&';
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{RecordColumn, ReportColumn};

    #[test]
    fn there_and_back() {
        for screen in Screen::ALL {
            for sort in ["", "messages", "-source-ip"] {
                let route = Route { sort: SortKey::parse(sort), ..Route::to(screen) };
                assert_eq!(Route::parse(&route.to_string()), route);
            }
        }
        assert_eq!(
            Route::parse("#/records?sort=-messages").to_string(),
            "#/records?sort=-messages"
        );
    }

    #[test]
    fn a_tool_keeps_its_own_address() {
        let route = Route::tool(&"mta-sts?mx=%2A.example.com&sort=x");
        assert_eq!(route.to_string(), "#/toolbox/mta-sts?mx=%2A.example.com&sort=x");
        assert_eq!(Route::parse(&route.to_string()), route);
        assert_eq!(Route::parse("#/toolbox"), Route::to(Screen::Toolbox));
    }

    #[test]
    fn a_link_says_which_records() {
        let filter = Filter::parse("ip:192.0.2.0/24 -org:\"A & B\" since:2026-01-01 100%");
        let route = Route::to(Screen::Overview).filtered(&filter);
        let link = route.to_string();
        assert!(link.starts_with("#/overview?filter="), "{link}");
        assert_eq!(Route::parse(&link), route);
        assert_eq!(route.filter(), filter);
        let records = route.elsewhere(Screen::Records);
        assert_eq!(Route::parse(&records.to_string()).filter(), filter);
        assert_eq!(route.elsewhere(Screen::Files), Route::to(Screen::Files));
        assert_eq!(Route::parse("#/files?filter=x"), Route::to(Screen::Files));
    }

    #[test]
    fn a_link_says_what_is_grouped_by() {
        let by = [Dimension::Domain, Dimension::SourceIp];
        let route = Route { lines: Some(200), ..Route::to(Screen::Explore).by(&by) };
        assert_eq!(route.to_string(), "#/explore?by=domain,ip&lines=200");
        assert_eq!(Route::parse(&route.to_string()), route);
        assert_eq!(Route::parse("#/explore?by=domain,,x,ip,domain").dimensions(), by);
        assert_eq!(Route::parse("#/explore?by=<b>&lines=-1"), Route::to(Screen::Explore));
    }

    #[test]
    fn a_strange_fragment_is_start() {
        for fragment in ["", "#", "#/", "#/nowhere", "#records/../x", "#/é?sort=é"] {
            assert_eq!(Route::parse(fragment), Route::default(), "{fragment}");
        }
        let odd = Route::parse("#/records?x=1&sort=<b>&&");
        assert_eq!(odd, Route::to(Screen::Records));
    }

    #[test]
    fn a_sort_names_a_column_of_the_table() {
        let key = Route::parse("#/records?sort=-source-ip").sort.expect("a sort");
        let sort = key.of::<RecordColumn>();
        assert_eq!(sort, Some(Sort { by: RecordColumn::SourceIp, descending: true }));
        assert_eq!(key.of::<ReportColumn>(), None);
    }
}
