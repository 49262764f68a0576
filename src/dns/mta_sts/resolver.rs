//! What `postfix-mta-sts-resolver` says of a domain: its `STSFetchResult`.
//!
//! Mail-in-a-Box prints that value in its status checks ("MTA-STS policy is missing:
//! STSFetchResult.NONE"), and many administrators meet MTA-STS there first. The
//! resolver is not the RFC: it takes the last of two equal fields where RFC 8461 §3.2
//! takes the first, forgives blank lines and spaces after a name's end, and refuses
//! what the RFC allows. So it is followed here step by step, in version 1.5.1.

use super::policy::{MAX_AGE_LIMIT, Mode, SIZE_LIMIT};
use crate::dns::message::{Message, codes};

/// The four values, as the resolver's Python has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FetchResult {
    /// No usable TXT record; the policy file is not asked for.
    None,
    /// Record and policy are usable.
    Valid,
    /// DNS or HTTPS failed, or the policy is not usable.
    FetchError,
    /// The id is the one that the caller knows.
    NotChanged,
}

impl FetchResult {
    pub const ALL: [Self; 4] = [Self::None, Self::Valid, Self::FetchError, Self::NotChanged];

    /// As it is printed after `STSFetchResult.`.
    pub const fn token(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Valid => "VALID",
            Self::FetchError => "FETCH_ERROR",
            Self::NotChanged => "NOT_CHANGED",
        }
    }
}

/// What DNS said of `_mta-sts.<domain>` TXT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TxtAnswer {
    /// NXDOMAIN, or the name has no TXT record.
    Missing,
    /// A time-out, SERVFAIL or another failure.
    Failed,
    /// The records, the strings of each one joined.
    Records(Vec<String>),
}

/// What came of the request for the policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyAnswer {
    /// No answer: no address, no connection, no trust in the certificate, a time-out.
    Failed,
    Response {
        status: u16,
        content_type: Option<String>,
        body: Vec<u8>,
    },
}

codes! {
    /// Why the resolver says what it says.
    pub enum Reason in "resolver" {
        /// The domain starts with a dot.
        DomainDot = "domain-dot";
        /// DNS has no TXT record there.
        TxtMissing = "txt-missing";
        /// DNS gave no answer.
        TxtFailed = "txt-failed";
        /// None of the TXT records starts with `v=STSv1`.
        NoRecord = "no-record";
        /// Several do.
        SeveralRecords = "several-records" ["count"];
        /// The version is not exactly `STSv1`.
        RecordVersion = "record-version" ["found"];
        /// There is no id.
        RecordId = "record-id";
        /// The caller has seen this id before.
        SameId = "same-id" ["id"];
        /// The request failed.
        RequestFailed = "request-failed";
        /// Another HTTP status than 200; redirects are not followed.
        Status = "status" ["status"];
        /// The content type is not `text/plain`.
        ContentType = "content-type" ["found"];
        /// The policy is larger than 64 KB.
        TooLarge = "too-large" ["octets"];
        /// The bytes are not in the encoding that the server names, ASCII if it names none.
        Encoding = "encoding" ["charset"];
        /// The version of the policy is missing or another one.
        Version = "version" ["found"];
        /// `max_age` is missing, no number or out of range.
        MaxAge = "max-age" ["found"];
        /// The mode is missing.
        ModeMissing = "mode-missing";
        /// The mode is unknown.
        ModeUnknown = "mode-unknown" ["found"];
        /// There is no mx line.
        MxMissing = "mx-missing";
        /// All is well.
        Usable = "usable" ["id", "mode"];
    }
}

/// What the resolver says, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub result: FetchResult,
    pub reason: Message<Reason>,
}

fn verdict(result: FetchResult, reason: impl Into<Message<Reason>>) -> Verdict {
    Verdict { result, reason: reason.into() }
}

/// A refusal of the record or of the policy.
type Refused = Message<Reason>;

/// What the resolver says of the domain. `policy` is `None` where the file was not asked for
/// although it should have been: then a failure is assumed. `last_id` is the id that the
/// caller has seen before.
pub fn resolve(
    domain: &str,
    txt: &TxtAnswer,
    policy: Option<&PolicyAnswer>,
    last_id: Option<&str>,
) -> Verdict {
    if domain.starts_with('.') {
        return verdict(FetchResult::None, Reason::DomainDot);
    }
    let records = match txt {
        TxtAnswer::Missing => return verdict(FetchResult::None, Reason::TxtMissing),
        TxtAnswer::Failed => return verdict(FetchResult::FetchError, Reason::TxtFailed),
        TxtAnswer::Records(records) => records,
    };
    let id = match record_id(records) {
        Ok(id) => id,
        Err(reason) => return verdict(FetchResult::None, reason),
    };
    if last_id == Some(id.as_str()) {
        return verdict(FetchResult::NotChanged, Message::new(Reason::SameId).arg("id", id));
    }
    match fetched(policy).and_then(|text| policy_mode(&text)) {
        Ok(mode) => {
            let reason = Message::new(Reason::Usable).arg("id", id).arg("mode", mode);
            verdict(FetchResult::Valid, reason)
        }
        Err(reason) => verdict(FetchResult::FetchError, reason),
    }
}

