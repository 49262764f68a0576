//! A place in a JSON report, with what is needed to turn what stands there
//! into facts and findings.

use std::borrow::Cow;

use super::json::{Event, Fault, Reader, Scalar, Shape};
use super::member::Member;
use crate::base::{Kind, Limits, Whereabouts};
use crate::report::model::{Address, Extra, Text};
use crate::report::token::{Match, Token, Vocabulary};
use crate::report::{Sink, fact};

/// Where the reader stands, and the line it stands in. A clone is a bookmark.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    json: Reader<'a>,
    line_offset: usize,
    line: u64,
}

pub struct Cursor<'a, 's> {
    text: &'a str,
    place: Place<'a>,
    pub limits: &'a Limits,
    pub sink: &'s mut dyn Sink,
    /// The text was cut at a limit, which was said: that it breaks off is no news.
    cut: bool,
}

/// What no member of the specification takes, as far as the limit goes.
#[derive(Debug)]
pub struct Extras<'a> {
    pub list: Vec<Extra<'a>>,
    room: u32,
}

impl Extras<'_> {
    pub fn new(limits: &Limits) -> Self {
        Self { list: Vec::new(), room: limits.list_entries }
    }

    /// An empty list that takes what room `other` has left.
    pub fn within(other: &Self) -> Self {
        Self { list: Vec::new(), room: other.room }
    }

    /// Counts what a list made by [`Extras::within`] has taken of the room.
    pub fn settle(&mut self, inner: &Self) {
        self.room = inner.room;
    }
}

impl<'a, 's> Cursor<'a, 's> {
    pub fn new(text: &'a str, cut: bool, limits: &'a Limits, sink: &'s mut dyn Sink) -> Self {
        let json = Reader::new(text, limits.json_depth);
        Self { text, place: Place { json, line_offset: 0, line: 1 }, limits, sink, cut }
    }

