//! Command lines within pasted output: they say what was asked.

use crate::dns::lookup::{Question, RecordType};
use crate::dns::name::{is_domain, normal};

/// What a command asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// `dig`, `nslookup`, `host`: those of its questions that are of interest.
    Dns {
        questions: Vec<Question>,
        /// `dig +short`: only the records are printed, and nothing where there are none.
        short: bool,
    },
    /// `curl`.
    Fetch {
        host: Option<String>,
        /// Whether it asks for the headers only.
        head: bool,
    },
    /// Something else behind a prompt.
    Other,
}

/// Questions of one command that are kept: five about each of a hundred domains.
const MOST: usize = 500;

/// Octets before a prompt's last sign.
const LONGEST_PROMPT: usize = 80;

/// Signs that prompts end in.
const PROMPTS: [char; 5] = ['$', '#', '%', '>', '❯'];

/// The command in a line: behind a prompt, in `dig`'s own first line, or alone.
pub(super) fn read(line: &str) -> Option<Command> {
    let line = line.trim();
    if let Some(own) = line.strip_prefix("; <<>> DiG ") {
        let (_, arguments) = own.split_once("<<>>")?;
        return Some(dig(arguments.split_whitespace()));
    }
    let mut words = line.split_whitespace();
    let first = words.next()?;
    if let Some(command) = of_tool(first, words.clone()) {
        // A sentence may begin with such a word; a command has a name or an option.
        let speaks = |word: &str| {
            word.contains("://") || word.starts_with(['-', '+', '@']) || word.contains('.')
        };
        return words.next().is_some_and(speaks).then_some(command);
    }
    // `name@host:~$ dig …`, `C:\>nslookup …`, `PS C:\> curl.exe …`
    let (at, prompt) = line.char_indices().find(|(_, c)| PROMPTS.contains(c))?;
    let (before, behind) = (line.get(..at)?, line.get(at + prompt.len_utf8()..)?);
    if before.contains(['"', '<', '=', '{', ';', '(']) || before.len() > LONGEST_PROMPT {
        return None;
    }
    let mut words = behind.split_whitespace();
    let command = words.next().and_then(|tool| of_tool(tool, words));
    // What stands behind a comment's `#` or `curl`'s `>` is no command.
    let certain = before.contains('@') || before.contains(":\\") || line.starts_with("$ ");
    command.or(certain.then_some(Command::Other))
}

fn of_tool<'a>(tool: &str, arguments: impl Iterator<Item = &'a str>) -> Option<Command> {
    match tool.strip_suffix(".exe").unwrap_or(tool) {
        "dig" => Some(dig(arguments)),
        "nslookup" | "host" => Some(Command::Dns { questions: one(arguments), short: false }),
        "curl" => Some(curl(arguments)),
        _ => None,
    }
}

/// `dig NAME TYPE NAME TYPE`, options anywhere.
fn dig<'a>(arguments: impl Iterator<Item = &'a str>) -> Command {
    let mut short = false;
    let mut names: Vec<(String, Option<&str>)> = Vec::new();
    let mut kind: Option<&str> = None;
    let mut arguments = arguments.map(|word| word.trim_matches(['"', '\'']));
    while let Some(word) = arguments.next() {
        match word {
            "-t" => kind = arguments.next(),
            "+short" => short = true,
            "-p" | "-b" | "-k" | "-c" | "-f" => drop(arguments.next()),
            _ if word.starts_with(['+', '-', '@']) => {}
            _ if is_type(word) => match names.last_mut().filter(|(_, known)| known.is_none()) {
                Some((_, known)) => *known = Some(word),
                None => kind = Some(word),
            },
            _ => names.push((normal(word), kind.take())),
        }
    }
    let named = names.into_iter().filter_map(|(name, kind)| question(&name, kind?));
    Command::Dns { questions: named.take(MOST).collect(), short }
}

/// `nslookup -type=TYPE NAME SERVER`, `host -t TYPE NAME SERVER`.
fn one<'a>(mut arguments: impl Iterator<Item = &'a str>) -> Vec<Question> {
    let mut kind = None;
    while let Some(word) = arguments.next() {
        match word.split_once('=') {
            _ if word == "-t" => kind = arguments.next(),
            Some(("-type" | "-querytype" | "-query" | "-q", value)) => kind = Some(value),
            _ if word.starts_with('-') => {}
            _ => return kind.and_then(|kind| question(word, kind)).into_iter().collect(),
        }
    }
    Vec::new()
}

fn question(name: &str, kind: &str) -> Option<Question> {
    let question = Question::new(name, RecordType::of_token(kind)?);
    is_domain(&question.name).then_some(question)
}

fn is_type(word: &str) -> bool {
    const OTHERS: [&str; 9] = ["A", "AAAA", "ANY", "CAA", "CNAME", "NS", "PTR", "SOA", "TLSA"];
    RecordType::of_token(word).is_some()
        || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// `curl`: the host of the first address among the arguments.
fn curl<'a>(arguments: impl Iterator<Item = &'a str>) -> Command {
    let (mut host, mut head) = (None, false);
    for word in arguments {
        let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        head |= word == "--head" || letters.is_some_and(|letters| letters.contains('I'));
        host = host.or_else(|| of_address(word.trim_matches(['"', '\''])));
    }
    Command::Fetch { host, head }
}

/// The host of `https://host:port/path`.
fn of_address(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    is_domain(host).then(|| normal(host))
}

#[cfg(test)]
mod tests {
    use super::{Command, Question, RecordType, read};

    fn dns(line: &str) -> Vec<String> {
        let Some(Command::Dns { questions, .. }) = read(line) else { panic!("{line}") };
        let shown = |q: Question| format!("{} {}", q.name, q.kind.token());
        questions.into_iter().map(shown).collect()
    }

    #[test]
    fn questions_of_commands() {
        for (line, expected) in [
            ("dig a.test TXT _b.a.test txt", &["a.test TXT", "_b.a.test TXT"][..]),
            ("$ dig +short -t TXT a.test @192.0.2.1", &["a.test TXT"]),
            ("me@host:~$ dig MX a.test.", &["a.test MX"]),
            ("; <<>> DiG 9.18 <<>> @127.0.0.1 -p 53 a.test A b.test MX", &["b.test MX"]),
            ("C:\\Users\\me>nslookup -type=TXT a.test 192.0.2.1", &["a.test TXT"]),
            ("root@host:/# host -t MX a.test", &["a.test MX"]),
            ("dig a.test", &[]),
        ] {
            assert_eq!(dns(line), expected, "{line}");
        }
    }

    #[test]
    fn addresses_of_commands() {
        let line = "PS C:\\> curl.exe -sSv \"https://mta-sts.a.test/.well-known/mta-sts.txt\"";
        let host = Some("mta-sts.a.test".to_owned());
        assert_eq!(read(line), Some(Command::Fetch { host: host.clone(), head: false }));
        let line = "curl -sI https://mta-sts.a.test/";
        assert_eq!(read(line), Some(Command::Fetch { host, head: true }));
        assert_eq!(read("curl: (6) Could not resolve host: a.test"), None);
    }

    #[test]
    fn what_is_no_command() {
        for line in [
            "> GET /.well-known/mta-sts.txt HTTP/1.1",
            "host of the page",
            "mx: mail.example.com # the first",
            "# dug out",
            "<p>dig deeper</p>",
            "a.test. 60 IN TXT \"v=spf1 $ dig x\"",
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        assert_eq!(read("$ ls -l"), Some(Command::Other));
        assert_eq!(read("me@host:~$ "), Some(Command::Other));
        assert_eq!(RecordType::of_token("spf"), None);
    }
}
