//! Writes the pieces that all tools share: texts, fields, links.

use super::{
    Address, Ask, Block, Choice, Field, FieldKind, Link, Section, Sheet, Target, Text, Tool, Values,
};
use crate::base::catalogue::form;
use crate::base::idn::unicode;
use crate::dns::lookup::{self, RecordType};
use crate::dns::name::{is_host, normal};
use crate::screens::words::Words;
use crate::view::{Language, Zone};

/// Domains that are suggested.
pub const SUGGESTED: usize = 8;

/// Mail servers that are looked at: more than any domain has.
const SERVERS: usize = 200;

/// No tool tells the time of a report.
static UTC: Zone = Zone::UTC;

/// What was asked, and the words for the answer.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    pub ask: &'a Ask,
    pub words: Words<'a>,
}

impl<'a> Pen<'a> {
    pub fn new(ask: &'a Ask) -> Self {
        let language = Language::of_tags([&ask.language]).unwrap_or_default();
        Self { ask, words: Words { language, zone: &UTC } }
    }

    pub fn text(self, key: &str) -> String {
        self.fill(key, &[])
    }

    pub fn fill(self, key: &str, args: &[(&str, &str)]) -> String {
        self.words.fill(key, args)
    }

    /// `key.one` or `key.other`, as grammar asks.
    pub fn count(self, key: &str, count: usize) -> String {
        let form = form(&self.ask.language, count as u64);
        self.fill(&format!("{key}.{form}"), &[("count", &count.to_string())])
    }

