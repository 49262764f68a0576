//! Batches as bytes: whole ones come back, broken ones are refused or harmless.

use std::cell::Cell;

use vitrail::base::{JobId, Limits};
use vitrail::engine::Engine;
use vitrail::wire::{self, Delivery};

use super::facts;
use super::queries::questions;
use crate::random::for_seeds;

#[test]
fn a_delivery_comes_back_as_it_was_sent() {
    for_seeds(0..50, |random| {
        let batch = facts::batch(&facts::files(random));
        let delivery = Delivery { job: JobId(random.below(100) as u32), batch };
        let bytes = wire::encode(&delivery);
        assert_eq!(wire::decode(&bytes), Some(delivery));
    });
}

#[test]
fn broken_bytes_never_panic() {
    let taken = Cell::new(0);
    for_seeds(0..30, |random| {
        let batch = facts::batch(&facts::files(random));
        let bytes = wire::encode(&Delivery { job: JobId(1), batch });
        for _ in 0..40 {
            let mut broken = bytes.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(broken.len());
                match random.below(4) {
                    0 => broken.truncate(at.max(1)),
                    1 => broken[at] = random.next() as u8,
                    2 => broken[at] = broken[at].wrapping_add(1),
                    _ => broken[at] ^= 1 << random.below(8),
                }
            }
            let Some(delivery) = wire::decode::<Delivery>(&broken) else { continue };
            taken.set(taken.get() + 1);
            let mut engine = Engine::new(Limits::default());
            engine.append(&delivery);
            questions().iter().for_each(|question| drop(engine.ask(question)));
            for file in delivery.batch.files() {
                engine.remove(file);
            }
        }
    });
    assert!(taken.get() > 100, "some broken bytes are a batch: {}", taken.get());
}
