//! One hook a file, named by what it is for.

mod use_context_values;
mod use_dropped_files;
mod use_folding_menus;
mod use_hash_route;
mod use_lead_on;
mod use_saved_clock;
mod use_saved_language;
mod use_scrolling;

pub use use_context_values::{use_language, use_snapshot, use_visit};
pub use use_dropped_files::use_dropped_files;
pub use use_folding_menus::use_folding_menus;
pub use use_hash_route::{entry_of_history, go_to, use_hash_route};
pub use use_lead_on::use_lead_on;
pub use use_saved_clock::{switch_clock, use_saved_clock};
pub use use_saved_language::use_saved_language;
pub use use_scrolling::{Drawn, Reached, Scrolling, use_scrolling};
