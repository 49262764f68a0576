//! HTML made plain, for a mail that has no other text: enough to find the lines
//! of a text-only failure report, no more.

use crate::base::reference;

/// Elements whose content nobody sees.
const HIDDEN: &[&str] = &["head", "script", "style", "template"];

/// Elements that begin or end a line.
const LINES: &[&str] =
    &["address", "br", "div", "h1", "h2", "h3", "h4", "hr", "li", "p", "pre", "table", "tr"];

/// Longer ones are no references.
const REFERENCE_BYTES: usize = 32;

/// What a reader sees: lines of words with one space between them.
pub(super) fn plain(html: &str) -> String {
    let mut plain = Plain::default();
    let mut rest = html;
    while let Some((text, markup)) = rest.split_once('<') {
        plain.text(text);
        rest = plain.markup(markup);
    }
    plain.text(rest);
    plain.lines
}

#[derive(Default)]
struct Plain {
    lines: String,
    /// White space stood since the last character.
    spaced: bool,
}

impl Plain {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            before.chars().for_each(|c| self.push(c));
            let end = after.bytes().take(REFERENCE_BYTES).position(|byte| byte == b';');
            let known = end.and_then(|end| Some((character(&after[..end])?, &after[end + 1..])));
            let (character, behind) = known.unwrap_or(('&', after));
            self.push(character);
            rest = behind;
        }
        rest.chars().for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.spaced = true;
            return;
        }
        if std::mem::take(&mut self.spaced) && !self.is_line_start() {
            self.lines.push(' ');
        }
        self.lines.push(c);
    }

    fn is_line_start(&self) -> bool {
        self.lines.is_empty() || self.lines.ends_with('\n')
    }

    /// Passes over the markup behind a `<`: what comes after it.
    fn markup<'h>(&mut self, markup: &'h str) -> &'h str {
        if let Some(comment) = markup.strip_prefix("!--") {
            return after(comment, "-->");
        }
        if !markup.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            self.push('<');
            return markup;
        }
        let (closing, tag) = match markup.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, markup),
        };
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_of = |elements: &[&str]| elements.iter().any(|e| e.eq_ignore_ascii_case(name));
        if is_of(LINES) && !self.is_line_start() {
            self.lines.push('\n');
        }
        if !closing && is_of(HIDDEN) {
            return after(after_end_tag(tag, name), ">");
        }
        after(tag, ">")
    }
}

fn character(name: &str) -> Option<char> {
    if name == "nbsp" { Some(' ') } else { reference::character(name) }
}

fn after<'h>(html: &'h str, mark: &str) -> &'h str {
    html.split_once(mark).map_or("", |(_, after)| after)
}

/// What stands behind the name of an element's end tag.
fn after_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    html.match_indices("</")
        .map(|(at, mark)| &html[at + mark.len()..])
        .find_map(|tag| {
            let (start, after) = tag.split_at_checked(name.len())?;
            start.eq_ignore_ascii_case(name).then_some(after)
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_words() {
        for (html, expected) in [
            (
                "<p>Source-IP:\r\n  192.0.2.1</p><p>From:&nbsp;a</p>",
                "Source-IP: 192.0.2.1\nFrom: a\n",
            ),
            ("a<BR/>b<br>\n <br>c", "a\nb\nc"),
            ("<table><tr><td>a</td> <td>b</td></tr><tr><td>c", "a b\nc"),
            ("a<b>c</b>d <i> e</i>", "acd e"),
            (
                "&lt;a@example.com&gt; &amp; &#x41;&#66; &eacute; & ;",
                "<a@example.com> & AB &eacute; & ;",
            ),
            ("1 < 2 <3", "1 < 2 <3"),
        ] {
            assert_eq!(plain(html), expected, "{html}");
        }
    }

    #[test]
    fn nothing_that_is_not_seen() {
        let page = "<!DOCTYPE html><html><head><title>x</title></HEAD ><style>p > a {}</style>\
                    <body>a<!-- <p> --> b<script>1 </ 2 < 3</script>c</body>";
        assert_eq!(plain(page), "a bc");
        for cut in ["a<!-- b", "a<style>b", "a<p", "a</"] {
            assert_eq!(plain(cut).trim_end(), "a", "{cut}");
        }
    }
}
