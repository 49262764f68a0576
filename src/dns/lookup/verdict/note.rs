//! What there is to say of a domain beyond the faults within its records and its policy.

use crate::dns::diagnostic::ruled_codes;
use crate::dns::message::codes;

ruled_codes! {
    /// One thing about a domain.
    pub enum Note in "lookup";

    // ── DNS ──
    /// The paste says nothing of this name.
    Unasked = "unasked", Hint, "" ["name", "type"];
    /// DNS gave no answer.
    DnsFailed = "dns-failed", Warning, "" ["name", "type"];
    /// The name of the domain does not exist.
    NoDomain = "no-domain", Fault, "RFC 8020 §2" ["domain"];
    /// No MX records, so that mail goes to the domain's own address.
    MxMissing = "mx-missing", Warning, "RFC 5321 §5.1" ["domain"];
    /// The domain receives no mail.
    MxNull = "mx-null", Hint, "RFC 7505 §3" ["domain"];

    // ── Records ──
    /// No record of this kind.
    RecordMissing = "record-missing", Warning, "" ["name", "version"];
    /// Several, so that none counts.
    RecordsDoubled = "records-doubled", Fault, "" ["name", "version", "count"];
    /// A record that belongs to another name.
    RecordMisplaced = "record-misplaced", Warning, "" ["name", "version", "right"];
    /// The domain has no DMARC record of its own, but one above has.
    DmarcInherited = "dmarc-inherited", Hint, "RFC 9989 §4.10" ["name"];
    /// The domain that reports go to has not agreed.
    PermissionMissing = "permission-missing", Fault, "RFC 9990 §4; RFC 7489 §7.1" ["host", "name"];
    /// SPF costs too many look-ups, those of included records counted.
    SpfLookups = "spf-lookups", Fault, "RFC 7208 §4.6.4" ["count"];

    // ── The policy file ──
    /// The paste says nothing of the file.
    PolicyUnasked = "policy-unasked", Hint, "" ["url"];
    /// There is a policy, but no record that says so.
    PolicyUnannounced = "policy-unannounced", Warning, "RFC 8461 §3.1" ["name"];
    /// The host has no address.
    PolicyNoAddress = "policy-no-address", Fault, "RFC 8461 §3.3" ["host"];
    /// Nobody takes the connection.
    PolicyNoConnection = "policy-no-connection", Fault, "RFC 8461 §3.3" ["host"];
    /// It takes too long.
    PolicyTimedOut = "policy-timed-out", Fault, "RFC 8461 §3.3" ["host"];
    /// The certificate names another host.
    PolicyCertificateName = "policy-certificate-name", Fault, "RFC 8461 §3.3" ["host"];
    /// The certificate has expired.
    PolicyCertificateExpired = "policy-certificate-expired", Fault, "RFC 8461 §3.3" ["host"];
    /// The certificate leads to no known root.
    PolicyCertificateUntrusted = "policy-certificate-untrusted", Fault, "RFC 8461 §3.3" ["host"];
    /// The certificate ends soon.
    PolicyCertificateEnds = "policy-certificate-ends", Warning, "RFC 8461 §3.3" ["host", "date"];
    /// TLS fails.
    PolicyTls = "policy-tls", Fault, "RFC 8461 §3.3" ["host"];
    /// The request failed otherwise.
    PolicyFailed = "policy-failed", Fault, "RFC 8461 §3.3" ["host", "code"];
    /// A redirect, which no sender follows.
    PolicyRedirect = "policy-redirect", Fault, "RFC 8461 §3.3" ["status", "location"];
    /// Another HTTP status than 200.
    PolicyStatus = "policy-status", Fault, "RFC 8461 §3.3" ["status"];
    /// Another content type than `text/plain`.
    PolicyContentType = "policy-content-type", Warning, "RFC 8461 §3.2" ["found"];
    /// No content type.
    PolicyContentTypeMissing = "policy-content-type-missing", Warning, "RFC 8461 §3.2";
}

codes! {
    /// What a sender that knows MTA-STS makes of the domain (RFC 8461 §5).
    pub enum Sender in "sender" {
        /// What was pasted does not tell.
        Unknown = "unknown";
        /// DNS did not say whether there is a policy.
        DnsFailed = "dns-failed";
        /// No record: no policy.
        NoRecord = "no-record";
        /// Several records: no policy.
        SeveralRecords = "several-records";
        /// A record that is not right: no policy.
        InvalidRecord = "invalid-record";
        /// The file cannot be had.
        Unavailable = "unavailable";
        /// The file is no policy.
        InvalidPolicy = "invalid-policy";
        /// Mode `none`.
        ModeNone = "mode-none";
        /// Mode `testing`; all known mail servers match.
        Testing = "testing" ["seconds"];
        /// Mode `testing`; these mail servers would be refused.
        TestingUncovered = "testing-uncovered" ["hosts"];
        /// Mode `enforce`; all known mail servers match.
        Enforce = "enforce" ["seconds"];
        /// Mode `enforce`; these mail servers get no mail.
        EnforceUncovered = "enforce-uncovered" ["hosts"];
    }
}
