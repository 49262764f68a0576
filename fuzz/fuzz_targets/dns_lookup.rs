//! What DNS tools and `curl` print.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitrail_fuzz::entries;

fuzz_target!(|bytes: &[u8]| entries::dns_lookup(bytes));
