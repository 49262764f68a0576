//! Writes the sample data behind "Try with sample data": `static/sample/`.
//!
//! ```text
//! cargo run --example make-sample [FOLDER]
//! ```
//!
//! Everything in it is invented, dated to six weeks of autumn 2026, and the
//! same on every run. The story that the reports tell is in `story.rs`:
//!
//! - **example.com** (`p=none`) should fix one thing first: the newsletter
//!   service Sendwell signs and bounces with its own domain, so that nothing
//!   it sends is aligned. It also has a forwarder, a mailing list, a server
//!   without a signature, and a wave of forged mail in the fifth week.
//! - **example.net** moved from `none` to `quarantine` in the fourth week and
//!   is ready for `reject`: what fails is forged.
//! - **example.org** sends little, has `p=reject`, and sees the same wave
//!   turned away.
//!
//! and of their encrypted delivery (`tls.rs`): example.net is ready for MTA-STS
//! `enforce`, example.com has an expired certificate at one MX, and some
//! senders still hold an old policy of example.org.

mod aggregate;
mod failure;
mod mail;
mod pack;
mod random;
mod story;
mod tls;
mod xml;

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder =
        env::args_os().nth(1).map_or_else(|| PathBuf::from("static/sample"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let files = pack::files()?;
    let names: String = files.iter().map(|(name, _)| format!("{name}\n")).collect();
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes)?;
    }
    fs::write(folder.join("index.txt"), names)
}
