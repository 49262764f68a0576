//! The page: a Yew application that asks the engine and shows its answers.
//!
//! What changes at different rates is handed down in different contexts, so
//! that an import, which changes its counts with every frame, draws only them.

mod app;
mod components;
mod hooks;
mod pages;
mod shell;
mod state;

/// Mounts the application on the page.
pub fn run() {
    yew::Renderer::<app::App>::new().render();
}
