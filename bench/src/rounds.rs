//! Several contestants, timed in turns: what else the machine does hits all of them.

use std::hint::black_box;
use std::time::Instant;

use crate::Outcome;
use crate::figures::median;

/// What a contestant found, which must be what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub records: usize,
    /// Messages; 0 from one that only counts records.
    pub messages: u64,
}

pub struct Contestant<'a> {
    pub name: &'static str,
    pub run: Box<dyn FnMut() -> Outcome<Found> + 'a>,
}

/// Names and medians in milliseconds. Fails where one finds something else than `expected`.
pub fn time(
    mut contestants: Vec<Contestant<'_>>,
    rounds: usize,
    expected: Found,
) -> Outcome<Vec<(&'static str, f64)>> {
    let mut times = vec![Vec::new(); contestants.len()];
    for _ in 0..rounds {
        for (contestant, times) in contestants.iter_mut().zip(&mut times) {
            let start = Instant::now();
            let found = black_box((contestant.run)()?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            if found != expected && found != (Found { messages: 0, ..expected }) {
                return Err(format!("{}: {found:?}, not {expected:?}", contestant.name).into());
            }
        }
    }
    Ok(contestants.iter().map(|it| it.name).zip(times.into_iter().map(median)).collect())
}
