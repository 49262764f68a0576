//! Cases as text: what is given, what is found.
//!
//! ```text
//! = the name of the case
//! @ mail.example.com            a mail server of the domain, as after --mx
//! | mode : test                 a line that is given (of the file; or one TXT record)
//! > 1:5 fault space-before-colon      what must be found, and nothing else
//! + mode: testing               the text as it should be
//! ~ FETCH_ERROR                 what postfix-mta-sts-resolver makes of it
//! ```
//!
//! In given lines `\r`, `\t`, `\0`, `\s` (a space), `\\`, `\xHH` (a byte) and `\u{HEX}`
//! stand for what they say, and `\c` at the end takes the line end away. Other lines are
//! comments. `UPDATE=1` writes what was found into the file, to be read by a person
//! before it is kept.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// One case as it stands in the file.
pub struct Case {
    pub name: String,
    pub hosts: Vec<String>,
    /// The lines after `|`, escapes resolved, each with its line end.
    pub given: Vec<Vec<u8>>,
    /// The lines after `>`, `+` and `~`, with their marks.
    expected: Vec<String>,
    /// The lines before those, as they stand.
    head: Vec<String>,
}

/// What the cases of a file give, as seeds for other texts.
pub fn given(file: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(path(file)).expect("the table of cases");
    read(&text).0.into_iter().map(|case| case.given.concat()).collect()
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/dns").join(file)
}

/// Runs all cases of a file and compares what `run` finds, line by line. Returns how many there were.
pub fn check(file: &str, run: impl Fn(&Case) -> Vec<String>) -> usize {
    let path = path(file);
    let text = fs::read_to_string(&path).expect("the table of cases");
    let (cases, tail) = read(&text);
    let update = std::env::var_os("UPDATE").is_some();
    let mut written = String::new();
    let mut wrong = String::new();
    for case in &cases {
        let found = run(case);
        if found != case.expected {
            let expected = case.expected.join("\n  ");
            let found = found.join("\n  ");
            let _ = writeln!(wrong, "{}\n expected\n  {expected}\n found\n  {found}", case.name);
        }
        for line in case.head.iter().chain(&found) {
            let _ = writeln!(written, "{line}");
        }
    }
    if update {
        written.push_str(&tail);
        fs::write(&path, written).expect("the table of cases, written");
    } else {
        assert!(wrong.is_empty(), "{file}:\n{wrong}");
    }
    cases.len()
}

fn read(text: &str) -> (Vec<Case>, String) {
    let mut cases: Vec<Case> = Vec::new();
    let mut head: Vec<String> = Vec::new();
    for line in text.lines() {
        let (mark, rest) = line.split_at_checked(line.len().min(2)).unwrap_or(("", line));
        match mark.trim_end() {
            "=" => {
                head.push(line.to_owned());
                cases.push(Case {
                    name: rest.to_owned(),
                    hosts: Vec::new(),
                    given: Vec::new(),
                    expected: Vec::new(),
                    head: std::mem::take(&mut head),
                });
            }
            ">" | "+" | "~" => {
                cases.last_mut().expect("a case").expected.push(line.to_owned());
            }
            "@" | "|" => {
                let case = cases.last_mut().expect("a case");
                case.head.push(line.to_owned());
                if mark.starts_with('@') {
                    case.hosts.push(rest.to_owned());
                } else {
                    case.given.push(unescape(rest));
                }
            }
            _ => head.push(line.to_owned()),
        }
    }
    (cases, head.iter().map(|line| format!("{line}\n")).collect())
}

fn unescape(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let mut characters = after.chars();
        match characters.next() {
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('0') => bytes.push(0),
            Some('s') => bytes.push(b' '),
            Some('x') => {
                let (digits, tail) = after[1..].split_at(2);
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                characters = tail.chars();
            }
            Some('u') => {
                let (digits, tail) = after[2..].split_once('}').expect("a closing brace");
                let code = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
                let c = char::from_u32(code).expect("a character");
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                characters = tail.chars();
            }
            Some('c') => return bytes,
            _ => bytes.push(b'\\'),
        }
        rest = characters.as_str();
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes.push(b'\n');
    bytes
}

/// The lines of a text as the file has them, after a mark.
pub fn marked(mark: char, text: &str) -> Vec<String> {
    text.split_terminator('\n').map(|line| format!("{mark} {}", escape(line))).collect()
}

fn escape(line: &str) -> String {
    let mut escaped = String::new();
    for c in line.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() || (c.is_whitespace() && c != ' ') => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    match escaped.strip_suffix(' ') {
        Some(start) => format!("{start}\\s"),
        None => escaped,
    }
}
