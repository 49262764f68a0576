//! Whether decoded tables are whole: every id names an entry that is there,
//! every span lies in its table. After this nothing can point astray.

use bytemuck::cast_slice;
use vitrail_kernels::rows::are_below;

use super::tables::{Span, Tables};
use super::{ListId, TermId};

/// Why tables that came as bytes are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Astray(&'static str);

impl std::fmt::Display for Astray {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} point astray", self.0)
    }
}

impl Tables {
    /// `Err` names the first table that points to where nothing is.
    pub fn check(&self) -> Result<(), Astray> {
        let terms = self.dictionaries.terms.bound();
        let lists = self.dictionaries.lists.bound();
        let addresses = self.dictionaries.addresses.bound();
        let term = |id: &TermId| id.index() < terms;
        let list = |id: &ListId| id.index() < lists;
        let (rows, tls, failures) = (&self.rows, &self.tls, &self.failures);
        let checks = [
            ("dictionaries", {
                self.dictionaries.terms.is_sound()
                    && self.dictionaries.lists.is_sound(terms)
                    && self.dictionaries.addresses.is_sound(terms)
            }),
            ("rows", {
                rows.is_even()
                    && are_below(cast_slice(&rows.report), self.reports.len())
                    && are_below(cast_slice(&rows.source), addresses)
                    && [&rows.evaluated, &rows.dkim, &rows.spf]
                        .into_iter()
                        .all(|ids| are_below(cast_slice(ids), lists))
                    && [&rows.header_from, &rows.envelope_from, &rows.envelope_to]
                        .into_iter()
                        .all(|ids| are_below(cast_slice(ids), terms))
            }),
            ("TLS rows", {
                tls.is_even()
                    && tls.report.iter().all(|id| id.index() < self.reports.len())
                    && tls.source.iter().chain(&tls.receiver).all(|id| id.index() < addresses)
                    && tls.policy.iter().chain(&tls.failure).all(list)
                    && tls.domain.iter().all(term)
            }),
            ("failures", {
                failures.is_even()
                    && failures.report.iter().all(|id| id.index() < self.reports.len())
                    && failures.source.iter().all(|id| id.index() < addresses)
                    && failures.message.iter().all(list)
            }),
            ("extras", {
                rows.extras.is_sound(rows.len(), lists)
                    && tls.extras.is_sound(tls.len(), lists)
                    && failures.extras.is_sound(failures.len(), lists)
            }),
            ("headers", {
                self.headers.iter().all(|header| {
                    let named = [
                        &header.reporter,
                        &header.contact,
                        &header.report_id,
                        &header.domain,
                        &header.generator,
                        &header.version,
                        &header.namespace,
                    ];
                    let listed = [
                        &header.extras,
                        &header.extra_contact_info,
                        &header.errors,
                        &header.policy,
                    ];
                    named.into_iter().all(term) && listed.into_iter().all(list)
                })
            }),
            ("reports", {
                follow_on(self.reports.iter().map(|report| report.rows), rows.len())
                    && follow_on(self.reports.iter().map(|report| report.tls), tls.len())
                    && follow_on(self.reports.iter().map(|of| of.failures), failures.len())
                    && self.reports.iter().enumerate().all(|(id, report)| {
                        let part = self.parts.get(report.part.index());
                        part.and_then(|part| part.report).is_some_and(|of| of.index() == id)
                    })
            }),
            ("files", self.files.iter().all(|file| term(&file.name))),
            ("parts", {
                follow_on(self.parts.iter().map(|part| part.steps), self.steps.len())
                    && follow_on(self.parts.iter().map(|part| part.tallies), self.tallies.len())
                    && self.parts.iter().all(|part| {
                        part.file.index() < self.files.len()
                            && part.header.is_none_or(|id| id.index() < self.headers.len())
                            && part.report.is_none_or(|id| {
                                id.index() < self.reports.len() && part.header.is_some()
                            })
                    })
            }),
            ("steps", self.steps.iter().all(|step| term(&step.name))),
            ("tallies", {
                let sightings = self.tallies.iter().map(|tally| tally.sightings);
                follow_on(sightings, self.sightings.len())
            }),
            ("sightings", self.sightings.iter().all(|sighting| term(&sighting.detail))),
        ];
        match checks.into_iter().find(|(_, sound)| !sound) {
            Some((table, _)) => Err(Astray(table)),
            None => Ok(()),
        }
    }
}

/// Whether the spans cover a table of `len` entries in order, each once.
fn follow_on(spans: impl Iterator<Item = Span>, len: usize) -> bool {
    let mut at = 0;
    for span in spans {
        if span.start != at || span.end < span.start {
            return false;
        }
        at = span.end;
    }
    at as usize == len
}