    /// What was typed into a field.
    pub fn value(self, name: &str) -> &'a str {
        self.ask.values.get(name)
    }

    /// The same, or the default where nothing was.
    pub fn value_or(self, name: &str, default: &'a str) -> &'a str {
        let typed = self.value(name);
        if typed.trim().is_empty() { default } else { typed }
    }

    /// The bytes of a field: those of the file that was chosen for it, or its text.
    pub fn bytes(self, name: &str) -> &'a [u8] {
        match &self.ask.file {
            Some((field, bytes)) if field == name => bytes,
            _ => self.value(name).as_bytes(),
        }
    }

    /// What was chosen among these; the first where nothing was.
    pub fn chosen<'o>(self, name: &str, options: &[&'o str]) -> &'o str {
        let chosen = options.iter().find(|option| **option == self.value(name));
        chosen.or(options.first()).copied().unwrap_or_default()
    }

    /// The domains that were typed, else the one that most reports are about.
    pub fn domains(self) -> Vec<String> {
        let (domains, _) = lookup::domains(self.value("domains"));
        match domains.is_empty() {
            true => self.ask.known.domains.iter().take(1).cloned().collect(),
            false => domains,
        }
    }

    /// The same, or an example.
    pub fn domains_or_example(self) -> Vec<String> {
        let mut domains = self.domains();
        if domains.is_empty() {
            domains.push("example.com".to_owned());
        }
        domains
    }

    /// The domain that a name belongs to with all of its owner's, by the list of public
    /// suffixes.
    pub fn organization(self, name: &str) -> Option<String> {
        self.ask.suffixes.as_ref()?.organization(name)
    }

    /// Names of mail servers, or patterns for them: a list, or what `dig` prints.
    pub fn servers(self, field: &str) -> Vec<String> {
        let typed = self.value(field);
        let pasted = lookup::read(typed);
        let answers = pasted.answers.iter().filter(|(asked, _)| asked.kind == RecordType::Mx);
        let servers = answers.flat_map(|(_, answer)| &answer.servers);
        let mut names: Vec<String> = servers.map(|server| server.host.clone()).collect();
        if names.is_empty() {
            // The numbers are the preferences that `dig +short` prints before the names.
            let words = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
            names.extend(words.filter(|word| word.parse::<u16>().is_err()).map(normal));
        }
        names.retain(|name| !name.is_empty());
        names.dedup();
        names.truncate(SERVERS);
        names
    }

    pub fn sheet(self) -> Sheet {
        let path = self.ask.tool.path();
        Sheet {
            title: self.text(&format!("tool.{path}.title")),
            lead: self.text(&format!("tool.{path}.lead")),
            ..Sheet::default()
        }
    }

    pub fn section(self, title: &str, blocks: Vec<Block>) -> Section {
        Section { title: self.text(title), blocks }
    }

    pub fn title(self, key: &str) -> Block {
        Block::Title(self.text(key))
    }

    pub fn paragraph(self, key: &str) -> Block {
        Block::Text(self.text(key))
    }

    pub fn fold(self, title: &str, blocks: Vec<Block>) -> Block {
        Block::Fold { title: self.text(title), blocks }
    }

    /// A text to copy.
    pub fn copy(self, label: &str, text: impl Into<String>) -> Block {
        Block::Copy(Text { label: self.text(label), text: text.into(), file: None })
    }

    /// A text to save under this name.
    pub fn file(self, name: &str, text: impl Into<String>) -> Block {
        let file = Some(name.rsplit('/').next().unwrap_or(name).to_owned());
        Block::Copy(Text { label: name.to_owned(), text: text.into(), file })
    }

    pub fn field(self, name: &str, kind: FieldKind, default: &str) -> Block {
        self.faulty_field(name, kind, default, String::new())
    }

    /// A field with what is wrong in it.
    pub fn faulty_field(self, name: &str, kind: FieldKind, default: &str, fault: String) -> Block {
        Block::Field(Field {
            name: name.to_owned(),
            label: self.text(&format!("tool.field.{name}")),
            help: self.words.find(&format!("tool.help.{name}")).unwrap_or_default().to_owned(),
            kind,
            default: default.to_owned(),
            fault,
        })
    }

    /// A field of several lines.
    pub fn area(self, name: &str, rows: u8, default: &str) -> Block {
        self.field(name, FieldKind::Area { rows, choose: String::new() }, default)
    }

    /// A field with a choice; the first option is the default. Each has a message under
    /// `tool.choice.`, the word `of` and itself.
    pub fn choice(self, name: &str, of: &str, options: &[&str]) -> Block {
        let choice = |value: &&str| Choice {
            value: (*value).to_owned(),
            label: self.text(&format!("tool.choice.{of}.{value}")),
        };
        let choices = options.iter().map(choice).collect();
        let default = options.first().copied().unwrap_or_default();
        self.field(name, FieldKind::Choice(choices), default)
    }

    /// The field for domains, with what is none, and those of the loaded reports.
    pub fn domain_field(self) -> Vec<Block> {
        let typed = self.value("domains");
        let (domains, others) = lookup::domains(typed);
        let fault = match others.is_empty() {
            true => String::new(),
            false => self.fill("tool.domains.other", &[("found", &others.join(", "))]),
        };
        let default = self.ask.known.domains.first().map_or("example.com", String::as_str);
        let kind = FieldKind::Area { rows: 1, choose: String::new() };
        let mut blocks = vec![self.faulty_field("domains", kind, default, fault)];
        let new = self.ask.known.domains.iter().filter(|domain| !domains.contains(domain));
        let suggested = new.take(SUGGESTED).map(|domain| {
            let typed = typed.trim();
            let all = if typed.is_empty() { domain.clone() } else { format!("{typed} {domain}") };
            self.set(format!("+ {}", unicode(domain)), &[("domains", &all)])
        });
        let suggested: Vec<_> = suggested.collect();
        if !suggested.is_empty() {
            blocks.push(Block::Links(suggested));
        }
        blocks
    }

    /// The field for mail servers, and suggestions for some domains each.
    pub fn servers_field(self, name: &str, suggested: &[(String, Vec<String>)]) -> Vec<Block> {
        let mut blocks = vec![self.area(name, 2, "mail.example.com")];
        if self.value(name).is_empty() && !suggested.is_empty() {
            let label = self.text("tool.mx.suggest");
            let link = |(domain, names): &(String, Vec<String>)| {
                self.set(self.words.said(&label, domain), &[(name, &names.join("\n"))])
            };
            blocks.push(Block::Links(suggested.iter().map(link).collect()));
        }
        blocks
    }

    /// The names that TLS reports have for a domain, but for what cannot be one: reports are
    /// written by strangers.
    pub fn named_for(self, domain: &str, names: &[(String, String)]) -> Vec<String> {
        let of_domain = names.iter().filter(|(of, _)| normal(of) == domain);
        let names = of_domain.map(|(_, name)| normal(name));
        names.filter(|name| is_host(name.strip_prefix("*.").unwrap_or(name))).collect()
    }

    /// A link that fills fields of this tool.
    pub fn set(self, label: String, values: &[(&str, &str)]) -> Link {
        let values = values.iter().copied().collect();
        Link { label, to: Target::Set(values), first: false }
    }

    /// A link to a tool, with these values in it.
    pub fn link(self, label: &str, tool: Tool, values: &[(&str, &str)]) -> Link {
        let values: Values = values.iter().copied().collect();
        let to = Target::Tool(Address { tool, values });
        Link { label: self.text(label), to, first: false }
    }
}
