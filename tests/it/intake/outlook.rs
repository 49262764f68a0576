//! Outlook's `.msg`, built by hand.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

/// A compound file under construction.
pub struct Message(CompoundFile<Cursor<Vec<u8>>>);

impl Message {
    pub fn new() -> Self {
        Self::of_version(Version::V4)
    }

    pub fn of_version(version: Version) -> Self {
        let file = CompoundFile::create_with_version(version, Cursor::new(Vec::new()));
        let mut message = Self(file.unwrap());
        message.stream("/__properties_version1.0", &[0; 32]);
        message
    }

    pub fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.0.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    pub fn storage(&mut self, path: &str) {
        self.0.create_storage_all(path).unwrap();
    }

    /// A property in UTF-16LE.
    pub fn text(&mut self, storage: &str, tag: &str, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.stream(&format!("{storage}/__substg1.0_{tag}001F"), &bytes);
    }

    pub fn attachment(&mut self, message: &str, number: u32, name: &str, bytes: &[u8]) {
        let storage = format!("{message}/__attach_version1.0_#{number:08X}");
        self.storage(&storage);
        self.text(&storage, "3707", name);
        self.stream(&format!("{storage}/__substg1.0_37010102"), bytes);
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.0.flush().unwrap();
        self.0.into_inner().into_inner()
    }
}
