//! The facts of a report as ids, and back: what goes into a list in which order
//! is written here, once for each direction.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vitrail_kernels::interner::Many;

use super::words::Words;
use super::{AddressId, Addresses, ListId, Lists, TermId, Terms, addresses};
use crate::report::model::{
    AggregateRecord, Dkim, Extra, LangText, PolicyPublished, Reason, Spf, Text,
};
use crate::report::token::{AlignmentMode, SpfScope};
use crate::report::{Token, Vocabulary};

/// The three dictionaries that all other tables point into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionaries {
    pub terms: Terms,
    pub lists: Lists,
    pub addresses: Addresses,
    #[serde(skip)]
    later: Later,
    #[serde(skip)]
    words: Words,
}

/// What the last records say, which is numbered together.
#[derive(Clone, Debug, Default)]
struct Later {
    /// Of each record the source.
    addresses: Many,
    /// Of each record three: see [`Dictionaries::write_record`].
    lists: Many,
}

/// Empty wherever two are compared: a filler settles before it lets go.
impl PartialEq for Later {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Later {}

/// So many records wait at most.
pub(super) const WAITING: usize = 128;

/// Lists of one record.
const LISTS: usize = 3;

/// The reporter's verdict on one record (`policy_evaluated`), without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluated {
    pub disposition: TermId,
    pub dkim: TermId,
    pub spf: TermId,
}

impl Evaluated {
    /// DMARC passes where DKIM or SPF passes aligned (RFC 9989 §5.3.6); `None` where
    /// neither is stated.
    pub fn passed(self) -> Option<bool> {
        let stated = self.dkim != TermId::ABSENT || self.spf != TermId::ABSENT;
        stated.then(|| self.dkim == TermId::PASS || self.spf == TermId::PASS)
    }
}

/// One DKIM signature, as ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DkimTerms {
    pub domain: TermId,
    pub selector: TermId,
    pub result: TermId,
}

/// One SPF check, as ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpfTerms {
    pub domain: TermId,
    pub scope: TermId,
    pub result: TermId,
}

/// Entries of the lists, in terms.
const EVALUATED: usize = 3;
const PAIR: usize = 2;
const SIGNATURE: usize = 4;
const POLICY: usize = 9;

/// The tags of a policy, in the order of its list; the last one is no tag, but how it was found.
const TAGS: [&str; POLICY] =
    ["p", "sp", "np", "adkim", "aspf", "pct", "fo", "t", "discovery_method"];

impl Dictionaries {
    pub fn bytes(&self) -> u64 {
        let Later { addresses, lists } = &self.later;
        let waiting = addresses.bytes() + lists.bytes();
        self.terms.bytes() + self.lists.bytes() + self.addresses.bytes() + waiting
    }

    pub(super) fn token<V: Vocabulary>(&mut self, token: &Option<Token<'_, V>>) -> TermId {
        match token {
            None => TermId::ABSENT,
            Some(Token::Known(word)) => self.words.term(*word, &mut self.terms),
            Some(Token::Other(text)) => self.terms.intern(text),
        }
    }

    fn text(&mut self, text: &Text<'_>) -> TermId {
        self.terms.intern_text(text)
    }

    fn write<const N: usize, T>(
        &mut self,
        entries: &[T],
        terms: impl Fn(&mut Self, &T) -> [TermId; N],
    ) {
        for entry in entries {
            let terms = terms(self, entry);
            self.write_terms(terms);
        }
    }

    fn write_terms<const N: usize>(&mut self, terms: [TermId; N]) {
        self.later.lists.write(bytemuck::cast_slice(&terms));
    }

    /// Interns what was written since the last time.
    fn close(&mut self) -> ListId {
        let id = self.lists.intern(bytemuck::cast_slice(self.later.lists.written()));
        self.later.lists.forget_written();
        id
    }

    /// Writes down a record's source, its verdict with the reasons (the empty list where nothing is
    /// stated), its signatures and its SPF results: numbered later, by [`Self::settle`], since many
    /// are numbered in less time than one by one.
    pub fn write_record(&mut self, record: &AggregateRecord<'_>) -> Evaluated {
        let source = &mut self.later.addresses;
        let write = |words: &[u32]| source.push(words);
        addresses::with_words(record.source_ip.as_ref(), &mut self.terms, write);
        let evaluated = Evaluated {
            disposition: self.token(&record.disposition),
            dkim: self.token(&record.dkim),
            spf: self.token(&record.spf),
        };
        let terms = [evaluated.disposition, evaluated.dkim, evaluated.spf];
        if terms != [TermId::ABSENT; EVALUATED] || !record.reasons.is_empty() {
            self.write_terms(terms);
        }
        self.write(&record.reasons, |to, reason| {
            [to.token(&reason.kind), to.text(&reason.comment)]
        });
        self.later.lists.end();
        self.write_dkim(&record.auth.dkim);
        self.write_spf(&record.auth.spf);
        evaluated
    }

