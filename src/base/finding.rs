//! Findings: every fault that was tolerated, and every loss, as data.
//!
//! A finding states facts (kind, where, the value seen). The words, the advice
//! and their language belong to whoever shows it. Of one kind in one part the
//! first few sightings are kept and the rest counted, so that a million broken
//! rows cost no more than five.

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Odd, against a recommendation, or no report at all; nothing was changed or lost.
    Note,
    /// Against a rule; the meaning was recovered.
    Repaired,
    /// Some stated value could not be kept.
    Lost,
    /// The part, or the rest of it, was not read.
    Refused,
}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $code:literal, $severity:ident, $rule:literal;)*) => {
        /// What was found. Never matched by its text: the code is for files and tests.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind {$(
            $(#[$doc])+
            #[serde(rename = $code)]
            $name,
        )*}

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name used in JSON output and message files.
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            pub const fn severity(self) -> Severity {
                match self {$(Self::$name => Severity::$severity,)*}
            }

            /// The rule that is broken, with its section; empty where no document rules.
            pub const fn rule(self) -> &'static str {
                match self {$(Self::$name => $rule,)*}
            }
        }
    };
}

kinds! {
    // ── Mail and containers ──
    /// A base64 line passes 998 octets. Detail: the octets of the longest line.
    LineTooLong = "line-too-long", Repaired, "RFC 5322 §2.1.1; RFC 2045 §6.8";
    /// A base64 line has 79 to 998 octets (RFC 5322 recommends 78, RFC 2045 allows 76). Detail: octets.
    LineOverRecommended = "line-over-recommended", Note, "RFC 5322 §2.1.1; RFC 2045 §6.8";
    /// Bytes that are no base64 were passed over. Detail: how many.
    Base64Junk = "base64-junk", Repaired, "RFC 2045 §6.8";
    /// A mail header or the MIME structure is broken (a typo, no boundary). Detail: what.
    MimeMalformed = "mime-malformed", Repaired, "RFC 2045 §3; RFC 2046 §5.1";
    /// The part is not what its declared type says. Detail: `declared, is`.
    TypeMismatch = "type-mismatch", Note, "RFC 7489 §7.2.1.1; RFC 9990 §3.5.1; RFC 8460 §5.3";
    /// A zip where the specification asks for gzip. Detail: name.
    ZipInsteadOfGzip = "zip-instead-of-gzip", Note, "RFC 7489 §7.2.1.1; RFC 9990 §3.5.1";
    /// The gzip trailer's checksum or length is not that of the data.
    ChecksumMismatch = "checksum-mismatch", Repaired, "RFC 1952 §2.3.1";
    /// Bytes after the end of a compressed stream were passed over. Detail: how many.
    TrailingBytes = "trailing-bytes", Repaired, "RFC 1952 §2.2";
    /// The compressed stream breaks off or is corrupt; what came before was read.
    StreamDamaged = "stream-damaged", Lost, "RFC 1951 §3.2";
    /// The archive's directory is broken; members were found by their own headers.
    ArchiveDamaged = "archive-damaged", Lost, "APPNOTE.TXT §4.3";
    /// The member is encrypted and cannot be read here. Detail: its name.
    Encrypted = "encrypted", Refused, "APPNOTE.TXT §4.4.4";
    /// The member uses a compression method that Vitrail does not read. Detail: the method.
    UnknownCompression = "unknown-compression", Refused, "APPNOTE.TXT §4.4.5";
    /// The declared size is not the real one. Detail: `declared, real`.
    SizeMismatch = "size-mismatch", Note, "APPNOTE.TXT §4.4.8";

    // ── Outcomes ──
    /// Nothing in it.
    EmptyPart = "empty-part", Note, "";
    /// The reporter sent a placeholder (`unused`) instead of a report.
    EmptyPlaceholder = "empty-placeholder", Note, "RFC 9990 §3.1";
    /// Sound, but no report. Detail: what it is.
    NoReport = "no-report", Note, "";
    /// Looks like a report, but holds no record that could be read.
    NoRecords = "no-records", Lost, "RFC 7489 App. C; RFC 9990 §3.1.1";
    /// A report without any record, well-formed.
    ZeroRecords = "zero-records", Note, "RFC 7489 App. C; RFC 9990 §3.1.1";
    /// Same identity and content as a report that was counted. Detail: where that one is.
    DuplicateReport = "duplicate-report", Note, "RFC 9990 §3.5.4";
    /// Same identity as another report, other content: both are kept.
    ReusedReportId = "reused-report-id", Note, "RFC 7489 App. C; RFC 9990 §3.1.1.4";
    /// The file has changed or gone since it was chosen.
    FileUnreadable = "file-unreadable", Refused, "";
    /// The reader stopped working on this file; the rest went on. Detail: the message.
    ReaderCrashed = "reader-crashed", Refused, "";
    /// Nothing moved in this file for too long; the rest went on.
    ReaderStalled = "reader-stalled", Refused, "";
    /// The import was cancelled before this was read.
    Cancelled = "cancelled", Refused, "";

    // ── Limits (base::Limits) ──
    /// Decompressed bytes pass the limit for one file. Detail: the limit.
    OutputLimit = "output-limit", Lost, "RFC 9990 §8.1";
    /// Decompression ratio of a bomb. Detail: the limit.
    RatioLimit = "ratio-limit", Lost, "RFC 9990 §8.1";
    /// A mail or inner archive that must be held whole is too large. Detail: the limit.
    BufferLimit = "buffer-limit", Lost, "";
    /// Containers are nested too deep. Detail: the limit.
    DepthLimit = "depth-limit", Lost, "";
    /// Too many members or parts. Detail: the limit.
    MemberLimit = "member-limit", Lost, "";
    /// More parts without a report than are listed one by one. Detail: how many more.
    UnlistedParts = "unlisted-parts", Note, "";
    /// Too many records in one report. Detail: the limit.
    RecordLimit = "record-limit", Lost, "";
    /// Too many entries in one list. Detail: the list.
    ListLimit = "list-limit", Lost, "RFC 9990 §3.1.3";
    /// A text was cut. Detail: where it stood.
    TextLimit = "text-limit", Lost, "";
    /// XML or JSON is nested too deep. Detail: the limit.
    NestingLimit = "nesting-limit", Lost, "RFC 9990 §8.1";
    /// The store is full. Detail: the limit.
    StoreLimit = "store-limit", Refused, "";

    // ── Text ──
    /// Control characters were taken out of a text. Detail: the element.
    ControlCharacters = "control-characters", Repaired, "XML 1.0 §2.2";
    /// The text is in another encoding than declared. Detail: `declared, used`.
    EncodingMismatch = "encoding-mismatch", Repaired, "XML 1.0 §4.3.3; RFC 8259 §8.1";
    /// The declared encoding is unknown. Detail: its label.
    EncodingUnknown = "encoding-unknown", Repaired, "XML 1.0 §4.3.3";

    // ── XML ──
    /// Markup is broken; reading resumed at the next known element. Detail: the markup.
    XmlMalformed = "xml-malformed", Repaired, "XML 1.0 §2.1";
    /// An element was never closed, or closed by another. Detail: its name.
    XmlUnclosed = "xml-unclosed", Repaired, "XML 1.0 §3.1";
    /// A bare `<`, `>` or `&` stands in a text. Detail: the element.
    XmlBareCharacter = "xml-bare-character", Repaired, "XML 1.0 §2.4";
    /// Text before or after the root element was passed over.
    XmlOutsideText = "xml-outside-text", Repaired, "XML 1.0 §2.1";
    /// An entity that is not predefined stands as it came. Detail: the entity.
    XmlUnknownEntity = "xml-unknown-entity", Repaired, "XML 1.0 §4.1";
    /// A document type declaration was passed over; its entities are never expanded.
    XmlDoctype = "xml-doctype", Note, "RFC 9990 §8.1";
    /// The document breaks off. Detail: the open element.
    XmlTruncated = "xml-truncated", Lost, "XML 1.0 §2.1";
    /// A namespace that no schema knows. Detail: the namespace.
    UnknownNamespace = "unknown-namespace", Note, "RFC 9990 §6";

    // ── Values of any report ──
    /// An element or member that no schema knows; kept under extras. Detail: its path.
    UnknownElement = "unknown-element", Note, "RFC 9990 §5; RFC 5965 §6";
    /// A required value is missing. Detail: its path.
    MissingValue = "missing-value", Repaired, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4; RFC 5965 §3.1; RFC 6591 §3.1";
    /// A required value is empty. Detail: its path.
    EmptyValue = "empty-value", Repaired, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4";
    /// A value stands twice where one is allowed; the first rules. Detail: `path: value`.
    RepeatedValue = "repeated-value", Lost, "RFC 7489 App. C; RFC 9990 App. A; RFC 8259 §4; RFC 5965 §3.2";
    /// A token that no specification knows; kept as it came. Detail: `path: token`.
    UnknownToken = "unknown-token", Note, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §6.6; RFC 6591 §3.2";
    /// A token in other letter case or with white space. Detail: `path: token`.
    TokenCase = "token-case", Repaired, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4";
    /// A known synonym was read as the registered token. Detail: `path: token`.
    TokenAlias = "token-alias", Repaired, "RFC 7489 App. C; RFC 8460 §4.4";
    /// A number could not be read. Detail: `path: text`.
    BadNumber = "bad-number", Lost, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4";
    /// A number in an odd form was read. Detail: `path: text`.
    NumberForm = "number-form", Repaired, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4";
    /// An address could not be read; kept as text. Detail: the text.
    BadAddress = "bad-address", Repaired, "RFC 7489 App. C; RFC 9990 App. A; RFC 8460 §4.4; RFC 5965 §3.2";
    /// An address stood among other text. Detail: the text.
    AddressForm = "address-form", Repaired, "RFC 7489 App. C; RFC 9990 App. A";
    /// A date in another unit or notation was read. Detail: the text.
    DateForm = "date-form", Repaired, "RFC 7489 App. C; RFC 9990 §3.1.1.4; RFC 8460 §4.4; RFC 5322 §3.3";
    /// A date could not be read. Detail: the text.
    BadDate = "bad-date", Lost, "RFC 7489 App. C; RFC 9990 §3.1.1.4; RFC 8460 §4.4; RFC 5322 §3.3";
    /// A date was taken from the file name or the mail. Detail: the name.
    DateFromName = "date-from-name", Repaired, "RFC 7489 §7.2.1.1; RFC 9990 §3.5.2";
    /// The period ends before it begins, or lies in the future. Detail: the period.
    OddPeriod = "odd-period", Note, "RFC 9990 §3.1.1.4";
    /// A period longer than a day and a quarter. Detail: its hours.
    LongPeriod = "long-period", Note, "RFC 9990 §3.1.1.4";
    /// The domain was taken from the file name, the subject or the report id. Detail: it.
    DomainFromName = "domain-from-name", Repaired, "RFC 8460 §5.1; RFC 7489 §7.2.1.1";

    // ── Aggregate ──
    /// Records without any content; counted, not stored.
    EmptyRecords = "empty-records", Note, "RFC 7489 App. C; RFC 9990 §3.1.1";
    /// A record without a source address. It is kept.
    NoSourceAddress = "no-source-address", Repaired, "RFC 7489 App. C; RFC 9990 §3.1.1.8";
    /// A record counts no message.
    ZeroCount = "zero-count", Note, "RFC 7489 App. C; RFC 9990 §3.1.1.8";

    // ── Failure ──
    /// The report's fields stood in the text for people, not in a feedback part.
    TextOnlyFailure = "text-only-failure", Repaired, "RFC 5965 §2";
    /// A field was taken from the sample's headers. Detail: the field.
    FieldFromSample = "field-from-sample", Repaired, "RFC 5965 §3.1; RFC 6591 §3.1";
    /// A part that the format requires is missing. Detail: which.
    MissingPart = "missing-part", Repaired, "RFC 5965 §2";
    /// An ARF mail, but no authentication failure. Detail: its feedback type.
    OtherFeedback = "other-feedback", Note, "RFC 5965 §7.3";
    /// Identity-Alignment has opposite meanings in RFC 7489 and RFC 9991; shown raw. Detail: the value.
    AmbiguousAlignment = "ambiguous-alignment", Note, "RFC 7489 §7.3.1; RFC 9991 §4";

    // ── TLS ──
    /// A single value where an array is asked for, or the other way round. Detail: the path.
    ListForm = "list-form", Repaired, "RFC 8460 §4.4";
    /// A fault in the JSON, or a value of another type than asked for, was read past. Detail: which.
    JsonRepaired = "json-repaired", Repaired, "RFC 8259 §2; RFC 8460 §4.4";
    /// JSON is broken; what stood before the break was read. Detail: the parser's word.
    JsonMalformed = "json-malformed", Lost, "RFC 8259 §2";
    /// The failure details add up to less or more than their total. Detail: both.
    SumMismatch = "sum-mismatch", Note, "RFC 8460 §4.4";
}

