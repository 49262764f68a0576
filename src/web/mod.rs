//! The only raw browser code: workers, files, the lock, storage. Everything a
//! screen needs from the browser has one small function here.

pub mod blob_source;
pub mod crew;
pub mod envelope;
pub mod fetch;
pub mod lock;
pub mod pick;
pub mod requests;
pub mod sample;
pub mod save;
pub mod screens;
pub mod session;
pub mod snapshot;
pub mod storage;
pub mod style;
pub mod timing;
pub mod worker;
pub mod zone;

/// The page's window.
pub fn window() -> web_sys::Window {
    // invariant: only called on the page, never in a worker.
    web_sys::window().expect("a page")
}
