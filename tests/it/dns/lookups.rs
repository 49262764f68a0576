//! Output of DNS tools and of `curl`, as people paste it: what is read from it.

use vitrail::dns::lookup::{self, Answer, Fetch, Outcome, Pasted, Question, State};

use super::cases::{self, Case};

fn run(case: &Case) -> Vec<String> {
    let text = String::from_utf8_lossy(&case.given.concat()).into_owned();
    shown(&lookup::read(&text))
}

fn shown(pasted: &Pasted) -> Vec<String> {
    let answers = pasted.answers.iter().flat_map(|(question, answer)| of_dns(question, answer));
    let fetches = pasted.fetches.iter().flat_map(of_web);
    let loose = pasted.loose.iter().map(|(_, text)| format!("> alone {text}"));
    answers.chain(fetches).chain(loose).collect()
}

fn of_dns(question: &Question, answer: &Answer) -> Vec<String> {
    let asked = format!("> {} {}", question.name, question.kind.token());
    let mut lines: Vec<_> = answer.texts.iter().map(|text| format!("{asked} {text}")).collect();
    lines.extend(answer.servers.iter().map(|mx| format!("{asked} {} {}", mx.preference, mx.host)));
    match answer.state {
        State::NoName => lines.push(format!("{asked}: no such name")),
        State::Failed => lines.push(format!("{asked}: no answer")),
        State::Answered if lines.is_empty() => lines.push(format!("{asked}: none")),
        State::Answered => {}
    }
    lines
}

fn of_web(fetch: &Fetch) -> Vec<String> {
    let host = fetch.host.as_deref().unwrap_or("?");
    let mut lines = match &fetch.outcome {
        Outcome::Failed(failure) => vec![format!("> {host} failed: {failure:?}")],
        Outcome::Response(response) => {
            let status = response.status.map_or("?".to_owned(), |status| status.to_string());
            let kind = response.content_type.as_deref().unwrap_or("?");
            let to = response.location.iter().map(|to| format!(" to {to}")).collect::<String>();
            let mut lines = vec![format!("> {host} {status} {kind}{to}")];
            lines.extend(cases::marked('+', &response.body));
            lines
        }
    };
    let certificate = &fetch.certificate;
    let facts = [
        ("subject", certificate.subject.clone()),
        ("issuer", certificate.issuer.clone()),
        ("expires", certificate.expires.map(|at| at.rfc3339())),
    ];
    let facts = facts.into_iter().filter_map(|(name, fact)| Some((name, fact?)));
    lines.extend(facts.map(|(name, fact)| format!("> {host} {name} {fact}")));
    lines
}

#[test]
fn the_table() {
    assert!(cases::check("lookups.txt", run) >= 30);
}
