//! Every file of the shared corpus gives the leaves that its note says it has.

use vitrail::base::{Format, Outcome};

use super::see::see;
use crate::shared_corpus;

#[test]
fn every_container_of_the_corpus_opens() {
    let kinds = ["aggregate", "failure", "tlsrpt", "other"];
    let Some(rows) = shared_corpus::rows(&kinds, "every_container_of_the_corpus_opens") else {
        return;
    };
    for row in rows {
        let sight = see(&row.bytes);
        let leaves = |format| sight.leaves.iter().filter(|(leaf, _)| *leaf == format).count();
        let innermost = row.container.rsplit('>').next().unwrap();
        let context =
            format!("{} ({}, {}): {:#?}", row.path, row.container, row.notes, sight.lines());
        match innermost {
            "xml" => assert!(leaves(Format::Xml) >= 1, "{context}"),
            "json" => assert_eq!(leaves(Format::Json), 1, "{context}"),
            "eml" => {
                let whole = sight.feedback.last().expect(&context);
                let has_report = whole.report.is_some();
                assert_eq!(has_report, !row.notes.contains("no-report-part"), "{context}");
            }
            _ => {
                assert!(sight.leaves.is_empty(), "{context}");
                let told = sight.count(Outcome::NotAReport) + sight.count(Outcome::Empty);
                assert_eq!(told, 1, "{context}");
            }
        }
    }
}
