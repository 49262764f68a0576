//! `curl`'s output: with `-v`, with `-i`, or the file alone.

use crate::base::UnixSeconds;
use crate::base::calendar::Civil;
use crate::dns::lookup::{Certificate, Failure, Fetch, Outcome, Response};
use crate::dns::name::{is_domain, normal};

/// Whether a line can be the first of a request's output.
pub(super) fn begins(line: &str) -> bool {
    line.starts_with("* ")
        || line.starts_with("curl: (")
        || status(line.strip_prefix("< ").unwrap_or(line)).is_some()
        || is_of_policy(line)
}

/// A line of a policy file, as well or badly as people write them.
fn is_of_policy(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name.trim());
    ["version", "mode", "mx", "max_age"].iter().any(|field| field.eq_ignore_ascii_case(name))
}

/// The last line of a policy and the prompt behind it, where the file has no line end.
pub(super) fn glued(line: &str) -> Option<(&str, &str)> {
    let value = line.strip_prefix("max_age:")?.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit())?;
    let at = line.len() - value.len() + end;
    (end > 0).then(|| line.split_at(at))
}

/// The output of one request, as far as it was read.
#[derive(Default)]
pub(super) struct Request {
    host: Option<String>,
    /// Whether only the headers were asked for.
    head: bool,
    response: Option<Response>,
    failure: Option<Failure>,
    certificate: Certificate,
    stage: Stage,
    /// Whether `curl` has said that it failed.
    closed: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Before,
    Headers,
    Body,
    /// A redirect was followed, as no sender does: what comes now does not count.
    Followed,
}

impl Request {
    pub fn to(host: Option<String>, head: bool) -> Self {
        Self { host, head, ..Self::default() }
    }

    /// Reads a line, unless it belongs to the next request.
    pub fn line(&mut self, line: &str) -> bool {
        if self.stage == Stage::Followed {
            return true;
        }
        if self.is_next(line) {
            return false;
        }
        if let Some(told) = line.strip_prefix('*').filter(|told| told.starts_with(' ')) {
            self.told(told.trim());
        } else if let Some(failed) = line.strip_prefix("curl: (") {
            self.failed(failed);
        } else if let Some(sent) = line.strip_prefix("> ") {
            if let Some(host) = sent.strip_prefix("Host: ") {
                self.name(host.split(':').next().unwrap_or_default());
            }
        } else if let Some(header) = line.strip_prefix('<').filter(|rest| is_header(rest)) {
            self.header(header.trim());
        } else if ["{ [", "} ["].iter().any(|start| line.starts_with(start)) || line == ">" {
            // How many bytes went which way.
        } else if self.stage == Stage::Headers || status(line).is_some() {
            self.header(line.trim());
        } else if self.stage == Stage::Body || is_of_policy(line) {
            self.stage = Stage::Body;
            self.body(line);
        }
        true
    }

    /// Whether a line is the first of the next request.
    fn is_next(&self, line: &str) -> bool {
        let answered = self.stage == Stage::Body;
        if line.starts_with("curl: (") {
            return self.closed || answered;
        }
        if let Some(told) = line.strip_prefix("* ") {
            let first = ["Trying ", "Host ", "Hostname ", "Could not resolve host"];
            let told = told.trim_start();
            return (self.failure.is_some() || answered)
                && first.iter().any(|start| told.starts_with(start));
        }
        let redirected = |response: &Response| matches!(response.status, Some(300..=399));
        let status = status(line.strip_prefix("< ").unwrap_or(line));
        answered && status.is_some() && !self.response.as_ref().is_some_and(redirected)
    }

    /// What `curl -v` tells.
    fn told(&mut self, told: &str) {
        if let Some((field, value)) = told.split_once(": ") {
            match field {
                "subject" => self.certificate.subject = Some(value.to_owned()),
                "issuer" => self.certificate.issuer = Some(value.to_owned()),
                "expire date" => self.certificate.expires = date(value),
                "Issue another request to this URL" => self.stage = Stage::Followed,
                "Could not resolve host" => {
                    self.name(value);
                    self.failure = Some(Failure::NoAddress);
                }
                "SSL certificate problem" => self.failure = Some(of_certificate(value)),
                _ => {}
            }
        }
        let after = |start: &str| {
            let rest = told.strip_prefix(start)?;
            rest.split([' ', ':']).next().map(str::to_owned)
        };
        let host = ["Connected to ", "Hostname ", "Host "].iter().find_map(|start| after(start));
        if let Some(host) = host {
            self.name(&host);
        }
    }

    fn name(&mut self, host: &str) {
        if self.host.is_none() && is_domain(host) {
            self.host = Some(normal(host));
        }
    }

