//! The URL fragment: which screen, sorted how. `#/records?sort=-messages`. Of the Toolbox it
//! also says which tool, and what was typed into it: that is the tools' own to read.

use std::fmt;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::query::Sort;

/// The screens, in the order of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Start,
    Records,
    Reports,
    Tls,
    Files,
    /// The findings of all files; a part of Files.
    Findings,
    Toolbox,
}

impl Screen {
    /// Those that the navigation lists.
    pub const LISTED: [Self; 6] =
        [Self::Start, Self::Records, Self::Reports, Self::Tls, Self::Files, Self::Toolbox];
    const ALL: [Self; 7] = [
        Self::Start,
        Self::Records,
        Self::Reports,
        Self::Tls,
        Self::Files,
        Self::Findings,
        Self::Toolbox,
    ];

    /// The path in the fragment; its last word is the key of the screen's messages.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Records => "records",
            Self::Reports => "reports",
            Self::Tls => "tls",
            Self::Files => "files",
            Self::Findings => "files/findings",
            Self::Toolbox => "toolbox",
        }
    }

    /// The listed screen it belongs to.
    pub const fn listed(self) -> Self {
        match self {
            Self::Findings => Self::Files,
            other => other,
        }
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
    /// What follows `toolbox/` or `tls?`, unread.
    pub tool: String,
}

impl Route {
    pub fn to(screen: Screen) -> Self {
        Self { screen, ..Self::default() }
    }

    /// The screen, or the tool, of this path.
    pub fn screen(path: &str) -> Self {
        Self::parse(&format!("/{path}"))
    }

    /// A tool, by the address that it has of itself.
    pub fn tool(address: &impl ToString) -> Self {
        Self { tool: address.to_string(), ..Self::to(Screen::Toolbox) }
    }

    /// Reads a fragment, with its `#` or without.
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        if let Some(tool) = fragment.strip_prefix("/toolbox/") {
            return Self { tool: tool.to_owned(), ..Self::to(Screen::Toolbox) };
        }
        if let Some(filter) = fragment.strip_prefix("/tls?") {
            return Self { tool: filter.to_owned(), ..Self::to(Screen::Tls) };
        }
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let path = path.trim_matches('/');
        let screen = Screen::ALL.into_iter().find(|screen| screen.path() == path);
        let sort = query.split('&').find_map(|pair| pair.strip_prefix("sort="));
        let sort = sort.and_then(SortKey::parse);
        Self { sort, ..Self::to(screen.unwrap_or_default()) }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#/{}", self.screen.path())?;
        if !self.tool.is_empty() {
            let mark = if self.screen == Screen::Tls { '?' } else { '/' };
            return write!(out, "{mark}{}", self.tool);
        }
        match &self.sort {
            Some(sort) => write!(out, "?sort={sort}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{RecordColumn, ReportColumn};

    #[test]
    fn there_and_back() {
        for screen in Screen::ALL.into_iter().filter(|screen| *screen != Screen::Tls) {
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
        let filtered = "#/tls?domain:=example.com";
        assert_eq!(Route::parse(filtered).to_string(), filtered);
        assert_eq!(Route::parse("#/toolbox"), Route::to(Screen::Toolbox));
        assert_eq!(Route::screen("toolbox/dmarc"), Route::tool(&"dmarc"));
        assert_eq!(Route::screen("records"), Route::to(Screen::Records));
        assert_eq!(Route::screen("javascript:alert(1)"), Route::default());
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
