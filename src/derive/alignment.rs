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

use vitrail_kernels::memo::{self, Memo};

use crate::base::domain::comparable;
use crate::knowledge::Suffixes;
use crate::report::Vocabulary;
use crate::report::token::SpfScope;
use crate::store::{
    Agreement, Alignment, Derived, DkimTerms, Interner, Judgement, ListId, Row, RowId, SpfTerms,
    Store, Tables, TermId,
};

/// Judges the rows of one set of tables. What it remembers of a term is found out
/// once.
pub struct Judge {
    suffixes: Option<Suffixes>,
    /// By term, as far as they were met.
    domains: Vec<Domain>,
    /// Comparable names and organizational domains.
    names: Interner<u8>,
    /// The policy met last, as all rows of a report have the same, and its modes.
    policy: Option<(ListId, (bool, bool))>,
    /// Of the row in hand.
    alignments: Vec<Alignment>,
    /// Judgements of rows that say the same.
    memo: Memo,
}

/// A term as a domain: two texts in [`Judge::names`], or one of the numbers below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Domain {
    name: u32,
    organization: u32,
    /// It is the word that stands for the HELO name as the scope of a check.
    is_helo: bool,
}

/// Not met yet.
const UNMET: u32 = u32::MAX;
/// There is none: the text is no name, or the name an address.
const NONE: u32 = u32::MAX - 1;
/// It takes the list of suffixes to know.
const UNKNOWN: u32 = u32::MAX - 2;

/// How one result stands: whether it passes, where stated, and aligns.
type Standing = (Option<bool>, Alignment);

impl Judge {
    /// Without suffixes, relaxed alignment is only known where names are equal.
    pub fn new(suffixes: Option<Suffixes>) -> Self {
        Self {
            suffixes,
            domains: Vec::new(),
            names: Interner::default(),
            policy: None,
            alignments: Vec::new(),
            memo: Memo::default(),
        }
    }

    /// Judges those rows that are not judged yet.
    pub fn extend(&mut self, store: &mut Store) {
        let (tables, derived) = store.deriving();
        if derived.rows() == 0 {
            // A new store, whose terms are others.
            self.domains.clear();
            self.names = Interner::default();
            self.policy = None;
            self.memo.clear();
        }
        let next =
            tables.rows.report.get(derived.rows()).map_or(tables.reports.len(), |id| id.index());
        let mut ids = Vec::new();
        for report in tables.reports.iter().skip(next) {
            ids.clear();
            let rows = report.rows.range();
            self.judge_all(tables, rows.start.max(derived.rows())..rows.end, derived, &mut ids);
            derived.extend(&ids);
        }
    }

    /// Judges rows of one report: of those that say the same, the first.
    fn judge_all(
        &mut self,
        tables: &Tables,
        rows: Range<usize>,
        derived: &mut Derived,
        to: &mut Vec<u32>,
    ) {
        let of = &tables.rows;
        // All that `judge` looks at, but for the policy.
        let columns: [&[u32]; memo::COLUMNS] = [
            bytemuck::cast_slice(&of.header_from),
            bytemuck::cast_slice(&of.envelope_from),
            bytemuck::cast_slice(&of.evaluated),
            bytemuck::cast_slice(&of.dkim),
            bytemuck::cast_slice(&of.spf),
        ];
        let report = of.report.get(rows.start).copied();
        let header = report.and_then(|report| tables.header_of(report));
        let policy = header.map_or(ListId::default(), |header| header.policy).0;
        let mut row = rows.start;
        while row < rows.end {
            row += self.memo.numbers(columns, policy, (row, rows.end), to);
            if row < rows.end {
                let judgement = self.judge(tables, RowId(row as u32));
                let id = derived.number(judgement, &self.alignments);
                self.memo.learn(columns, policy, row, id.0);
            }
        }
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
        let facts = &tables.dictionaries;
        let policy = tables.header_of(row.report).map_or(ListId::default(), |it| it.policy);
        let (strict_dkim, strict_spf) = self.asks_strict(tables, policy);
        let author = self.domain(tables, row.header_from);

        let mut dkim = Verdict::default();
        for DkimTerms { domain, result, .. } in facts.dkim_terms(row.dkim) {
            let alignment = match domain {
                TermId::ABSENT => Alignment::Unknown,
                domain => aligned(author, self.domain(tables, domain), strict_dkim),
            };
            self.take(&mut dkim, (passes(result), alignment));
        }
        let mut spf = Verdict::default();
        let mail_from = self.has_mail_from(tables, &row);
        for SpfTerms { domain, scope, result } in facts.spf_terms(row.spf) {
            let helo = self.domain(tables, scope).is_helo;
            let alignment = match self.checked(tables, &row, domain, helo) {
                _ if helo && mail_from => Alignment::Unused,
                TermId::ABSENT => Alignment::Unknown,
                domain => aligned(author, self.domain(tables, domain), strict_spf),
            };
            self.take(&mut spf, (passes(result), alignment));
        }

        let evaluated = facts.evaluated(row.evaluated);
        let mut judgement = Judgement {
            dkim: dkim.on_method(evaluated.dkim),
            spf: spf.on_method(evaluated.spf),
            strict_dkim,
            strict_spf,
            ..Judgement::default()
        };
        if author.name == NONE {
            (judgement.dkim, judgement.spf) = (None, None);
        }
        judgement.agreement = match (judgement.passed(), evaluated.passed()) {
            (Some(ours), Some(theirs)) if ours == theirs => Agreement::Agree,
            (Some(false), Some(true)) => Agreement::ReporterPasses,
            (Some(true), Some(false)) => Agreement::ReporterFails,
            _ => Agreement::Unknown,
        };
        judgement
    }

