//! Aggregate reports: what no golden fixture can say.

mod corpus;
mod express;
mod limits;
mod lossless;
mod make;
mod mutated;
mod surroundings;

use std::path::Path;

/// All documents at hand: the fixtures, and the shared corpus where it is.
pub fn documents() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let fixtures = super::golden::inputs(&root, "xml");
    let fixtures = fixtures.iter().map(|path| std::fs::read(path).expect("a readable fixture"));
    let shared = corpus::documents("documents").into_iter().map(|(_, bytes)| bytes);
    fixtures.chain(shared).collect()
}
