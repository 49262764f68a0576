//! Identifier Alignment and the DMARC verdict, from what a report lists: raw
//! results, identifiers and the policy's modes (RFC 7489 §3.1, RFC 9989 §4.4).
//! A cross-check of the reporter's verdict, not the truth: the reporter saw the
//! messages, and may list less than it saw.
//!
//! # Design
//!
//! - Domains are compared as [`comparable`] has them, so that letter case, a dot
//!   at the end and U-labels make no difference.
//! - Relaxed is "the same Organizational Domain" by the public-suffix list, also
//!   where the receiver walked the DNS tree (see `knowledge::suffix`).
//! - SPF of MAIL FROM is what counts. SPF of HELO counts in its place where there
//!   was no MAIL FROM, as in bounces (RFC 7208 §2.4).
//! - Where a report lists no result at all of a method that its reporter says
//!   passed, the list is incomplete, and our verdict is that we cannot tell.

use std::ops::Range;

use vitrail_kernels::interner::Many;
use vitrail_kernels::memo::{COLUMNS, Memo};
use vitrail_kernels::rows::{UNSEEN, translate, unseen};

use super::domains::Domains;
use crate::knowledge::Suffixes;
use crate::report::token::{DkimResult, Vocabulary};
use crate::store::{
    Agreement, Alignment, Derived, DkimTerms, Interner, Judgement, ListId, Row, RowId, SpfTerms,
    Store, Tables, TermId,
};

/// Judges the rows of one set of tables. What it remembers of a term is found out
/// once, and nearly so what a list of results comes to.
pub struct Judge {
    domains: Domains,
    /// The policy met last, as all rows of a report have the same, and its modes.
    policy: Option<(ListId, Modes)>,
    /// Of the row in hand.
    alignments: Vec<Alignment>,
    /// What lists come to: packed verdicts, and the alignments they rest on.
    parts: Interner<u8>,
    /// The one being written; kept for its memory.
    part: Vec<u8>,
    /// Lists of signatures by their number, without selectors and remarks, on which nothing rests: of
    /// those there are far fewer.
    bare: Vec<u32>,
    bare_lists: Interner<u32>,
    /// Of bare lists and authors; of lists of checks, authors and envelopes.
    lists: Memo,
    /// Of what lists come to, with the reporter's verdict.
    judgements: Memo,
}

/// Whether a policy asks for strict alignment of DKIM, and of SPF.
type Modes = (bool, bool);

/// How one result stands: whether it passes, where stated, and aligns.
type Standing = (Option<bool>, Alignment);

impl Judge {
    /// Without suffixes, relaxed alignment is only known where names are equal.
    pub fn new(suffixes: Option<Suffixes>) -> Self {
        Self {
            domains: Domains::new(suffixes),
            policy: None,
            alignments: Vec::new(),
            parts: Interner::default(),
            part: Vec::new(),
            bare: Vec::new(),
            bare_lists: Interner::default(),
            lists: Memo::default(),
            judgements: Memo::default(),
        }
    }

    /// Judges those rows that are not judged yet.
    pub fn extend(&mut self, store: &mut Store) {
        let (tables, derived) = store.deriving();
        if derived.rows() == 0 {
            // A new store, whose terms are others.
            self.domains.clear();
            self.policy = None;
            self.bare.clear();
            self.bare_lists = Interner::default();
            self.lists.clear();
            self.judgements.clear();
        }
        let next =
            tables.rows.report.get(derived.rows()).map_or(tables.reports.len(), |id| id.index());
        for report in tables.reports.iter().skip(next) {
            let rows = report.rows.range();
            self.judge_all(tables, rows.start.max(derived.rows())..rows.end, derived);
        }
    }

    /// Judges rows of one report, column by column: of those that say the same, the first.
    fn judge_all(&mut self, tables: &Tables, rows: Range<usize>, derived: &mut Derived) {
        let Some(first) = tables.rows.get(RowId(rows.start as u32)).filter(|_| !rows.is_empty())
        else {
            return;
        };
        let of = &tables.rows;
        // invariant: the rows of a report are rows of its tables.
        let author: &[u32] = bytemuck::cast_slice(&of.header_from[rows.clone()]);
        let envelope = bytemuck::cast_slice(&of.envelope_from[rows.clone()]);
        let dkim = self.strip(tables, bytemuck::cast_slice(&of.dkim[rows.clone()]));
        let spf = bytemuck::cast_slice(&of.spf[rows.clone()]);
        let evaluated = bytemuck::cast_slice(&of.evaluated[rows.clone()]);
        let row = |at: usize| tables.rows.get(RowId((rows.start + at) as u32)).unwrap_or(first);
        let modes = self.modes(tables, &first);

        let dkim = self.numbers(
            |judge| &mut judge.lists,
            ([&dkim, author, author], u32::from(modes.0)),
            |judge, at| judge.part(|judge| judge.signatures(tables, &row(at), modes)),
        );
        let spf = self.numbers(
            |judge| &mut judge.lists,
            ([spf, author, envelope], 2 + u32::from(modes.1)),
            |judge, at| judge.part(|judge| judge.checks(tables, &row(at), modes)),
        );
        let ids = self.numbers(
            |judge| &mut judge.judgements,
            ([&dkim, &spf, evaluated], u32::from(modes.0) | u32::from(modes.1) << 1),
            |judge, at| {
                judge.alignments.clear();
                let verdicts = [dkim[at], spf[at]].map(|part| judge.recall(part));
                let judgement = judgement(tables, &row(at), verdicts, modes);
                derived.number(judgement, &judge.alignments).0
            },
        );
        derived.extend(&ids);
    }