/// A place inside a part. Offsets and lines are those of the decoded part.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Whereabouts {
    /// The part as a whole.
    #[default]
    Whole,
    /// A byte offset, from 0.
    Offset(u64),
    /// A byte offset, from 0, and its line, from 1.
    Line { offset: u64, line: u64 },
}

/// One place where a kind was seen, with the value seen there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    pub at: Whereabouts,
    pub detail: Box<str>,
}

/// All that is known of one kind in one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub kind: Kind,
    pub count: u64,
    /// The first few, in order.
    pub first: Vec<Sighting>,
}

/// The findings of one part, one tally a kind, in the order of first sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    tallies: Vec<Tally>,
}

/// Details longer than this are cut: they point at a value, they do not carry it.
const DETAIL_BYTES: usize = 200;

impl Findings {
    /// Counts one sighting; keeps it while fewer than `keep` of its kind are kept.
    pub fn add(&mut self, kind: Kind, at: Whereabouts, detail: &str, keep: usize) {
        let tally = match self.tallies.iter_mut().position(|tally| tally.kind == kind) {
            Some(index) => &mut self.tallies[index],
            None => {
                self.tallies.push(Tally { kind, count: 0, first: Vec::new() });
                // invariant: pushed in the line above.
                self.tallies.last_mut().expect("a tally")
            }
        };
        tally.count += 1;
        if tally.first.len() < keep {
            tally.first.push(Sighting { at, detail: clip(detail).into() });
        }
    }

