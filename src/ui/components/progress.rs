//! How far an import is: files, bytes and rows.

use yew::prelude::*;

use crate::view::Language;
use crate::web::snapshot::Progress;

/// The bar, and the same in words.
pub fn progress_bar(progress: &Progress, language: Language) -> Html {
    // In thousandths, of bytes, which are never so many that it takes 128 bits (`view::number`): their
    // division would weigh on the first load.
    let done = progress.bytes_done.saturating_mul(1000) / progress.bytes_total.max(1);
    let words = words(progress, language);
    html! {
        <div class="progress">
            <div class="progress__track" role="progressbar" aria-label={language.text("import.working")}
                aria-valuemin="0" aria-valuemax="1000" aria-valuenow={done.to_string()}
                aria-valuetext={words.clone()}>
                <svg class="progress__bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="progress__done" width={done.to_string()} height="10" />
                </svg>
            </div>
            <span class="progress__words" aria-hidden="true">{words}</span>
        </div>
    }
}

fn words(progress: &Progress, language: Language) -> String {
    language.fill(
        "import.progress",
        &[
            ("files", &language.integer(progress.files_done.into())),
            ("all-files", &language.integer(progress.files_total.into())),
            ("bytes", &language.bytes(progress.bytes_done)),
            ("all-bytes", &language.bytes(progress.bytes_total)),
            ("records", &language.count("count.records", progress.records)),
        ],
    )
}
