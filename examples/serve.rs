//! Serves `dist/` on this machine, as a static host would: `cargo run --example serve -- --port 8080`.
//! `scripts/serve` builds first and then runs this.

#[path = "../tests/browser/server.rs"]
mod server;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use server::{Options, StaticServer};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let port = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => 8080,
        ["--port", port] => port.parse().map_err(io::Error::other)?,
        _ => return Err(io::Error::other("usage: serve [--port N]")),
    };
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist");
    if !root.join("index.html").is_file() {
        return Err(io::Error::other("there is no dist/index.html yet: run scripts/build"));
    }
    let on_request = Box::new(|method: &str, address: &str, status| {
        println!("{status} {method} {address}");
    });
    let options = Options { root, mount: "/", port, no_store: true, on_request };
    let server = StaticServer::start(options)
        .map_err(|error| io::Error::other(format!("port {port}: {error}")))?;
    println!("Vitrail is at {} (Ctrl-C ends it)", server.url());
    loop {
        std::thread::park();
    }
}
