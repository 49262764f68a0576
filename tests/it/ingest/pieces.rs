//! A file in pieces is the file: whatever stands in it, wherever it is cut, and whichever piece
//! comes first.

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, FileId, Limits, Piece};
use vitrail::store::{Batch, Store};
use vitrail::wire::FileRef;
use vitrail::{ingest, intake};

use super::{read, small_limits};
use crate::intake::make::{attachment, gzip, mail, zip};
use crate::mutate::{Mutator, inputs, rounds};
use crate::random::{Random, for_seeds};

fn pieces(bytes: &[u8], least: u64, limits: &Limits) -> Vec<Piece> {
    let cx = Context { limits, decode: decode_natively };
    let mut pieces = Vec::new();
    let found = &mut |piece| pieces.push(piece);
    intake::cut(&mut Cursor::new(bytes), bytes.len() as u64, least, &cx, &|_| (), found);
    pieces
}

/// Each piece in a batch of its own, and the share of the limits that all took.
fn batches(bytes: &[u8], pieces: &[Piece], limits: &Limits) -> (Vec<Batch>, f64) {
    let cx = Context { limits, decode: decode_natively };
    let mut share = 0.0;
    let batches = pieces.iter().map(|piece| {
        let file = FileRef::new(FileId(0), "input".to_owned(), bytes.len() as u64);
        let file = FileRef { piece: Some(*piece), ..file };
        let mut batch = Batch::default();
        share += ingest::file(&mut Cursor::new(bytes), &file, &cx, &mut batch, &mut |_| ());
        batch
    });
    (batches.collect(), share)
}

/// Holds the pieces of a file against the file. How many there are that count.
#[track_caller]
fn agree(bytes: &[u8], least: u64, limits: &Limits, random: &mut Random) -> usize {
    let pieces = pieces(bytes, least, limits);
    assert_ne!(pieces.len(), 1, "one piece is the whole");
    let ends = pieces.iter().map(|piece| piece.range.1);
    let starts = pieces.iter().skip(1).map(|piece| piece.range.0).chain([bytes.len() as u64]);
    assert!(pieces.is_empty() || ends.eq(starts), "nothing is left out: {pieces:?}");
    let (mut batches, share) = batches(bytes, &pieces, limits);
    if pieces.is_empty() || share >= 1.0 {
        return 0;
    }
    let mut whole = Batch::default();
    read(&mut whole, 0, "input", bytes, limits);
    random.shuffle(&mut batches);
    let (mut one, mut many) = (Store::new(limits.clone()), Store::new(limits.clone()));
    one.append(&whole);
    batches.iter().for_each(|batch| many.append(batch));
    assert_eq!(many.totals(), one.totals());
    assert_eq!(many.digest(), one.digest());
    pieces.len()
}

fn report(number: usize) -> String {
    let xml = format!(
        "<feedback><report_metadata><org_name>example.net</org_name><report_id>{number}</report_id>\
         <date_range><begin>1782950400</begin><end>1783036799</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\
         <record><row><source_ip>192.0.2.{}</source_ip><count>{number}</count></row></record></feedback>",
        number % 200
    );
    mail(&attachment("application/gzip", "a.gz", gzip(xml)))
}

/// What mailboxes have in them, and what makes it hard to tell where one mail ends.
fn mailbox(random: &mut Random) -> String {
    const LINES: [&str; 8] = [
        "hello\n",
        "\n",
        "From the team\n",
        "\nFrom the team\n",
        ">From here\n",
        "From a@example.net Thu Jul  2 00:10:00 2026\n",
        "\nFrom a@example.net Thu Jul  2 00:10:00 2026\nnot a field\n",
        "\nFrom a@example.net Thu Jul  2 00:10:00 2026\nSubject: within\n\nbody\n",
    ];
    let (has_lengths, is_dos) = (random.percent(50), random.percent(20));
    let wrong = if random.percent(50) { 0 } else { 15 };
    let date = if random.percent(90) { " Thu Jul  2 00:10:00 2026" } else { "" };
    let mut mailbox = String::new();
    for number in 0..random.below(12) {
        mailbox += &format!("From a@example.net{date}\n");
        if random.percent(50) {
            mailbox += &report(number).replace('\r', "");
        } else {
            let body: String =
                random.several(6, |random| *random.pick(&LINES)).into_iter().collect();
            mailbox += "From: a@example.net\nSubject: s\n";
            if has_lengths {
                let length = body.len() + usize::from(random.percent(wrong));
                mailbox += &format!("Content-Length: {length}\n");
            }
            mailbox += &format!("\n{body}");
        }
        mailbox += if random.percent(90) { "\n" } else { "" };
    }
    if is_dos { mailbox.replace('\n', "\r\n") } else { mailbox }
}

