//! The errors that are explained. Each has three messages: `.title`, `.means`, `.not`.

use crate::dns::message::codes;

codes! {
    /// An error, or a word for a state, that people look up. Its key has no message
    /// itself, but three below it: `title`, `means` (what it means), `not` (what it does
    /// not mean).
    pub enum Topic in "topic" {
        // ── postfix-mta-sts-resolver and Mail-in-a-Box ──
        /// `STSFetchResult.NONE`.
        StsNone = "sts-none";
        /// `STSFetchResult.FETCH_ERROR`.
        StsFetchError = "sts-fetch-error";
        /// `STSFetchResult.VALID`.
        StsValid = "sts-valid";
        /// `STSFetchResult.NOT_CHANGED`.
        StsNotChanged = "sts-not-changed";
        /// Mail-in-a-Box: present, but with unexpected settings.
        StsUnexpected = "sts-unexpected";

        // ── TLS reports: result types (RFC 8460 §4.3) ──
        /// `starttls-not-supported`.
        StartTlsNotSupported = "starttls-not-supported";
        /// `certificate-host-mismatch`.
        CertificateHostMismatch = "certificate-host-mismatch";
        /// `certificate-expired`.
        CertificateExpired = "certificate-expired";
        /// `certificate-not-trusted`.
        CertificateNotTrusted = "certificate-not-trusted";
        /// `validation-failure`.
        ValidationFailure = "validation-failure";
        /// `tlsa-invalid`.
        TlsaInvalid = "tlsa-invalid";
        /// `dnssec-invalid`.
        DnssecInvalid = "dnssec-invalid";
        /// `dane-required`.
        DaneRequired = "dane-required";
        /// `sts-policy-fetch-error`.
        StsPolicyFetchError = "sts-policy-fetch-error";
        /// `sts-policy-invalid`.
        StsPolicyInvalid = "sts-policy-invalid";
        /// `sts-webpki-invalid`.
        StsWebPkiInvalid = "sts-webpki-invalid";
        /// The policy type `no-policy-found`.
        NoPolicyFound = "no-policy-found";

        // ── TLS reports: failure reason codes as they are seen ──
        /// Microsoft's `MX_HOSTS_MISMATCH`.
        ReasonMxMismatch = "reason-mx-mismatch";
        /// Microsoft's `VALIDATION_FAILURE`.
        ReasonValidation = "reason-validation";
        /// OpenSSL's names of certificate errors.
        ReasonX509 = "reason-x509" ["code"];
        /// An HTTP status in words.
        ReasonHttp = "reason-http" ["status"];

        // ── SMTP replies: who sends as the domain ──
        /// DMARC failed, and the domain's policy says to refuse.
        DmarcRejected = "dmarc-rejected";
        /// Neither SPF nor DKIM passed.
        Unauthenticated = "unauthenticated";
        /// Microsoft's rule for senders of much mail.
        MicrosoftLevel = "microsoft-level";
        /// The DMARC record could not be read, or DNS did not answer.
        DmarcError = "dmarc-error";
        /// No DMARC record, or one without policy.
        DmarcMissing = "dmarc-missing";
        /// From: agrees with neither SPF's nor DKIM's domain.
        NotAligned = "not-aligned";
        /// SPF did not pass.
        SpfFailed = "spf-failed";
        /// SPF could not be evaluated.
        SpfError = "spf-error";
        /// No DKIM signature that passes.
        DkimFailed = "dkim-failed";
        /// A DKIM signature passes, but not one that the receiver accepts.
        DkimUnacceptable = "dkim-unacceptable";
        /// A DKIM signature passes, but for another domain than the author's.
        DkimUnmatched = "dkim-unmatched";
        /// Reverse DNS is missing or does not match.
        ReverseDns = "reverse-dns";
        /// The sender's domain receives no mail.
        NullMx = "null-mx";
        /// The ARC chain is broken.
        ArcFailed = "arc-failed";

        // ── SMTP replies and logs: the way of the mail ──
        /// The receiver wants TLS.
        ReceiverWantsTls = "receiver-wants-tls";
        /// The message asks for REQUIRETLS.
        RequireTls = "require-tls";
        /// The MX is not in the MTA-STS policy.
        StsMxRefused = "sts-mx-refused";
        /// The MX's certificate does not satisfy the MTA-STS policy.
        StsCertificateRefused = "sts-certificate-refused";
        /// Postfix: TLS is required, but was not offered.
        TlsNotOffered = "tls-not-offered";
        /// Postfix: the server's certificate was not verified or trusted.
        CertificateNotVerified = "certificate-not-verified";
        /// Postfix: TLSA records could not be looked up.
        TlsaLookup = "tlsa-lookup";

        /// A code of RFC 3463 about security that says no more.
        OtherStatus = "other-status" ["code"];
    }
}

