//! Policy files: the table, and the published how-to's example to the letter.

use vitrail::dns::mta_sts::{policy, resolver};
use vitrail::dns::{Diagnostic, Kind, Say as _, Severity, has_faults};

use super::cases::{self, Case};

/// A diagnostic as the tables have it.
pub fn shown(diagnostic: &Diagnostic) -> String {
    let (at, severity) = (diagnostic.at, diagnostic.severity().code());
    format!("> {}:{} {severity} {}", at.line, at.column, diagnostic.kind.code())
}

/// Arguments are those that the messages have room for.
pub fn assert_sayable(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let names: Vec<_> = diagnostic.args.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, diagnostic.kind.params(), "{}", diagnostic.kind.code());
        assert!(
            !diagnostic.rule.is_empty() || diagnostic.kind == Kind::TooMany,
            "{} has no rule",
            diagnostic.kind.code()
        );
    }
}

fn run(case: &Case) -> Vec<String> {
    let file = case.given.concat();
    let checked = policy::read(&file, &case.hosts);
    assert_sayable(&checked.diagnostics);
    let mut lines: Vec<_> = checked.diagnostics.iter().map(shown).collect();
    if let Some(mended) = &checked.mended {
        let again = policy::read(mended.as_bytes(), &case.hosts);
        assert!(!again.has_faults(), "{}: {:?}", case.name, again.diagnostics);
        assert_eq!(again.value, checked.value, "{}", case.name);
        lines.extend(cases::marked('+', mended));
    }
    lines.push(by_resolver(&file, &checked.diagnostics));
    lines
}

/// What the resolver says of the file as a well-behaved server would serve it, and
/// whether the RFC says otherwise.
fn by_resolver(file: &[u8], diagnostics: &[Diagnostic]) -> String {
    let answer = resolver::PolicyAnswer::Response {
        status: 200,
        content_type: Some("text/plain; charset=utf-8".to_owned()),
        body: file.to_vec(),
    };
    let records = resolver::TxtAnswer::Records(vec!["v=STSv1; id=1".to_owned()]);
    let result = resolver::resolve("example.com", &records, Some(&answer), None).result;
    // That a server is not covered is no fault of the file itself.
    let of_file: Vec<_> =
        diagnostics.iter().filter(|found| found.kind != Kind::MxUncovered).cloned().collect();
    let by_rfc = if has_faults(&of_file) {
        resolver::FetchResult::FetchError
    } else {
        resolver::FetchResult::Valid
    };
    match (result == by_rfc, by_rfc) {
        (true, _) => format!("~ {}", result.token()),
        (false, resolver::FetchResult::Valid) => {
            format!("~ {} although the RFC allows it", result.token())
        }
        (false, _) => format!("~ {} although the RFC forbids it", result.token()),
    }
}

#[test]
fn the_table() {
    assert!(cases::check("policies.txt", run) >= 90);
}

/// The example of a how-to that many follow, as it is printed but for the empty lines.
#[test]
fn the_published_example() {
    let file = "version : STSv1\nmode : test\nmx : mail.votredomaine.com\nmx : *.votredomaine.com\nmax_age : 806400\n";
    let checked = policy::read(file.as_bytes(), &[]);
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|found| (found.at.line, found.at.column, found.kind, found.severity()))
        .collect();
    assert_eq!(
        found,
        [
            (1, 8, Kind::SpaceBeforeColon, Severity::Fault),
            (2, 5, Kind::SpaceBeforeColon, Severity::Fault),
            (2, 8, Kind::ModeUnknown, Severity::Fault),
            (3, 3, Kind::SpaceBeforeColon, Severity::Fault),
            (4, 3, Kind::SpaceBeforeColon, Severity::Fault),
            (5, 8, Kind::SpaceBeforeColon, Severity::Fault),
            (5, 11, Kind::MaxAgeTypo, Severity::Hint),
        ]
    );
    let mended = checked.mended.expect("a mended file");
    assert_eq!(
        mended,
        "version: STSv1\nmode: testing\nmx: mail.votredomaine.com\nmx: *.votredomaine.com\nmax_age: 604800\n"
    );
    assert_eq!(policy::read(mended.as_bytes(), &[]).diagnostics, []);
}