#[test]
fn a_mailbox_in_pieces_is_the_mailbox() {
    let counted = std::cell::Cell::new(0);
    for_seeds(0..600, |random| {
        let mailbox = mailbox(random);
        let least = 1 + random.below(2_000) as u64;
        let pieces = agree(mailbox.as_bytes(), least, &Limits::default(), random);
        counted.set(counted.get() + pieces);
    });
    assert!(counted.get() > 1_000, "{} pieces", counted.get());
}

/// Where one begins, and where its bytes happen to be read, makes no line another.
#[test]
fn lines_at_the_ends_of_what_is_read_are_the_same_in_pieces() {
    let mail = |body: &str| {
        format!("From a@example.net Thu Jul  2 00:10:00 2026\nSubject: s\n\n{body}\n\n")
    };
    for length in [2_020, 2_035, 2_048, 2_100] {
        for at in 0..40 {
            let long = format!(
                "From {} Thu Jul  2 00:10:00 2026\nSubject: t\n",
                "x".repeat(length - 100 + at)
            );
            let far = "y".repeat((64 << 10) - 2_200 - at * 7);
            let mailbox = [mail("one"), mail(&format!("{far}\n\n{long}")), mail("end")].concat();
            agree(mailbox.as_bytes(), 1, &Limits::default(), &mut Random::new(1));
        }
    }
}

#[test]
fn an_archive_in_pieces_is_the_archive() {
    let counted = std::cell::Cell::new(0);
    for_seeds(0..200, |random| {
        let members = random.several(12, |random| {
            let number = random.below(1_000);
            let name = random.pick(&["", "a/", "__MACOSX/", "ü "]);
            match random.below(5) {
                0 => (format!("{name}empty"), Vec::new()),
                1 => (format!("{name}folder{number}/"), Vec::new()),
                2 => (format!("{name}{number}.mbox"), mailbox(random).into_bytes()),
                3 => (format!("{name}{number}.zip"), zip(&[("a.eml", report(number).as_bytes())])),
                _ => (format!("{name}{number}.eml"), report(number).into_bytes()),
            }
        });
        let mut named: Vec<(&str, &[u8])> =
            members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        named.sort_unstable();
        named.dedup_by_key(|(name, _)| *name);
        random.shuffle(&mut named);
        let least = 1 + random.below(2_000) as u64;
        counted.set(counted.get() + agree(&zip(&named), least, &Limits::default(), random));
    });
    assert!(counted.get() > 200, "{} pieces", counted.get());
}

#[test]
fn other_files_are_not_cut() {
    for bytes in [report(1).as_bytes(), &gzip(report(1)), b"<feedback/>", b"", b"PK"] {
        assert_eq!(pieces(bytes, 1, &Limits::default()), []);
    }
}

/// A limit that the whole reaches and no piece does shows in what the pieces took together.
#[test]
fn pieces_that_pass_a_limit_together_say_so() {
    let date = "From a@example.net Thu Jul  2 00:10:00 2026\n";
    let mails: String = (1..40).map(|number| format!("{date}{}\n", report(number))).collect();
    let letters = format!("{date}Subject: s\n\nhello\n\n").repeat(20);
    for (mailbox, limits) in [
        (&mails, Limits { output_bytes_per_file: 10_000, ..Limits::default() }),
        (&mails, Limits { parts_per_file: 30, ..Limits::default() }),
        (&letters, Limits { plain_parts: 10, ..Limits::default() }),
    ] {
        let pieces = pieces(mailbox.as_bytes(), 1, &limits);
        let share = |pieces| batches(mailbox.as_bytes(), pieces, &limits).1;
        assert!(share(&pieces[..1]) < 1.0, "{limits:?}");
        assert!(share(&pieces) >= 1.0, "{limits:?}");
    }
    // An archive whose directory leads astray: the whole finds what the pieces cannot.
    let mut archive = zip(&[("a.eml", report(1).as_bytes()), ("b.eml", report(2).as_bytes())]);
    let pieces = pieces(&archive, 1, &Limits::default());
    assert_eq!(pieces.len(), 2);
    archive[pieces[1].range.0 as usize] = b'X';
    assert!(batches(&archive, &pieces, &Limits::default()).1.is_infinite());
}

#[test]
fn no_broken_file_is_another_in_pieces() {
    let limits = small_limits();
    let mut random = Random::new(1);
    let mut files = inputs(|path| path.extension().is_some_and(|it| it == "mbox" || it == "zip"));
    files.extend((0..40).map(|_| mailbox(&mut random).into_bytes()));
    let spices: [&[u8]; 6] = [
        b"\nFrom a@example.com Mon Nov 23 00:00:00 2026\n",
        b"\nFrom a@example.com Mon Nov 23 00:00:00 2026\nSubject: s\n\n",
        b"\nContent-Length: 40\n",
        b"\r",
        b"PK\x01\x02",
        b"PK\x03\x04",
    ];
    Mutator::new(&files, &spices).run(rounds(2_000, 4), |bytes| {
        let mut random = Random::new(bytes.len() as u64);
        agree(bytes, 1 + random.below(300) as u64, &limits, &mut random);
    });
}
