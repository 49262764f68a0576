//! Checks a policy file line by line against the ABNF of RFC 8461 §3.2.

use std::collections::{HashMap, HashSet};

use super::age::{DAY, WEEK};
use super::fields::{self, Value};
use super::line::{self, Entry, Field, Name};
use super::{Mode, Policy, SIZE_LIMIT, mx};
use crate::dns::diagnostic::{Checked, Diagnostic, Log, Position};
use crate::dns::fields::is_extension_name;
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::mta_sts::matching;
use crate::dns::name::normal;
use crate::dns::text::{self, LineEnd};

/// Checks a policy file, and with `hosts` whether its patterns match these mail
/// servers of the domain and no others.
///
/// The value is the policy as it was meant, where that can be told; it equals what
/// [`Checked::mended`], or else the file, says.
pub fn read(file: &[u8], hosts: &[String]) -> Checked<Option<Policy>> {
    let mut log = Log::default();
    let text = text::decode(within_limit(file, &mut log), &mut log);
    if let Some(kind) = something_else(&text) {
        log.add(Diagnostic::new(kind, Position::START));
        return Checked { value: None, diagnostics: log.finish(), mended: None };
    }
    let mut reading = Reading::default();
    reading.lines(&text, &mut log);
    reading.whole(hosts, &mut log);
    if reading.several {
        // With a line for each field, it can be told what they say.
        let text = line::broken_up(&text);
        let meant = read(text.as_bytes(), hosts);
        let mended = meant.mended.or_else(|| meant.value.is_some().then_some(text));
        return Checked { value: meant.value, diagnostics: log.finish(), mended };
    }
    let value = reading.policy().filter(|_| file.len() <= SIZE_LIMIT);
    let checked = Checked { value, diagnostics: log.finish(), mended: None };
    // Line ends, and spaces that may be there, are no reason to change a file.
    let worth = checked.has_faults() || checked.diagnostics.iter().any(|d| d.mended.is_some());
    let mended = (worth && checked.value.is_some()).then(|| reading.mended(&text));
    Checked { mended: mended.filter(|mended| mended.as_bytes() != file), ..checked }
}

/// What stands in place of a policy, if that is clear.
fn something_else(text: &str) -> Option<Kind> {
    let start = text.trim_start();
    if start.is_empty() {
        Some(Kind::PolicyEmpty)
    } else if start.starts_with('<') {
        Some(Kind::HtmlPage)
    } else if start.starts_with("v=STSv1") || start.starts_with("\"v=STSv1") {
        Some(Kind::RecordForPolicy)
    } else {
        let mut entries = text::lines(text).filter_map(|line| line::split(line, &mut Vec::new()));
        entries.all(|entry| entry.name == Name::Other).then_some(Kind::NotAPolicy)
    }
}

/// As much of the file as senders read, in whole lines.
fn within_limit<'a>(file: &'a [u8], log: &mut Log) -> &'a [u8] {
    if file.len() <= SIZE_LIMIT {
        return file;
    }
    let kind = Diagnostic::new(Kind::PolicyTooLarge, Position::START);
    log.add(kind.arg("octets", file.len()));
    let start = &file[..SIZE_LIMIT];
    &start[..memchr::memrchr(b'\n', start).map_or(SIZE_LIMIT, |at| at + 1)]
}

/// What has been understood so far.
#[derive(Debug, Default)]
struct Reading {
    version: bool,
    mode: Option<Mode>,
    max_age: Option<u32>,
    mx: Vec<String>,
    extensions: Vec<(String, String)>,
    /// The lines as they should be.
    kept: Vec<String>,
    /// Whether lines hold several fields: nobody knows what is missing then.
    several: bool,
    /// Whether an mx line cannot be mended.
    mx_lost: bool,
    /// Where the last mx line stands.
    last_mx: Option<Position>,
    /// Names and values of the fields that may stand once.
    seen: HashMap<String, String>,
    /// The patterns in lower case.
    seen_mx: HashSet<String>,
}

/// What one field comes to: the lines that it should be, or nobody knows.
type Lines = Option<Vec<String>>;

