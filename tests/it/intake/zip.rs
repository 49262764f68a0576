//! Zip archives, sound, odd and broken.

use ::zip::CompressionMethod;
use ::zip::unstable::write::FileOptionsExt;
use ::zip::write::SimpleFileOptions;
use vitrail::base::{Kind, Limits, Outcome};

use super::make::{JSON, XML, gzip, long_xml, zip, zip_with};
use super::see::{Counted, check, see, see_source};

fn one() -> Vec<u8> {
    zip(&[("a.xml", XML.as_bytes())])
}

#[test]
fn every_member_is_walked() {
    let inner = zip(&[("deep.xml", XML.as_bytes())]);
    let gz = gzip(XML);
    let archive = zip(&[
        ("folder/", b""),
        ("a.xml", XML.as_bytes()),
        ("folder/b.json", JSON.as_bytes()),
        ("c.gz", &gz),
        ("d.zip", &inner),
        ("readme.txt", b"hello"),
        ("__MACOSX/._a.xml", b"\0\x05\x16\x07"),
        ("folder/.DS_Store", b"\0\0\0\x01"),
    ]);
    let sight = check(
        &archive,
        &[
            "zip.1: xml opened []",
            "zip.2: json opened []",
            "zip.3 gzip.0: xml opened []",
            "zip.4 zip.0: xml opened []",
            "zip.5: text not_a_report [no-report]",
        ],
    );
    assert_eq!(sight.parts[1].name.as_deref(), Some("folder/b.json"));
}

#[test]
fn stored_members_long_files_and_empty_names() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    check(&zip_with(&[("a.xml", XML.as_bytes())], stored), &["zip.0: xml opened []"]);
    let zip64 = SimpleFileOptions::default().large_file(true);
    check(&zip_with(&[("a.xml", XML.as_bytes())], zip64), &["zip.0: xml opened []"]);
    check(&zip(&[("", XML.as_bytes())]), &["zip.0: xml opened []"]);
}

/// An archive of one member in which a data descriptor holds the sizes.
fn with_descriptor() -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new_stream(Vec::new());
    writer.start_file("a.xml", SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, XML.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn sizes_may_stand_behind_the_data() {
    check(&with_descriptor(), &["zip.0: xml opened []"]);
}

#[test]
fn a_prefix_and_trailing_bytes_do_not_hide_the_members() {
    let program = [b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec(), vec![0; 5000], one()].concat();
    check(&program, &["zip.0: xml opened []"]);
    let padded = [one(), vec![b'x'; 300]].concat();
    check(&padded, &["zip.0: xml opened []"]);
    let long = [one(), vec![b'x'; 200_000]].concat();
    check(&long, &["zip.0: xml opened [archive-damaged]"]);
}

#[test]
fn a_broken_directory_costs_no_member() {
    let sound = zip(&[("a.xml", XML.as_bytes()), ("b.json", JSON.as_bytes())]);
    let directory = sound.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let expected = ["zip.0: xml opened []", "zip.1: json opened []", "zip - [archive-damaged]"];
    // Gone.
    check(&sound[..directory], &expected);
    // Its entries unreadable.
    let mut bytes = sound.clone();
    bytes[directory] = b'X';
    let sight = see(&bytes);
    assert_eq!(sight.count(Outcome::Opened), 2, "{:?}", sight.lines());
    assert!(sight.has(Kind::ArchiveDamaged));
    // One entry leads nowhere: the member is found all the same, last.
    let mut bytes = sound.clone();
    bytes[directory + 42] = 7;
    check(&bytes, &["zip.1: json opened []", "zip.2: xml opened []", "zip - [archive-damaged]"]);
    // Nothing at all behind the first header.
    check(&with_descriptor()[..110], &["zip.0: xml opened [archive-damaged stream-damaged]"]);
}

#[test]
fn stated_sizes_are_not_believed() {
    let sound = one();
    let directory = sound.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for (field, kind) in [(24, Kind::SizeMismatch), (16, Kind::ChecksumMismatch)] {
        let mut bytes = sound.clone();
        bytes[directory + field] ^= 0x55;
        let sight = check(&bytes, &[&format!("zip.0: xml opened [{}]", kind.code())]);
        assert_eq!(sight.leaves[0].1, XML.as_bytes());
    }
    // The compressed size: a member ends where its stream does.
    for size in [1u32, 0x7fff_ffff] {
        let mut bytes = sound.clone();
        bytes[directory + 20..directory + 24].copy_from_slice(&size.to_le_bytes());
        assert_eq!(see(&bytes).leaves[0].1, XML.as_bytes());
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let locked = SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap();
    let sight = check(
        &zip_with(&[("a.xml", XML.as_bytes())], locked),
        &["zip.0: binary damaged [encrypted]"],
    );
    assert_eq!(sight.details(Kind::Encrypted), ["a.xml"]);
    let mut bytes = one();
    let directory = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[8] = 12;
    bytes[directory + 10] = 12;
    let sight = check(&bytes, &["zip.0: binary damaged [unknown-compression]"]);
    assert_eq!(sight.details(Kind::UnknownCompression).len(), 1);
}

#[test]
fn a_damaged_member_gives_what_precedes_the_damage() {
    let xml = long_xml(5000);
    let sound = zip(&[("a.xml", xml.as_bytes()), ("b.json", JSON.as_bytes())]);
    let mut bytes = sound.clone();
    bytes[5000..5100].fill(0xff);
    let sight = see(&bytes);
    assert_eq!(sight.count(Outcome::Opened), 2);
    assert!(sight.has(Kind::StreamDamaged) || sight.has(Kind::ChecksumMismatch));
    assert!(xml.as_bytes().starts_with(&sight.leaves[0].1[..1000]));
}

#[test]
fn empty_archives_and_documents() {
    check(&zip(&[]), &["zip empty [empty-part]"]);
    check(&zip(&[("__MACOSX/a", b"x")]), &["zip empty [empty-part]"]);
    let docx =
        zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")]);
    check(&docx, &["zip not_a_report [no-report]"]);
    check(b"PK\x03\x04", &["zip damaged [archive-damaged]"]);
}

#[test]
fn an_archive_of_many_members_is_read_once() {
    let members: Vec<(String, String)> =
        (0..2000).map(|n| (format!("{n}.xml"), long_xml(20 + n % 50))).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect();
    let archive = zip(&members);
    let mut counted = Counted::new(&archive);
    let sight = see_source(&mut counted, "a.zip", archive.len() as u64, &Limits::default());
    assert_eq!(sight.count(Outcome::Opened), 2000);
    assert!(counted.read < 3 * archive.len(), "{} of {}", counted.read, archive.len());
}

/// Each of them could cost another look at what follows it.
#[test]
fn marks_of_members_without_members() {
    let marks = b"PK\x03\x04".repeat(500_000);
    let mut file = Counted::new(&marks);
    let sight = see_source(&mut file, "marks", marks.len() as u64, &Limits::default());
    assert_eq!(sight.lines(), ["zip damaged [archive-damaged]"]);
    assert!(file.read < 3 * marks.len(), "{}", file.read);
    // A mark across the end of what is read at once, and behind it a member.
    for before in (64 << 10) - 8..(64 << 10) + 2 {
        let archive = one();
        let directory = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        let mut text = b"PK\x03\x04".to_vec();
        text.resize(before, 0xff);
        text.extend_from_slice(&archive[..directory]);
        let sight = see(&text);
        assert_eq!(sight.count(Outcome::Opened), 1, "{before}: {:?}", sight.lines());
    }
}
