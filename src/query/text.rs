//! A filter as one line, as it is typed and as it stands in links:
//!
//! ```text
//! ip:192.0.2.0/24  org:google  -org:yahoo  result:fail  from:="example.com"  since:2026-01-01  word
//! ```
//!
//! | written | means |
//! |---|---|
//! | `field:text` | contains the text; of a field with few words (`result`, `spf`), is that word |
//! | `field:=text` | is exactly that |
//! | `field:=` | nothing is stated (`field:=""`: the empty text) |
//! | `ip:192.0.2.0/24`, `ip:192.0.2.1` | is in that network, is that address |
//! | `-…` | not so |
//! | `since:2026-01-01`, `until:2026-01-31` | UTC, both days included; or a moment as in RFC 3339, the second one not included |
//! | `word` | stands in any text or address |
//!
//! Fields may be written in any case. A text with spaces or quotes stands in `"…"`,
//! with `""` for a quote. Reading never fails: what is no condition is a word.

use std::fmt::{self, Write};

use super::dimension::{Dimension, Kind};
use super::filter::{Filter, Term, Test};
use crate::base::calendar::{Civil, DAY};
use crate::base::{Network, UnixSeconds};

const SINCE: &str = "since";
const UNTIL: &str = "until";

impl Filter {
    /// Reads what [`Filter`] writes, and what people type.
    pub fn parse(line: &str) -> Self {
        let mut filter = Self::default();
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let (token, after) = rest.split_at(end_of_token(rest));
            filter.take(token);
            rest = after.trim_start();
        }
        filter
    }

    fn take(&mut self, token: &str) {
        let (not, body) = match token.strip_prefix('-') {
            Some(body) if !body.is_empty() => (true, body),
            _ => (false, token),
        };
        match body.split_once(':') {
            Some((code, text))
                if let Some(is_since) = is_since(code)
                    && let Some((begin, end)) = moment(text) =>
            {
                let at = Some(if is_since { begin } else { end });
                // What is not since a time is until then.
                match is_since != not {
                    true => self.since = at,
                    false => self.until = at,
                }
            }
            Some((code, text)) if let Some(on) = Dimension::of_code(code) => {
                // Half typed, it asks nothing yet.
                if !text.is_empty() {
                    self.add(Term { not, ..term(on, text) });
                }
            }
            _ => {
                // A lone network is asked of the only addresses there are.
                let network = Network::parse(body).filter(|_| body.contains('/'));
                let (on, test) = match network {
                    Some(network) => (Some(Dimension::SourceIp), Test::In(network)),
                    None => (None, Test::Has(unquoted(body))),
                };
                self.add(Term { on, not, test });
            }
        }
    }
}

/// The condition that `field:text` is.
fn term(on: Dimension, text: &str) -> Term {
    if let Some(text) = text.strip_prefix('=') {
        return Term::is(on, (!text.is_empty()).then(|| unquoted(text)));
    }
    let network = Network::parse(text).filter(|_| on.kind() == Kind::Address);
    let test = match (network, on.kind()) {
        (Some(network), _) => Test::In(network),
        (None, Kind::Word) if !text.starts_with('"') => Test::Is(Some(text.to_ascii_lowercase())),
        // A dot at the end of a name is no part of what is stored.
        (None, Kind::Name)
            if let Some(name) = text.strip_suffix('.').filter(|it| !it.is_empty()) =>
        {
            Test::Has(name.to_owned())
        }
        (None, _) => Test::Has(unquoted(text)),
    };
    Term { on: Some(on), not: false, test }
}

/// Bytes up to the first white space outside of quotes.
fn end_of_token(text: &str) -> usize {
    let mut quoted = false;
    let ends = |letter: char| {
        quoted ^= letter == '"';
        letter.is_whitespace() && !quoted
    };
    text.find(ends).unwrap_or(text.len())
}

fn unquoted(text: &str) -> String {
    match text.strip_prefix('"') {
        Some(text) => text.strip_suffix('"').unwrap_or(text).replace("\"\"", "\""),
        None => text.to_owned(),
    }
}