    /// Takes over what another finder found in the same part, keeping at most
    /// `keep` sightings of a kind.
    pub fn absorb(&mut self, other: Findings, keep: usize) {
        for tally in other.tallies {
            match self.tallies.iter_mut().find(|mine| mine.kind == tally.kind) {
                Some(mine) => {
                    mine.count += tally.count;
                    let room = keep.saturating_sub(mine.first.len());
                    mine.first.extend(tally.first.into_iter().take(room));
                }
                None => self.tallies.push(tally),
            }
        }
    }

    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The gravest severity among them.
    pub fn worst(&self) -> Option<Severity> {
        self.tallies.iter().map(|tally| tally.kind.severity()).max()
    }

    pub fn has(&self, kind: Kind) -> bool {
        self.tallies.iter().any(|tally| tally.kind == kind)
    }
}

/// One tally a kind, as [`Findings::tallies`] gives them.
impl FromIterator<Tally> for Findings {
    fn from_iter<I: IntoIterator<Item = Tally>>(tallies: I) -> Self {
        Self { tallies: tallies.into_iter().collect() }
    }
}

/// The longest prefix of at most [`DETAIL_BYTES`] bytes that ends between characters.
fn clip(detail: &str) -> &str {
    &detail[..detail.floor_char_boundary(DETAIL_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_few_and_counts_the_rest() {
        let mut findings = Findings::default();
        for n in 0..7 {
            findings.add(Kind::BadNumber, Whereabouts::Offset(n), "count: many", 2);
        }
        let [tally] = findings.tallies() else { panic!("one kind") };
        assert_eq!((tally.count, tally.first.len()), (7, 2));
        assert_eq!(tally.first[1].at, Whereabouts::Offset(1));
    }

    #[test]
    fn absorbs_what_another_found() {
        let mut findings = Findings::default();
        findings.add(Kind::BadNumber, Whereabouts::Offset(1), "count: a", 2);
        let mut other = Findings::default();
        for n in 2..5 {
            other.add(Kind::BadNumber, Whereabouts::Offset(n), "count: b", 2);
        }
        other.add(Kind::BadDate, Whereabouts::Whole, "", 2);
        findings.absorb(other, 2);
        let [numbers, dates] = findings.tallies() else { panic!("two kinds") };
        assert_eq!((numbers.count, numbers.first.len(), dates.count), (4, 2, 1));
    }

    #[test]
    fn a_long_detail_is_cut_between_characters() {
        let mut findings = Findings::default();
        findings.add(Kind::BadDate, Whereabouts::Whole, &"é".repeat(400), 1);
        assert_eq!(findings.tallies()[0].first[0].detail.len(), DETAIL_BYTES);
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}
