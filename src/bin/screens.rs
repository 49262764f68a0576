//! The screens' script: draws what the page itself does not.

fn main() {
    #[cfg(target_arch = "wasm32")]
    vitrail::web::screens::run();
}
