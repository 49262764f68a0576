//! By what each error is recognised.
//!
//! Codes alone do not decide where receivers disagree: `5.7.27` is a null MX to IANA and
//! failed SPF to Gmail, `5.7.30` is REQUIRETLS to IANA and failed DKIM to Gmail.

use super::scan::Scan;
use super::{Recognised, Topic};
use crate::dns::message::shown;

/// A rule applies where one of its codes stands, if it has any, and one phrase of each of its
/// groups, but none of those that speak against it.
pub(super) struct Rule {
    pub topic: Topic,
    /// Enhanced status codes without their class.
    codes: &'static [&'static str],
    /// Phrases in small letters; one of each group.
    words: &'static [&'static [&'static str]],
    unless: &'static [&'static str],
}

const fn words(topic: Topic, words: &'static [&'static [&'static str]]) -> Rule {
    Rule { topic, codes: &[], words, unless: &[] }
}

const fn code(
    topic: Topic,
    codes: &'static [&'static str],
    words: &'static [&'static [&'static str]],
) -> Rule {
    Rule { topic, codes, words, unless: &[] }
}

const fn unless(rule: Rule, unless: &'static [&'static str]) -> Rule {
    Rule { unless, ..rule }
}

const DMARC_ERRORS: &[&str] = &[
    "permanent error evaluating dmarc",
    "temporary error evaluating dmarc",
    "unable to get dmarc policy",
    "dmarc permerror",
    "dmarc temperror",
    "dmarc=permerror",
    "dmarc=temperror",
];

