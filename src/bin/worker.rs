//! The worker script: becomes the engine or a parser, as its first message says.

fn main() {
    #[cfg(target_arch = "wasm32")]
    vitrail::web::worker::run();
}
