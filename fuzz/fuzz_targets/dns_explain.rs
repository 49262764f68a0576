//! Error messages and log lines.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitrail_fuzz::entries;

fuzz_target!(|bytes: &[u8]| entries::dns_explain(bytes));