/// The id in the one record there is.
pub fn record_id(records: &[String]) -> Result<String, Refused> {
    // Records with other bytes than ASCII are passed over without a word.
    let usable = |record: &&String| record.is_ascii() && record.starts_with("v=STSv1");
    let usable: Vec<_> = records.iter().filter(usable).collect();
    let record = match usable.as_slice() {
        [] => return Err(Reason::NoRecord.into()),
        [record] => record,
        several => return Err(Message::new(Reason::SeveralRecords).arg("count", several.len())),
    };
    // Python's `dict` keeps the last of two equal names.
    let last = |name: &str| {
        record
            .split(';')
            .map(|field| field.trim_matches(is_python_space))
            .map(|field| field.split_once('=').unwrap_or((field, "")))
            .rfind(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    };
    match last("v") {
        Some(version) if version == "STSv1" => {}
        version => {
            let found = version.unwrap_or_default();
            return Err(Message::new(Reason::RecordVersion).arg("found", found));
        }
    }
    last("id").ok_or_else(|| Reason::RecordId.into())
}

/// The text of the policy, if the answer is one that the resolver reads.
fn fetched(policy: Option<&PolicyAnswer>) -> Result<String, Refused> {
    let Some(PolicyAnswer::Response { status, content_type, body }) = policy else {
        return Err(Reason::RequestFailed.into());
    };
    if *status != 200 {
        return Err(Message::new(Reason::Status).arg("status", status));
    }
    let content_type = content_type.as_deref().unwrap_or_default();
    let (media_type, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    if !media_type.trim().eq_ignore_ascii_case("text/plain") {
        return Err(Message::new(Reason::ContentType).arg("found", media_type.trim()));
    }
    if body.len() > SIZE_LIMIT {
        return Err(Message::new(Reason::TooLarge).arg("octets", body.len()));
    }
    let charset = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map_or("ascii", |(_, value)| value.trim().trim_matches('"'));
    decoded(body, charset).ok_or_else(|| Message::new(Reason::Encoding).arg("charset", charset))
}

/// Python's `bytes.decode` for the encodings that a policy is served in.
fn decoded(body: &[u8], charset: &str) -> Option<String> {
    match charset.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => String::from_utf8(body.to_vec()).ok(),
        "iso-8859-1" | "latin-1" | "latin1" => Some(body.iter().copied().map(char::from).collect()),
        // ASCII, or an encoding that agrees with it where it is all that is used.
        _ => body.is_ascii().then(|| body.iter().copied().map(char::from).collect()),
    }
}

/// The mode of a policy that the resolver takes.
pub fn policy_mode(text: &str) -> Result<&'static str, Refused> {
    let mut fields = Fields::default();
    for line in text.split(is_python_line_end) {
        fields.read(line);
    }
    if fields.version.as_deref() != Some("STSv1") {
        let found = fields.version.unwrap_or_default();
        return Err(Message::new(Reason::Version).arg("found", found));
    }
    let max_age = fields.max_age.as_deref().unwrap_or("-1");
    let in_range = |seconds: &i128| (0..=i128::from(MAX_AGE_LIMIT)).contains(seconds);
    if python_int(max_age).filter(in_range).is_none() {
        let found = fields.max_age.unwrap_or_default();
        return Err(Message::new(Reason::MaxAge).arg("found", found));
    }
    let mode = fields.mode.ok_or_else(|| Message::from(Reason::ModeMissing))?;
    let Ok(mode) = mode.parse::<Mode>() else {
        return Err(Message::new(Reason::ModeUnknown).arg("found", mode));
    };
    if mode != Mode::None && !fields.mx {
        return Err(Reason::MxMissing.into());
    }
    Ok(mode.token())
}

/// The last value of each field that matters; of `mx` any at all, even an empty one.
#[derive(Default)]
struct Fields {
    version: Option<String>,
    mode: Option<String>,
    max_age: Option<String>,
    mx: bool,
}

impl Fields {
    fn read(&mut self, line: &str) {
        let line = line.trim_end_matches(is_python_space);
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim_start_matches(is_python_space).to_owned();
        match name {
            "version" => self.version = Some(value),
            "mode" => self.mode = Some(value),
            "max_age" => self.max_age = Some(value),
            "mx" => self.mx = true,
            _ => {}
        }
    }
}

