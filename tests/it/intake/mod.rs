//! Containers: what is found in a file, by content, and what is said of it.

mod corpus;
pub mod make;
mod see;

mod base64;
mod gzip;
mod hostile;
mod mail;
mod mbox;
mod msg;
pub mod outlook;
mod reopen;
mod sniff;
mod tar;
mod zip;
