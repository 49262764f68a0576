//! A source in lines: XML and JSON an element or a member a line, mails as they came. Nothing
//! is copied and nothing changed: a line is a piece of the text, and how far it is set in.

use std::ops::Range;

use crate::base::Format;

/// Bytes of one line: a longer one goes on in the next.
const LONGEST: usize = 400;
/// Steps that a line is set in at most.
const DEEPEST: usize = 32;
/// A step.
pub const STEP: &str = "  ";

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub start: u32,
    pub end: u32,
    /// Steps that it is set in.
    pub depth: u8,
}

impl Line {
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Letters of it, as far as bytes tell, and of how far it is set in.
    pub fn width(&self) -> usize {
        self.range().len() + usize::from(self.depth) * STEP.len()
    }
}

/// All of a text of less than 4 GB, but for white space between elements.
pub fn lines(text: &str, format: Format) -> Vec<Line> {
    let mut layout = Layout { text, at: 0, depth: 0, lines: Vec::new() };
    match format {
        Format::Xml => layout.xml(),
        Format::Json => layout.json(),
        _ => layout.plain(),
    }
    layout.lines
}

struct Layout<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    lines: Vec<Line>,
}

impl Layout<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_ascii_start().len();
    }

    /// A line from `start` to here.
    fn push(&mut self, start: usize) {
        let depth = self.depth.min(DEEPEST) as u8;
        let mut start = start;
        let piece = self.text.get(start..self.at).unwrap_or_default();
        let end = start + piece.trim_ascii_end().len();
        while end - start > LONGEST {
            let cut = self.text.floor_char_boundary(start + LONGEST);
            self.lines.push(Line { start: start as u32, end: cut as u32, depth });
            start = cut;
        }
        self.lines.push(Line { start: start as u32, end: end as u32, depth });
    }

    /// Past the next `end`, or to the end of all.
    fn pass(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |found| found + end.len());
    }

    fn plain(&mut self) {
        while !self.rest().is_empty() {
            let start = self.at;
            let rest = self.rest();
            let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
            self.at += length;
            self.push(start);
            let rest = self.rest();
            self.at += if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
        }
    }

    fn xml(&mut self) {
        loop {
            self.skip_space();
            let (start, rest) = (self.at, self.rest());
            if rest.is_empty() {
                return;
            }
            let end =
                [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("</", ">"), ("<", ">")];
            let Some((sign, end)) = end.into_iter().find(|(sign, _)| rest.starts_with(sign)) else {
                self.at += rest.find('<').unwrap_or(rest.len());
                self.push(start);
                continue;
            };
            self.pass(end);
            let tag = self.text.get(start..self.at).unwrap_or_default();
            let opens = sign == "<" && !tag.ends_with("/>") && !tag.starts_with("<!");
            if sign == "</" {
                self.depth = self.depth.saturating_sub(1);
            } else if opens && let Some(text) = self.rest().find('<') {
                // An element with nothing but text in it stands in one line.
                if self.rest().get(text..).is_some_and(|rest| rest.starts_with("</")) {
                    self.at += text;
                    self.pass(">");
                    self.push(start);
                    continue;
                }
            }
            self.push(start);
            self.depth += usize::from(opens);
        }
    }

    fn json(&mut self) {
        loop {
            self.skip_space();
            if self.rest().is_empty() {
                return;
            }
            self.member();
        }
    }

    /// A line up to a comma, or to where a list begins or ends.
    fn member(&mut self) {
        let start = self.at;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    self.string();
                }
                b'{' | b'[' => {
                    self.at += 1;
                    let before = self.at;
                    self.skip_space();
                    if !self.rest().starts_with(['}', ']']) {
                        self.at = before;
                        self.push(start);
                        self.depth += 1;
                        return;
                    }
                    self.at += 1;
                }
                b'}' | b']' if self.at > start => return self.push(start),
                b'}' | b']' => {
                    self.at += 1;
                    self.depth = self.depth.saturating_sub(1);
                    let before = self.at;
                    self.skip_space();
                    self.at = if self.rest().starts_with(',') { self.at + 1 } else { before };
                    return self.push(start);
                }
                b',' => {
                    self.at += 1;
                    return self.push(start);
                }
                _ => self.at += 1,
            }
        }
        self.push(start);
    }

    /// Past the end of a string that has begun.
    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                return;
            }
        }
        self.at = bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, format: Format) -> String {
        let line = |line: &Line| {
            format!("{}{}\n", "  ".repeat(line.depth.into()), text.get(line.range()).unwrap())
        };
        lines(text, format).iter().map(line).collect()
    }

    #[test]
    fn xml_stands_an_element_a_line() {
        let text = "<?xml version=\"1.0\"?><!-- a > b --><a><b>1 &lt; 2</b><c/><d x=\"y\">\n  text <e></e></d></a>end";
        let expected = "<?xml version=\"1.0\"?>\n<!-- a > b -->\n<a>\n  <b>1 &lt; 2</b>\n  <c/>\n  <d x=\"y\">\n    text\n    <e></e>\n  </d>\n</a>\nend\n";
        assert_eq!(drawn(text, Format::Xml), expected);
    }

    #[test]
    fn json_stands_a_member_a_line() {
        let text = r#"{"a":1,"b":{"c":[],"d":"}, \" x"},"e":[1,{"f":null}]}"#;
        let expected = "{\n  \"a\":1,\n  \"b\":{\n    \"c\":[],\n    \"d\":\"}, \\\" x\"\n  },\n  \"e\":[\n    1,\n    {\n      \"f\":null\n    }\n  ]\n}\n";
        assert_eq!(drawn(text, Format::Json), expected);
    }

    #[test]
    fn mails_stand_as_they_came() {
        assert_eq!(drawn("a: b\r\n c\n\nd\re", Format::Mail), "a: b\n c\n\nd\ne\n");
    }

    #[test]
    fn a_line_without_end_is_cut_between_characters() {
        let text = "é".repeat(2_000);
        let lines = lines(&text, Format::Json);
        assert_eq!(lines.len(), 10);
        assert!(lines.iter().all(|line| text.get(line.range()).is_some()));
    }
}