/// Whether a word is that of a beginning or of an end; of neither, nothing.
fn is_since(code: &str) -> Option<bool> {
    let is = |name: &str| code.eq_ignore_ascii_case(name);
    (is(SINCE) || is(UNTIL)).then(|| is(SINCE))
}

/// A moment, twice, or a day: its beginning, and that of the next one.
fn moment(text: &str) -> Option<(UnixSeconds, UnixSeconds)> {
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
    };
    let small = |from: usize| u8::try_from(number(from, from + 2)?).ok();
    let is_day = text.len() == "2026-01-01".len();
    let clock = |from: usize| if is_day { Some(0) } else { small(from) };
    let civil = Civil {
        year: number(0, 4)?.into(),
        month: small(5)?,
        day: small(8)?,
        hour: clock(11)?,
        minute: clock(14)?,
        second: clock(17)?,
    };
    let at = UnixSeconds::from_civil(civil)?;
    // Whatever stands between the numbers is as written, or this is no date.
    let mut written = at.rfc3339();
    if is_day {
        written.truncate(text.len());
    }
    let end = UnixSeconds(at.0 + if is_day { DAY } else { 0 });
    (written == text).then_some((at, end))
}

impl fmt::Display for Filter {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for term in self.terms() {
            write!(to, "{between}{term}")?;
            between = " ";
        }
        let until_day = |at: UnixSeconds| UnixSeconds(at.0.saturating_sub(DAY));
        for (name, moment, day) in
            [(SINCE, self.since, self.since), (UNTIL, self.until, self.until.map(until_day))]
        {
            let (Some(moment), Some(day)) = (moment, day) else { continue };
            let is_day = moment.0 % DAY == 0;
            let text = if is_day { day } else { moment }.rfc3339();
            let text = text.strip_suffix("T00:00:00Z").filter(|_| is_day).unwrap_or(&text);
            write!(to, "{between}{name}:{text}")?;
            between = " ";
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(if self.not { "-" } else { "" })?;
        if let Some(on) = self.on {
            write!(to, "{}:", on.code())?;
        }
        match &self.test {
            Test::In(network) => network.fmt(to),
            Test::Is(None) => to.write_char('='),
            Test::Has(text) | Test::Is(Some(text)) => {
                let bare = match self.on {
                    Some(on) => term(on, text).test,
                    None => Filter::parse(text)
                        .terms()
                        .last()
                        .map_or(Test::Is(None), |it| it.test.clone()),
                };
                // What would read as something else is quoted.
                let plain = |letter: char| !letter.is_whitespace() && letter != '"';
                let is_plain = !text.is_empty() && text.chars().all(plain);
                let is_bare = is_plain && bare == self.test;
                let is_exact = matches!(self.test, Test::Is(_));
                if is_exact && !is_bare {
                    to.write_char('=')?;
                }
                match is_bare || is_exact && is_plain {
                    true => to.write_str(text),
                    false => write!(to, "\"{}\"", text.replace('"', "\"\"")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Vec<Term> {
        Filter::parse(line).terms().to_vec()
    }

    fn one(on: Dimension, test: Test) -> Vec<Term> {
        vec![Term { on: Some(on), not: false, test }]
    }

    fn word(text: &str) -> Vec<Term> {
        vec![Term { on: None, not: false, test: Test::Has(text.into()) }]
    }

    #[test]
    fn what_people_type() {
        let network = |text| Test::In(Network::parse(text).expect("a network"));
        let is = |text: &str| Test::Is(Some(text.into()));
        assert_eq!(parsed("ip:192.0.2.0/24"), one(Dimension::SourceIp, network("192.0.2.0/24")));
        assert_eq!(parsed("192.0.2.0/24"), parsed("IP:192.0.2.0/24"));
        assert_eq!(parsed("ip:192.0."), one(Dimension::SourceIp, Test::Has("192.0.".into())));
        assert_eq!(parsed("org:google"), one(Dimension::Reporter, Test::Has("google".into())));
        assert_eq!(parsed("spf:SoftFail"), one(Dimension::SpfResult, is("softfail")));
        assert_eq!(parsed("from:=Example.COM."), one(Dimension::HeaderFrom, is("example.com")));
        assert_eq!(parsed("from:="), one(Dimension::HeaderFrom, Test::Is(None)));
        assert_eq!(parsed("from:=\"\""), one(Dimension::HeaderFrom, is("")));
        assert_eq!(parsed("org:=\"A \"\"B\"\" C\""), one(Dimension::Reporter, is("A \"B\" C")));
        assert!(parsed("-org:yahoo")[0].not);
        assert_eq!(parsed("type:Tlsa-Invalid"), one(Dimension::ResultType, is("tlsa-invalid")));
        assert_eq!(parsed("policy:sts"), one(Dimension::PolicyType, is("sts")));
        assert_eq!(parsed("mode:enforce"), one(Dimension::Mode, is("enforce")));
        assert_eq!(parsed("mx:mx1"), one(Dimension::Mx, Test::Has("mx1".into())));
        assert_eq!(parsed("mx:MX1.a.test."), one(Dimension::Mx, Test::Has("MX1.a.test".into())));
        let quoted = one(Dimension::Mx, Test::Has("a.test.".into()));
        assert_eq!(parsed("mx:\"a.test.\""), quoted);
        assert_eq!(
            parsed("domain:=Bücher.test."),
            one(Dimension::Domain, is("xn--bcher-kva.test"))
        );
        for text in ["org:", "org:\"", "\"", "\"\"", "-\"\"", "-from:\"\""] {
            assert_eq!(parsed(text), [], "{text} asks nothing");
        }
        assert_eq!(parsed("\"two words\" x").len(), 2);
        for text in ["2001:db8::1", "x:y", "-", "since:soon", "until:2026-13-01", "192.0.2.1"] {
            assert_eq!(parsed(text), word(text), "{text}");
        }
    }

    #[test]
    fn days_are_whole_and_both_included() {
        let filter = Filter::parse("until:2026-01-31 since:2026-01-01");
        assert_eq!(filter.since, Some(UnixSeconds(1_767_225_600)));
        assert_eq!(filter.until, Some(UnixSeconds(1_767_225_600 + 31 * DAY)));
        assert_eq!(filter.to_string(), "since:2026-01-01 until:2026-01-31");
        assert_eq!(Filter::parse("-since:2026-02-01 -Until:2025-12-31"), filter);
        let moment = "since:2026-01-01T12:00:00Z";
        assert_eq!(Filter::parse(moment).to_string(), moment);
    }

    #[test]
    fn every_condition_is_read_as_it_was_meant() {
        let texts = [
            "",
            "a",
            "A b",
            "=",
            "=x",
            "\"",
            ".",
            "b.",
            "a\"b",
            "-",
            "-a",
            "org:x",
            "x:y",
            "192.0.2.1",
            "192.0.2.0/24",
            "since:2026-01-01",
            "é",
            "pass",
            "Pass",
            " ",
            "\u{3000}",
            "::1/128",
        ];
        for text in texts {
            for on in Dimension::ALL.into_iter().map(Some).chain([None]) {
                let is = on.map(|on| Term::is(on, Some(text.into())));
                let has = Term { on, not: false, test: Test::Has(text.into()) };
                let has = (!text.is_empty()).then_some(has);
                for term in is.into_iter().chain(has) {
                    for term in [term.clone(), term.negated()] {
                        let line = term.to_string();
                        assert_eq!(parsed(&line), [term], "{line}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_order_and_nothing_twice() {
        let line = "x from:a.test -org:b from:a.test";
        let other = "-org:b x from:a.test";
        assert_eq!(Filter::parse(line), Filter::parse(other));
        assert_eq!(Filter::parse(line).to_string(), Filter::parse(other).to_string());
    }
}
