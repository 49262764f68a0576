//! "Check my domain without leaving the page": the commands that ask, and what their
//! pasted output says.

mod sources;
mod verdict;

use super::pen::Pen;
use super::{Block, Section, Sheet, Tone};
use crate::dns::lookup::{self, Pasted, questions};

pub fn draw(pen: Pen<'_>) -> Sheet {
    let domains = pen.domains();
    let mut form = pen.domain_field();
    if !domains.is_empty() {
        form.extend(commands(pen, &domains));
    }
    form.push(pen.area("output", 8, ""));
    let output = pen.value("output");
    if output.trim().is_empty() {
        return Sheet { form, sections: vec![how(pen)], ..pen.sheet() };
    }
    let mut pasted = lookup::read(output);
    let dropped = domains.len() > 1 && pasted.drop_nameless();
    let (verdict, sections) = match domains.as_slice() {
        [] => (pen.remark(Tone::Warning, pen.text("tool.domain.no-domain")), vec![how(pen)]),
        _ if pasted.is_empty() => {
            (pen.remark(Tone::Warning, pen.text("tool.domain.unread")), vec![how(pen)])
        }
        domains => {
            (pen.remark(Tone::Good, heard(pen, &pasted)), verdict::sections(pen, domains, &pasted))
        }
    };
    if dropped {
        let dropped = pen.remark(Tone::Warning, pen.text("tool.domain.nameless"));
        form.push(Block::Remark(dropped));
    }
    Sheet { form, verdict: Some(verdict), sections, ..pen.sheet() }
}

fn heard(pen: Pen<'_>, pasted: &Pasted) -> String {
    let answers = pasted.answers.len() + pasted.loose.len();
    let answers = pen.count("tool.domain.answers", answers);
    let fetches = pen.count("tool.domain.fetches", pasted.fetches.len());
    format!("{answers}, {fetches}")
}

fn commands(pen: Pen<'_>, domains: &[String]) -> Vec<Block> {
    let dig: Vec<_> = domains.iter().map(|domain| lookup::dig(&questions(domain))).collect();
    let curl: Vec<_> = domains.iter().filter_map(|domain| lookup::curl(domain)).collect();
    let windows: Vec<_> =
        domains.iter().flat_map(|domain| lookup::nslookup(&questions(domain))).collect();
    let one_by_one = vec![
        pen.copy("tool.domain.dig", dig.join("\n")),
        pen.copy("tool.domain.curl", curl.join("\n")),
    ];
    let windows = vec![
        pen.copy("tool.domain.nslookup", windows.join("\n")),
        // In PowerShell, `curl` alone is another command.
        pen.copy("tool.domain.curl", curl.join("\n").replace("curl ", "curl.exe ")),
    ];
    vec![
        pen.copy("tool.domain.script", lookup::script(domains)),
        pen.fold("tool.domain.one-by-one", one_by_one),
        pen.fold("tool.domain.windows", windows),
    ]
}

fn how(pen: Pen<'_>) -> Section {
    let steps = ["tool.domain.step-1", "tool.domain.step-2", "tool.domain.step-3"];
    let steps = Block::Steps(steps.map(|key| pen.text(key)).into());
    pen.section("tool.domain.how", vec![steps, pen.paragraph("tool.domain.why")])
}
