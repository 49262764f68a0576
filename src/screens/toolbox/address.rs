//! Which tool, and what was typed into it, as the rest of the page's fragment:
//! `mta-sts?domains=example.com&mode=testing`.

use std::fmt;

use crate::base::percent::{decode, encode};
use crate::screens::Values;

/// Octets of a fragment that are written. Longer texts are kept on the page only.
const MOST: usize = 2_000;

/// The tools, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    #[default]
    Explain,
    Domain,
    MtaSts,
    Policy,
    TlsRpt,
    Dmarc,
    Record,
}

impl Tool {
    pub const ALL: [Self; 7] = [
        Self::Explain,
        Self::Domain,
        Self::MtaSts,
        Self::Policy,
        Self::TlsRpt,
        Self::Dmarc,
        Self::Record,
    ];

    /// Its word in the fragment and in the keys of its messages.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Explain => "explain",
            Self::Domain => "domain",
            Self::MtaSts => "mta-sts",
            Self::Policy => "policy",
            Self::TlsRpt => "tls-rpt",
            Self::Dmarc => "dmarc",
            Self::Record => "record",
        }
    }

    /// The names of its fields. Tools share what is the same thing in them.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Explain => &["domains", "error"],
            Self::Domain => &["domains", "output"],
            Self::MtaSts => &["domains", "mode", "mx", "age", "id", "goal"],
            Self::Policy => &["hosts", "policy"],
            Self::TlsRpt => &["domains", "tls-rua"],
            Self::Dmarc => &["domains", "p", "rua", "sp", "np", "t", "adkim", "aspf", "ruf", "fo"],
            Self::Record => &["record"],
        }
    }
}

/// A tool with what was typed into it. Its `Display` is the fragment's part, with as many
/// of the tool's values, in the order of its fields, as there is room for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub tool: Tool,
    pub values: Values,
}

impl Address {
    /// Reads what [`Address`] writes. An unknown tool is the first one; names that are no
    /// field of the tool are passed over: the link may be from anywhere.
    pub fn parse(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let tool = Tool::ALL.into_iter().find(|tool| tool.path() == path).unwrap_or_default();
        let mut values = Values::default();
        if query.len() <= MOST {
            for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
                if tool.fields().contains(&name) {
                    values.set(name, &decode(value));
                }
            }
        }
        Self { tool, values }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tool.path())?;
        let mut room = MOST;
        let mut sign = '?';
        for name in self.tool.fields() {
            let value = encode(self.values.get(name));
            let octets = name.len() + value.len() + 2;
            if value.is_empty() || octets > room {
                continue;
            }
            room -= octets;
            write!(f, "{sign}{name}={value}")?;
            sign = '&';
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, MOST, Tool};
    use crate::screens::Values;

    #[test]
    fn there_and_back() {
        for tool in Tool::ALL {
            let texts = ["é, &=%+\n\u{a0}#", "mail.example.com\n*.example.com", "100%", "%4"];
            let pairs = tool.fields().iter().copied().zip(texts.into_iter().cycle());
            let address = Address { tool, values: pairs.collect() };
            let text = address.to_string();
            assert!(text.is_ascii() && !text.contains([' ', '#', '\n']), "{text}");
            let read = Address::parse(&text);
            assert_eq!(read.tool, tool);
            for name in tool.fields() {
                assert_eq!(read.values.get(name), address.values.get(name), "{text}");
            }
        }
    }

    #[test]
    fn what_is_too_long_stays_away() {
        let long = "x".repeat(MOST);
        let values: Values = [("domains", "example.com"), ("error", &long)].into_iter().collect();
        let address = Address { tool: Tool::Explain, values };
        assert_eq!(address.to_string(), "explain?domains=example.com");
        assert!(Address::parse(&format!("explain?error={long}{long}")).values.is_empty());
    }

    #[test]
    fn strange_fragments_are_forgiven() {
        for text in ["", "nowhere?x=y", "?", "=", "explain?p=reject&&=&error"] {
            assert_eq!(Address::parse(text), Address::default(), "{text}");
        }
        let odd = Address::parse("dmarc?p=%ff%zz%+4%");
        assert_eq!(odd.values.get("p"), "\u{fffd}%zz%+4%");
    }
}
