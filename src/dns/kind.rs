//! Every kind of diagnostic: its code, its weight, the rule, what it is said with.

use super::diagnostic::{Severity, ruled_codes};

ruled_codes! {
    /// What is wrong, or could be better. Never matched by its text.
    pub enum Kind in "kind";

    // ── Any text ──
    /// U+FEFF before the first character: it becomes part of the first name.
    ByteOrderMark = "byte-order-mark", Fault, "RFC 8461 §3.2";
    /// The text is in UTF-16.
    Utf16 = "utf-16", Fault, "RFC 8461 §3.2";
    /// Bytes that are no UTF-8.
    InvalidUtf8 = "invalid-utf-8", Fault, "RFC 8461 §3.2";
    /// A control character other than tab and the line ends.
    ControlCharacter = "control-character", Fault, "RFC 8461 §3.2" ["character"];
    /// A space that is not U+0020, or an invisible character, as web pages have them.
    OddSpace = "odd-space", Fault, "RFC 8461 §3.2" ["character"];
    /// More diagnostics than are worth a list.
    TooMany = "too-many", Warning, "" ["count"];

    // ── The policy file as a text ──
    /// Nothing in it.
    PolicyEmpty = "policy-empty", Fault, "RFC 8461 §3.2";
    /// A web page in place of the policy.
    HtmlPage = "html-page", Fault, "RFC 8461 §3.2";
    /// None of the fields of a policy is there.
    NotAPolicy = "not-a-policy", Fault, "RFC 8461 §3.2";
    /// The TXT record in place of the policy.
    RecordForPolicy = "record-for-policy", Fault, "RFC 8461 §3.1; RFC 8461 §3.2";
    /// More than 64 KB. Only so much is checked.
    PolicyTooLarge = "policy-too-large", Fault, "RFC 8461 §3.3" ["octets"];
    /// A carriage return alone ends a line.
    BareCarriageReturn = "bare-carriage-return", Fault, "RFC 8461 §3.2";
    /// An empty line.
    BlankLine = "blank-line", Fault, "RFC 8461 §3.2";
    /// White space at the start of a line.
    SpaceBeforeField = "space-before-field", Fault, "RFC 8461 §3.2";
    /// White space before the colon.
    SpaceBeforeColon = "space-before-colon", Fault, "RFC 8461 §3.2" ["field"];
    /// A line without a colon that is no field at all.
    NotAField = "not-a-field", Fault, "RFC 8461 §3.2";
    /// A known name and a value without a colon between.
    MissingColon = "missing-colon", Fault, "RFC 8461 §3.2" ["field"];
    /// An equals sign for the colon.
    EqualsForColon = "equals-for-colon", Fault, "RFC 8461 §3.2" ["field"];
    /// A comment on a line of its own.
    CommentLine = "comment-line", Fault, "RFC 8461 §3.2";
    /// A comment after a value.
    CommentAfterValue = "comment-after-value", Fault, "RFC 8461 §3.2";

    // ── Fields of the policy file ──
    /// A known name in other letter case.
    FieldCase = "field-case", Fault, "RFC 8461 §3.2" ["found", "field"];
    /// Close to the name of a field that is missing.
    FieldMisspelt = "field-misspelt", Fault, "RFC 8461 §3.2" ["found", "field"];
    /// A field that no document defines; senders ignore it.
    FieldUnknown = "field-unknown", Hint, "RFC 8461 §3.2" ["found"];
    /// A name that even an extension may not have.
    FieldName = "field-name", Fault, "RFC 8461 §3.2" ["found"];
    /// A field without a value.
    FieldEmpty = "field-empty", Fault, "RFC 8461 §3.2" ["field"];
    /// Quotation marks around a value.
    FieldQuoted = "field-quoted", Fault, "RFC 8461 §3.2" ["field"];
    /// A comma or semicolon after a value.
    FieldPunctuation = "field-punctuation", Fault, "RFC 8461 §3.2" ["field"];
    /// A field that may stand once stands again, with the same value.
    FieldRepeated = "field-repeated", Warning, "RFC 8461 §3.2" ["field"];
    /// A field that may stand once stands again, with another value: the first counts, but
    /// not to everybody.
    FieldConflict = "field-conflict", Warning, "RFC 8461 §3.2" ["field"];
    /// The value goes on with another field, which needs a line of its own.
    FieldSeveral = "field-several", Fault, "RFC 8461 §3.2";
    /// A field that must be there is not.
    FieldMissing = "field-missing", Fault, "RFC 8461 §3.2" ["field"];
    /// The version is not `STSv1`.
    VersionUnknown = "version-unknown", Fault, "RFC 8461 §3.2" ["found"];
    /// The mode is none of the three.
    ModeUnknown = "mode-unknown", Fault, "RFC 8461 §3.2" ["found"];
    /// `max_age` is no plain number of one to ten digits.
    MaxAgeSyntax = "max-age-syntax", Fault, "RFC 8461 §3.2" ["found"];
    /// `max_age` is above 31557600.
    MaxAgeTooLarge = "max-age-too-large", Fault, "RFC 8461 §3.2" ["found"];
    /// `max_age` looks like a usual value with its digits mixed up.
    MaxAgeTypo = "max-age-typo", Hint, "RFC 8461 §3.2" ["found", "usual", "days", "hours"];
    /// `max_age` is less than a week.
    MaxAgeShort = "max-age-short", Hint, "RFC 8461 §3.2" ["found"];
    /// `max_age` is less than a day.
    MaxAgeTiny = "max-age-tiny", Warning, "RFC 8461 §3.2" ["found"];

    // ── mx patterns ──
    /// No mx line, although the mode is not `none`.
    MxMissing = "mx-missing", Fault, "RFC 8461 §3.2";
    /// Several hosts in one line.
    MxSeveral = "mx-several", Fault, "RFC 8461 §3.2";
    /// The preference of the DNS record came along.
    MxPreference = "mx-preference", Fault, "RFC 8461 §3.2";
    /// A URL, a mail address or a port, not a host name.
    MxNotHost = "mx-not-host", Fault, "RFC 8461 §3.2" ["found"];
    /// An IP address, not a host name.
    MxAddress = "mx-address", Fault, "RFC 8461 §3.2" ["found"];
    /// A dot before the name, the wildcard of an early draft.
    MxLeadingDot = "mx-leading-dot", Fault, "RFC 8461 §4.1" ["found"];
    /// A dot after the name.
    MxTrailingDot = "mx-trailing-dot", Fault, "RFC 8461 §3.2" ["found"];
    /// A star that is not the whole left-most label.
    MxWildcard = "mx-wildcard", Fault, "RFC 8461 §4.1" ["found"];
    /// Letters outside ASCII where the A-label must stand.
    MxNotAscii = "mx-not-ascii", Fault, "RFC 8461 §3.2" ["found"];
    /// No host name.
    MxName = "mx-name", Fault, "RFC 8461 §3.2; RFC 5321 §4.1.2" ["found"];
    /// A wildcard for a whole top-level domain.
    MxWildcardWide = "mx-wildcard-wide", Warning, "RFC 8461 §4.1" ["found"];
    /// A name without a dot.
    MxSingleLabel = "mx-single-label", Warning, "RFC 8461 §4.1" ["found"];
    /// The same pattern twice.
    MxRepeated = "mx-repeated", Hint, "RFC 8461 §3.2" ["found"];
    /// A mail server of the domain that no pattern matches.
    MxUncovered = "mx-uncovered", Fault, "RFC 8461 §4.1" ["host"];
    /// A pattern that matches none of the mail servers given.
    MxUnused = "mx-unused", Hint, "RFC 8461 §4.1" ["found"];

    // ── TXT records as texts ──
    /// Nothing in it.
    RecordEmpty = "record-empty", Fault, "RFC 1035 §3.3.14";
    /// None of the records known here.
    RecordUnknown = "record-unknown", Fault, "RFC 7208 §4.5; RFC 9989 §4.8; RFC 8461 §3.1; RFC 8460 §3";
    /// The policy file in place of a TXT record.
    PolicyForRecord = "policy-for-record", Fault, "RFC 8461 §3.1; RFC 8461 §3.2";
    /// The version is missing.
    VersionMissing = "version-missing", Fault, "" ["version"];
    /// The version is not written as it must be.
    VersionMisspelt = "version-misspelt", Fault, "" ["found", "version"];
    /// The version does not stand first.
    VersionNotFirst = "version-not-first", Fault, "" ["version"];
    /// Several records of one kind at one name: receivers use none of them.
    RecordDoubled = "record-doubled", Fault, "" ["version", "count"];
    /// A quotation mark that is not closed.
    QuoteUnclosed = "quote-unclosed", Fault, "RFC 1035 §5.1";
    /// A quotation mark inside a record.
    QuoteStray = "quote-stray", Fault, "RFC 1035 §5.1";
    /// Typographic quotation marks.
    QuoteCurly = "quote-curly", Fault, "RFC 1035 §5.1";
    /// A backslash of a zone file in a text that is not quoted.
    Backslash = "backslash", Warning, "RFC 1035 §5.1";
    /// A string of more than 255 octets.
    StringTooLong = "string-too-long", Fault, "RFC 1035 §3.3" ["octets"];
    /// More than a TXT record can hold. Only so much is checked.
    RecordTooLong = "record-too-long", Fault, "RFC 1035 §3.2.1" ["octets"];
    /// The record must be split into strings when it is entered.
    NeedsSplit = "needs-split", Hint, "RFC 1035 §3.3" ["octets"];
    /// The record is broken over several lines.
    LineBreak = "line-break", Warning, "RFC 1035 §5.1";

    // ── Tags and fields of records ──
    /// No semicolon before a tag.
    SemicolonMissing = "semicolon-missing", Fault, "" ["tag"];
    /// A colon for the equals sign.
    ColonForEquals = "colon-for-equals", Fault, "" ["tag"];
    /// A piece without an equals sign.
    EqualsMissing = "equals-missing", Fault, "" ["found"];
    /// A tag without a value.
    TagEmpty = "tag-empty", Fault, "" ["tag"];
    /// A tag twice: the whole record is invalid.
    TagRepeated = "tag-repeated", Fault, "RFC 6376 §3.2; RFC 7489 §6.3" ["tag"];
    /// Close to the name of a tag.
    TagMisspelt = "tag-misspelt", Warning, "" ["found", "tag"];
    /// A tag that no document defines; receivers ignore it.
    TagUnknown = "tag-unknown", Hint, "" ["found"];
    /// A name that even an extension may not have.
    TagName = "tag-name", Fault, "" ["found"];
    /// A value that even an extension may not have.
    TagValue = "tag-value", Fault, "" ["tag"];
    /// Two semicolons in a row, in a record that forgives it.
    SemicolonRepeated = "semicolon-repeated", Warning, "RFC 9989 §4.8";
    /// Two semicolons in a row, in a record that does not.
    SemicolonExtra = "semicolon-extra", Fault, "";
    /// White space around the equals sign, where none may be.
    SpaceAroundEquals = "space-around-equals", Fault, "" ["tag"];
    /// White space between the version and its semicolon.
    SpaceBeforeSemicolon = "space-before-semicolon", Fault, "" ["version"];
    /// Close to, or in other letter case than, a tag that is missing; names are exact.
    TagWrong = "tag-wrong", Fault, "" ["found", "tag"];

    // ── Report addresses ──
    /// A mail address without `mailto:`.
    UriNoScheme = "uri-no-scheme", Fault, "" ["uri"];
    /// A scheme that this record does not allow.
    UriScheme = "uri-scheme", Fault, "RFC 8460 §3" ["uri"];
    /// A scheme that receivers need not know.
    UriSchemeOptional = "uri-scheme-optional", Warning, "RFC 9989 §4.7" ["uri"];
    /// `mailto://`.
    UriSlashes = "uri-slashes", Fault, "RFC 6068 §2" ["uri"];
    /// A `mailto:` without a mail address.
    UriAddress = "uri-address", Fault, "RFC 6068 §2" ["uri"];
    /// No URI.
    UriSyntax = "uri-syntax", Fault, "RFC 3986 §3" ["uri"];
    /// Addresses that are not separated by a comma.
    UriSeparator = "uri-separator", Fault, "" ["uri"];
    /// Nothing between two commas.
    UriEmpty = "uri-empty", Fault, "" ["tag"];
    /// The same address twice.
    UriRepeated = "uri-repeated", Hint, "" ["uri"];
    /// A size limit after the address, which RFC 9989 ignores.
    UriSize = "uri-size", Hint, "RFC 9989 §4.7; RFC 7489 §6.4" ["uri"];
    /// An exclamation mark that begins no size limit.
    UriSizeSyntax = "uri-size-syntax", Fault, "" ["uri"];
    /// An address in another domain, which has to agree.
    UriExternal = "uri-external", Hint, "RFC 9990 §4; RFC 7489 §7.1" ["host", "name"];

    // ── DMARC ──
    /// No policy, and no address for reports: the record does nothing.
    PolicyMissing = "dmarc-policy-missing", Fault, "RFC 9989 §4.10.1; RFC 7489 §6.3";
    /// No policy, but an address for reports: taken as `none`.
    PolicyAssumed = "dmarc-policy-assumed", Warning, "RFC 9989 §4.10.1; RFC 7489 §6.3";
    /// A policy that is none of the three.
    PolicyUnknown = "dmarc-policy-unknown", Fault, "RFC 9989 §4.7; RFC 7489 §6.3" ["tag", "found"];
    /// The policy does not stand right after the version.
    PolicyNotSecond = "dmarc-policy-not-second", Warning, "RFC 7489 §6.3";
    /// Subdomains are protected less than the domain itself.
    SubdomainWeaker = "dmarc-subdomain-weaker", Warning, "RFC 9989 §4.7" ["tag", "found", "policy"];
    /// Neither strict nor relaxed.
    AlignmentUnknown = "dmarc-alignment-unknown", Fault, "RFC 9989 §4.7; RFC 7489 §6.3" ["tag", "found"];
    /// A failure option that is none of the four.
    FailureOptionUnknown = "dmarc-fo-unknown", Fault, "RFC 9989 §4.7; RFC 7489 §6.3" ["found"];
    /// Both 0 and 1.
    FailureOptionExclusive = "dmarc-fo-exclusive", Warning, "RFC 9989 §4.7";
    /// Failure options without an address for failure reports.
    FailureOptionUnused = "dmarc-fo-unused", Hint, "RFC 9989 §4.7; RFC 7489 §6.3";
    /// `t` is neither y nor n, or `psd` none of y, n, u.
    FlagUnknown = "dmarc-flag-unknown", Fault, "RFC 9989 §4.7" ["tag", "found"];
    /// `psd=y` says that this is a public suffix.
    PublicSuffix = "dmarc-public-suffix", Warning, "RFC 9989 §4.7";
    /// A tag that only RFC 9989 knows.
    TagNew = "dmarc-tag-new", Hint, "RFC 9989 §4.7" ["tag"];
    /// A tag of RFC 7489 that RFC 9989 made historic.
    TagHistoric = "dmarc-tag-historic", Hint, "RFC 9989 App. A.6" ["tag"];
    /// `pct` below 100: some receivers apply the policy to all mail.
    PercentHistoric = "dmarc-percent-historic", Warning, "RFC 9989 App. A.6" ["found"];
    /// No percentage, seconds or format, in a historic tag.
    HistoricValue = "dmarc-historic-value", Fault, "RFC 7489 §6.3" ["tag", "found"];
    /// Nobody is told of anything.
    NoReports = "dmarc-no-reports", Hint, "RFC 9989 §4.7; RFC 7489 §6.3";

    // ── MTA-STS and TLS-RPT records ──
    /// No id.
    IdMissing = "sts-id-missing", Fault, "RFC 8461 §3.1";
    /// An id with other characters than letters and digits.
    IdSyntax = "sts-id-syntax", Fault, "RFC 8461 §3.1" ["found"];
    /// An id of more than 32 characters.
    IdTooLong = "sts-id-too-long", Fault, "RFC 8461 §3.1" ["length"];
    /// Something of the policy file in the TXT record.
    PolicyInRecord = "sts-policy-in-record", Warning, "RFC 8461 §3.1" ["found"];
    /// No address for reports.
    RuaMissing = "tlsrpt-rua-missing", Fault, "RFC 8460 §3";

    /// Addresses in several fields.
    RuaRepeated = "tlsrpt-rua-repeated", Warning, "RFC 8460 §3";

    // ── SPF ──
    /// A term that is no mechanism: the whole record is in error.
    SpfTermUnknown = "spf-term-unknown", Fault, "RFC 7208 §4.6" ["found"];
    /// Close to the name of a mechanism.
    SpfTermMisspelt = "spf-term-misspelt", Fault, "RFC 7208 §4.6" ["found", "term"];
    /// An equals sign for the colon after a mechanism.
    SpfEquals = "spf-equals", Fault, "RFC 7208 §4.6.1" ["term"];
    /// White space after the colon of a mechanism.
    SpfSpaceAfterColon = "spf-space-after-colon", Fault, "RFC 7208 §4.6.1" ["term"];
    /// A mechanism without the value it needs.
    SpfValueMissing = "spf-value-missing", Fault, "RFC 7208 §5" ["term"];
    /// A value where none may be.
    SpfValueExtra = "spf-value-extra", Fault, "RFC 7208 §5.1" ["term"];
    /// A comma or semicolon between terms.
    SpfPunctuation = "spf-punctuation", Fault, "RFC 7208 §4.6.1" ["found"];
    /// A tab or another character between terms that is no space.
    SpfTab = "spf-tab", Fault, "RFC 7208 §4.6.1";
    /// A character outside ASCII.
    SpfNotAscii = "spf-not-ascii", Fault, "RFC 7208 §4.3" ["found"];
    /// No IP address.
    SpfAddress = "spf-address", Fault, "RFC 7208 §5.6" ["found"];
    /// An IPv6 address in ip4, or the other way round.
    SpfAddressFamily = "spf-address-family", Fault, "RFC 7208 §5.6" ["found", "term"];
    /// No prefix length.
    SpfPrefix = "spf-prefix", Fault, "RFC 7208 §5.6" ["found"];
    /// Bits set beyond the prefix.
    SpfHostBits = "spf-host-bits", Hint, "RFC 7208 §5.6" ["found", "network"];
    /// An address that is never seen on the Internet.
    SpfPrivate = "spf-private", Warning, "RFC 7208 §5.6; RFC 6890" ["found"];
    /// A network so large that strangers are in it.
    SpfWide = "spf-wide", Warning, "RFC 7208 §5.6" ["found"];
    /// No domain name.
    SpfDomain = "spf-domain", Fault, "RFC 7208 §4.6.1" ["found"];
    /// A broken macro.
    SpfMacro = "spf-macro", Fault, "RFC 7208 §7.1" ["found"];
    /// Everybody may send.
    SpfAllPass = "spf-all-pass", Warning, "RFC 7208 §5.1";
    /// Nothing is said of everybody else.
    SpfAllNeutral = "spf-all-neutral", Hint, "RFC 7208 §5.1";
    /// Neither `all` nor `redirect`.
    SpfAllMissing = "spf-all-missing", Hint, "RFC 7208 §4.7";
    /// Terms after `all`, which nobody reads.
    SpfAfterAll = "spf-after-all", Warning, "RFC 7208 §5.1" ["found"];
    /// A `redirect` beside an `all` is ignored.
    SpfRedirectUnused = "spf-redirect-unused", Warning, "RFC 7208 §6.1";
    /// `redirect`, `exp` or the version twice.
    SpfModifierRepeated = "spf-modifier-repeated", Fault, "RFC 7208 §6" ["term"];
    /// A qualifier before a modifier.
    SpfModifierQualified = "spf-modifier-qualified", Fault, "RFC 7208 §4.6.1" ["found"];
    /// A modifier that no document defines; receivers ignore it.
    SpfModifierUnknown = "spf-modifier-unknown", Hint, "RFC 7208 §6" ["found"];
    /// `ptr`, which is slow and unreliable.
    SpfPtr = "spf-ptr", Warning, "RFC 7208 §5.5";
    /// More than ten look-ups: the whole record is in error.
    SpfLookups = "spf-lookups", Fault, "RFC 7208 §4.6.4" ["count"];
    /// Look-ups close to the limit, those of included records not counted.
    SpfLookupsNear = "spf-lookups-near", Hint, "RFC 7208 §4.6.4" ["count"];
    /// The same term twice.
    SpfTermRepeated = "spf-term-repeated", Hint, "RFC 7208 §4.6" ["found"];
    /// Strings that were joined without the space between two terms.
    SpfJoined = "spf-joined", Fault, "RFC 7208 §3.3" ["found"];
    /// So long that the answer may not fit into one packet.
    SpfLong = "spf-long", Hint, "RFC 7208 §3.4" ["octets"];
}

impl Kind {
    /// Whether writing the record anew settles it.
    pub const fn is_settled_by_writing(self) -> bool {
        matches!(self.severity(), Severity::Fault)
            || matches!(
                self,
                Self::SemicolonRepeated
                    | Self::TagMisspelt
                    | Self::FieldRepeated
                    | Self::FieldConflict
                    | Self::RuaRepeated
                    | Self::PolicyAssumed
                    | Self::PolicyNotSecond
                    | Self::FailureOptionExclusive
                    | Self::PolicyInRecord
            )
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use crate::dns::message::Say;

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}
