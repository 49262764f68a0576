//! Fixtures, built in the tests: reports, compressed runs, archives, mails.

use std::io::{Cursor, Write};

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

pub const XML: &str = "<?xml version=\"1.0\"?>\n<feedback><report_metadata><org_name>example.net\
</org_name></report_metadata></feedback>\n";

pub const JSON: &str = "{\"organization-name\":\"example.net\",\"policies\":[]}";

/// A report of about `records` times 60 bytes that does not compress to nothing.
pub fn long_xml(records: usize) -> String {
    let rows: String = (0..records)
        .map(|n| {
            format!(
                "<record><row>{}</row></record>\n",
                (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) % 999_983
            )
        })
        .collect();
    format!("<feedback>\n{rows}</feedback>\n")
}

pub fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub fn zlib(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub fn deflate(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, SimpleFileOptions::default())
}

pub fn zip_with(members: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        if name.ends_with('/') {
            writer.add_directory(*name, options).unwrap();
        } else {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Base64 in lines of `width` with CRLF.
pub fn base64_lines(bytes: impl AsRef<[u8]>, width: usize) -> String {
    let text = base64(bytes);
    let lines: Vec<_> =
        text.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join("\r\n")
}

/// A text with CRLF line ends.
pub fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// A report mail: multipart/mixed with a text and one attachment, given with
/// its header.
pub fn mail(attachment: &str) -> String {
    crlf(&format!(
        "Received: from mx.example.net by mx.example.com; Thu, 2 Jul 2026 00:10:00 +0000\n\
         From: \"Reports\" <reports@example.net>\n\
         To: dmarc@example.com\n\
         Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.net>\n\
         Message-ID: <1@example.net>\n\
         Date: Thu, 2 Jul 2026 00:10:00 +0000\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"=_b\"\n\
         \n\
         This is a message in MIME format.\n\
         --=_b\n\
         Content-Type: text/plain\n\
         \n\
         This is a report.\n\
         --=_b\n\
         {attachment}\n\
         --=_b--\n"
    ))
}

/// A base64 attachment with its header.
pub fn attachment(media: &str, name: &str, bytes: impl AsRef<[u8]>) -> String {
    format!(
        "Content-Type: {media}\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"{name}\"\n\n{}",
        base64_lines(bytes, 76).replace("\r\n", "\n")
    )
}