codes! {
    /// One thing to look at.
    pub enum Check in "check" {
        /// The TXT record `_mta-sts`.
        StsTxt = "sts-txt" ["domain"];
        /// Fetch the policy file.
        PolicyFetch = "policy-fetch" ["domain"];
        /// The certificate of the policy's host.
        PolicyCertificate = "policy-certificate" ["domain"];
        /// The text of the policy.
        PolicyText = "policy-text";
        /// The patterns against the MX records.
        PolicyMx = "policy-mx" ["domain"];
        /// Mode and mx as Mail-in-a-Box wants them.
        BoxSettings = "box-settings";
        /// STARTTLS at the mail servers.
        MxStartTls = "mx-starttls" ["domain"];
        /// The names in the mail servers' certificates.
        MxCertificateName = "mx-certificate-name";
        /// Dates of the certificates.
        MxCertificateDate = "mx-certificate-date";
        /// The chain.
        MxCertificateChain = "mx-certificate-chain";
        /// TLSA records.
        Tlsa = "tlsa";
        /// DNSSEC.
        Dnssec = "dnssec" ["domain"];
        /// Ask for TLS reports.
        TlsReports = "tls-reports" ["domain"];
        /// The mode decides whether mail was lost.
        ModeOfPolicy = "mode-of-policy";
        /// The DMARC record.
        DmarcRecord = "dmarc-record" ["domain"];
        /// Which source sent it.
        FindSource = "find-source";
        /// Alignment of the source.
        Alignment = "alignment";
        /// The SPF record.
        SpfRecord = "spf-record" ["domain"];
        /// Look-ups of the SPF record.
        SpfLookups = "spf-lookups";
        /// The source signs with the domain.
        DkimSigned = "dkim-signed";
        /// The key is published.
        DkimKey = "dkim-key" ["domain"];
        /// Something on the way changes messages.
        Changed = "changed";
        /// The message was forwarded.
        Forwarded = "forwarded";
        /// Reverse and forward DNS.
        Ptr = "ptr";
        /// MX of the sender's domain.
        SenderMx = "sender-mx" ["domain"];
        /// TLS of the sending server.
        SenderTls = "sender-tls";
        /// Tell the receiver.
        TellReceiver = "tell-receiver";
        /// The text behind the code.
        ReadReply = "read-reply";
    }
}

/// The tool that helps next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Make the MTA-STS record and policy.
    MakeMtaSts,
    /// Ask DNS and the policy's host, and paste what they say.
    CheckDomain,
    /// Check a policy text, and whether it covers the mail servers.
    CheckPolicy,
    /// Make or check the DMARC record.
    Dmarc,
    /// Check the SPF record.
    CheckRecord,
    /// Look at the sources in the reports.
    Sources,
    /// Nothing is to be done here.
    Nothing,
}

