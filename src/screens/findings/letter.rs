//! Findings in words: where they were seen, and a letter to whoever sent the reports.

use crate::base::{Kind, Sighting, Whereabouts};
use crate::query::{FindingLine, PlaceLine};
use crate::screens::isolated::isolated;
use crate::screens::words::Words;

/// `report.eml › report.xml.gz › report.xml`.
pub fn place(place: &PlaceLine) -> String {
    let names = std::iter::once(place.file_name.as_str());
    names.chain(place.path.iter().map(String::as_str)).collect::<Vec<_>>().join(" › ")
}

impl Words<'_> {
    /// What a kind of finding is, in a few words.
    pub fn finding_title(self, kind: Kind) -> &'static str {
        self.text(&format!("finding.{}.title", kind.code()))
    }

    /// What it means and what was done about it.
    pub fn finding_text(self, kind: Kind) -> &'static str {
        self.text(&format!("finding.{}.text", kind.code()))
    }

    /// `line 12, byte 3,456`, or `None` for the part as a whole.
    pub fn whereabouts(self, at: Whereabouts) -> Option<String> {
        match at {
            Whereabouts::Whole => None,
            Whereabouts::Offset(offset) => {
                Some(self.fill("where.byte", &[("byte", &self.language.integer(offset))]))
            }
            Whereabouts::Line { offset, line } => {
                let (line, byte) = (self.language.integer(line), self.language.integer(offset));
                Some(self.fill("where.line", &[("line", &line), ("byte", &byte)]))
            }
        }
    }

    /// What was seen there, as it stands or with the unit of its number; `None` where nothing is told.
    pub fn sighted(self, kind: Kind, sighting: &Sighting) -> Option<String> {
        let detail = &*sighting.detail;
        match (kind, detail.parse()) {
            (Kind::LineTooLong | Kind::LineOverRecommended, Ok(octets)) => {
                Some(self.fill("line.octets", &[("octets", &self.language.integer(octets))]))
            }
            _ => Some(detail.to_owned()).filter(|detail| !detail.is_empty()),
        }
    }
}

/// A letter that tells one reporter what its reports break, with rules and
/// examples: plain text, ready to be sent. Findings that are nobody's
/// fault (a file that was cancelled, a limit of ours) are left out by the
/// caller, see [`is_for_the_reporter`].
pub fn letter(words: Words, findings: &[&FindingLine]) -> String {
    let reporter = findings.iter().find_map(|line| line.reporter.as_deref()).unwrap_or_default();
    let mut letter = words.fill("letter.greeting", &[("reporter", reporter)]);
    letter.push_str("\n\n");
    letter.push_str(words.text("letter.opening"));
    for line in findings {
        letter.push_str("\n\n* ");
        letter.push_str(words.finding_title(line.kind));
        let reports = words.count("count.reports", line.reports.into());
        letter.push_str(&format!(" ({reports})"));
        if !line.kind.rule().is_empty() {
            letter.push_str(&format!(
                "\n  {}",
                words.fill("letter.rule", &[("rule", line.kind.rule())])
            ));
        }
        for (at, sighting) in &line.examples {
            let whereabouts = words.whereabouts(sighting.at);
            let seen = [Some(place(at)), whereabouts, words.sighted(line.kind, sighting)];
            let seen = seen.iter().flatten().filter(|it| !it.is_empty());
            let seen: Vec<_> = seen.map(|it| isolated(it)).collect();
            letter.push_str(&format!("\n  - {}", seen.join(", ")));
        }
    }
    for key in ["letter.closing", "letter.regards"] {
        letter.push_str("\n\n");
        letter.push_str(words.text(key));
    }
    letter
}

/// Whether the reporter could do something about it. The others are ours or the user's.
pub const fn is_for_the_reporter(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::NoReport
            | Kind::EmptyPart
            | Kind::FileUnreadable
            | Kind::ReaderCrashed
            | Kind::ReaderStalled
            | Kind::Cancelled
            | Kind::DuplicateReport
            | Kind::OutputLimit
            | Kind::RatioLimit
            | Kind::BufferLimit
            | Kind::DepthLimit
            | Kind::MemberLimit
            | Kind::RecordLimit
            | Kind::ListLimit
            | Kind::TextLimit
            | Kind::NestingLimit
            | Kind::StoreLimit
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::view::Language;

    #[test]
    fn a_letter_names_rule_and_place() {
        let line = FindingLine {
            kind: Kind::LineTooLong,
            reporter: Some("Example Reporter".to_owned()),
            contact: None,
            extra_contact_info: None,
            reports: 2,
            sightings: 2,
            examples: vec![(
                PlaceLine {
                    file: FileId(0),
                    file_name: "a.eml".to_owned(),
                    path: vec!["r.xml.gz".to_owned()],
                },
                Sighting {
                    at: Whereabouts::Line { offset: 1234, line: 7 },
                    detail: "40000".into(),
                },
            )],
        };
        let letter =
            letter(Words { language: Language::English, zone: &crate::view::Zone::UTC }, &[&line]);
        assert!(letter.contains("Example Reporter"));
        assert!(letter.contains(Kind::LineTooLong.rule()));
        assert!(letter.contains("(2 reports)"));
        let seen = "  - a.eml › r.xml.gz, line 7, byte 1,234, line of 40,000 octets";
        assert!(letter.contains(seen), "{letter}");
    }
}
