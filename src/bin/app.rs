//! The page: mounts the Yew application. Natively there is nothing to do.

fn main() {
    #[cfg(target_arch = "wasm32")]
    vitrail::ui::run();
}