impl Topic {
    /// Where it is defined, or where the rule stands that was applied.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::StsNone => "RFC 8461 §3.1",
            Self::StsFetchError | Self::StsPolicyFetchError | Self::ReasonHttp => "RFC 8461 §3.3",
            Self::StsValid | Self::StsPolicyInvalid => "RFC 8461 §3.2",
            Self::StsNotChanged => "RFC 8461 §5.1",
            Self::StsUnexpected => "RFC 8461 §5",
            Self::StartTlsNotSupported
            | Self::CertificateHostMismatch
            | Self::CertificateExpired
            | Self::CertificateNotTrusted => "RFC 8460 §4.3.1",
            Self::ValidationFailure | Self::ReasonValidation => "RFC 8460 §4.3.3",
            Self::TlsaInvalid | Self::DnssecInvalid | Self::DaneRequired => {
                "RFC 8460 §4.3.2.1; RFC 7672"
            }
            Self::StsWebPkiInvalid => "RFC 8460 §4.3.2.2; RFC 8461 §3.3",
            Self::NoPolicyFound => "RFC 8460 §4.4",
            Self::ReasonMxMismatch | Self::StsMxRefused => "RFC 8461 §4.1",
            Self::ReasonX509 => "RFC 5280 §6",
            Self::DmarcRejected => "RFC 9989 §5.3; RFC 7489 §6.6.2",
            Self::Unauthenticated => "RFC 7372 §3.3",
            Self::MicrosoftLevel => "RFC 9989 §4.4",
            Self::DmarcError => "RFC 9989 §4.10; RFC 7489 §6.6.3",
            Self::DmarcMissing => "RFC 9989 §4.7",
            Self::NotAligned => "RFC 9989 §4.4; RFC 7489 §3.1",
            Self::SpfFailed | Self::SpfError => "RFC 7372 §3.2; RFC 7208 §2.6",
            Self::DkimFailed | Self::DkimUnacceptable | Self::DkimUnmatched => {
                "RFC 7372 §3.1; RFC 6376 §6"
            }
            Self::ReverseDns => "RFC 7372 §3.3; RFC 8601 §2.7.3",
            Self::NullMx => "RFC 7505 §4.2",
            Self::ArcFailed => "RFC 8617 §10",
            Self::ReceiverWantsTls | Self::TlsNotOffered => "RFC 3207 §4",
            Self::RequireTls => "RFC 8689 §5",
            Self::StsCertificateRefused | Self::CertificateNotVerified => "RFC 8461 §4.2",
            Self::TlsaLookup => "RFC 7672 §2.1",
            Self::OtherStatus => "RFC 3463 §3.8",
        }
    }

    /// What to look at, in this order.
    pub const fn checks(self) -> &'static [Check] {
        use Check as C;
        match self {
            Self::StsNone => &[C::StsTxt, C::PolicyFetch, C::TlsReports],
            Self::StsFetchError => {
                &[C::StsTxt, C::PolicyFetch, C::PolicyCertificate, C::PolicyText]
            }
            Self::StsValid | Self::StsNotChanged => &[C::PolicyMx, C::TlsReports],
            Self::StsUnexpected => &[C::BoxSettings, C::PolicyFetch, C::PolicyMx],
            Self::StartTlsNotSupported | Self::TlsNotOffered => {
                &[C::MxStartTls, C::ModeOfPolicy, C::TellReceiver]
            }
            Self::CertificateHostMismatch => &[C::MxCertificateName, C::PolicyMx, C::ModeOfPolicy],
            Self::CertificateExpired => &[C::MxCertificateDate, C::ModeOfPolicy],
            Self::CertificateNotTrusted | Self::ReasonX509 => {
                &[C::MxCertificateChain, C::MxCertificateDate, C::MxCertificateName]
            }
            Self::ValidationFailure | Self::ReasonValidation => {
                &[C::PolicyMx, C::MxStartTls, C::MxCertificateName, C::MxCertificateChain]
            }
            Self::TlsaInvalid => &[C::Tlsa, C::MxCertificateDate, C::Dnssec],
            Self::DnssecInvalid => &[C::Dnssec, C::Tlsa],
            Self::DaneRequired | Self::TlsaLookup => &[C::Tlsa, C::Dnssec, C::TellReceiver],
            Self::StsPolicyFetchError | Self::ReasonHttp => {
                &[C::PolicyFetch, C::PolicyCertificate, C::StsTxt]
            }
            Self::StsPolicyInvalid => &[C::PolicyFetch, C::PolicyText],
            Self::StsWebPkiInvalid => &[C::PolicyCertificate, C::PolicyFetch],
            Self::NoPolicyFound => &[C::StsTxt, C::Tlsa],
            Self::ReasonMxMismatch | Self::StsMxRefused => {
                &[C::PolicyMx, C::PolicyFetch, C::StsTxt, C::ModeOfPolicy]
            }
            Self::DmarcRejected | Self::Unauthenticated | Self::MicrosoftLevel => &[
                C::FindSource,
                C::Alignment,
                C::DkimSigned,
                C::SpfRecord,
                C::Forwarded,
                C::DmarcRecord,
            ],
            Self::DmarcError => &[C::DmarcRecord, C::Dnssec, C::Alignment],
            Self::DmarcMissing => &[C::DmarcRecord],
            Self::NotAligned => &[C::Alignment, C::DkimSigned, C::FindSource],
            Self::SpfFailed => &[C::SpfRecord, C::FindSource, C::Forwarded, C::DkimSigned],
            Self::SpfError => &[C::SpfRecord, C::SpfLookups],
            Self::DkimFailed => &[C::DkimSigned, C::DkimKey, C::Changed],
            Self::DkimUnacceptable => &[C::DkimKey, C::DkimSigned],
            Self::DkimUnmatched => &[C::Alignment, C::DkimSigned],
            Self::ReverseDns => &[C::Ptr],
            Self::NullMx => &[C::SenderMx],
            Self::ArcFailed => &[C::Forwarded, C::Changed],
            Self::ReceiverWantsTls => &[C::SenderTls],
            Self::RequireTls => &[C::MxStartTls, C::TellReceiver],
            Self::StsCertificateRefused | Self::CertificateNotVerified => &[
                C::MxCertificateName,
                C::MxCertificateChain,
                C::MxCertificateDate,
                C::TellReceiver,
            ],
            Self::OtherStatus => &[C::ReadReply, C::FindSource],
        }
    }

    /// The tool that helps next.
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::StsNone | Self::NoPolicyFound => Remedy::MakeMtaSts,
            Self::StsValid | Self::StsNotChanged => Remedy::Nothing,
            Self::StsFetchError
            | Self::StsPolicyFetchError
            | Self::StsWebPkiInvalid
            | Self::ReasonHttp
            | Self::StartTlsNotSupported
            | Self::CertificateHostMismatch
            | Self::CertificateExpired
            | Self::CertificateNotTrusted
            | Self::ReasonX509
            | Self::TlsaInvalid
            | Self::DnssecInvalid
            | Self::DaneRequired
            | Self::TlsaLookup
            | Self::TlsNotOffered
            | Self::CertificateNotVerified
            | Self::StsCertificateRefused => Remedy::CheckDomain,
            Self::StsUnexpected
            | Self::StsPolicyInvalid
            | Self::ValidationFailure
            | Self::ReasonValidation
            | Self::ReasonMxMismatch
            | Self::StsMxRefused => Remedy::CheckPolicy,
            Self::DmarcError | Self::DmarcMissing => Remedy::Dmarc,
            Self::SpfError => Remedy::CheckRecord,
            Self::DmarcRejected
            | Self::Unauthenticated
            | Self::MicrosoftLevel
            | Self::NotAligned
            | Self::SpfFailed
            | Self::DkimFailed
            | Self::DkimUnacceptable
            | Self::DkimUnmatched
            | Self::ArcFailed => Remedy::Sources,
            Self::ReverseDns
            | Self::NullMx
            | Self::ReceiverWantsTls
            | Self::RequireTls
            | Self::OtherStatus => Remedy::Nothing,
        }
    }
}
