//! The Overview's sentences, and what stands beside its numbers.

use vitrail::screens::{Ask, Program};

use super::{ask, draw, samples, values};

#[test]
fn drawings_are_read_out_as_the_language_writes_it() {
    let mut engine = samples();
    for (language, written) in [("en", "\nfail: "), ("fr", "\néchec\u{a0}: ")] {
        let ask = Ask { language: language.to_owned(), ..ask("#/overview") };
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask);
        let labels = values(&drawn, "aria-label");
        assert!(labels.iter().any(|label| label.contains(written)), "{labels:?}");
    }
}
