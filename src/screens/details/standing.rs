//! What a record says, told apart: the reporter's DMARC verdict, and the raw
//! SPF and DKIM results, which know nothing of DMARC (RFC 9990 §3.1.1.9).

use crate::base::domain::comparable;
use crate::query::{Agreement, Alignment, DkimLine, RecordLine, SpfLine};
use crate::view::Code;
use crate::view::verdict::Verdict;

/// What a raw result means for DMARC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It passed and aligns.
    Counts,
    /// It passed, but for another domain than the author's: of no use to DMARC.
    NotAligned,
    /// The same, for another domain of the author's organization, where alignment is strict.
    Strict,
    /// It aligns, but did not pass.
    WouldCount,
    /// It neither passed nor, as far as is known, aligns.
    NoPass,
    /// It is about the HELO name, beside a MAIL FROM.
    Unused,
    /// It passed, as others did; nothing says which of them aligns.
    Unsaid,
}

impl Code for Standing {
    fn code(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::NotAligned => "not-aligned",
            Self::Strict => "strict",
            Self::WouldCount => "would-count",
            Self::NoPass => "no-pass",
            Self::Unused => "unused",
            Self::Unsaid => "unsaid",
        }
    }
}

/// The standing of one DKIM signature of the record.
pub fn dkim_standing(line: &RecordLine, signature: &DkimLine) -> Standing {
    let passes = line.dkim_results.iter().filter(|other| is_pass(&other.result)).count();
    standing(line, &line.dkim, &signature.result, signature.alignment, passes)
}

/// The standing of one SPF result of the record.
pub fn spf_standing(line: &RecordLine, check: &SpfLine) -> Standing {
    let passes = line.spf_results.iter().filter(|other| is_pass(&other.result)).count();
    standing(line, &line.spf, &check.result, check.alignment, passes)
}

/// Where alignment is not known, it is what the reporter's verdict (`theirs`) tells; of a
/// failure, only beside an author's domain, which the reader can hold against the other.
fn standing(
    line: &RecordLine,
    theirs: &Option<String>,
    result: &Option<String>,
    alignment: Alignment,
    passes: usize,
) -> Standing {
    match (is_pass(result), alignment) {
        (_, Alignment::Unused) => Standing::Unused,
        (true, Alignment::Yes) => Standing::Counts,
        (true, Alignment::No) => Standing::NotAligned,
        (true, Alignment::Strict) => Standing::Strict,
        (false, Alignment::Yes) => Standing::WouldCount,
        (false, _) => Standing::NoPass,
        (true, Alignment::Unknown) => match Verdict::of_word(theirs.as_deref()) {
            Verdict::Fail if has_author(line) => Standing::NotAligned,
            Verdict::Pass if passes == 1 => Standing::Counts,
            Verdict::Pass | Verdict::Fail | Verdict::Unstated => Standing::Unsaid,
        },
    }
}

/// Whether the author's domain is stated, so that another can align with it.
fn has_author(line: &RecordLine) -> bool {
    line.header_from.as_deref().and_then(comparable).is_some()
}

fn is_pass(result: &Option<String>) -> bool {
    result.as_deref() == Some("pass")
}

/// What we make of one method beside what the reporter does, as the key of the
/// sentence that says so.
pub fn ours(ours: Option<bool>, theirs: &Option<String>) -> &'static str {
    match (Verdict::of(ours), Verdict::of_word(theirs.as_deref())) {
        (Verdict::Unstated, _) => "ours.unknown",
        (ours, theirs) if ours == theirs => "ours.same",
        (Verdict::Pass, _) => "ours.pass",
        (Verdict::Fail, _) => "ours.fail",
    }
}

/// The sentence that says that the reporter's verdict is not ours, where it is not.
pub fn disagreement(line: &RecordLine) -> Option<&'static str> {
    match line.ours.agreement {
        Agreement::ReporterPasses => Some("story.reporter-passes"),
        Agreement::ReporterFails => Some("story.reporter-fails"),
        Agreement::Agree | Agreement::Unknown => None,
    }
}