/// In order: of two rules for one topic, the first that applies counts.
pub(super) const RULES: &[Rule] = &[
    // ── postfix-mta-sts-resolver and Mail-in-a-Box ──
    words(Topic::StsNone, &[&["stsfetchresult.none"]]),
    words(Topic::StsFetchError, &[&["stsfetchresult.fetch_error", "fetch_error"]]),
    words(Topic::StsValid, &[&["stsfetchresult.valid"]]),
    words(Topic::StsNotChanged, &[&["stsfetchresult.not_changed", "not_changed"]]),
    words(
        Topic::StsUnexpected,
        &[&["mta-sts policy is present but has unexpected settings", "unexpected settings"]],
    ),
    unless(
        words(Topic::StsNone, &[&["mta-sts policy is missing"]]),
        &["stsfetchresult.fetch_error", "stsfetchresult.not_changed", "stsfetchresult.valid"],
    ),
    // ── result types ──
    words(
        Topic::StartTlsNotSupported,
        &[&["starttls-not-supported", "starttls_not_supported", "starttls not supported"]],
    ),
    words(
        Topic::CertificateHostMismatch,
        &[&["certificate-host-mismatch", "certificate_host_mismatch", "certificate host mismatch"]],
    ),
    words(
        Topic::CertificateExpired,
        &[&["certificate-expired", "certificate_expired", "certificate expired"]],
    ),
    words(Topic::CertificateNotTrusted, &[&["certificate-not-trusted", "certificate_not_trusted"]]),
    words(Topic::ValidationFailure, &[&["validation-failure"]]),
    words(Topic::TlsaInvalid, &[&["tlsa-invalid", "tlsa_invalid", "tlsa invalid"]]),
    words(Topic::DnssecInvalid, &[&["dnssec-invalid", "dnssec_invalid", "dnssec invalid"]]),
    words(Topic::DaneRequired, &[&["dane-required", "dane_required", "dane required"]]),
    words(
        Topic::StsPolicyFetchError,
        &[&["sts-policy-fetch-error", "sts_policy_fetch_error", "sts policy fetch error"]],
    ),
    words(
        Topic::StsPolicyInvalid,
        &[&["sts-policy-invalid", "sts_policy_invalid", "sts policy invalid"]],
    ),
    words(
        Topic::StsWebPkiInvalid,
        &[&["sts-webpki-invalid", "sts_webpki_invalid", "sts webpki invalid"]],
    ),
    words(Topic::NoPolicyFound, &[&["no-policy-found", "no_policy_found", "no policy found"]]),
    // ── failure reason codes ──
    words(Topic::ReasonMxMismatch, &[&["mx_hosts_mismatch", "mx-mismatch"]]),
    words(Topic::ReasonValidation, &[&["validation_failure"]]),
    words(Topic::ReasonX509, &[&["x509_v_err_"]]),
    words(
        Topic::ReasonHttp,
        &[&[
            "bad https response code",
            "http status",
            "http status code",
            "http response code",
            "http error",
            "http code",
            "http",
        ]],
    ),
    // ── Gmail, to a server that it sends to ──
    words(
        Topic::CertificateHostMismatch,
        &[&["certificate doesn't match the host", "certificate does not match the host"]],
    ),
    // ── DANE in Microsoft's replies ──
    code(Topic::StartTlsNotSupported, &["7.321"], &[]),
    code(Topic::CertificateExpired, &["7.322"], &[]),
    code(Topic::TlsaInvalid, &["7.323"], &[]),
    code(Topic::DnssecInvalid, &["7.324"], &[]),
    code(Topic::CertificateHostMismatch, &["7.325"], &[]),
    // ── MTA-STS in replies ──
    code(Topic::StsMxRefused, &["4.8", "7.5", "7.1"], &[&["mx hosts"], &["mta-sts"]]),
    code(Topic::StsMxRefused, &["4.8"], &[&["mta-sts"]]),
    words(
        Topic::StsMxRefused,
        &[&[
            "does not match the mta-sts policy",
            "does not match any mx allowed by",
            "not listed in mta-sts policy",
        ]],
    ),
    words(
        Topic::StsCertificateRefused,
        &[&["certificate failed mta-sts validation", "remote certificate failed mta-sts"]],
    ),
    // ── Postfix and others on the way ──
    words(
        Topic::TlsNotOffered,
        &[&["tls is required, but was not offered", "tls is required but was not offered"]],
    ),
    words(
        Topic::CertificateNotVerified,
        &[&[
            "server certificate not verified",
            "server certificate not trusted",
            "certificate verification failed for",
        ]],
    ),
    words(
        Topic::TlsaLookup,
        &[&[
            "tlsa lookup error",
            "non dnssec destination",
            "no tlsa records",
            "tlsa records not found",
        ]],
    ),
    unless(
        words(
            Topic::ReceiverWantsTls,
            &[&[
                "must issue a starttls",
                "starttls is required",
                "starttls required",
                "starttls command first",
                "tls required",
                "tls is required",
                "requires tls",
                "requires encryption",
                "encryption required",
                "encryption is required",
            ]],
        ),
        &["was not offered"],
    ),
    // ── Microsoft ──
    code(Topic::MicrosoftLevel, &["7.515"], &[]),
    words(
        Topic::MicrosoftLevel,
        &[&[
            "does not meet the required authentication level",
            "doesn't meet the required authentication level",
        ]],
    ),
    code(Topic::DmarcRejected, &["7.509"], &[]),
    // ── Gmail, where it departs from IANA's registry ──
    code(Topic::SpfFailed, &["7.27"], &[&["spf"]]),
    code(Topic::ReceiverWantsTls, &["7.29"], &[&["tls connection", "tls"]]),
    code(Topic::DkimFailed, &["7.30"], &[&["dkim"]]),
    code(Topic::DmarcMissing, &["7.31", "7.40"], &[&["dmarc"]]),
    code(Topic::NotAligned, &["7.32"], &[]),
    code(Topic::DmarcRejected, &["7.26"], &[&["dmarc"]]),
    unless(
        code(
            Topic::SpfFailed,
            &["7.26"],
            &[&["fails to pass spf", "spf checks for an spf record"]],
        ),
        &["dmarc"],
    ),
    unless(
        code(Topic::Unauthenticated, &["7.26"], &[]),
        &["dmarc", "spf checks for an spf record"],
    ),
    // ── RFC 7372 and the registry ──
    code(Topic::DkimFailed, &["7.20"], &[]),
    code(Topic::DkimUnacceptable, &["7.21"], &[]),
    code(Topic::DkimUnmatched, &["7.22"], &[]),
    code(Topic::SpfFailed, &["7.23"], &[&["spf", "sender policy framework", "validation failed"]]),
    code(Topic::ReverseDns, &["7.23"], &[&["ptr", "reverse dns"]]),
    unless(code(Topic::SpfFailed, &["7.23"], &[]), &["ptr", "reverse dns"]),
    code(Topic::SpfError, &["7.24"], &[]),
    code(Topic::ReverseDns, &["7.25"], &[]),
    unless(code(Topic::NullMx, &["7.27"], &[]), &["spf"]),
    unless(code(Topic::ArcFailed, &["7.29"], &[]), &["tls"]),
    unless(code(Topic::RequireTls, &["7.30"], &[]), &["dkim"]),
    // ── Yahoo ──
    code(Topic::DmarcRejected, &["7.9"], &[&["policy reasons", "dmarc"]]),
    code(Topic::Unauthenticated, &["7.9"], &[&["unauthenticated"]]),
    // ── anybody, by the words ──
    words(Topic::DmarcError, &[&["dmarc"], DMARC_ERRORS]),
    unless(
        words(
            Topic::DmarcRejected,
            &[
                &["dmarc"],
                &[
                    "rejected",
                    "reject",
                    "not accepted",
                    "refused",
                    "blocked",
                    "denied",
                    "fail",
                    "failed",
                    "fails",
                    "failure",
                    "does not pass",
                    "did not pass",
                ],
                &[
                    "550",
                    "554",
                    "553",
                    "571",
                    "5.7.0",
                    "5.7.1",
                    "5.7.9",
                    "4.7.1",
                    "4.7.0",
                    "policy",
                    "evaluation",
                ],
            ],
        ),
        &["required authentication level"],
    ),
    words(
        Topic::SpfError,
        &[
            &["spf"],
            &[
                "permerror",
                "permanent error",
                "too many dns lookups",
                "too many dns look-ups",
                "temperror",
            ],
        ],
    ),
    unless(
        words(
            Topic::SpfFailed,
            &[
                &["spf", "sender policy framework"],
                &[
                    "spf fail",
                    "fail - not authorized",
                    "not authorized",
                    "not permitted sender",
                    "not allowed to send",
                    "softfail",
                    "hardfail",
                    "spf check failed",
                    "spf validation failed",
                    "spf authentication",
                    "does not designate",
                ],
            ],
        ),
        &["dmarc", "permerror", "temperror"],
    ),
    unless(
        words(
            Topic::DkimFailed,
            &[
                &["dkim"],
                &[
                    "bad signature",
                    "signature invalid",
                    "invalid signature",
                    "body hash",
                    "did not verify",
                    "verification failed",
                    "no key for signature",
                    "dkim failure",
                    "dkim fail",
                    "dkim-signature",
                    "not signed",
                ],
            ],
        ),
        &["dmarc"],
    ),
    words(
        Topic::ReverseDns,
        &[&[
            "ptr record",
            "reverse dns",
            "reverse hostname",
            "reverse lookup",
            "does not resolve to address",
        ]],
    ),
];

