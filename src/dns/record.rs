//! Which record a TXT record is, or was meant to be: its version says so.

use super::diagnostic::Diagnostic;
use super::kind::Kind;
use super::near::nearest;
use super::txt::Txt;

/// The records known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    Dmarc,
    Spf,
    MtaSts,
    TlsRpt,
}

impl RecordKind {
    pub const ALL: [Self; 4] = [Self::Dmarc, Self::Spf, Self::MtaSts, Self::TlsRpt];

    /// What the record begins with.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Dmarc => "v=DMARC1",
            Self::Spf => "v=spf1",
            Self::MtaSts => "v=STSv1",
            Self::TlsRpt => "v=TLSRPTv1",
        }
    }

    /// Where its syntax stands.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Dmarc => "RFC 9989 §4.8; RFC 7489 §6.4",
            Self::Spf => "RFC 7208 §4.5",
            Self::MtaSts => "RFC 8461 §3.1",
            Self::TlsRpt => "RFC 8460 §3",
        }
    }

    /// Where it is said that a second one makes both void.
    pub const fn rule_of_one(self) -> &'static str {
        match self {
            Self::Dmarc => "RFC 9989 §4.10; RFC 7489 §6.6.3",
            Self::Spf => "RFC 7208 §4.5",
            Self::MtaSts => "RFC 8461 §3.1",
            Self::TlsRpt => "RFC 8460 §3",
        }
    }

    /// What stands before the domain in the record's name.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Dmarc => "_dmarc.",
            Self::Spf => "",
            Self::MtaSts => "_mta-sts.",
            Self::TlsRpt => "_smtp._tls.",
        }
    }

    /// The name that the record of a domain stands at.
    pub fn name(self, domain: &str) -> String {
        format!("{}{}", self.prefix(), domain.trim_end_matches('.'))
    }

    /// The token of the version in small letters, without `v=` and number.
    const fn stem(self) -> &'static str {
        match self {
            Self::Dmarc => "dmarc",
            Self::Spf => "spf",
            Self::MtaSts => "sts",
            Self::TlsRpt => "tlsrpt",
        }
    }

    /// Whether the byte that follows the version ends it.
    fn ends_version(self, next: Option<u8>) -> bool {
        match self {
            Self::Spf => matches!(next, None | Some(b' ')),
            Self::Dmarc | Self::MtaSts | Self::TlsRpt => !next.is_some_and(|b| {
                b.is_ascii_alphanumeric() || matches!(b, b'=' | b'-' | b'_' | b'.')
            }),
        }
    }
}

/// How a record begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub kind: RecordKind,
    /// What is wrong with the version.
    pub fault: Option<Diagnostic>,
    /// Byte offset behind the version, where the rest begins; 0 where it does not stand first.
    pub body_at: usize,
}

/// Tells the record by its version, or by what else is in it. `None`: none of those known.
pub(super) fn opening(txt: &Txt) -> Option<Opening> {
    exact(&txt.text).or_else(|| misspelt(txt)).or_else(|| not_first(txt)).or_else(|| missing(txt))
}

/// Whether receivers take the record for one of this kind, right or wrong in the rest.
pub(super) fn is_taken_for(kind: RecordKind, txt: &Txt) -> bool {
    exact(&txt.text).is_some_and(|opening| opening.kind == kind)
}

/// RFC 7208 §4.5, RFC 9989 §4.8 (white space around the equals sign), RFC 8461 §3.1
/// and RFC 8460 §3 (none).
fn exact(text: &str) -> Option<Opening> {
    RecordKind::ALL.into_iter().find_map(|kind| {
        let body_at = match kind {
            RecordKind::Spf => {
                let start = text.get(..kind.version().len())?;
                start.eq_ignore_ascii_case(kind.version()).then_some(start.len())
            }
            RecordKind::Dmarc => dmarc(text),
            RecordKind::MtaSts | RecordKind::TlsRpt => {
                text.starts_with(kind.version()).then_some(kind.version().len())
            }
        }?;
        let next = text.as_bytes().get(body_at).copied();
        kind.ends_version(next).then_some(Opening { kind, fault: None, body_at })
    })
}