impl Reading {
    fn lines(&mut self, text: &str, log: &mut Log) {
        let mut entries = Vec::new();
        let mut bare_return = false;
        for line in text::lines(text) {
            if line.end == LineEnd::Cr && !bare_return {
                bare_return = true;
                log.add(Diagnostic::new(Kind::BareCarriageReturn, line.at(line.text.len())));
            }
            let mut found = Vec::new();
            match line::split(line, &mut found) {
                Some(entry) => entries.push((entry, found)),
                None => log.extend(found),
            }
        }
        let stands = |field: Field| {
            entries.iter().any(
                |(entry, _)| matches!(entry.name, Name::Known(it) | Name::Case(it) if it == field),
            )
        };
        let sure: Vec<Field> = Field::ALL.into_iter().filter(|field| stands(*field)).collect();
        // `max_age` is judged by the mode, wherever that stands.
        let lasting = !entries.iter().any(|(entry, _)| entry.is_mode_none());
        for (entry, mut found) in entries {
            let misshapen = !found.is_empty();
            let mended = self.entry(&entry, &sure, lasting, &mut found);
            let plain = format!("{}: {}", entry.written, entry.value);
            match mended {
                Some(lines) if misshapen || lines != [plain] => {
                    let line = lines.join("\n");
                    for diagnostic in &mut found {
                        diagnostic.mended = Some(line.clone());
                    }
                    self.kept.extend(lines);
                }
                Some(_) => self.kept.push(entry.line.text.to_owned()),
                None => {}
            }
            log.extend(found);
        }
    }

    fn entry(
        &mut self,
        entry: &Entry<'_>,
        sure: &[Field],
        lasting: bool,
        found: &mut Vec<Diagnostic>,
    ) -> Lines {
        let wrong_name = |kind, field: Field| {
            Diagnostic::new(kind, entry.line.at(entry.name_at))
                .arg("found", &entry.written)
                .arg("field", field.name())
        };
        let field = match entry.name {
            Name::Known(field) => field,
            Name::Case(field) => {
                found.push(wrong_name(Kind::FieldCase, field));
                field
            }
            Name::Near(field) if !sure.contains(&field) => {
                found.push(wrong_name(Kind::FieldMisspelt, field));
                field
            }
            Name::Near(_) | Name::Other => return self.extension(entry, found),
        };
        if let Some(at) = line::further_fields(entry.line.text).next() {
            self.several = true;
            found.push(Diagnostic::new(Kind::FieldSeveral, entry.line.at(at)));
            return None;
        }
        let bare = fields::unwrap(field, &entry.value);
        entry.say(&bare.found, found);
        let value = bare.mended;
        if field == Field::Mx {
            return self.mx_line(entry, &value, found);
        }
        if self.repeats(field.name(), &value, entry, found) {
            return Some(Vec::new());
        }
        let Value { mended, found: wrong } = match field {
            Field::Version => fields::version(&value),
            Field::Mode => fields::mode(&value),
            Field::MaxAge | Field::Mx => fields::max_age(&value, lasting),
        };
        // That it is empty has been said.
        if !value.is_empty() {
            entry.say(&wrong, found);
        }
        match field {
            Field::Version => self.version = true,
            Field::Mode => self.mode = mended.parse().ok(),
            Field::MaxAge | Field::Mx => self.max_age = mended.parse().ok(),
        }
        Some(vec![format!("{}: {mended}", field.name())])
    }

    fn mx_line(&mut self, entry: &Entry<'_>, value: &str, found: &mut Vec<Diagnostic>) -> Lines {
        self.last_mx = Some(entry.line.at(entry.name_at));
        if value.is_empty() {
            return Some(Vec::new());
        }
        let mx::Patterns { mended, found: wrong } = mx::patterns(value);
        entry.say(&wrong.into_iter().map(|message| (0, message)).collect::<Vec<_>>(), found);
        if mended.is_empty() {
            self.mx_lost = true;
            return None;
        }
        let (new, known): (Vec<_>, Vec<_>) = mended
            .into_iter()
            .partition(|pattern| self.seen_mx.insert(pattern.to_ascii_lowercase()));
        if let Some(pattern) = known.first() {
            entry.say(&[(0, Message::new(Kind::MxRepeated).arg("found", pattern))], found);
        }
        let lines = new.iter().map(|pattern| format!("mx: {pattern}")).collect();
        self.mx.extend(new);
        Some(lines)
    }

    fn extension(&mut self, entry: &Entry<'_>, found: &mut Vec<Diagnostic>) -> Lines {
        let name = &entry.written;
        let say = |kind, parameter| {
            Diagnostic::new(kind, entry.line.at(entry.name_at)).arg(parameter, name)
        };
        if !is_extension_name(name) {
            found.push(say(Kind::FieldName, "found"));
            return Some(Vec::new());
        }
        if entry.value.is_empty() {
            found.push(say(Kind::FieldEmpty, "field"));
            return Some(Vec::new());
        }
        if self.repeats(name, &entry.value, entry, found) {
            return Some(Vec::new());
        }
        found.push(say(Kind::FieldUnknown, "found"));
        self.extensions.push((name.clone(), entry.value.clone()));
        Some(vec![format!("{name}: {}", entry.value)])
    }

