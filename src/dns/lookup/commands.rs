//! Command lines that ask about domains.
//!
//! Names go into them only if a shell cannot misread them ([`is_domain`]).

use super::{Question, questions};
use crate::base::domain::comparable;
use crate::dns::mta_sts::rollout::policy_url;
use crate::dns::name::is_domain;

/// Domains that are asked about at once; more make no readable command line.
const MOST: usize = 100;

/// The domains in a list as people write it, each once, and what is none.
pub fn domains(list: &str) -> (Vec<String>, Vec<String>) {
    let (mut domains, mut others) = (Vec::new(), Vec::new());
    for word in list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        // An address of a page or a person is taken for its domain.
        let host = word.split_once("://").map_or(word, |(_, rest)| rest);
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let name = comparable(host).unwrap_or_default();
        let (list, entry) = match is_domain(&name) && name.contains('.') && domains.len() < MOST {
            true => (&mut domains, name),
            false => (&mut others, word.to_owned()),
        };
        if !entry.is_empty() && !list.contains(&entry) {
            list.push(entry);
        }
    }
    (domains, others)
}

/// One `dig` for all questions. (With a type before its name, it would take several
/// questions for one.)
pub fn dig(questions: &[Question]) -> String {
    let asked = asked(questions);
    let pairs: Vec<_> = asked.map(|q| format!(" {} {}", q.name, q.kind.token())).collect();
    format!("dig{}", pairs.concat())
}

/// An `nslookup` for each question, which Windows has too.
pub fn nslookup(questions: &[Question]) -> Vec<String> {
    asked(questions).map(|q| format!("nslookup -type={} {}", q.kind.token(), q.name)).collect()
}

/// Fetches the policy as a sender does, and tells of the certificate: no redirect is
/// followed, and a minute is enough (RFC 8461 §3.3).
pub fn curl(domain: &str) -> Option<String> {
    is_domain(domain).then(|| format!("{CURL} {}", policy_url(domain)))
}

/// The line feed keeps what follows in the terminal apart from a file without one.
const CURL: &str = "curl -sSv -m 60 -w \"\\n\"";

/// Asks a mail server for STARTTLS and shows its certificate, as a sender sees it.
pub fn openssl(host: &str) -> Option<String> {
    let line = || {
        format!("openssl s_client -connect {host}:25 -starttls smtp -servername {host} </dev/null")
    };
    is_domain(host).then(line)
}

/// Asks for the TLSA records of a mail server, with their signatures (RFC 7672 §2.2).
pub fn tlsa(host: &str) -> Option<String> {
    is_domain(host).then(|| format!("dig +dnssec _25._tcp.{host} TLSA"))
}

/// One line for a POSIX shell that asks all about the domains.
pub fn script(domains: &[String]) -> String {
    let names: Vec<_> = domains.iter().filter(|name| is_domain(name)).map(String::as_str).collect();
    // The shell puts the domain where its variable stands.
    let dig = questions("$d").iter().fold("dig".to_owned(), |line, question| {
        format!("{line} \"{}\" {}", question.name, question.kind.token())
    });
    let url = policy_url("$d");
    format!("for d in {}; do {dig}; {CURL} \"{url}\" 2>&1; done", names.join(" "))
}

fn asked(questions: &[Question]) -> impl Iterator<Item = &Question> {
    questions.iter().filter(|question| is_domain(&question.name))
}

#[cfg(test)]
mod tests {
    use super::{curl, dig, domains, nslookup, openssl, script, tlsa};
    use crate::dns::lookup::questions;

    #[test]
    fn lists_as_people_write_them() {
        let list = "example.com, Example.COM.\n https://www.example.net:443/page;me@example.org\n\
                    B\u{dc}CHER.example $(id).example localhost";
        let (found, others) = domains(list);
        assert_eq!(
            found,
            ["example.com", "www.example.net", "example.org", "xn--bcher-kva.example"]
        );
        assert_eq!(others, ["$(id).example", "localhost"]);
    }

    #[test]
    fn all_is_asked() {
        let questions = questions("example.com");
        assert_eq!(
            dig(&questions),
            "dig example.com MX _dmarc.example.com TXT example.com TXT \
             _mta-sts.example.com TXT _smtp._tls.example.com TXT"
        );
        assert_eq!(nslookup(&questions)[0], "nslookup -type=MX example.com");
        assert_eq!(
            script(&["example.com".to_owned(), "`id`".to_owned(), "example.net".to_owned()]),
            "for d in example.com example.net; do dig \"$d\" MX \"_dmarc.$d\" TXT \"$d\" TXT \
             \"_mta-sts.$d\" TXT \"_smtp._tls.$d\" TXT; curl -sSv -m 60 -w \"\\n\" \
             \"https://mta-sts.$d/.well-known/mta-sts.txt\" 2>&1; done"
        );
        assert_eq!(
            tlsa("mx.example.com").as_deref(),
            Some("dig +dnssec _25._tcp.mx.example.com TLSA")
        );
        for command in [curl, openssl, tlsa] {
            assert_eq!(command("example.com; id"), None);
        }
    }
}