fn dmarc(text: &str) -> Option<usize> {
    let wsp = [' ', '\t'];
    let rest = text.strip_prefix('v')?.trim_start_matches(wsp);
    let rest = rest.strip_prefix('=')?.trim_start_matches(wsp);
    Some(text.len() - rest.strip_prefix("DMARC1")?.len())
}

/// A version in other letters, with other spaces, with another number.
fn misspelt(txt: &Txt) -> Option<Opening> {
    let text = &txt.text;
    let start = text.len() - text.trim_start().len();
    let stop = version_end(text, start);
    let written = &text[start..stop];
    let kind = meant(written)?;
    let goes_on = txt.text[stop..].starts_with(char::is_whitespace);
    let fault = match (written == kind.version(), start) {
        // What follows is no space, which is said of that.
        (true, 0) if goes_on => None,
        (true, 1..) => Some(Diagnostic::new(Kind::VersionNotFirst, txt.at(0))),
        _ => {
            let misspelt = Diagnostic::new(Kind::VersionMisspelt, txt.at(start));
            Some(misspelt.arg("found", written))
        }
    };
    let fault = fault.map(|fault| fault.arg("version", kind.version()).rule(kind.rule()));
    Some(Opening { kind, fault, body_at: stop })
}

/// The end of what was meant as the version: `v = DMARC 1`, `v:spf1`, `DMARC1`.
fn version_end(text: &str, start: usize) -> usize {
    let is_end = |c: char| c == ';' || c == ',' || c.is_whitespace();
    let token = |from: usize| {
        let skipped = text[from..].trim_start();
        let at = text.len() - skipped.len();
        (at, at + skipped.find(is_end).unwrap_or(skipped.len()))
    };
    let (_, mut stop) = token(start);
    // `v =DMARC1`, `v= DMARC1`, `DMARC 1`
    for _ in 0..2 {
        let (next_at, next_stop) = token(stop);
        let (next, so_far) = (&text[next_at..next_stop], &text[start..stop]);
        let goes_on = next == "1"
            || next.starts_with(['=', ':'])
            || so_far.ends_with(['=', ':'])
            || so_far.eq_ignore_ascii_case("v") && meant(next).is_some();
        if next.is_empty() || !goes_on {
            break;
        }
        stop = next_stop;
    }
    stop
}

/// The record that a version was meant for.
fn meant(written: &str) -> Option<RecordKind> {
    /// No version is longer, however misspelt.
    const LONGEST: usize = 24;
    if written.len() > LONGEST {
        return None;
    }
    let letters: String = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let stem =
        letters.strip_prefix("version").or_else(|| letters.strip_prefix('v')).unwrap_or(&letters);
    let by_stem = RecordKind::ALL.into_iter().find(|kind| {
        stem.starts_with(kind.stem())
            || stem.strip_prefix("mta").is_some_and(|s| s.starts_with(kind.stem()))
    });
    by_stem.or_else(|| {
        let versions = ["dmarc1", "spf1", "stsv1", "tlsrptv1"];
        let near = nearest(stem, &versions)?;
        versions
            .iter()
            .position(|version| *version == near)
            .and_then(|index| RecordKind::ALL.get(index))
            .copied()
    })
}

/// A right version that something stands before.
fn not_first(txt: &Txt) -> Option<Opening> {
    let (at, kind) = RecordKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let at = txt.text.find(kind.version())?;
            let before = txt.text[..at].chars().next_back()?;
            (before == ';' || before.is_whitespace()).then_some((at, kind))
        })
        .min_by_key(|(at, _)| *at)?;
    let fault = Diagnostic::new(Kind::VersionNotFirst, txt.at(at));
    let fault = Some(fault.arg("version", kind.version()).rule(kind.rule()));
    Some(Opening { kind, fault, body_at: 0 })
}

/// No version, but something that only one kind of record has.
fn missing(txt: &Txt) -> Option<Opening> {
    let kind = by_content(&txt.text)?;
    let fault = Diagnostic::new(Kind::VersionMissing, txt.at(0));
    let fault = Some(fault.arg("version", kind.version()).rule(kind.rule()));
    Some(Opening { kind, fault, body_at: 0 })
}