    /// The next event; its faults become findings.
    pub fn next(&mut self) -> Event<'a> {
        let event = self.place.json.next();
        for (fault, at) in std::mem::take(&mut self.place.json.faults) {
            let kind = match fault {
                Fault::BreaksOff if self.cut => continue,
                Fault::BreaksOff => Kind::JsonMalformed,
                Fault::TooDeep => Kind::NestingLimit,
                _ => Kind::JsonRepaired,
            };
            let at = self.whereabouts(at);
            self.sink.finding(kind, at, fault.as_str());
        }
        event
    }

    /// Passes over the value of the member just named, and over its faults.
    pub fn skip_value(&mut self) {
        let event = self.place.json.next();
        self.place.json.skip(&event);
        self.place.json.faults.clear();
    }

    /// Passes over the rest of a value of which `event` is the start.
    pub fn skip(&mut self, event: &Event<'a>) {
        let was_broken = self.is_broken();
        self.place.json.skip(event);
        if self.is_broken() && !was_broken && !self.cut {
            self.find(Kind::JsonMalformed, Fault::BreaksOff.as_str());
        }
    }

    /// Whether the text has broken off.
    pub fn is_broken(&self) -> bool {
        self.place.json.is_broken()
    }

    /// A bookmark before the next event.
    pub fn bookmark(&self) -> Place<'a> {
        self.place.clone()
    }

    /// Goes to a bookmark; gives one for where it stood.
    pub fn go_to(&mut self, place: Place<'a>) -> Place<'a> {
        std::mem::replace(&mut self.place, place)
    }

    /// A reader that looks ahead from here, and tells nobody.
    pub fn ahead(&self) -> Reader<'a> {
        self.place.json.clone()
    }

    /// Where the last event stands.
    pub fn here(&mut self) -> Whereabouts {
        self.whereabouts(self.place.json.start())
    }

    pub fn find(&mut self, kind: Kind, detail: &str) {
        let at = self.here();
        self.sink.finding(kind, at, detail);
    }

    fn whereabouts(&mut self, offset: usize) -> Whereabouts {
        let place = &mut self.place;
        if offset >= place.line_offset {
            let between = &self.text.as_bytes()[place.line_offset..offset];
            place.line += memchr::memchr_iter(b'\n', between).count() as u64;
            place.line_offset = offset;
        }
        Whereabouts::Line { offset: offset as u64, line: place.line }
    }

    /// The member that `name` means, saying so where it is spelt otherwise.
    pub fn member(&mut self, name: &str) -> Option<Member> {
        let (member, how) = Member::recognise(name)?;
        let kind = match how {
            Match::Exact => return Some(member),
            Match::Case => Kind::TokenCase,
            Match::Alias => Kind::TokenAlias,
        };
        self.find(kind, &format!("{}: {name}", member.path()));
        Some(member)
    }

    /// A value that should be a text.
    pub fn text(&mut self, event: Event<'a>, path: &str, extras: &mut Extras<'a>) -> Text<'a> {
        let text = match event {
            Event::Scalar(Scalar::Text(text)) => text,
            Event::Scalar(Scalar::Null) => return None,
            Event::Scalar(scalar) => {
                let text = written(scalar);
                self.find(Kind::JsonRepaired, &format!("{path}: {text}"));
                text
            }
            Event::Open(Shape::Array) => return self.only(path, extras),
            other => {
                self.extra(other, path, extras);
                return None;
            }
        };
        Some(self.kept(text, path))
    }

    /// The text of a member that may be left out: an empty one says no more than none.
    pub fn optional(&mut self, event: Event<'a>, path: &str, extras: &mut Extras<'a>) -> Text<'a> {
        self.text(event, path, extras).filter(|text| !text.trim().is_empty())
    }

    /// The first text of an array that should be a text.
    fn only(&mut self, path: &str, extras: &mut Extras<'a>) -> Text<'a> {
        self.find(Kind::ListForm, path);
        let mut only = None;
        loop {
            let event = match self.next() {
                Event::Close | Event::End => return only,
                Event::Scalar(Scalar::Null) => continue,
                event => event,
            };
            match event {
                Event::Scalar(scalar) if only.is_none() => {
                    only = Some(self.kept(written(scalar), path));
                }
                Event::Scalar(scalar) => {
                    self.find(Kind::RepeatedValue, &format!("{path}: {}", written(scalar)));
                }
                event => self.extra(event, path, extras),
            }
        }
    }

    /// A value that should be an array of texts; one text is taken for its lines.
    pub fn texts(
        &mut self,
        event: Event<'a>,
        path: &str,
        extras: &mut Extras<'a>,
    ) -> Vec<Cow<'a, str>> {
        let mut texts = Vec::new();
        match event {
            Event::Open(Shape::Array) => loop {
                let event = match self.next() {
                    Event::Close | Event::End => break,
                    event => event,
                };
                if texts.len() >= self.limits.list_entries as usize {
                    self.find(Kind::ListLimit, path);
                    self.skip(&event);
                } else if let Some(text) = self.text(event, path, extras) {
                    self.add_lines(text, path, &mut texts);
                }
            },
            Event::Scalar(Scalar::Null) => self.find(Kind::ListForm, path),
            event => {
                if let Some(text) = self.text(event, path, extras) {
                    self.find(Kind::ListForm, path);
                    self.add_lines(text, path, &mut texts);
                }
            }
        }
        texts
    }

    /// Adds a text to a list. A reporter that puts the whole list into one text
    /// writes it as lines, or as an array within the text.
    fn add_lines(&mut self, text: Cow<'a, str>, path: &str, texts: &mut Vec<Cow<'a, str>>) {
        let lines: Vec<String> = match Reader::new(&text, 1).texts() {
            Some(array) => array.into_iter().map(Cow::into_owned).collect(),
            None if text.contains(['\n', '\r']) => {
                text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect()
            }
            None => return texts.push(text),
        };
        self.find(Kind::ListForm, path);
        let room = (self.limits.list_entries as usize).saturating_sub(texts.len());
        if lines.len() > room {
            self.find(Kind::ListLimit, path);
        }
        texts.extend(lines.into_iter().take(room).map(Cow::Owned));
    }

    /// A value that should be a count.
    pub fn count(&mut self, event: Event<'a>, path: &str, extras: &mut Extras<'a>) -> Option<u64> {
        if let Event::Scalar(Scalar::Number(number)) = event {
            let at = self.here();
            return fact::number(number, path, at, self.sink);
        }
        let is_text = matches!(event, Event::Scalar(Scalar::Text(_)));
        let text = self.text(event, path, extras)?;
        let at = self.here();
        let number = fact::number(&text, path, at, self.sink);
        if is_text && number.is_some() {
            self.find(Kind::JsonRepaired, &format!("{path}: \"{text}\""));
        }
        number
    }

    pub fn token<V: Vocabulary>(
        &mut self,
        event: Event<'a>,
        path: &str,
        extras: &mut Extras<'a>,
    ) -> Option<Token<'a, V>> {
        let text = self.text(event, path, extras)?;
        let at = self.here();
        fact::token(text, path, at, self.sink)
    }

    pub fn address(
        &mut self,
        event: Event<'a>,
        path: &str,
        extras: &mut Extras<'a>,
    ) -> Option<Address<'a>> {
        let text = self.text(event, path, extras)?;
        let at = self.here();
        fact::address(text, path, at, self.sink)
    }

    /// Calls `object` inside each object of a value that should be an object,
    /// or with `list` an array of objects. `object` reads up to its end.
    pub fn objects(
        &mut self,
        event: Event<'a>,
        path: &str,
        list: bool,
        object: &mut dyn FnMut(&mut Self),
    ) {
        let is_array = event == Event::Open(Shape::Array);
        if is_array != list {
            self.find(Kind::ListForm, path);
        }
        let mut event = event;
        let mut arrays = 0_u32;
        loop {
            match event {
                Event::Open(Shape::Object) => object(self),
                Event::Open(Shape::Array) => arrays += 1,
                Event::Close => arrays -= 1,
                Event::Scalar(Scalar::Null) => {}
                Event::Scalar(scalar) => {
                    self.find(Kind::JsonRepaired, &format!("{path}: {}", written(scalar)));
                }
                Event::Name(_) | Event::End => return,
            }
            if arrays == 0 {
                return;
            }
            event = self.next();
        }
    }

    /// Keeps a value that no member takes, with everything inside it.
    pub fn extra(&mut self, event: Event<'a>, path: &str, extras: &mut Extras<'a>) {
        self.find(Kind::UnknownElement, path);
        let mut event = event;
        let mut path = path.to_owned();
        let mut outer_lengths = Vec::new();
        loop {
            match event {
                Event::Open(_) => outer_lengths.push(path.len()),
                Event::Name(name) => {
                    path.truncate(outer_lengths.last().copied().unwrap_or_default());
                    path.push('/');
                    path.push_str(&name);
                    path.truncate(path.floor_char_boundary(self.limits.text_bytes));
                }
                Event::Close => path.truncate(outer_lengths.pop().unwrap_or_default()),
                Event::Scalar(scalar) => {
                    let text = self.kept(written(scalar), &path);
                    self.add_extra(Cow::Owned(path.clone()), text, extras);
                }
                Event::End => return,
            }
            if outer_lengths.is_empty() {
                return;
            }
            event = self.next();
        }
    }

    fn add_extra(&mut self, path: Cow<'a, str>, text: Cow<'a, str>, extras: &mut Extras<'a>) {
        if extras.room == 0 {
            return self.find(Kind::ListLimit, "extras");
        }
        extras.room -= 1;
        extras.list.push(Extra { path, text });
    }

    /// Fills `slot` by `read`, unless an earlier member of that name did: the first rules.
    pub fn first<T>(
        &mut self,
        slot: &mut Option<T>,
        event: Event<'a>,
        path: &str,
        read: impl FnOnce(&mut Self, Event<'a>, &str) -> Option<T>,
    ) {
        if slot.is_some() {
            self.repeated(&event, path);
        } else {
            *slot = read(self, event, path);
        }
    }

    /// Passes over a value whose member stood before.
    pub fn repeated(&mut self, event: &Event<'a>, path: &str) {
        let at = self.here();
        let from = self.place.json.start();
        self.skip(event);
        let value = &self.text[from..self.place.json.end()];
        let value = &value[..value.floor_char_boundary(self.limits.text_bytes)];
        self.sink.finding(Kind::RepeatedValue, at, &format!("{path}: {value}"));
    }

    fn kept(&mut self, text: Cow<'a, str>, path: &str) -> Cow<'a, str> {
        let at = self.here();
        let text = fact::printable(text, path, at, self.sink);
        fact::clip(text, self.limits.text_bytes, path, at, self.sink)
    }
}

/// A scalar as it is written.
fn written(scalar: Scalar<'_>) -> Cow<'_, str> {
    match scalar {
        Scalar::Text(text) => text,
        Scalar::Number(number) => Cow::Borrowed(number),
        Scalar::True => Cow::Borrowed("true"),
        Scalar::False => Cow::Borrowed("false"),
        Scalar::Null => Cow::Borrowed("null"),
    }
}