/// Where the rule applies, and what is recognised there.
pub(super) fn apply(rule: &Rule, scan: &Scan) -> Option<(usize, Recognised)> {
    if rule.unless.iter().any(|words| scan.find(words).is_some()) {
        return None;
    }
    let code = rule.codes.iter().find_map(|code| Some((scan.code(code)?, code.len() + 2)));
    if code.is_none() && !rule.codes.is_empty() {
        return None;
    }
    let mut place = code;
    for group in rule.words {
        let found = group.iter().find_map(|words| Some((scan.find(words)?, words.len())))?;
        place = place.or(Some(found));
    }
    let (at, length) = place?;
    let (seen, args) = match rule.topic {
        Topic::ReasonX509 => {
            let name = scan.word_at(at);
            (name.to_owned(), vec![("code", shown(name))])
        }
        Topic::ReasonHttp => {
            let words = scan.slice(at, length);
            let status = scan.number_after(at, words);
            if status.len() != 3 {
                return None;
            }
            (format!("{words} {status}"), vec![("status", status.to_owned())])
        }
        _ => (scan.slice(at, length).to_owned(), Vec::new()),
    };
    Some((at, Recognised { topic: rule.topic, seen, args }))
}

/// A code about security or routing that no rule knows, or one of the resolver's
/// values that stands alone.
pub(super) fn unknown_status(scan: &Scan) -> Option<(usize, Recognised)> {
    let alone = [("none", Topic::StsNone), ("valid", Topic::StsValid)];
    if let Some((word, topic)) = alone.into_iter().find(|(word, _)| scan.is(word)) {
        let at = scan.find(word)?;
        let seen = scan.slice(at, word.len()).to_owned();
        return Some((at, Recognised { topic, seen, args: Vec::new() }));
    }
    let (at, code) = scan.first_code().filter(|(_, code)| code.starts_with("7."))?;
    let seen = scan.slice(at, code.len() + 2).to_owned();
    let args = vec![("code", shown(&seen))];
    Some((at, Recognised { topic: Topic::OtherStatus, seen, args }))
}
