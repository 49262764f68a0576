//! The cells of the Records table.

use yew::prelude::*;

use crate::query::{Lines, Page, RecordLine};
use crate::ui::components::{Line, data, data_or, days, mark};
use crate::view::verdict::Verdict;
use crate::view::{Code, Language};

impl Line for RecordLine {
    fn page(answer: &Lines) -> Option<&Page<Self>> {
        match answer {
            Lines::Records(page) => Some(page),
            _ => None,
        }
    }

    fn cells(&self, language: Language) -> Vec<Html> {
        let verdict = Verdict::of(self.passed);
        let dkim = self.dkim_results.iter().map(|signature| signature.result.as_deref());
        let spf = self.spf_results.iter().map(|check| check.result.as_deref());
        vec![
            mark(verdict, language.text(&format!("verdict.{}", verdict.code()))),
            language.integer(self.messages).into(),
            data_or(self.source_ip.as_deref(), "records.no-source", language),
            data(self.header_from.as_deref(), language),
            aligned(self.dkim.as_deref(), dkim, language),
            aligned(self.spf.as_deref(), spf, language),
            disposition(self.disposition.as_deref(), language),
            data(self.reporter.as_deref(), language),
            days(self.begin, self.end, language),
            data(self.envelope_from.as_deref(), language),
        ]
    }
}

/// The reporter's aligned verdict, and behind it, as what they are, the raw results.
fn aligned<'a>(
    verdict: Option<&str>,
    raw: impl Iterator<Item = Option<&'a str>>,
    language: Language,
) -> Html {
    let mut words: Vec<_> = raw.flatten().collect();
    words.dedup();
    let tone = Verdict::of_word(verdict);
    html! {
        <span class="records__aligned">
            {mark(tone, language.text(&format!("aligned.{}", tone.code())))}
            <span class="records__raw">
                if words.is_empty() {
                    {language.text("records.raw-none")}
                } else {
                    {language.fill("records.raw", &[("results", &words.join(", "))])}
                }
            </span>
        </span>
    }
}

/// The receiver's word, in the page's language where it is a known one.
fn disposition(word: Option<&str>, language: Language) -> Html {
    let known = word.and_then(|word| Some((word, language.find(&format!("disposition.{word}"))?)));
    match known {
        Some((word, text)) => {
            html! { <span class={classes!("tag", format!("tag--{word}"))}>{text}</span> }
        }
        None => data(word, language),
    }
}
