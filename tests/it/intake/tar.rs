//! Tar archives, also compressed, long-named and cut.

use ::tar::{Builder, EntryType, Header};

use super::make::{JSON, XML, gzip, zip};
use super::see::{check, see};

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        if name.ends_with('/') {
            header.set_entry_type(EntryType::Directory);
        }
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn every_member_is_walked_with_its_place() {
    let gz = gzip(XML);
    let inner = zip(&[("a.xml", XML.as_bytes())]);
    let archive = tar(&[
        ("folder/", b""),
        ("folder/a.xml", XML.as_bytes()),
        ("b.json.gz", &gz),
        ("c.zip", &inner),
        ("d.json", JSON.as_bytes()),
        ("._d.json", b"\0\x05\x16\x07"),
        ("readme", b"hello"),
    ]);
    let expected = [
        "tar.0: xml opened []",
        "tar.1 gzip.0: xml opened []",
        "tar.2 zip.0: xml opened []",
        "tar.3: json opened []",
        "tar.5: text not_a_report [no-report]",
    ];
    let sight = check(&archive, &expected);
    let (start, end) = sight.parts[0].steps[0].range.unwrap();
    assert_eq!(&archive[start as usize..end as usize], XML.as_bytes());
    assert_eq!(sight.parts[0].name.as_deref(), Some("folder/a.xml"));

    let compressed = expected.map(|line| format!("gzip.0 {line}"));
    assert_eq!(see(&gzip(&archive)).lines(), compressed);
}

#[test]
fn long_names_are_read() {
    let long = format!("{}/example.net!example.com!1!2.xml", "folder".repeat(40));
    let sight = check(&tar(&[(&long, XML.as_bytes())]), &["tar.0: xml opened []"]);
    assert_eq!(sight.parts[0].name.as_deref(), Some(long.as_str()));

    // POSIX: extended fields before the member.
    let record = format!("{} path={long}\n", long.len() + 10);
    let mut builder = Builder::new(Vec::new());
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::XHeader);
    header.set_size(record.len() as u64);
    builder.append_data(&mut header, "x", record.as_bytes()).unwrap();
    let mut header = Header::new_ustar();
    header.set_size(XML.len() as u64);
    builder.append_data(&mut header, "short", XML.as_bytes()).unwrap();
    let sight = check(&builder.into_inner().unwrap(), &["tar.0: xml opened []"]);
    assert_eq!(sight.parts[0].name.as_deref(), Some(long.as_str()));
}

#[test]
fn old_archives_are_told_by_their_checksum() {
    let mut builder = Builder::new(Vec::new());
    let mut header = Header::new_old();
    header.set_size(XML.len() as u64);
    builder.append_data(&mut header, "a.xml", XML.as_bytes()).unwrap();
    check(&builder.into_inner().unwrap(), &["tar.0: xml opened []"]);
}

#[test]
fn cut_empty_and_broken_archives() {
    let archive = tar(&[("a.xml", XML.as_bytes()), ("b.json", JSON.as_bytes())]);
    // In the middle of the first member.
    check(&archive[..512 + 100], &["tar.0: xml opened [stream-damaged]"]);
    // Without the blocks that end it.
    check(&archive[..4 * 512], &["tar.0: xml opened []", "tar.1: json opened []"]);
    check(&tar(&[("folder/", b"")]), &["tar empty [empty-part]"]);
    let mut broken = archive.clone();
    broken[1024 + 124..1024 + 136].fill(b'?');
    check(&broken, &["tar.0: xml opened []", "tar - [stream-damaged]"]);
    // A size past all bounds (base 256).
    let mut endless = archive.clone();
    endless[124..136].copy_from_slice(&[0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
    let sum: u32 = endless[..512]
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    endless[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    check(&endless, &["tar.0: xml opened [stream-damaged]"]);
}
