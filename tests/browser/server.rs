//! A static file server on 127.0.0.1: right types, real 404s, no header of its own that a static
//! host might not send. `scripts/serve` and the browser tests use it.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use tiny_http::{Header, Method, Request, Response, Server};

/// What is served, and where.
pub struct Options {
    /// The folder whose files are served.
    pub root: PathBuf,
    /// The path it appears under, with a slash at both ends: `/`, `/a/b/`.
    pub mount: &'static str,
    /// The port; 0 lets the system choose a free one.
    pub port: u16,
    /// Forbids the browser to keep anything, so that each load asks again.
    pub no_store: bool,
    /// Told of each request as it comes: method, address, status.
    pub on_request: OnRequest,
}

/// `("GET", "/worker.js", 200)`
pub type OnRequest = Box<dyn Fn(&str, &str, u16) + Send + Sync>;

/// A running server; dropping it stops it.
pub struct StaticServer {
    server: Arc<Server>,
    address: SocketAddr,
    options: Arc<Options>,
    threads: Vec<JoinHandle<()>>,
}

/// A browser opens six connections to a host; a slow answer on one must not hold up the others.
const THREADS: usize = 6;

impl StaticServer {
    /// Starts to answer; fails where the port is taken.
    pub fn start(options: Options) -> io::Result<Self> {
        let server = Server::http((Ipv4Addr::LOCALHOST, options.port)).map_err(io::Error::other)?;
        let address =
            server.server_addr().to_ip().ok_or_else(|| io::Error::other("not an IP socket"))?;
        let (server, options) = (Arc::new(server), Arc::new(options));
        let threads = (0..THREADS)
            .map(|_| {
                let (server, options) = (server.clone(), options.clone());
                std::thread::spawn(move || {
                    // An error is how `unblock` ends the loop.
                    while let Ok(request) = server.recv() {
                        options.answer(request);
                    }
                })
            })
            .collect();
        Ok(Self { server, address, options, threads })
    }

    /// The address of the site's front page.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.options.mount)
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.server.unblock();
        }
        for thread in self.threads.drain(..) {
            // A thread that panicked has already said so.
            let _ = thread.join();
        }
    }
}

impl Options {
    fn answer(&self, request: Request) {
        let found = match request.method() {
            Method::Get | Method::Head => self.file(request.url()),
            _ => None,
        };
        let found = found.and_then(|path| Some((mime(&path), File::open(path).ok()?)));
        let status = if found.is_some() { 200 } else { 404 };
        (self.on_request)(request.method().as_str(), request.url(), status);
        // A client that hung up is its own affair.
        let _ = match found {
            Some((mime, file)) => {
                request.respond(self.with_headers(Response::from_file(file), mime))
            }
            None => {
                let response = Response::from_string("Not found\n").with_status_code(status);
                request.respond(self.with_headers(response, "text/plain; charset=utf-8"))
            }
        };
    }

    /// The file a request names, if there is one inside the root.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let path = url.split(['?', '#']).next()?.strip_prefix(self.mount)?;
        let path = percent_decode(path)?;
        let relative = Path::new(&path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let mut file = self.root.join(relative);
        if path.is_empty() || path.ends_with('/') {
            file.push("index.html");
        }
        file.is_file().then_some(file)
    }

    fn with_headers<R: io::Read>(&self, response: Response<R>, mime: &str) -> Response<R> {
        let response = response.with_header(header("Content-Type", mime));
        if self.no_store {
            response.with_header(header("Cache-Control", "no-store"))
        } else {
            response
        }
    }
}

fn header(name: &str, value: &str) -> Header {
    // invariant: every name and value in this file is plain ASCII
    Header::from_bytes(name, value).expect("an ASCII header")
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt" | "csv" | "tsv") => "text/plain; charset=utf-8",
        Some("xml") => "application/xml",
        Some("gz") => "application/gzip",
        Some("zip") => "application/zip",
        Some("eml") => "message/rfc822",
        _ => "application/octet-stream",
    }
}
