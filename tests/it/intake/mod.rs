//! Containers: what is found in a file, by content, and what is said of it.

mod corpus;
mod make;
mod see;

mod gzip;
mod mail;
mod zip;
