//! A listener on 127.0.0.1 that nobody should ever talk to. It writes down whoever does, and answers
//! 403. As a browser's proxy it sees every request to another host, from pages and from workers;
//! as a second server it sees requests to another port of this machine, which no proxy is asked about.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A running listener; dropping it stops it.
pub struct Sentinel {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Vec<String>>,
    stop: AtomicBool,
}

/// A caller that says nothing is still a caller; it is not waited for any longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

impl Sentinel {
    /// Listens on a free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let thread = std::thread::spawn({
            let shared = shared.clone();
            move || {
                for caller in listener.incoming() {
                    if shared.stop.load(Ordering::Acquire) {
                        break;
                    }
                    shared.note(caller);
                }
            }
        });
        Ok(Self { address, shared, thread: Some(thread) })
    }

    /// `127.0.0.1:40321`
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The first line of each call so far.
    pub fn seen(&self) -> Vec<String> {
        self.shared.seen().clone()
    }
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        // The thread waits in `accept`; a call of our own lets it see the flag.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // A thread that panicked has already said so.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn seen(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, caller: io::Result<TcpStream>) {
        let line = match caller.and_then(first_line) {
            Ok(line) => line,
            Err(error) => format!("(a call, then {error})"),
        };
        self.seen().push(line);
    }
}

fn first_line(mut caller: TcpStream) -> io::Result<String> {
    caller.set_read_timeout(Some(PATIENCE))?;
    let mut bytes = [0; 1024];
    let length = caller.read(&mut bytes)?;
    caller
        .write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    let text = String::from_utf8_lossy(&bytes[..length]);
    Ok(text.lines().next().unwrap_or("(a call, then nothing)").to_owned())
}
