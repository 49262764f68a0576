//! The closed vocabularies of the formats, and what to do with words outside them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A word of a closed vocabulary, or whatever stood in its place, verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Token<'a, V> {
    Known(V),
    Other(Cow<'a, str>),
}

/// How a word was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// As registered.
    Exact,
    /// Other letter case, or white space around it.
    Case,
    /// A synonym that real reporters use.
    Alias,
}

/// A closed vocabulary of a specification.
pub trait Vocabulary: Copy + Sized + 'static {
    /// Every word, in the order of the specification.
    const ALL: &'static [Self];
    /// Synonyms seen in real reports, in lower case.
    const ALIASES: &'static [(&'static str, Self)];

    /// The registered word.
    fn as_str(self) -> &'static str;

    /// Its place among the words of all vocabularies, less than [`WORDS`].
    fn number(self) -> usize;

    /// Recognises a word: exactly, then by case, then by alias.
    fn recognise(text: &str) -> Option<(Self, Match)> {
        if let Some(word) = Self::ALL.iter().find(|word| word.as_str() == text) {
            return Some((*word, Match::Exact));
        }
        let trimmed = text.trim();
        if let Some(word) = Self::ALL.iter().find(|w| w.as_str().eq_ignore_ascii_case(trimmed)) {
            return Some((*word, Match::Case));
        }
        let alias = Self::ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(trimmed))?;
        Some((alias.1, Match::Alias))
    }
}

impl<V: Vocabulary> Token<'_, V> {
    /// The registered word, or the text as it came.
    pub fn as_str(&self) -> &str {
        match self {
            Token::Known(word) => word.as_str(),
            Token::Other(text) => text,
        }
    }

    pub fn known(&self) -> Option<V> {
        match self {
            Token::Known(word) => Some(*word),
            Token::Other(_) => None,
        }
    }
}

impl<V: Vocabulary> bounded_static::ToBoundedStatic for Token<'_, V> {
    type Static = Token<'static, V>;

    fn to_static(&self) -> Self::Static {
        match self {
            Token::Known(word) => Token::Known(*word),
            Token::Other(text) => Token::Other(text.to_static()),
        }
    }
}

impl<V: Vocabulary> bounded_static::IntoBoundedStatic for Token<'_, V> {
    type Static = Token<'static, V>;

    fn into_static(self) -> Self::Static {
        bounded_static::ToBoundedStatic::to_static(&self)
    }
}

macro_rules! vocabularies {
    ($($(#[$doc:meta])+ $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ } aliases { $($alias:literal => $target:ident,)* })+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {$(
            $(#[$word_doc])*
            #[serde(rename = $text)]
            $word,
        )+}

        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$word,)+];
            const ALIASES: &'static [(&'static str, Self)] = &[$(($alias, Self::$target),)*];

            fn as_str(self) -> &'static str {
                match self {$(Self::$word => $text,)+}
            }

            fn number(self) -> usize {
                self as usize + const { first(Place::$name as usize) }
            }
        }
    )+

        /// The vocabularies in their order.
        enum Place {$($name,)+}

        const SIZES: &[usize] = &[$(<$name as Vocabulary>::ALL.len(),)+];
    };
}

