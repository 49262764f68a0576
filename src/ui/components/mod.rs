//! What the screens are made of, one piece a file, named as its classes.
//!
//! A piece that keeps a state or asks a context is a component. One that only
//! draws what it is given is a function: each component costs the page some
//! kilobytes that everybody loads.

mod clock_switch;
mod copy_button;
mod drop_target;
mod file_inputs;
mod header;
mod help;
mod icon;
mod import_status;
mod language_switch;
mod mark;
mod navigation;
mod notices;
mod painted;
mod progress;
mod promise;
mod promise_badge;
mod table;

pub use copy_button::CopyButton;
pub use drop_target::DropTarget;
pub use file_inputs::{choose_files, choose_folder};
pub use header::Header;
pub use icon::{Shape, icon};
pub use mark::{mark, mark_sign};
pub use notices::Notices;
pub use painted::{nodes, painted};
pub use promise::promise;
pub use table::DataTable;