    /// Whether the field stood before; the first one rules (RFC 8461 §3.2).
    fn repeats(
        &mut self,
        name: &str,
        value: &str,
        entry: &Entry<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        let Some(first) = self.seen.get(name) else {
            self.seen.insert(name.to_owned(), value.to_owned());
            return false;
        };
        let kind = if first == value { Kind::FieldRepeated } else { Kind::FieldConflict };
        found.push(Diagnostic::new(kind, entry.line.at(entry.name_at)).arg("field", name));
        true
    }

    /// What can be said only of the whole: what is missing, and which servers are covered.
    fn whole(&mut self, hosts: &[String], log: &mut Log) {
        if self.several {
            return;
        }
        let lasting = self.mode != Some(Mode::None);
        if !self.version {
            self.add_missing(Field::Version, "STSv1", log);
        }
        if self.mode.is_none() {
            self.add_missing(Field::Mode, Mode::Testing.token(), log);
            self.mode = Some(Mode::Testing);
        }
        if self.max_age.is_none() {
            let seconds = if lasting { WEEK } else { DAY };
            self.add_missing(Field::MaxAge, &seconds.to_string(), log);
            self.max_age = Some(seconds);
        }
        if lasting {
            self.coverage(hosts, log);
        }
    }

    fn add_missing(&mut self, field: Field, value: &str, log: &mut Log) {
        let line = format!("{}: {value}", field.name());
        let mut diagnostic =
            Diagnostic::new(Kind::FieldMissing, Position::START).arg("field", field.name());
        diagnostic.mended = Some(line.clone());
        log.add(diagnostic);
        let at = if field == Field::Version { 0 } else { self.kept.len() };
        self.kept.insert(at, line);
    }

    fn coverage(&mut self, hosts: &[String], log: &mut Log) {
        // With a pattern lost, nobody knows what is covered.
        if self.mx_lost {
            return;
        }
        let added: Vec<String> =
            matching::uncovered(&self.mx, hosts).into_iter().map(normal).collect();
        let lines: Vec<String> = added.iter().map(|host| format!("mx: {host}")).collect();
        match self.last_mx {
            None => {
                let mut missing = Diagnostic::new(Kind::MxMissing, Position::START);
                missing.mended = (!lines.is_empty()).then(|| lines.join("\n"));
                log.add(missing);
            }
            Some(at) => {
                for (host, line) in added.iter().zip(&lines) {
                    let mut uncovered = Diagnostic::new(Kind::MxUncovered, at).arg("host", host);
                    uncovered.mended = Some(line.clone());
                    log.add(uncovered);
                }
                if !hosts.is_empty() {
                    let unused = matching::unused(&self.mx, hosts);
                    log.extend(
                        unused.into_iter().map(|pattern| {
                            Diagnostic::new(Kind::MxUnused, at).arg("found", pattern)
                        }),
                    );
                }
            }
        }
        self.kept.extend(lines);
        self.mx.extend(added);
    }

    /// The policy, if everything that it needs is known.
    fn policy(&self) -> Option<Policy> {
        let mode = self.mode?;
        let covers = mode == Mode::None || (!self.mx_lost && !self.mx.is_empty());
        covers.then_some(Policy {
            mode,
            max_age: self.max_age?,
            mx: self.mx.clone(),
            extensions: self.extensions.clone(),
        })
    }

    /// The file as it should be, with the line ends that it has.
    fn mended(&self, text: &str) -> String {
        let dos = text::lines(text).next().is_some_and(|line| line.end == LineEnd::CrLf);
        let end = if dos { "\r\n" } else { "\n" };
        self.kept.iter().flat_map(|line| [line.as_str(), end]).collect()
    }
}

impl Entry<'_> {
    /// Puts what is wrong with the value at its place. Offsets are those of the value;
    /// they differ from the line's only where characters that cannot be seen were taken out.
    fn say(&self, wrong: &[(usize, Message<Kind>)], found: &mut Vec<Diagnostic>) {
        found.extend(wrong.iter().map(|(offset, message)| Diagnostic {
            args: message.args.clone(),
            ..Diagnostic::new(message.code, self.line.at(self.value_at + offset))
        }));
    }

    fn is_mode_none(&self) -> bool {
        matches!(self.name, Name::Known(Field::Mode) | Name::Case(Field::Mode))
            && fields::mode(&fields::unwrap(Field::Mode, &self.value).mended).mended
                == Mode::None.token()
    }
}