    fn take(&mut self, verdict: &mut Verdict, (passes, alignment): Standing) {
        self.alignments.push(alignment);
        verdict.listed = true;
        match (passes, alignment) {
            (Some(true), Alignment::Yes) => verdict.passed = true,
            (Some(false), _) | (_, Alignment::No | Alignment::Unused) => {}
            _ => verdict.may_pass = true,
        }
    }

    /// Whether there was a MAIL FROM: the envelope names one, or an SPF result does.
    fn has_mail_from(&mut self, tables: &Tables, row: &Row) -> bool {
        let mut results = tables.dictionaries.spf_terms(row.spf);
        self.domain(tables, row.envelope_from).name != NONE
            || results.any(|check| !self.domain(tables, check.scope).is_helo)
    }

    fn asks_strict(&mut self, tables: &Tables, policy: ListId) -> (bool, bool) {
        match self.policy {
            Some((known, modes)) if known == policy => modes,
            _ => {
                let modes = tables.dictionaries.asks_strict(policy);
                self.policy = Some((policy, modes));
                modes
            }
        }
    }

    /// The domain that an SPF check was about: where it is not stated, the envelope's.
    fn checked(&mut self, tables: &Tables, row: &Row, domain: TermId, helo: bool) -> TermId {
        match self.domain(tables, domain).name {
            NONE if !helo => row.envelope_from,
            _ => domain,
        }
    }

    fn domain(&mut self, tables: &Tables, term: TermId) -> Domain {
        let unmet = Domain { name: UNMET, organization: UNMET, is_helo: false };
        if let Some(known) = self.domains.get(term.index())
            && *known != unmet
        {
            return *known;
        }
        let text = tables.dictionaries.terms.get(term).unwrap_or_default();
        let domain = self.read(text);
        if self.domains.len() <= term.index() {
            self.domains.resize(tables.dictionaries.terms.bound(), unmet);
        }
        if let Some(slot) = self.domains.get_mut(term.index()) {
            *slot = domain;
        }
        domain
    }

    fn read(&mut self, text: &str) -> Domain {
        let is_helo = text == SpfScope::Helo.as_str();
        let Some(name) = comparable(text) else {
            return Domain { name: NONE, organization: NONE, is_helo };
        };
        let organization = match &self.suffixes {
            None => UNKNOWN,
            Some(suffixes) => suffixes
                .organizational_domain(&name)
                .map_or(NONE, |domain| self.names.intern(domain.as_bytes())),
        };
        Domain { name: self.names.intern(name.as_bytes()), organization, is_helo }
    }
}

/// What the results of one method come to.
#[derive(Default)]
struct Verdict {
    listed: bool,
    passed: bool,
    may_pass: bool,
}

impl Verdict {
    /// `theirs` is the reporter's word on the method.
    fn on_method(&self, theirs: TermId) -> Option<bool> {
        let incomplete = self.may_pass || (!self.listed && theirs == TermId::PASS);
        (self.passed || !incomplete).then_some(self.passed)
    }
}

fn aligned(author: Domain, other: Domain, strict: bool) -> Alignment {
    match (author, other) {
        (Domain { name: NONE, .. }, _) => Alignment::Unknown,
        (_, Domain { name: NONE, .. }) => Alignment::No,
        _ if author.name == other.name => Alignment::Yes,
        _ if strict || author.organization == NONE || other.organization == NONE => Alignment::No,
        _ if author.organization == UNKNOWN => Alignment::Unknown,
        _ if author.organization == other.organization => Alignment::Yes,
        _ => Alignment::No,
    }
}

fn passes(result: TermId) -> Option<bool> {
    (result != TermId::ABSENT).then_some(result == TermId::PASS)
}