    /// The numbers of what was written of the last records: the source of each; and of each its
    /// verdict, its signatures, its SPF results.
    pub fn settle(&mut self) -> (&[AddressId], &[[ListId; LISTS]]) {
        let Later { addresses, lists } = &mut self.later;
        let lists = self.lists.intern_all(lists);
        (self.addresses.intern_all(addresses), lists.as_chunks().0)
    }

    pub fn evaluated(&self, id: ListId) -> Evaluated {
        let list = self.lists.get(id);
        let at = |index| list.get(index).copied().unwrap_or_default();
        Evaluated { disposition: at(0), dkim: at(1), spf: at(2) }
    }

    pub fn reasons(&self, id: ListId) -> Vec<Reason<'_>> {
        let reason = |[kind, comment]: [TermId; PAIR]| Reason {
            kind: self.read_token(kind),
            comment: self.read(comment),
        };
        self.reason_terms(id).map(reason).collect()
    }

    /// The type and the comment of each of [`Self::reasons`].
    pub fn reason_terms(&self, id: ListId) -> impl Iterator<Item = [TermId; PAIR]> {
        entries(self.lists.get(id).get(EVALUATED..).unwrap_or_default())
    }

    fn write_dkim(&mut self, signatures: &[Dkim<'_>]) {
        self.write(signatures, |to, dkim| {
            [
                to.text(&dkim.domain),
                to.text(&dkim.selector),
                to.token(&dkim.result),
                to.text(&dkim.human_result),
            ]
        });
        self.later.lists.end();
    }

    pub fn dkim(&self, id: ListId) -> Vec<Dkim<'_>> {
        let dkim = |[domain, selector, result, human_result]: [TermId; SIGNATURE]| Dkim {
            domain: self.read(domain),
            selector: self.read(selector),
            result: self.read_token(result),
            human_result: self.read(human_result),
        };
        entries(self.lists.get(id)).map(dkim).collect()
    }

    /// [`Self::dkim`] as ids.
    pub fn dkim_terms(&self, id: ListId) -> impl Iterator<Item = DkimTerms> {
        entries(self.lists.get(id)).map(|[domain, selector, result, _]: [TermId; SIGNATURE]| {
            DkimTerms { domain, selector, result }
        })
    }

    fn write_spf(&mut self, checks: &[Spf<'_>]) {
        self.write(checks, |to, spf| {
            [
                to.text(&spf.domain),
                to.token(&spf.scope),
                to.token(&spf.result),
                to.text(&spf.human_result),
            ]
        });
        self.later.lists.end();
    }

    pub fn spf(&self, id: ListId) -> Vec<Spf<'_>> {
        let spf = |[domain, scope, result, human_result]: [TermId; SIGNATURE]| Spf {
            domain: self.read(domain),
            scope: self.read_token(scope),
            result: self.read_token(result),
            human_result: self.read(human_result),
        };
        entries(self.lists.get(id)).map(spf).collect()
    }

    /// [`Self::spf`] as ids.
    pub fn spf_terms(&self, id: ListId) -> impl Iterator<Item = SpfTerms> {
        entries(self.lists.get(id)).map(|[domain, scope, result, _]: [TermId; SIGNATURE]| {
            SpfTerms { domain, scope, result }
        })
    }

    /// The first domain whose signature passes; the absent term where none does.
    pub fn passing_dkim(&self, id: ListId) -> TermId {
        let mut all = self.dkim_terms(id);
        all.find(|one| one.result == TermId::PASS).map_or(TermId::ABSENT, |one| one.domain)
    }

    /// The first domain whose SPF passes, of what DMARC looks at: a HELO name counts where there
    /// is no check of a MAIL FROM beside it.
    pub fn passing_spf(&self, id: ListId) -> TermId {
        let is_helo = |one: SpfTerms| self.terms.get(one.scope) == Some(SpfScope::Helo.as_str());
        let has_only_helo = self.spf_terms(id).all(is_helo);
        let counts = |one: &SpfTerms| one.result == TermId::PASS && is_helo(*one) == has_only_helo;
        self.spf_terms(id).find(counts).map_or(TermId::ABSENT, |one| one.domain)
    }

    pub fn write_extras(&mut self, extras: &[Extra<'_>]) -> ListId {
        self.write(extras, |to, extra| {
            [to.terms.intern(&extra.path), to.terms.intern(&extra.text)]
        });
        self.close()
    }

    pub fn extras(&self, id: ListId) -> Vec<Extra<'_>> {
        let extra = |[path, text]: [TermId; PAIR]| Extra {
            path: self.read(path).unwrap_or_default(),
            text: self.read(text).unwrap_or_default(),
        };
        entries(self.lists.get(id)).map(extra).collect()
    }

    pub fn write_lang_texts(&mut self, texts: &[LangText<'_>]) -> ListId {
        self.write(texts, |to, text| [to.terms.intern(&text.text), to.text(&text.lang)]);
        self.close()
    }

    pub fn lang_texts(&self, id: ListId) -> Vec<LangText<'_>> {
        let text = |[text, lang]: [TermId; PAIR]| LangText {
            text: self.read(text).unwrap_or_default(),
            lang: self.read(lang),
        };
        entries(self.lists.get(id)).map(text).collect()
    }

    /// A policy that is there but states nothing is a list of absent terms.
    pub fn write_policy(&mut self, policy: Option<&PolicyPublished<'_>>) -> ListId {
        self.write(policy.as_slice(), |to, policy| {
            [
                to.token(&policy.p),
                to.token(&policy.sp),
                to.token(&policy.np),
                to.token(&policy.adkim),
                to.token(&policy.aspf),
                to.text(&policy.pct),
                to.text(&policy.fo),
                to.token(&policy.testing),
                to.token(&policy.discovery_method),
            ]
        });
        self.close()
    }

    pub fn policy(&self, id: ListId) -> Option<PolicyPublished<'_>> {
        let [p, sp, np, adkim, aspf, pct, fo, testing, discovery_method]: [TermId; POLICY] =
            entries(self.lists.get(id)).next()?;
        Some(PolicyPublished {
            p: self.read_token(p),
            sp: self.read_token(sp),
            np: self.read_token(np),
            adkim: self.read_token(adkim),
            aspf: self.read_token(aspf),
            pct: self.read(pct),
            fo: self.read(fo),
            testing: self.read_token(testing),
            discovery_method: self.read_token(discovery_method),
        })
    }

    /// The policy asked for (`p`) in a list of [`Self::write_policy`].
    pub fn policy_action(&self, id: ListId) -> TermId {
        self.lists.get(id).first().copied().unwrap_or_default()
    }

    /// All that a policy states, in the spelling of a DMARC record (RFC 9989 §4.7); `None` where
    /// there is no policy. (One that states nothing is a text without letters.)
    pub fn policy_tags(&self, id: ListId) -> Option<String> {
        let terms = entries::<POLICY>(self.lists.get(id)).next()?;
        let mut tags = String::new();
        for (name, value) in TAGS.iter().zip(terms) {
            if let Some(value) = self.terms.get(value) {
                let sign = if tags.is_empty() { "" } else { "; " };
                tags.extend([sign, *name, "=", value]);
            }
        }
        Some(tags)
    }

    /// Whether a policy asks for strict alignment of DKIM, and of SPF. Relaxed is
    /// what goes without saying (RFC 9989 §4.7).
    pub fn asks_strict(&self, id: ListId) -> (bool, bool) {
        let list = self.lists.get(id);
        let strict = |at: usize| {
            let mode = list.get(at).and_then(|mode| self.terms.get(*mode));
            mode == Some(AlignmentMode::Strict.as_str())
        };
        (strict(3), strict(4))
    }

    pub fn read(&self, id: TermId) -> Text<'_> {
        self.terms.get(id).map(Cow::Borrowed)
    }

    /// Readers hand over the registered word wherever they recognise one, so
    /// that any other text is one they did not.
    pub(super) fn read_token<V: Vocabulary>(&self, id: TermId) -> Option<Token<'_, V>> {
        let text = self.terms.get(id)?;
        let known = V::ALL.iter().find(|word| word.as_str() == text);
        Some(known.map_or(Token::Other(Cow::Borrowed(text)), |word| Token::Known(*word)))
    }
}

/// The entries of a list, each of `N` terms.
fn entries<const N: usize>(list: &[TermId]) -> impl Iterator<Item = [TermId; N]> {
    list.as_chunks::<N>().0.iter().copied()
}
