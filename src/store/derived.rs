//! What Vitrail makes of the records itself, beside what their reporters say:
//! one number a row, which names one of few judgements. The store only has the
//! place for it; `derive` fills it.

use serde::{Deserialize, Serialize};
use vitrail_kernels::interner::Interner;

use super::{JudgementId, RowId};

/// Whether the domain of one raw result aligns with the author's (RFC 9989
/// §3.2.10), be the result a pass or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alignment {
    /// A domain is not stated, or the public suffixes are not at hand.
    #[default]
    Unknown,
    No,
    Yes,
    /// It was not looked at: SPF of the HELO name, where there was a MAIL FROM.
    Unused,
    /// It does not, for strict alignment alone: it is of the author's organization.
    Strict,
}

impl Alignment {
    const ALL: [Self; 5] = [Self::Unknown, Self::No, Self::Yes, Self::Unused, Self::Strict];

    pub const fn pack(self) -> u8 {
        self as u8
    }

    pub fn unpack(bits: u8) -> Self {
        Self::ALL.get(usize::from(bits)).copied().unwrap_or_default()
    }
}

/// How our verdict on a record and its reporter's compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One of the two is not known: the reporter states none, or too little to
    /// judge by.
    #[default]
    Unknown,
    Agree,
    /// The reporter says pass, and nothing it lists does.
    ReporterPasses,
    /// The reporter says fail, and something it lists passes aligned.
    ReporterFails,
}

impl Agreement {
    /// In the order of [`Judgement::pack`].
    pub const ALL: [Self; 4] =
        [Self::Unknown, Self::Agree, Self::ReporterPasses, Self::ReporterFails];

    /// The word in filters and exports; `None` where nothing can be said.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Agree => Some("agree"),
            Self::ReporterPasses => Some("reporter-passes"),
            Self::ReporterFails => Some("reporter-fails"),
        }
    }
}

/// Our verdict on a record. `None` where it cannot be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Whether a signature passes and aligns.
    pub dkim: Option<bool>,
    /// Whether SPF passes and aligns.
    pub spf: Option<bool>,
    /// With the reporter's verdict, on DMARC as a whole.
    pub agreement: Agreement,
    /// Which modes the policy asks for: strict, or else relaxed.
    pub strict_dkim: bool,
    pub strict_spf: bool,
    /// Whether something passes that strict alignment alone refuses.
    pub strictness: bool,
    /// Whether a signature aligns, and none of those that do passes.
    pub broken: bool,
}

/// Bytes of a packed judgement.
const PACKED: usize = 2;

impl Judgement {
    /// DMARC passes where one of the two does (RFC 9989 §4.4).
    pub fn passed(&self) -> Option<bool> {
        match (self.dkim, self.spf) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }

    /// The same, were alignment relaxed.
    pub fn passed_relaxed(&self) -> Option<bool> {
        if self.strictness { Some(true) } else { self.passed() }
    }

    /// Two bits for each of the verdicts and the agreement, one for all else.
    fn pack(self) -> [u8; PACKED] {
        let verdict = |verdict: Option<bool>| verdict.map_or(0, |passed| 1 + u8::from(passed));
        let modes = u8::from(self.strict_dkim) << 6 | u8::from(self.strict_spf) << 7;
        let verdicts = verdict(self.dkim) | verdict(self.spf) << 2;
        let reasons = u8::from(self.strictness) | u8::from(self.broken) << 1;
        [verdicts | (self.agreement as u8) << 4 | modes, reasons]
    }

    fn unpack(packed: &[u8]) -> Self {
        let [bits, reasons] = *packed.first_chunk().unwrap_or(&[0; PACKED]);
        let verdict = |shift: u8| match bits >> shift & 3 {
            0 => None,
            verdict => Some(verdict > 1),
        };
        Self {
            dkim: verdict(0),
            spf: verdict(2),
            agreement: Agreement::ALL[usize::from(bits >> 4 & 3)],
            strict_dkim: bits >> 6 & 1 == 1,
            strict_spf: bits >> 7 == 1,
            strictness: reasons & 1 == 1,
            broken: reasons >> 1 & 1 == 1,
        }
    }
}

