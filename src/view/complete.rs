//! The search box: what is typed, completed from what is in the data, becomes
//! conditions.

use crate::base::Network;
use crate::query::{Dimension, Facet, Facets, Filter, Key, Kind, Table, Term, Test};

/// Values offered of a field that is named, and of each where none is.
const OF_ONE: u32 = 12;
const OF_EACH: u32 = 3;

/// The last word of a line, which is being typed.
struct Word<'a> {
    /// The line before it.
    before: &'a str,
    not: bool,
    on: Option<Dimension>,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn of(line: &'a str) -> Self {
        let (mut start, mut quoted) = (0, false);
        for (at, letter) in line.char_indices() {
            quoted ^= letter == '"';
            if letter.is_whitespace() && !quoted {
                start = at + letter.len_utf8();
            }
        }
        let (before, word) = line.split_at(start);
        let (not, body) = word.strip_prefix('-').map_or((false, word), |body| (true, body));
        let field = body.split_once(':').and_then(|(code, text)| {
            let text = text.strip_prefix('=').unwrap_or(text);
            Some((Dimension::of_code(code)?, text.trim_matches('"')))
        });
        match field {
            Some((on, text)) => Self { before, not, on: Some(on), text },
            None => Self { before, not, on: None, text: body },
        }
    }
}

/// What a table's rows can be asked for.
pub fn fields(table: Table) -> impl Iterator<Item = Dimension> {
    Dimension::ALL.into_iter().filter(move |on| !on.is_foreign(table))
}

/// The question whose answer completes a line.
pub fn question(line: &str, filter: &Filter, table: Table) -> Facets {
    let word = Word::of(line);
    let mut of = match word.on {
        Some(on) => vec![on],
        None if word.text.is_empty() => Vec::new(),
        None => fields(table).filter(|on| on.is_searched()).collect(),
    };
    // Subjects name people, who are masked until somebody asks.
    of.retain(|on| *on != Dimension::Subject);
    let limit = if word.on.is_some() { OF_ONE } else { OF_EACH };
    Facets { table, filter: filter.clone(), of, containing: word.text.to_owned(), limit }
}

/// The line with its last word completed: to the name of a field, or to a value that is shown.
pub fn lines(
    line: &str,
    facets: &[Facet],
    table: Table,
    is_shown: &dyn Fn(Dimension, &Key) -> bool,
) -> Vec<String> {
    let word = Word::of(line);
    let (before, sign) = (word.before, if word.not { "-" } else { "" });
    let fields = fields(table)
        .map(Dimension::code)
        .filter(|code| word.on.is_none() && !word.text.is_empty() && begins_with(code, word.text));
    let values = facets.iter().flat_map(|facet| {
        let on = facet.dimension;
        let shown = facet.choices.iter().filter(move |(key, _)| is_shown(on, key));
        let keys = shown.filter_map(|(key, _)| key.clone());
        keys.map(move |key| {
            let test = match on.kind() {
                Kind::Word => Test::Is(Some(key)),
                _ if key.is_empty() => Test::Is(Some(key)),
                Kind::Address if let Some(address) = Network::parse(&key) => Test::In(address),
                _ => Test::Has(key),
            };
            Term { on: Some(on), not: word.not, test }
        })
    });
    let fields = fields.map(|code| format!("{before}{sign}{code}:"));
    fields.chain(values.map(|term| format!("{before}{term}"))).collect()
}

