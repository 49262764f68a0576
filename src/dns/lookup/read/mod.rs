//! Reads what `dig`, `nslookup`, `host` and `curl` print, in any order and mixture.

mod command;
mod dns;
mod http;

use super::Pasted;
use crate::dns::text;
use command::Command;
use dns::Dns;
use http::Request;

/// Octets that are read: far more than the answers about a hundred domains have.
const LIMIT: usize = 1 << 20;

/// Requests that are kept.
const FETCHES: usize = 1_000;

/// All that the pasted text says. What is not recognised is passed over.
pub fn read(pasted: &str) -> Pasted {
    let mut reader = Reader::default();
    for line in text::lines(&pasted[..pasted.floor_char_boundary(LIMIT)]) {
        reader.line(line.text);
    }
    reader.close();
    reader.dns.finish(reader.pasted)
}

#[derive(Default)]
struct Reader {
    pasted: Pasted,
    dns: Dns,
    /// The request whose output is being read.
    request: Option<Request>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some((last, prompt)) = http::glued(line)
            && command::read(prompt).is_some()
        {
            self.line(last);
            return self.line(prompt);
        }
        if let Some(command) = command::read(line) {
            self.close();
            match command {
                Command::Dns { questions, short } => self.dns.ask(questions, short),
                Command::Fetch { host, head } => self.request = Some(Request::to(host, head)),
                Command::Other => self.dns.ask(Vec::new(), false),
            }
            return;
        }
        if let Some(request) = &mut self.request {
            if !dns::begins(line) && request.line(line) {
                return;
            }
            self.close();
        }
        if http::begins(line) {
            let mut request = Request::default();
            request.line(line);
            self.request = Some(request);
        } else {
            self.dns.line(line);
        }
    }

    fn close(&mut self) {
        let fetch = self.request.take().and_then(Request::finish);
        self.pasted.fetches.extend(fetch.filter(|_| self.pasted.fetches.len() < FETCHES));
    }
}