/// The derived columns, and the distinct values in them.
#[derive(Debug, Default)]
pub struct Derived {
    /// By row, as far as they are judged.
    judgements: Vec<JudgementId>,
    /// A packed judgement, then the alignments of all signatures and SPF results.
    distinct: Interner<u8>,
    /// The one being written; kept for its memory.
    bytes: Vec<u8>,
}

impl Derived {
    /// Rows that are judged: the first ones.
    pub fn rows(&self) -> usize {
        self.judgements.len()
    }

    /// The number of a judgement. `alignments` are those of a row's signatures, then those of
    /// its SPF results, in the order in which they are stated.
    pub fn number(&mut self, judgement: Judgement, alignments: &[Alignment]) -> JudgementId {
        self.bytes.clear();
        self.bytes.extend(judgement.pack());
        self.bytes.extend(alignments.iter().map(|alignment| alignment.pack()));
        JudgementId(self.distinct.intern(&self.bytes))
    }

    /// Judges the next rows, by the numbers of their judgements.
    pub fn extend(&mut self, ids: &[u32]) {
        self.judgements.extend_from_slice(bytemuck::cast_slice(ids));
    }

    /// By row; ids are less than [`bound`](Self::bound).
    pub fn judgements(&self) -> &[JudgementId] {
        &self.judgements
    }

    pub fn bound(&self) -> usize {
        self.distinct.len()
    }

    pub fn judgement(&self, id: JudgementId) -> Judgement {
        Judgement::unpack(self.distinct.get(id.0))
    }

    /// The judgement on a row, and the alignments it rests on, as they were given.
    pub fn of_row(&self, row: RowId) -> Option<(Judgement, impl Iterator<Item = Alignment>)> {
        let id = *self.judgements.get(row.index())?;
        let alignments = self.distinct.get(id.0).iter().skip(PACKED);
        Some((self.judgement(id), alignments.map(|bits| Alignment::unpack(*bits))))
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        (self.judgements.capacity() * size_of::<JudgementId>()) as u64 + self.distinct.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_come_back_and_are_kept_once() {
        let verdicts = [None, Some(false), Some(true)];
        let mut derived = Derived::default();
        let mut given = Vec::new();
        for dkim in verdicts {
            for spf in verdicts {
                for (at, agreement) in Agreement::ALL.into_iter().enumerate() {
                    let (strict_dkim, strict_spf) = (at & 1 == 1, at & 2 == 2);
                    let modes = Judgement { strict_dkim, strict_spf, ..Judgement::default() };
                    let strictness = (at + given.len()) & 4 == 4;
                    given.push(Judgement { dkim, spf, agreement, strictness, ..modes });
                }
            }
        }
        for judgement in given.iter().chain(&given) {
            let id = derived.number(*judgement, &Alignment::ALL);
            derived.extend(&[id.0]);
        }
        assert_eq!((derived.rows(), derived.bound()), (2 * given.len(), given.len()));
        for (row, judgement) in (0..).zip(given.iter().chain(&given)) {
            let (found, alignments) = derived.of_row(RowId(row)).unwrap();
            assert_eq!(
                (found, alignments.collect::<Vec<_>>()),
                (*judgement, Alignment::ALL.into())
            );
        }
        assert!(derived.of_row(RowId(1_000)).is_none());
    }

    #[test]
    fn either_is_enough() {
        let passed = |dkim, spf| Judgement { dkim, spf, ..Judgement::default() }.passed();
        assert_eq!(passed(Some(true), None), Some(true));
        assert_eq!(passed(Some(false), Some(true)), Some(true));
        assert_eq!(passed(Some(false), Some(false)), Some(false));
        assert_eq!(passed(Some(false), None), None);
        let near = Judgement { dkim: Some(false), strictness: true, ..Judgement::default() };
        assert_eq!((near.passed(), near.passed_relaxed()), (None, Some(true)));
        assert_eq!(Judgement::default().passed_relaxed(), None);
    }
}