    /// `6) Could not resolve host: mta-sts.example.com`
    fn failed(&mut self, text: &str) {
        let (code, text) = text.split_once(')').unwrap_or((text, ""));
        let words = text.split_whitespace().map(|word| word.trim_matches(['\'', '"', ',']));
        let mut names = words.filter(|word| word.contains('.') && is_domain(word));
        if let Some(host) = names.next() {
            self.name(host);
        }
        self.closed = true;
        self.failure = Some(match code.parse().unwrap_or(0) {
            6 => Failure::NoAddress,
            7 => Failure::NoConnection,
            28 => Failure::TimedOut,
            35 => Failure::Tls,
            51 | 60 => of_certificate(text),
            other => Failure::Other(other),
        });
    }

    /// A status line or a header.
    fn header(&mut self, line: &str) {
        if let Some(status) = status(line) {
            match &self.response {
                // An answer that goes before the one that counts: of a proxy, or `100 Continue`.
                _ if status < 200
                    || line.to_ascii_lowercase().contains("connection established") =>
                {
                    self.stage = Stage::Before;
                }
                Some(_) => self.stage = Stage::Followed,
                None => {
                    self.response = Some(Response { status: Some(status), ..Response::default() });
                    self.stage = Stage::Headers;
                }
            }
            return;
        }
        let Some(response) = self.response.as_mut().filter(|_| self.stage == Stage::Headers) else {
            return;
        };
        if line.is_empty() {
            self.stage = Stage::Body;
        } else if let Some((name, value)) = line.split_once(':') {
            let field = match name.trim().to_ascii_lowercase().as_str() {
                "location" => &mut response.location,
                "content-type" => &mut response.content_type,
                _ => return,
            };
            field.get_or_insert_with(|| value.trim().to_owned());
        }
    }

    fn body(&mut self, line: &str) {
        // What `curl` adds to a file without a final line end.
        let added = ["* Connection #", "* Closing connection"];
        let stop = added.iter().filter_map(|start| line.find(start)).min().unwrap_or(line.len());
        let body = &mut self.response.get_or_insert_default().body;
        body.push_str(&line[..stop]);
        body.push('\n');
    }

    /// What came of the request, if anything did.
    pub fn finish(self) -> Option<Fetch> {
        let outcome = match (self.response, self.failure) {
            // That there is a file does not say what is in it.
            (Some(Response { status: Some(200), .. }), None) if self.head => return None,
            (Some(mut response), None) => {
                let end = response.body.trim_end_matches('\n').len();
                response.body.truncate((end + 1).min(response.body.len()));
                Outcome::Response(response)
            }
            (_, Some(failure)) => Outcome::Failed(failure),
            (None, None) => return None,
        };
        Some(Fetch { host: self.host, outcome, certificate: self.certificate })
    }
}

/// What follows `<` in the output of `curl -v`: not the rest of a page's tag.
fn is_header(rest: &str) -> bool {
    rest.trim().is_empty() || rest.starts_with(' ')
}

/// The status of `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    let (_, rest) = line.trim_start().strip_prefix("HTTP/")?.split_once(' ')?;
    rest.trim_start().get(..3)?.parse().ok().filter(|status| (100..600).contains(status))
}

/// What is wrong with a certificate, by the words of OpenSSL, GnuTLS and Schannel.
fn of_certificate(text: &str) -> Failure {
    // Schannel's codes are the same where its words are in another language.
    const EXPIRED: [&str; 3] = ["expired", "sec_e_cert_expired", "cert_e_expired"];
    const NAME: [&str; 5] = [
        "subject name",
        "does not match",
        "target host name",
        "principal name",
        "sec_e_wrong_principal",
    ];
    let text = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|words| text.contains(words));
    if has(&EXPIRED) {
        Failure::CertificateExpired
    } else if has(&NAME) {
        Failure::CertificateName
    } else {
        Failure::CertificateUntrusted
    }
}

/// `Dec 24 07:18:46 2026 GMT`
fn date(text: &str) -> Option<UnixSeconds> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split_whitespace();
    let name = words.next()?;
    let month = (1..).zip(MONTHS).find(|(_, month)| *month == name)?.0;
    let day = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|part| part.parse().ok());
    let mut next = || clock.next().flatten();
    let (hour, minute, second) = (next()?, next()?, next()?);
    let year = words.next()?.parse().ok()?;
    UnixSeconds::from_civil(Civil { year, month, day, hour, minute, second })
}

#[cfg(test)]
mod tests {
    use super::{Failure, UnixSeconds, date, of_certificate, status};

    #[test]
    fn small_pieces() {
        assert_eq!(date("Nov 24 06:00:00 2026 GMT"), Some(UnixSeconds(1_795_500_000)));
        assert_eq!(date("2026-11-24"), None);
        assert_eq!(status("HTTP/2 200"), Some(200));
        assert_eq!(status("HTTP/1.1 OK"), None);
        let name = "SSL: no alternative certificate subject name matches target host name";
        assert_eq!(of_certificate(name), Failure::CertificateName);
        assert_eq!(of_certificate("certificate has expired"), Failure::CertificateExpired);
        assert_eq!(of_certificate("self-signed certificate"), Failure::CertificateUntrusted);
    }
}
