//! Paragraphs with commands in them, remarks, numbered lines.

use super::Desk;
use crate::screens::markup::{Node, Tag, Tone, element, text};
use crate::screens::toolbox::{Line, Remark};

/// A text in which backticks enclose what is to be typed.
pub fn inline(whole: &str) -> Vec<Node> {
    let parts = whole.split('`').zip([false, true].into_iter().cycle());
    let parts = parts.filter(|(part, _)| !part.is_empty());
    parts
        .map(|(part, is_code)| match is_code {
            true => element(Tag::Code, "", vec![text(part)]),
            false => text(part),
        })
        .collect()
}

impl Desk<'_> {
    /// What is said, how bad it is, where, by which rule, and how it should be.
    pub fn remark(&self, remark: &Remark) -> Node {
        let tone = self.pen.text(match remark.tone {
            Tone::Good => "tool.tone.good",
            Tone::Hint => "tool.tone.hint",
            Tone::Warning => "tool.tone.warning",
            Tone::Fault => "tool.tone.fault",
            Tone::Quiet => "tool.tone.quiet",
        });
        let aside = [&tone, &remark.place, &remark.rule].map(String::as_str);
        let aside: Vec<_> = aside.into_iter().filter(|part| !part.is_empty()).collect();
        let mut said = vec![
            element(Tag::P, "", inline(&remark.text)),
            element(Tag::P, "remark__aside", vec![text(aside.join(" · "))]),
        ];
        if let Some(line) = &remark.mended {
            let content = match line.is_empty() {
                true => vec![text(self.pen.text("tool.should-go"))],
                false => vec![
                    text(format!("{} ", self.pen.text("tool.should-be"))),
                    element(Tag::Code, "", vec![text(line)]),
                ],
            };
            said.push(element(Tag::P, "remark__mended", content));
        }
        let body = element(Tag::Div, "remark__body", said);
        element(Tag::Div, "remark", vec![Node::Mark(remark.tone), body])
    }

    /// Lines with their numbers, and under each what is said of it.
    pub fn listing(&self, lines: &[Line]) -> Node {
        let line = |line: &Line| {
            let mut parts = vec![
                element(Tag::Span, "listing__number", vec![text(line.number.to_string())]),
                element(Tag::Code, "listing__text", vec![text(&line.text)]),
            ];
            if !line.remarks.is_empty() {
                let remarks = line.remarks.iter().map(|it| self.remark(it)).collect();
                parts.push(element(Tag::Div, "listing__remarks", remarks));
            }
            element(Tag::Li, "listing__line", parts)
        };
        element(Tag::Ol, "listing", lines.iter().map(line).collect())
    }
}