vocabularies! {
    /// What the receiver did (RFC 7489 App. C; `pass` since RFC 9990 §3.1.1.9).
    Disposition { None = "none", Pass = "pass", Quarantine = "quarantine", Reject = "reject", } aliases {}

    /// A policy that a domain owner asks for (RFC 7489 §6.3, RFC 9989 §4.7).
    PolicyAction { None = "none", Quarantine = "quarantine", Reject = "reject", } aliases {}

    /// An aligned verdict of `policy_evaluated` (RFC 9990 §3.1.1.9).
    Verdict { Pass = "pass", Fail = "fail", }
    aliases { "none" => Fail, "softfail" => Fail, "hardfail" => Fail, "neutral" => Fail, "temperror" => Fail, "permerror" => Fail, "failed" => Fail, "passed" => Pass, }

    /// A raw DKIM result (RFC 8601 §2.7.1).
    DkimResult {
        None = "none", Pass = "pass", Fail = "fail", Policy = "policy", Neutral = "neutral",
        TempError = "temperror", PermError = "permerror",
    }
    aliases { "hardfail" => Fail, "unknown" => TempError, "error" => PermError, "temp_error" => TempError, "perm_error" => PermError, "invalid" => PermError, }

    /// A raw SPF result (RFC 8601 §2.7.2; `policy` since RFC 9990 App. A).
    SpfResult {
        None = "none", Neutral = "neutral", Pass = "pass", Fail = "fail", SoftFail = "softfail",
        Policy = "policy", TempError = "temperror", PermError = "permerror",
    }
    aliases { "hardfail" => Fail, "soft_fail" => SoftFail, "unknown" => TempError, "error" => PermError, "temp_error" => TempError, "perm_error" => PermError, }

    /// The identity that SPF was asked about (RFC 7489 App. C; only `mfrom` in RFC 9990).
    SpfScope { Mfrom = "mfrom", Helo = "helo", } aliases { "mailfrom" => Mfrom, "ehlo" => Helo, }

    /// Why a receiver did other than asked (RFC 7489 App. C, RFC 9990 §3.1.6).
    ReasonType {
        /// RFC 7489 only.
        Forwarded = "forwarded",
        /// RFC 7489 only.
        SampledOut = "sampled_out",
        TrustedForwarder = "trusted_forwarder",
        MailingList = "mailing_list",
        LocalPolicy = "local_policy",
        /// RFC 9990 only: the policy domain has `t=y`.
        PolicyTestMode = "policy_test_mode",
        Other = "other",
    }
    aliases {}

    /// Identifier alignment mode: relaxed or strict (RFC 9989 §3.2.10).
    AlignmentMode { Relaxed = "r", Strict = "s", } aliases { "relaxed" => Relaxed, "strict" => Strict, }

    /// How the receiver found the policy (RFC 9990 §3.1.1.5).
    DiscoveryMethod { Psl = "psl", TreeWalk = "treewalk", } aliases {}

    /// The `t` tag as a receiver saw it (RFC 9990 §3.1.1.5).
    Testing { No = "n", Yes = "y", } aliases { "no" => No, "yes" => Yes, }

    /// ARF report types (RFC 5965 §7.3 and the IANA registry).
    FeedbackType {
        Abuse = "abuse", AuthFailure = "auth-failure", Fraud = "fraud", NotSpam = "not-spam",
        Virus = "virus", Other = "other", OptOut = "opt-out",
    }
    aliases {}

    /// What failed (RFC 6591 §3.3; `dmarc` by RFC 7489 §7.3.1).
    AuthFailureType {
        Adsp = "adsp", BodyHash = "bodyhash", Revoked = "revoked", Signature = "signature",
        Spf = "spf", Dmarc = "dmarc",
    }
    aliases {}

    /// What became of the message (RFC 6591 §3.2.2).
    DeliveryResult {
        Delivered = "delivered", Spam = "spam", Policy = "policy", Reject = "reject", Other = "other",
    }
    aliases {}

    /// The policy that a TLS session was held against (RFC 8460 §4.4).
    TlsPolicyType { Tlsa = "tlsa", Sts = "sts", NoPolicyFound = "no-policy-found", }
    aliases { "no_policy_found" => NoPolicyFound, }

    /// Why a TLS session failed (RFC 8460 §4.3 and the IANA registry).
    TlsResult {
        StartTlsNotSupported = "starttls-not-supported",
        CertificateHostMismatch = "certificate-host-mismatch",
        CertificateExpired = "certificate-expired",
        CertificateNotTrusted = "certificate-not-trusted",
        ValidationFailure = "validation-failure",
        TlsaInvalid = "tlsa-invalid",
        DnssecInvalid = "dnssec-invalid",
        DaneRequired = "dane-required",
        StsPolicyFetchError = "sts-policy-fetch-error",
        StsPolicyInvalid = "sts-policy-invalid",
        StsWebpkiInvalid = "sts-webpki-invalid",
    }
    aliases {
        "starttls_not_supported" => StartTlsNotSupported,
        "certificate_host_mismatch" => CertificateHostMismatch,
        "certificate_expired" => CertificateExpired,
        "certificate_not_trusted" => CertificateNotTrusted,
        "validation_failure" => ValidationFailure,
        "tlsa_invalid" => TlsaInvalid,
        "dnssec_invalid" => DnssecInvalid,
        "dane_required" => DaneRequired,
        "sts_policy_fetch_error" => StsPolicyFetchError,
        "sts_policy_invalid" => StsPolicyInvalid,
        "sts_webpki_invalid" => StsWebpkiInvalid,
    }
}

/// Words of all vocabularies.
pub const WORDS: usize = first(SIZES.len());

/// Words of the vocabularies before this place.
const fn first(place: usize) -> usize {
    if place == 0 { 0 } else { first(place - 1) + SIZES[place - 1] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_case_and_alias() {
        assert_eq!(SpfResult::recognise("softfail"), Some((SpfResult::SoftFail, Match::Exact)));
        assert_eq!(SpfResult::recognise(" SoftFail\n"), Some((SpfResult::SoftFail, Match::Case)));
        assert_eq!(SpfResult::recognise("Hardfail"), Some((SpfResult::Fail, Match::Alias)));
        assert_eq!(DkimResult::recognise("not.evaluated"), None);
    }

    #[test]
    fn every_word_has_a_number_of_its_own() {
        assert_eq!(Disposition::None.number(), 0);
        assert_eq!(PolicyAction::None.number(), Disposition::ALL.len());
        let last = *TlsResult::ALL.last().expect("a word");
        assert_eq!(last.number() + 1, WORDS);
    }
}