fn by_content(text: &str) -> Option<RecordKind> {
    const DMARC: [&str; 11] =
        ["p", "sp", "np", "adkim", "aspf", "ruf", "fo", "pct", "ri", "rf", "psd"];
    const SPF: [&str; 8] =
        ["include:", "ip4:", "ip6:", "redirect=", "-all", "~all", "?all", "+all"];
    let names = || text.split(';').filter_map(|piece| Some(piece.split_once('=')?.0.trim()));
    let has = |name: &str| names().any(|found| found.eq_ignore_ascii_case(name));
    let is_spf = text
        .split_whitespace()
        .any(|term| SPF.iter().any(|start| term.to_ascii_lowercase().starts_with(start)));
    if is_spf {
        Some(RecordKind::Spf)
    } else if DMARC.iter().any(|name| has(name)) {
        Some(RecordKind::Dmarc)
    } else if has("id") {
        Some(RecordKind::MtaSts)
    } else if has("rua") {
        Some(RecordKind::TlsRpt)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, RecordKind, Txt, opening};

    #[test]
    fn told_by_version_or_content() {
        use RecordKind::{Dmarc, MtaSts, Spf, TlsRpt};
        for (text, kind, fault, body_at) in [
            ("v=DMARC1; p=none", Dmarc, None, 8),
            ("v = DMARC1;p=none", Dmarc, None, 10),
            ("v=DMARC1", Dmarc, None, 8),
            ("V=DMARC1; p=none", Dmarc, Some(Kind::VersionMisspelt), 8),
            ("v=dmarc1; p=none", Dmarc, Some(Kind::VersionMisspelt), 8),
            ("v=DMARC 1; p=none", Dmarc, Some(Kind::VersionMisspelt), 9),
            ("v=DMARC2; p=none", Dmarc, Some(Kind::VersionMisspelt), 8),
            ("DMARC1; p=none", Dmarc, Some(Kind::VersionMisspelt), 6),
            ("v=DAMRC1; p=none", Dmarc, Some(Kind::VersionMisspelt), 8),
            (" v=DMARC1; p=none", Dmarc, Some(Kind::VersionNotFirst), 9),
            ("p=none; v=DMARC1", Dmarc, Some(Kind::VersionNotFirst), 0),
            ("p=none; rua=mailto:a@example.com", Dmarc, Some(Kind::VersionMissing), 0),
            ("v=DMARC1 p=none", Dmarc, None, 8),
            ("V=SPF1 -all", Spf, None, 6),
            ("v=spf1", Spf, None, 6),
            ("v=spf1\t-all", Spf, None, 6),
            ("v=spf10 -all", Spf, Some(Kind::VersionMisspelt), 7),
            ("v=spf2.0/pra -all", Spf, Some(Kind::VersionMisspelt), 12),
            ("v=spf1; -all", Spf, Some(Kind::VersionMisspelt), 6),
            ("v= spf1 -all", Spf, Some(Kind::VersionMisspelt), 7),
            ("v spf1 -all", Spf, Some(Kind::VersionMisspelt), 6),
            ("spf1 -all", Spf, Some(Kind::VersionMisspelt), 4),
            ("include:example.com -all", Spf, Some(Kind::VersionMissing), 0),
            ("v=STSv1; id=1", MtaSts, None, 7),
            ("v=STSv1 ; id=1", MtaSts, None, 7),
            ("v=STSv10; id=1", MtaSts, Some(Kind::VersionMisspelt), 8),
            ("v=MTA-STSv1; id=1", MtaSts, Some(Kind::VersionMisspelt), 11),
            ("id=1; v=STSv1", MtaSts, Some(Kind::VersionNotFirst), 0),
            ("id=1", MtaSts, Some(Kind::VersionMissing), 0),
            ("v=TLSRPTv1;rua=mailto:a@example.com", TlsRpt, None, 10),
            ("v=TLSRPT1;rua=mailto:a@example.com", TlsRpt, Some(Kind::VersionMisspelt), 9),
            ("rua=mailto:a@example.com", TlsRpt, Some(Kind::VersionMissing), 0),
        ] {
            let opening = opening(&Txt::plain(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (opening.kind, opening.fault.map(|fault| fault.kind), opening.body_at),
                (kind, fault, body_at),
                "{text}"
            );
        }
        assert_eq!(opening(&Txt::plain("google-site-verification=abc")), None);
        assert_eq!(opening(&Txt::plain("")), None);
    }
}