/// Why the verdict is what it is, as the key of the sentence that says so; `None`
/// where what the report lists has it otherwise.
pub fn reason(line: &RecordLine) -> Option<&'static str> {
    if disagreement(line).is_some() {
        return None;
    }
    let pass = |word: &Option<String>| Verdict::of_word(word.as_deref()) == Verdict::Pass;
    let raw_dkim = line.dkim_results.iter().any(|signature| is_pass(&signature.result));
    // What DMARC does not look at is no reason.
    let is_used = |check: &&SpfLine| check.alignment != Alignment::Unused;
    let raw_spf = line.spf_results.iter().filter(is_used).any(|check| is_pass(&check.result));
    Some(match (Verdict::of(line.passed), pass(&line.dkim), pass(&line.spf)) {
        (Verdict::Unstated, ..) => "story.unstated",
        (_, true, true) => "story.both",
        (_, true, false) => "story.dkim",
        (_, false, true) => "story.spf",
        (_, false, false) if line.ours.strictness => "story.strict",
        (_, false, false) if (raw_dkim || raw_spf) && !has_author(line) => "story.no-author",
        (_, false, false) => match (raw_dkim, raw_spf) {
            (true, true) => "story.both-unaligned",
            (true, false) => "story.dkim-unaligned",
            (false, true) => "story.spf-unaligned",
            (false, false) if line.dkim_results.is_empty() => "story.unsigned",
            (false, false) => "story.neither",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{FileId, Format, Locus};
    use crate::query::{Judgement, PolicyLine};

    fn text(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A record from `dkim spf / domain=result, … / domain=result, …`, from example.com,
    /// of which nothing is known but what the reporter says.
    fn record(picture: &str) -> RecordLine {
        let [verdicts, dkim, spf] = picture.split('/').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("three parts: {picture}")
        };
        let (dkim_verdict, spf_verdict) = verdicts.split_once(' ').unwrap_or((verdicts, ""));
        let results = |list: &str| -> Vec<(Option<String>, Option<String>)> {
            let pairs = list.split(',').filter_map(|pair| pair.trim().split_once('='));
            pairs.map(|(domain, result)| (text(domain), text(result))).collect()
        };
        RecordLine {
            contact: None,
            report_id: None,
            row: 0,
            report: 0,
            begin: None,
            end: None,
            reporter: None,
            domain: None,
            policy: PolicyLine::default(),
            source_ip: None,
            messages: 1,
            passed: match (dkim_verdict, spf_verdict) {
                ("-", "-") => None,
                verdicts => Some(verdicts.0 == "pass" || verdicts.1 == "pass"),
            },
            ours: Judgement::default(),
            disposition: None,
            dkim: text(dkim_verdict),
            spf: text(spf_verdict),
            header_from: text("example.com"),
            envelope_from: None,
            envelope_to: None,
            reasons: Vec::new(),
            dkim_results: results(dkim)
                .into_iter()
                .map(|(domain, result)| DkimLine { domain, result, ..DkimLine::default() })
                .collect(),
            spf_results: results(spf)
                .into_iter()
                .map(|(domain, result)| SpfLine { domain, result, ..SpfLine::default() })
                .collect(),
            extras: Vec::new(),
            locus: Locus { file: FileId(0), steps: Vec::new(), format: Format::Xml, digest: 0 },
        }
    }

    #[test]
    fn the_sentence_follows_the_reporter_not_the_raw_results() {
        let cases = [
            ("pass pass / example.com=pass / example.com=pass", "story.both"),
            ("pass fail / example.com=pass / bulk.test=pass", "story.dkim"),
            ("fail pass / bulk.test=pass / example.com=pass", "story.spf"),
            ("fail fail / bulk.test=pass / bulk.test=pass", "story.both-unaligned"),
            ("fail fail / bulk.test=pass / bulk.test=fail", "story.dkim-unaligned"),
            ("fail fail / bulk.test=fail / bulk.test=pass", "story.spf-unaligned"),
            ("fail fail / / example.com=softfail", "story.unsigned"),
            ("fail fail / example.com=fail / example.com=fail", "story.neither"),
            ("- - / example.com=pass / example.com=pass", "story.unstated"),
        ];
        for (picture, expected) in cases {
            assert_eq!(reason(&record(picture)), Some(expected), "{picture}");
        }
    }

    #[test]
    fn strict_alignment_is_named_where_it_is_why() {
        let mut line = record("fail fail / mail.example.com=pass / bulk.test=pass");
        line.dkim_results[0].alignment = Alignment::Strict;
        assert_eq!(dkim_standing(&line, &line.dkim_results[0]), Standing::Strict);
        assert_eq!(reason(&line), Some("story.both-unaligned"), "nobody asks for it");
        line.ours.strictness = true;
        assert_eq!(reason(&line), Some("story.strict"));
    }

    #[test]
    fn a_helo_name_beside_a_mail_from_is_no_reason() {
        let mut line = record("fail fail / / bulk.test=fail, mx.bulk.test=pass");
        assert_eq!(reason(&line), Some("story.spf-unaligned"));
        line.spf_results[1].alignment = Alignment::Unused;
        assert_eq!(reason(&line), Some("story.unsigned"));
    }

    #[test]
    fn nothing_aligns_with_an_author_who_is_not_named() {
        for author in [None, Some(String::new())] {
            let mut line = record("fail fail / example.com=pass / ");
            line.header_from = author;
            assert_eq!(reason(&line), Some("story.no-author"));
            assert_eq!(dkim_standing(&line, &line.dkim_results[0]), Standing::Unsaid);
        }
    }

    #[test]
    fn a_raw_pass_is_not_a_dmarc_pass() {
        let standings = |picture: &str| {
            let line = record(picture);
            let dkim = line.dkim_results.iter().map(|one| dkim_standing(&line, one));
            let spf = line.spf_results.iter().map(|one| spf_standing(&line, one));
            dkim.chain(spf).collect::<Vec<_>>()
        };
        assert_eq!(
            standings("fail pass / bulk.test=pass / example.com=pass"),
            [Standing::NotAligned, Standing::Counts]
        );
        assert_eq!(
            standings("pass fail / bulk.test=pass, example.com=pass, a.test=fail / b.test=none"),
            [Standing::Unsaid, Standing::Unsaid, Standing::NoPass, Standing::NoPass]
        );
        assert_eq!(standings("- - / example.com=pass / "), [Standing::Unsaid]);
    }

    #[test]
    fn alignment_says_what_the_reporter_does_not() {
        let said = |picture: &str, alignment: Alignment| {
            let mut line = record(picture);
            line.dkim_results[0].alignment = alignment;
            dkim_standing(&line, &line.dkim_results[0])
        };
        let two = "pass fail / mail.example.com=pass, bulk.test=pass / ";
        assert_eq!(said(two, Alignment::Yes), Standing::Counts);
        assert_eq!(said(two, Alignment::No), Standing::NotAligned);
        assert_eq!(said("fail - / a.test=fail / ", Alignment::Yes), Standing::WouldCount);
        assert_eq!(said("fail - / a.test=fail / ", Alignment::No), Standing::NoPass);
        assert_eq!(said("pass - / a.test=pass / ", Alignment::Unused), Standing::Unused);
    }

    #[test]
    fn ours_beside_theirs() {
        let word = |word: &str| text(word);
        assert_eq!(ours(Some(true), &word("pass")), "ours.same");
        assert_eq!(ours(Some(true), &word("fail")), "ours.pass");
        assert_eq!(ours(Some(false), &word("pass")), "ours.fail");
        assert_eq!(ours(Some(false), &word("")), "ours.fail");
        assert_eq!(ours(None, &word("pass")), "ours.unknown");
        let mut line = record("pass - / a.test=pass / ");
        assert_eq!(disagreement(&line), None);
        line.ours.agreement = Agreement::ReporterPasses;
        assert_eq!(disagreement(&line), Some("story.reporter-passes"));
        assert_eq!(reason(&line), None);
    }
}
