//! What came of asking for a policy file, as a person's `curl` tells it.

use crate::base::UnixSeconds;

/// One request for a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The host that was asked, where the output names it.
    pub host: Option<String>,
    pub outcome: Outcome,
    pub certificate: Certificate,
}

/// What the request led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Response(Response),
    Failed(Failure),
}

/// The answer of a web server, the first one where there were redirects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// `None` where only the file was pasted.
    pub status: Option<u16>,
    /// Where a redirect leads.
    pub location: Option<String>,
    pub content_type: Option<String>,
    /// The text of the file. Line ends are those of the paste, and empty lines at its end
    /// are left out: a terminal shows neither as they were.
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// DNS has no address of the host.
    NoAddress,
    /// Nobody takes the connection.
    NoConnection,
    TimedOut,
    /// The certificate does not name the host.
    CertificateName,
    CertificateExpired,
    /// No way from the certificate to a known root.
    CertificateUntrusted,
    /// TLS failed before a certificate was looked at.
    Tls,
    /// Something else, by `curl`'s exit code (0 where it did not say).
    Other(u8),
}

/// What `curl -v` tells of the host's certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    pub subject: Option<String>,
    pub issuer: Option<String>,
    pub expires: Option<UnixSeconds>,
}