    /// The bare lists of lists of signatures.
    fn strip(&mut self, tables: &Tables, lists: &[u32]) -> Vec<u32> {
        let (mut new, mut bare) = (Vec::new(), Vec::with_capacity(lists.len()));
        self.bare.resize(tables.dictionaries.lists.bound(), UNSEEN);
        unseen(lists, &mut self.bare, &mut new);
        let mut many = Many::default();
        for list in &new {
            for DkimTerms { domain, result, .. } in tables.dictionaries.dkim_terms(ListId(*list)) {
                many.write(&[domain.0, result.0]);
            }
            many.end();
        }
        for (list, number) in new.iter().zip(self.bare_lists.intern_all(&mut many)) {
            // invariant: it was found in the table.
            self.bare[*list as usize] = *number;
        }
        translate(lists, &self.bare, &mut bare);
        bare
    }

    /// The numbers of rows: of those that stand alike in the columns, worked out for the first.
    fn numbers(
        &mut self,
        memo: fn(&mut Self) -> &mut Memo,
        (columns, common): ([&[u32]; COLUMNS], u32),
        mut work_out: impl FnMut(&mut Self, usize) -> u32,
    ) -> Vec<u32> {
        let (mut numbers, mut at) = (vec![0; columns[0].len()], 0);
        loop {
            at += memo(self).numbers(columns, common, at, &mut numbers);
            if at >= numbers.len() {
                return numbers;
            }
            numbers[at] = work_out(self, at);
            memo(self).learn(columns, common, at, numbers[at]);
            at += 1;
        }
    }

    /// The number of a verdict and the alignments that it rests on.
    fn part(&mut self, work_out: impl FnOnce(&mut Self) -> Verdict) -> u32 {
        self.alignments.clear();
        let verdict = work_out(self);
        self.part.clear();
        self.part.push(verdict.pack());
        self.part.extend(self.alignments.iter().map(|alignment| alignment.pack()));
        self.parts.intern(&self.part)
    }

    /// The verdict of this number; its alignments come behind those in hand.
    fn recall(&mut self, part: u32) -> Verdict {
        let Some((verdict, alignments)) = self.parts.get(part).split_first() else {
            return Verdict::default();
        };
        self.alignments.extend(alignments.iter().map(|bits| Alignment::unpack(*bits)));
        Verdict::unpack(*verdict)
    }

    /// The alignments that the last judgement rests on: those of the signatures,
    /// then those of the SPF results, in the order in which they are stated.
    pub fn alignments(&self) -> &[Alignment] {
        &self.alignments
    }

    /// Our verdict on a row of the tables, which are always the same.
    pub fn judge(&mut self, tables: &Tables, row: RowId) -> Judgement {
        self.alignments.clear();
        let Some(row) = tables.rows.get(row) else { return Judgement::default() };
        let modes = self.modes(tables, &row);
        let dkim = self.signatures(tables, &row, modes);
        let spf = self.checks(tables, &row, modes);
        judgement(tables, &row, [dkim, spf], modes)
    }

    /// What the signatures of a row come to.
    fn signatures(&mut self, tables: &Tables, row: &Row, (strict, _): Modes) -> Verdict {
        let author = self.domains.of(tables, row.header_from);
        let mut verdict = Verdict { has_author: author.is_name(), ..Verdict::default() };
        for DkimTerms { domain, result, .. } in tables.dictionaries.dkim_terms(row.dkim) {
            let alignment = match domain {
                TermId::ABSENT => Alignment::Unknown,
                domain => author.aligns(self.domains.of(tables, domain), strict),
            };
            self.take(&mut verdict, (passes(result), alignment));
            verdict.broken |= alignment == Alignment::Yes && is_fault(tables, result);
        }
        verdict
    }

