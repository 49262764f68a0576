//! The toolbox script: draws the tools for records and policies.

fn main() {
    #[cfg(target_arch = "wasm32")]
    vitrail::web::toolbox::run();
}
