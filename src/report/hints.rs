//! What is known of a report before it is read: its file name and its mail.

use crate::base::{MailHeader, UnixSeconds};

/// The surroundings of a report, for where it is silent itself. What the
/// report says rules over them (RFC 8460 §5.6).
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The innermost file or attachment name.
    pub name: Option<&'a str>,
    /// The innermost mail.
    pub mail: Option<&'a MailHeader>,
}

impl<'a> Hints<'a> {
    /// The name, where it is made as the specifications ask.
    pub fn report_name(&self) -> Option<ReportName<'a>> {
        ReportName::parse(self.name?)
    }

    /// The policy domain in the mail's subject.
    pub fn subject_domain(&self) -> Option<&'a str> {
        subject_domain(self.mail?.subject.as_deref()?)
    }
}

/// A name like `receiver!domain!begin!end[!id].ext` (RFC 7489 §7.2.1.1,
/// RFC 9990 §3.5.2, RFC 8460 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportName<'a> {
    pub receiver: &'a str,
    pub domain: &'a str,
    pub begin: UnixSeconds,
    pub end: UnixSeconds,
    pub id: Option<&'a str>,
}

/// Extensions, and extensions of extensions, that are cut off.
const EXTENSIONS: [&str; 6] = ["gz", "zip", "gzip", "xml", "json", "txt"];

impl<'a> ReportName<'a> {
    /// Reads a name, with or without folders before it and extensions after it.
    pub fn parse(name: &'a str) -> Option<Self> {
        let mut stem = name.rsplit(['/', '\\']).next()?.trim();
        while let Some((rest, extension)) = stem.rsplit_once('.') {
            if !EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)) {
                break;
            }
            stem = rest;
        }
        let mut fields = stem.splitn(5, '!');
        let (receiver, domain) = (fields.next()?, fields.next()?);
        let begin = UnixSeconds(fields.next()?.parse().ok()?);
        // A copy that a browser saved is called `…!end (1)` or `…!end_1`.
        let end = fields.next()?;
        let digits = end.find(|c: char| !c.is_ascii_digit()).unwrap_or(end.len());
        let end = UnixSeconds(end[..digits].parse().ok()?);
        if receiver.is_empty() || domain.is_empty() {
            return None;
        }
        Some(Self { receiver, domain, begin, end, id: fields.next().filter(|id| !id.is_empty()) })
    }
}

/// The domain in `Report Domain: D Submitter: S Report-ID: …` (RFC 7489
/// §7.2.1.1, RFC 8460 §5.3), in whatever case and with whatever brackets.
fn subject_domain(subject: &str) -> Option<&str> {
    const LABEL: &str = "report domain:";
    let start = subject.char_indices().map(|(at, _)| at).find(|at| {
        subject.get(*at..at + LABEL.len()).is_some_and(|s| s.eq_ignore_ascii_case(LABEL))
    })?;
    let rest = subject.get(start + LABEL.len()..)?.trim_start();
    let word = rest.split(|c: char| c.is_whitespace() || c == ';').next()?;
    let domain = word.trim_matches(|c| "{}<>,\"".contains(c));
    (!domain.is_empty()).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_specified() {
        let name =
            ReportName::parse("mail/google.com!example.com!1704067200!1704153599!001.json.gz");
        assert_eq!(
            name,
            Some(ReportName {
                receiver: "google.com",
                domain: "example.com",
                begin: UnixSeconds(1_704_067_200),
                end: UnixSeconds(1_704_153_599),
                id: Some("001"),
            })
        );
        let copy = ReportName::parse("a.test!b.test!1!2 (3).XML").expect("a copy's name");
        assert_eq!((copy.end, copy.id), (UnixSeconds(2), None));
    }

    #[test]
    fn other_names_say_nothing() {
        for name in ["", "report.xml", "a!b!c!d.xml", "!b!1!2.xml", "a!b!1", "a!b!1!x.gz"] {
            assert_eq!(ReportName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn domains_in_subjects() {
        for subject in [
            "Report Domain: example.com Submitter: a.test Report-ID: <1@a.test>",
            "[Preview] Report domain: example.com; Submitter: A",
            "Dmarc Aggregate Report Domain: {example.com}  Submitter: {Amazon SES}",
            "É REPORT DOMAIN:example.com",
        ] {
            assert_eq!(subject_domain(subject), Some("example.com"), "{subject}");
        }
        assert_eq!(subject_domain("Report Domain:"), None);
        assert_eq!(subject_domain("Invoice"), None);
    }
}