    /// What the SPF results of a row come to.
    fn checks(&mut self, tables: &Tables, row: &Row, (_, strict): Modes) -> Verdict {
        let author = self.domains.of(tables, row.header_from);
        let mut verdict = Verdict { has_author: author.is_name(), ..Verdict::default() };
        let mail_from = self.has_mail_from(tables, row);
        for SpfTerms { domain, scope, result } in tables.dictionaries.spf_terms(row.spf) {
            let helo = self.domains.of(tables, scope).is_helo;
            let alignment = match self.checked(tables, row, domain, helo) {
                _ if helo && mail_from => Alignment::Unused,
                TermId::ABSENT => Alignment::Unknown,
                domain => author.aligns(self.domains.of(tables, domain), strict),
            };
            self.take(&mut verdict, (passes(result), alignment));
        }
        verdict
    }

    fn take(&mut self, verdict: &mut Verdict, (passes, alignment): Standing) {
        self.alignments.push(alignment);
        verdict.listed = true;
        match (passes, alignment) {
            (Some(true), Alignment::Yes) => verdict.passed = true,
            (Some(true), Alignment::Strict) => verdict.strictness = true,
            (Some(false), _) | (_, Alignment::No | Alignment::Unused | Alignment::Strict) => {}
            _ => verdict.may_pass = true,
        }
    }

    /// Whether there was a MAIL FROM: the envelope names one, or an SPF result does.
    fn has_mail_from(&mut self, tables: &Tables, row: &Row) -> bool {
        let mut results = tables.dictionaries.spf_terms(row.spf);
        self.domains.of(tables, row.envelope_from).is_name()
            || results.any(|check| !self.domains.of(tables, check.scope).is_helo)
    }

    /// The domain that an SPF check was about: where it is not stated, the envelope's.
    fn checked(&mut self, tables: &Tables, row: &Row, domain: TermId, helo: bool) -> TermId {
        if helo || self.domains.of(tables, domain).is_name() { domain } else { row.envelope_from }
    }

    fn modes(&mut self, tables: &Tables, row: &Row) -> Modes {
        let policy = tables.header_of(row.report).map_or(ListId::default(), |it| it.policy);
        match self.policy {
            Some((known, modes)) if known == policy => modes,
            _ => {
                let modes = tables.dictionaries.asks_strict(policy);
                self.policy = Some((policy, modes));
                modes
            }
        }
    }
}

/// From what signatures and SPF results come to.
fn judgement(
    tables: &Tables,
    row: &Row,
    [dkim, spf]: [Verdict; 2],
    (strict_dkim, strict_spf): Modes,
) -> Judgement {
    let evaluated = tables.dictionaries.evaluated(row.evaluated);
    let mut judgement = Judgement {
        dkim: dkim.on_method(evaluated.dkim),
        spf: spf.on_method(evaluated.spf),
        strict_dkim,
        strict_spf,
        strictness: dkim.strictness || spf.strictness,
        broken: dkim.broken && !dkim.passed,
        ..Judgement::default()
    };
    judgement.agreement = match (judgement.passed(), evaluated.passed()) {
        (Some(ours), Some(theirs)) if ours == theirs => Agreement::Agree,
        (Some(false), Some(true)) => Agreement::ReporterPasses,
        (Some(true), Some(false)) => Agreement::ReporterFails,
        _ => Agreement::Unknown,
    };
    judgement
}

/// What the results of one method come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Verdict {
    /// There is an author's domain to align with.
    has_author: bool,
    listed: bool,
    passed: bool,
    may_pass: bool,
    /// Something passes that strict alignment alone refuses.
    strictness: bool,
    /// A signature aligns, is there, and does not pass.
    broken: bool,
}

impl Verdict {
    /// `theirs` is the reporter's word on the method.
    fn on_method(&self, theirs: TermId) -> Option<bool> {
        let incomplete = self.may_pass || (!self.listed && theirs == TermId::PASS);
        (self.has_author && (self.passed || !incomplete)).then_some(self.passed)
    }

    fn pack(self) -> u8 {
        let Self { has_author, listed, passed, may_pass, strictness, broken } = self;
        let all = [broken, has_author, listed, passed, may_pass, strictness];
        all.iter().fold(0, |bits, is| bits << 1 | u8::from(*is))
    }

    fn unpack(bits: u8) -> Self {
        let is = |bit: u8| bits >> bit & 1 == 1;
        Self {
            broken: is(5),
            has_author: is(4),
            listed: is(3),
            passed: is(2),
            may_pass: is(1),
            strictness: is(0),
        }
    }
}

/// Whether a signature is there that does not pass, for no passing reason.
fn is_fault(tables: &Tables, result: TermId) -> bool {
    let no_fault = [DkimResult::None, DkimResult::Pass, DkimResult::TempError];
    let text = tables.dictionaries.terms.get(result);
    text.is_some_and(|text| no_fault.iter().all(|word| word.as_str() != text))
}

fn passes(result: TermId) -> Option<bool> {
    (result != TermId::ABSENT).then_some(result == TermId::PASS)
}