/// Where `str.splitlines` breaks a line. That it takes CR LF as one does not matter here.
fn is_python_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// What `str.strip` takes off: Unicode's white space and four separators of ASCII.
fn is_python_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Python's `int()`: spaces around it, a sign, single underscores between digits.
fn python_int(text: &str) -> Option<i128> {
    let text = text.trim_matches(is_python_space);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number =
        digits.split('_').all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()));
    // What passes i128 is out of the range asked for in any case.
    is_number.then(|| text.replace('_', "").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{FetchResult, PolicyAnswer, Reason, TxtAnswer, policy_mode, python_int, resolve};

    const POLICY: &str = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n";

    fn answer(content_type: &str, body: &[u8]) -> PolicyAnswer {
        let content_type = Some(content_type.to_owned());
        PolicyAnswer::Response { status: 200, content_type, body: body.to_vec() }
    }

    fn records(records: &[&str]) -> TxtAnswer {
        TxtAnswer::Records(records.iter().map(|&record| record.to_owned()).collect())
    }

    #[test]
    fn each_value_and_its_reason() {
        let good = answer("text/plain", POLICY.as_bytes());
        let moved = PolicyAnswer::Response { status: 301, content_type: None, body: Vec::new() };
        let record = records(&["v=STSv1; id=1", "other"]);
        for (txt, policy, expected, reason) in [
            (TxtAnswer::Missing, &good, FetchResult::None, Reason::TxtMissing),
            (TxtAnswer::Failed, &good, FetchResult::FetchError, Reason::TxtFailed),
            (records(&[" v=STSv1; id=1"]), &good, FetchResult::None, Reason::NoRecord),
            (
                records(&["v=STSv1; id=1", "v=STSv10"]),
                &good,
                FetchResult::None,
                Reason::SeveralRecords,
            ),
            (records(&["v=STSv1 id=1"]), &good, FetchResult::None, Reason::RecordVersion),
            (records(&["v=STSv1; ID=1"]), &good, FetchResult::None, Reason::RecordId),
            (records(&["v=STSv1; id=0"]), &good, FetchResult::NotChanged, Reason::SameId),
            (record.clone(), &PolicyAnswer::Failed, FetchResult::FetchError, Reason::RequestFailed),
            (record.clone(), &moved, FetchResult::FetchError, Reason::Status),
            (record, &good, FetchResult::Valid, Reason::Usable),
        ] {
            let verdict = resolve("example.com", &txt, Some(policy), Some("0"));
            assert_eq!((verdict.result, verdict.reason.code), (expected, reason), "{txt:?}");
        }
    }

    #[test]
    fn how_the_file_is_served() {
        let record = records(&["v=STSv1; id=1"]);
        let result = |content_type: &str, body: &[u8]| {
            resolve("example.com", &record, Some(&answer(content_type, body)), None).result
        };
        let note = format!("{POLICY}note: caf\u{e9}\n");
        for (content_type, body, expected) in [
            ("TEXT/PLAIN ; charset=utf-8", POLICY.as_bytes(), FetchResult::Valid),
            ("text/html", POLICY.as_bytes(), FetchResult::FetchError),
            ("", POLICY.as_bytes(), FetchResult::FetchError),
            ("text/plain", note.as_bytes(), FetchResult::FetchError),
            ("text/plain; charset=\"UTF-8\"", note.as_bytes(), FetchResult::Valid),
            ("text/plain; charset=latin-1", note.as_bytes(), FetchResult::Valid),
            ("text/plain", &[b'#'; 70_000], FetchResult::FetchError),
        ] {
            assert_eq!(result(content_type, body), expected, "{content_type}");
        }
    }

    #[test]
    fn it_is_not_the_rfc() {
        let last_rules = "version: STSv1\nmode: none\nmode: enforce\nmx:\nmax_age: 1_000\n";
        assert_eq!(policy_mode(last_rules), Ok("enforce"));
        assert_eq!(
            policy_mode(&POLICY.replace(':', " :")).map_err(|why| why.code),
            Err(Reason::Version)
        );
        assert_eq!(policy_mode(&POLICY.replace('\n', "\r\r")), Ok("enforce"));
    }

    #[test]
    fn numbers_as_python_reads_them() {
        for (text, expected) in [
            ("604800", Some(604_800)),
            (" +604_800 ", Some(604_800)),
            ("-0", Some(0)),
            ("6__0", None),
            ("_60", None),
            ("60.0", None),
            ("", None),
        ] {
            assert_eq!(python_int(text), expected, "{text:?}");
        }
    }
}
