//! What DNS tools print: `dig` in full and `+short`, `nslookup` of BIND and of Windows,
//! `host`, and lines of zone files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::dns::RecordKind;
use crate::dns::lookup::{Answer, Mx, Pasted, Question, RecordType, State};
use crate::dns::name::{is_domain, normal};
use crate::dns::record;
use crate::dns::txt::{self, Txt};

/// Answers and aliases that are kept; a hundred domains have fewer.
const MOST: usize = 1_000;

/// Records of one answer that are kept.
const MOST_RECORDS: usize = 100;

/// Aliases that are followed from one name to the next.
const HOPS: usize = 8;

/// Whether a line is one that a DNS tool prints, and no file has.
pub(super) fn begins(line: &str) -> bool {
    ["; <<>> DiG", ";; ", "** server can't find", "*** ", "Server:\t", "Server:  ", "Serveur :"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// The answers as far as they were read.
#[derive(Default)]
pub(super) struct Dns {
    answers: BTreeMap<Question, Answer>,
    loose: Vec<(RecordKind, String)>,
    /// What the last command asks, as far as it is not answered.
    asked: Vec<Question>,
    /// Whether it prints nothing but records.
    short: bool,
    /// Which name an alias leads to this one from.
    aliases: HashMap<String, String>,
    /// The status in the last header of `dig`.
    state: State,
    /// Within the sections of an answer that are not the answer itself.
    aside: bool,
    /// The record whose strings stand in the next lines.
    open: Option<Question>,
}

impl Dns {
    /// A command that asks. What was known of its questions before is old.
    pub fn ask(&mut self, questions: Vec<Question>, short: bool) {
        self.open = None;
        self.aside = false;
        self.state = State::Answered;
        // Silence would mean that there are no records, where it is clear of what.
        let silence_tells = short && all_differ(questions.iter().map(place));
        for question in &questions {
            self.answers.remove(question);
            if silence_tells {
                self.put(question.clone(), Answer::default());
            }
        }
        self.asked = questions;
        self.short = short;
    }

    pub fn line(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            self.aside = false;
        }
        if let Some(question) = self.open.clone() {
            if text.starts_with('"') {
                return self.go_on(&question, text);
            }
            if !text.is_empty() {
                self.open = None;
            }
        }
        if let Some(comment) = text.strip_prefix(';') {
            self.comment(comment);
        } else if text.starts_with("**") {
            self.not_found(text.trim_start_matches('*').trim_start());
        } else if let Some(rest) = text.strip_prefix("Host ") {
            self.host_not_found(rest);
        } else if text.starts_with('"') || text.starts_with("v=") {
            self.short_text(text);
        } else if !self.aside {
            self.named(text);
        }
    }

    /// Lines of `dig` that begin with a semicolon.
    fn comment(&mut self, comment: &str) {
        let Some(told) = comment.strip_prefix(';').map(str::trim_start) else {
            // `;example.com.    IN    TXT`
            let mut words = comment.split_whitespace();
            if let (Some(name), Some("IN"), Some(kind)) = (words.next(), words.next(), words.next())
                && let Some(kind) = RecordType::of_token(kind)
            {
                let question = Question::new(name, kind);
                self.asked.retain(|asked| *asked != question);
                self.put(question, Answer { state: self.state, ..Answer::default() });
            }
            return;
        };
        if let Some((_, status)) = told.split_once("status: ") {
            self.aside = false;
            self.state = match status.split(',').next().unwrap_or_default() {
                "NOERROR" => State::Answered,
                "NXDOMAIN" => State::NoName,
                _ => State::Failed,
            };
        } else if told.ends_with("SECTION:") {
            self.aside = !told.starts_with("ANSWER") && !told.starts_with("QUESTION");
        } else if told.contains("no servers could be reached") {
            self.fail_asked();
        }
    }

    /// What was asked and not answered has failed.
    fn fail_asked(&mut self) {
        for question in std::mem::take(&mut self.asked) {
            self.put(question, Answer { state: State::Failed, ..Answer::default() });
        }
    }

    /// `server can't find NAME: NXDOMAIN`, `SERVER can't find NAME: Non-existent domain`,
    /// `Can't find NAME: No answer`, `Request to SERVER timed-out`. Windows says some of
    /// it in its own language: `SERVER ne parvient pas à trouver NAME : Non-existent domain`.
    fn not_found(&mut self, text: &str) {
        let lower = text.to_ascii_lowercase();
        let why = lower.rsplit(':').next().unwrap_or_default().trim();
        let state = match why {
            "nxdomain" | "non-existent domain" => State::NoName,
            "no answer" => State::Answered,
            _ => State::Failed,
        };
        let words = lower.split_whitespace().map(|word| normal(word.trim_end_matches(':')));
        let named = |name: &String| self.asked.iter().any(|question| question.name == *name);
        let found = words.clone().find(named).or_else(|| {
            // Without its command, the name is the last word before the reason.
            let told = lower.split_once("can't find ").and_then(|(_, rest)| rest.split_once(": "));
            told.map(|(name, _)| normal(name))
        });
        match found {
            Some(name) => self.without_records(&name, state),
            // `Request to SERVER timed-out`, in whatever language; but not what is said of
            // the server's own name.
            None if why == lower => self.fail_asked(),
            None => {}
        }
    }

    /// `NAME not found: 3(NXDOMAIN)`
    fn host_not_found(&mut self, text: &str) {
        let Some((name, why)) = text.split_once(" not found: ") else { return };
        let state = if why.contains("NXDOMAIN") { State::NoName } else { State::Failed };
        self.without_records(name, state);
    }

    fn without_records(&mut self, name: &str, state: State) {
        let name = normal(name);
        let asked = self.asked.iter().find(|question| question.name == name).cloned();
        // These tools are mostly asked for TXT records here.
        let question = asked.unwrap_or_else(|| Question::new(&name, RecordType::Txt));
        self.put(question, Answer { state, ..Answer::default() });
    }

    /// A TXT record without its name: of what was asked, if that is clear.
    fn short_text(&mut self, text: &str) {
        let record = joined(text);
        let kind = record::opening(&Txt::plain(&record)).map(|opening| opening.kind);
        let prefix = kind.map_or("", RecordKind::prefix);
        let asked = self.asked.iter().filter(|question| question.kind == RecordType::Txt);
        let mut asked = asked.filter(|it| self.asked.len() == 1 || place(it).1 == prefix);
        if let (true, Some(question), None) = (self.short, asked.next(), asked.next()) {
            let question = question.clone();
            self.add_text(question, record);
        } else if let Some(kind) = kind.filter(|_| self.loose.len() < MOST_RECORDS) {
            self.loose.push((kind, record));
        }
    }

    /// A line that begins with a name, or `dig +short`'s MX.
    fn named(&mut self, text: &str) {
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim_start();
        let mut asked = self.asked.iter().filter(|question| question.kind == RecordType::Mx);
        if let (true, Some(question), None) = (self.short, asked.next(), asked.next())
            && let Some(server) = mx(text)
        {
            let question = question.clone();
            return self.add_server(question, server);
        }
        if !is_domain(&normal(name)) {
            return;
        }
        let text_of = |rest: &str| {
            let text = rest.strip_prefix("text =").or(rest.strip_prefix("descriptive text"))?;
            Some(text.trim_start().to_owned())
        };
        let alias =
            rest.strip_prefix("canonical name = ").or(rest.strip_prefix("is an alias for "));
        let server = rest
            .split_once("mail exchanger = ")
            .map(|(before, after)| match before.strip_prefix("MX preference = ") {
                // Windows: `MX preference = 10, mail exchanger = mail.example.com`
                Some(preference) => format!("{} {after}", preference.trim_end_matches([',', ' '])),
                None => after.to_owned(),
            })
            .or_else(|| rest.strip_prefix("mail is handled by ").map(str::to_owned));
        if let Some(text) = text_of(rest) {
            let question = self.question(name, RecordType::Txt);
            if text.is_empty() {
                self.open = Some(question.clone());
            }
            self.add_text(question, joined(&text));
        } else if let Some(target) = alias {
            self.alias(name, target);
        } else if let Some(server) = server.as_deref().and_then(mx) {
            let question = self.question(name, RecordType::Mx);
            self.add_server(question, server);
        } else if let Some((_, kind)) = rest.split_once("has no ") {
            // `NAME has no TXT record`
            let kind = kind.split_whitespace().next().and_then(RecordType::of_token);
            if let Some(kind) = kind {
                self.put(Question::new(name, kind), Answer::default());
            }
        } else {
            self.zone(name, rest);
        }
    }

    /// `[ttl] [IN] TYPE data`
    fn zone(&mut self, name: &str, rest: &str) {
        let mut rest = rest;
        for _ in 0..3 {
            let (word, data) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let data = data.trim_start();
            match word {
                "CNAME" => return self.alias(name, data),
                "TXT" => {
                    let question = self.question(name, RecordType::Txt);
                    return self.add_text(question, joined(data));
                }
                "MX" => {
                    let question = self.question(name, RecordType::Mx);
                    if let Some(server) = mx(data) {
                        self.add_server(question, server);
                    }
                    return;
                }
                "IN" => {}
                _ if word.bytes().all(|b| b.is_ascii_digit()) => {}
                _ => return,
            }
            rest = data;
        }
    }

    fn alias(&mut self, name: &str, target: &str) {
        if self.aliases.len() < MOST {
            self.aliases.insert(normal(target.trim()), normal(name));
        }
    }

    /// The question that a record of this name answers: the name, or an alias of it.
    fn question(&self, name: &str, kind: RecordType) -> Question {
        let mut question = Question::new(name, kind);
        for _ in 0..HOPS {
            let Some(alias) = self.aliases.get(&question.name) else { break };
            question.name.clone_from(alias);
        }
        question
    }

    /// An answer in place of any before.
    fn put(&mut self, question: Question, answer: Answer) {
        if let Some(place) = self.answer(question) {
            *place = answer;
        }
    }

    fn add_text(&mut self, question: Question, text: String) {
        if let Some(answer) = self.answer(question).filter(|a| a.texts.len() < MOST_RECORDS) {
            answer.state = State::Answered;
            answer.texts.push(text);
        }
    }

    fn add_server(&mut self, question: Question, server: Mx) {
        if let Some(answer) = self.answer(question).filter(|a| a.servers.len() < MOST_RECORDS) {
            answer.state = State::Answered;
            answer.servers.push(server);
        }
    }

    /// The answer to a question, a new one if there is none; `None` for what is no name, and
    /// where there are too many.
    fn answer(&mut self, question: Question) -> Option<&mut Answer> {
        let is_known = self.answers.contains_key(&question);
        if !is_known && (self.answers.len() >= MOST || !is_domain(&question.name)) {
            return None;
        }
        Some(self.answers.entry(question).or_default())
    }

    /// A further string of the record that is open.
    fn go_on(&mut self, question: &Question, text: &str) {
        let answer = self.answers.get_mut(question);
        if let Some(last) = answer.and_then(|answer| answer.texts.last_mut()) {
            last.push_str(&joined(text));
        }
    }

    /// All that was read, together with what was read elsewhere.
    pub fn finish(mut self, pasted: Pasted) -> Pasted {
        for answer in self.answers.values_mut() {
            answer.servers.sort();
            answer.servers.dedup();
        }
        Pasted { answers: self.answers, loose: self.loose, ..pasted }
    }
}

/// What a record without its name is told by: its type, and of TXT records the beginning of
/// the name at which their kind stands.
fn place(question: &Question) -> (RecordType, &'static str) {
    let prefixes = RecordKind::ALL.into_iter().map(RecordKind::prefix);
    let mut prefixes = prefixes.filter(|prefix| !prefix.is_empty());
    let prefix = match question.kind {
        RecordType::Txt => prefixes.find(|prefix| question.name.starts_with(prefix)),
        RecordType::Mx => None,
    };
    (question.kind, prefix.unwrap_or_default())
}

fn all_differ<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().all(|item| seen.insert(item))
}

/// The strings of a TXT record, joined.
fn joined(data: &str) -> String {
    let (records, _) = txt::read(data, 1);
    records.into_iter().map(|record| record.text).collect()
}

/// `10 mail.example.com.`
fn mx(text: &str) -> Option<Mx> {
    let (preference, host) = text.trim().split_once(char::is_whitespace)?;
    let preference = preference.parse().ok()?;
    let host = normal(host.trim());
    (host.is_empty() || is_domain(&host)).then_some(Mx { preference, host })
}
