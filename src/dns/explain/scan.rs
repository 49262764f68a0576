//! A text made ready for looking up words and codes in it.

use crate::dns::name::is_domain;

/// The text with single spaces, so that line breaks of a bounce do not matter, and the
/// enhanced status codes (RFC 3463) in it.
#[derive(Debug)]
pub(super) struct Scan {
    /// In the letters that it came in, to be shown.
    shown: String,
    /// In small letters, at the same places.
    text: String,
    /// Place, and code without its class: `7.26`.
    codes: Vec<(usize, String)>,
}

impl Scan {
    pub fn new(text: &str) -> Self {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = shown.to_ascii_lowercase();
        let codes = codes(&text);
        Self { shown, text, codes }
    }

    /// Where the words stand, not as parts of other words.
    pub fn find(&self, words: &str) -> Option<usize> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        self.text.match_indices(words).map(|(at, _)| at).find(|at| {
            let before = self.text[..*at].chars().next_back();
            let after = self.text[at + words.len()..].chars().next();
            let begins = !before.is_some_and(is_word) || !words.starts_with(is_word);
            // A longer word may follow where the words end in one that was cut on purpose.
            begins && (words.ends_with('_') || !after.is_some_and(is_word))
        })
    }

    /// Where the code stands.
    pub fn code(&self, code: &str) -> Option<usize> {
        self.codes.iter().find(|(_, found)| found == code).map(|(at, _)| *at)
    }

    /// The first code, with its place.
    pub fn first_code(&self) -> Option<(usize, &str)> {
        self.codes.first().map(|(at, code)| (*at, code.as_str()))
    }

    /// The word that stands at a place, and goes on until a space, quote or comma.
    pub fn word_at(&self, at: usize) -> &str {
        let rest = self.shown.get(at..).unwrap_or_default();
        let stop = rest.find([' ', '"', '\'', ',', ';', ')', ']', '>']).unwrap_or(rest.len());
        &rest[..stop]
    }

    /// So much of the text from a place on.
    pub fn slice(&self, at: usize, length: usize) -> &str {
        self.shown.get(at..at + length).unwrap_or_default()
    }

    /// The number that follows the words.
    pub fn number_after(&self, at: usize, words: &str) -> &str {
        let rest = self.text.get(at + words.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', ':']);
        &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]
    }

    /// Whether the text is this one word.
    pub fn is(&self, word: &str) -> bool {
        self.text.trim_matches(|c: char| !c.is_ascii_alphanumeric()) == word
    }
}

/// `5.7.26`, `4.7.0`: class 2, 4 or 5, then subject and detail of one to three digits.
fn codes(text: &str) -> Vec<(usize, String)> {
    let mut codes = Vec::new();
    for (at, _) in text.match_indices(['4', '5']) {
        let starts = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let code = rest[..end].trim_end_matches('.');
        let mut parts = code.split('.');
        let is_code = parts.next() == Some("")
            && parts.clone().count() == 2
            && parts.all(|part| (1..=3).contains(&part.len()));
        if starts && is_code {
            codes.push((at, code[1..].to_owned()));
        }
    }
    codes
}

/// Domains in a text that may be those it is about: in the order of their places, each
/// once, but for those of help pages and well-known receivers.
pub fn domains(text: &str) -> Vec<String> {
    /// A text with more names is no error message.
    const MOST: usize = 20;
    const OTHERS: [&str; 9] = [
        "google.com",
        "gmail.com",
        "microsoft.com",
        "outlook.com",
        "office.com",
        "yahoo.com",
        "yahoodns.net",
        "openspf.net",
        "open-spf.org",
    ];
    let mut found: Vec<String> = Vec::new();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    for token in text.split(|c: char| !is_part(c)) {
        let name = token.trim_matches(['.', '-']).to_ascii_lowercase();
        let name = ["_mta-sts.", "mta-sts.", "_dmarc.", "_smtp._tls."]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .unwrap_or(&name);
        let top = name.rsplit('.').next().unwrap_or_default();
        let is_top = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
        let is_file = matches!(top, "txt" | "html" | "php" | "py" | "xml" | "json" | "gz");
        let of_others = OTHERS.iter().any(|other| crate::dns::name::is_within(name, other));
        let is_name = name.contains('.') && is_domain(name) && is_top && !is_file && !of_others;
        // `STSFetchResult.NONE` is no domain, whatever it looks like.
        if is_name && !name.starts_with("stsfetchresult.") && !found.iter().any(|it| it == name) {
            found.push(name.to_owned());
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Scan, domains};

    #[test]
    fn codes_are_whole() {
        let scan = Scan::new("550-5.7.26 This\r\n550 5.7.26 4.7.0. 15.7.1 5.7.1.2 10.5.7.9 5.7");
        let codes: Vec<_> = scan.codes.iter().map(|(_, code)| code.as_str()).collect();
        assert_eq!(codes, ["7.26", "7.26", "7.0"]);
    }

    #[test]
    fn words_are_whole() {
        let scan = Scan::new("sts-policy-invalid, MX_HOSTS_MISMATCH x509_v_err_cert");
        assert_eq!(scan.find("policy-invalid"), None);
        assert_eq!(scan.find("mx_hosts_mismatch"), Some(20));
        assert_eq!(scan.find("x509_v_err_"), Some(38));
        assert_eq!(scan.word_at(38), "x509_v_err_cert");
    }

    #[test]
    fn domains_in_question() {
        let text = "Unauthenticated email from Example.com is not accepted, see \
                    https://support.google.com/mail/answer/81126; _mta-sts.example.net \
                    STSFetchResult.NONE 192.0.2.1 mta-sts.txt user@example.com 5.7.26";
        assert_eq!(domains(text), ["example.com", "example.net"]);
    }
}