fn begins_with(code: &str, typed: &str) -> bool {
    code.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// The line with its last word taken for one of these conditions, if it has no field.
pub fn meant(line: &str, terms: impl FnOnce(&str) -> Vec<Term>) -> Vec<String> {
    let word = Word::of(line);
    if word.on.is_some() || word.text.is_empty() {
        return Vec::new();
    }
    let lines = terms(word.text).into_iter();
    lines.map(|term| format!("{}{}", word.before, Term { not: word.not, ..term })).collect()
}

/// A filter with what was typed. A text that is a whole value of the data asks
/// for that value, and not for all that contain it.
pub fn with(filter: &Filter, line: &str, facets: &[Facet]) -> Filter {
    let typed = Filter::parse(line);
    let mut filter = filter.clone();
    for term in typed.terms() {
        filter.add(whole(term, facets).unwrap_or_else(|| term.clone()));
    }
    filter.since = typed.since.or(filter.since);
    filter.until = typed.until.or(filter.until);
    filter
}

fn whole(term: &Term, facets: &[Facet]) -> Option<Term> {
    let (on, Test::Has(text)) = (term.on?, &term.test) else { return None };
    let choices = &facets.iter().find(|facet| facet.dimension == on)?.choices;
    let is_it = choices.iter().any(|(key, _)| key.as_ref() == Some(text));
    is_it.then(|| Term { not: term.not, ..Term::is(on, Some(text.clone())) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(line: &str, facets: &[Facet], table: Table) -> Vec<String> {
        super::lines(line, facets, table, &|_, _| true)
    }

    fn facet(dimension: Dimension, keys: &[&str]) -> Facet {
        let choices: Vec<_> = keys.iter().map(|key| (Some((*key).to_owned()), 1)).collect();
        Facet { dimension, total: 1, choices }
    }

    #[test]
    fn a_field_asks_for_its_values() {
        let asked = question("x -org:\"Ent", &Filter::default(), Table::Aggregate);
        assert_eq!((asked.of, asked.containing.as_str()), (vec![Dimension::Reporter], "Ent"));
        let facets = [facet(Dimension::Reporter, &["Enterprise Outlook", "centre"])];
        let offered = lines("x -org:\"Ent", &facets, Table::Aggregate);
        assert_eq!(offered, ["x -org:\"Enterprise Outlook\"", "x -org:centre"]);
        let facets = [facet(Dimension::SourceIp, &["192.0.2.1", "2001:db8::1"])];
        let offered = lines("ip:", &facets, Table::Aggregate);
        assert_eq!(offered, ["ip:192.0.2.1", "ip:2001:db8::1"]);
    }

    #[test]
    fn a_word_asks_for_fields_and_for_values_of_all() {
        let asked = question("Sp", &Filter::default(), Table::Aggregate);
        assert!(asked.of.contains(&Dimension::SourceIp) && !asked.of.contains(&Dimension::Verdict));
        let offered =
            lines("Sp", &[facet(Dimension::HeaderFrom, &["sport.test"])], Table::Aggregate);
        assert_eq!(offered, ["spf-aligned:", "spf-domain:", "spf:", "from:sport.test"]);
        assert!(question("", &Filter::default(), Table::Aggregate).of.is_empty());
        assert!(lines("", &[], Table::Aggregate).is_empty());
    }

    #[test]
    fn a_subject_names_nobody_unasked() {
        for line in ["subject:bo", "bo"] {
            let asked = question(line, &Filter::default(), Table::Failure);
            assert!(!asked.of.contains(&Dimension::Subject), "{line}");
        }
    }

    #[test]
    fn each_table_has_fields_of_its_own() {
        assert_eq!(lines("mx", &[], Table::Tls), ["mx-host:", "mx:"]);
        assert!(lines("mx", &[], Table::Aggregate).is_empty());
        assert!(!question("x", &Filter::default(), Table::Tls).of.contains(&Dimension::HeaderFrom));
    }

    #[test]
    fn a_whole_value_is_that_value() {
        let facets = [facet(Dimension::Reporter, &["google.com"])];
        let before = Filter::parse("result:fail");
        let filter = with(&before, "org:google.com since:2026-01-01", &facets);
        assert_eq!(filter.to_string(), "org:=google.com result:fail since:2026-01-01");
        let filter = with(&before, "org:google", &facets);
        assert_eq!(filter.to_string(), "org:google result:fail");
    }
}
