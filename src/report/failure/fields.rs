//! The fields of a header or of a feedback part (RFC 5965 §3: the syntax of
//! RFC 5322), also after mailing lists have quoted and wrapped them.

use crate::base::Whereabouts;

/// One field, unfolded: runs of white space at folds are one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    pub value: String,
    /// Where its line starts.
    pub at: Whereabouts,
    /// A line of the value was not folded as it must be.
    pub is_wrapped: bool,
}

/// The fields of a text, one after the other; blank lines stand between or not.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    /// Every line starts with the quote mark of a reply.
    is_quoted: bool,
    value_bytes: usize,
}

impl<'a> Fields<'a> {
    /// Values are cut when they are longer than `value_bytes`.
    pub fn new(text: &'a str, value_bytes: usize) -> Self {
        let is_quoted = text.trim_start().starts_with('>');
        Self { text, at: 0, line: 0, is_quoted, value_bytes }
    }

    /// The next line without its end, and where it starts.
    fn next_line(&mut self) -> Option<(&'a str, usize)> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, end) = rest.split_at(length);
        let end_length = if end.starts_with("\r\n") { 2 } else { end.len().min(1) };
        self.at = start + length + end_length;
        self.line += 1;
        let line = if self.is_quoted { line.trim_start_matches(['>', ' ']) } else { line };
        Some((line, start))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let mut field = loop {
            let (line, offset) = self.next_line()?;
            if let Some((name, value)) = split(line) {
                // One byte more than allowed: whoever keeps the value sees that it was cut.
                let value = value.trim();
                let value = value[..value.ceil_char_boundary(self.value_bytes + 1)].to_owned();
                let at = Whereabouts::Line { offset: offset as u64, line: self.line };
                break Field { name, value, at, is_wrapped: false };
            }
        };
        loop {
            let (before, before_line) = (self.at, self.line);
            let Some((line, _)) = self.next_line() else { break };
            let is_folded = line.starts_with([' ', '\t']);
            if line.trim().is_empty() || (!is_folded && split(line).is_some()) {
                (self.at, self.line) = (before, before_line);
                break;
            }
            field.is_wrapped |= !is_folded;
            if field.value.len() <= self.value_bytes {
                let separator = if field.value.is_empty() { "" } else { " " };
                field.value.push_str(separator);
                field.value.push_str(line.trim());
            }
        }
        Some(field)
    }
}

/// Name and value of a line that starts a field.
fn split(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end_matches([' ', '\t']);
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    // A wrapped line may start with a URL.
    (is_name && !value.starts_with("//")).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, u64)]) {
        let fields: Vec<_> = Fields::new(text, 100).collect();
        let drawn: Vec<_> = fields
            .iter()
            .map(|field| match field.at {
                Whereabouts::Line { line, .. } => (field.name, field.value.as_str(), line),
                at => panic!("{at:?}"),
            })
            .collect();
        assert_eq!(drawn, expected, "{text:?}");
    }

    #[test]
    fn folds_are_undone_whatever_ends_the_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["A: one", "\t two", "B :", " three", "", "C: x:y"].join(end);
            check(&text, &[("A", "one two", 1), ("B", "three", 3), ("C", "x:y", 6)]);
        }
    }

    #[test]
    fn quoted_and_wrapped_lines() {
        check("> A: one\n> two\n>\n> B: 3\n", &[("A", "one two", 1), ("B", "3", 4)]);
        let fields: Vec<_> = Fields::new("A: see\nhttp://a.test/\nB: 1", 100).collect();
        assert_eq!((fields[0].value.as_str(), fields[0].is_wrapped), ("see http://a.test/", true));
        assert_eq!(fields[1].at, Whereabouts::Line { offset: 22, line: 3 });
    }

    #[test]
    fn what_is_no_field_is_passed_over() {
        check("", &[]);
        check("hello\n\n: x\nNo field here\nA:\n", &[("A", "", 5)]);
    }

    #[test]
    fn a_value_grows_no_further_than_its_limit() {
        let text = format!("A: b\n{}", " cccccccccc\n".repeat(1000));
        let field = Fields::new(&text, 100).next().expect("a field");
        assert!((101..120).contains(&field.value.len()));
    }
}
