//! One large mailbox or archive, read in pieces by several parsers: the page says what the command
//! line says, which reads it whole.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::json;
use vitrail::base::{JobId, Piece};
use vitrail::wire::{FromParser, FromWorker, encode};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::imports::assert_totals;
use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// So many bytes and more are worth cutting.
const LARGE: usize = 10 << 20;

fn report(number: usize) -> String {
    format!(
        "<feedback><report_metadata><org_name>example.net</org_name><report_id>{number}</report_id>\
         <date_range><begin>1782950400</begin><end>1783036799</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\
         <record><row><source_ip>192.0.2.{}</source_ip><count>{number}</count></row>\
         <identifiers><header_from>example.com</header_from></identifiers></record>\
         </feedback><!--{}-->",
        number % 250,
        "-x".repeat(30_000)
    )
}

/// Mails with a report each, and as many letters among them.
fn mailbox(letters: usize) -> String {
    let mut mailbox = String::new();
    let from = "From reports@example.net Thu Jul  2 00:10:00 2026\nFrom: reports@example.net\n";
    for number in 0.. {
        mailbox += &format!("{from}Content-Type: text/xml\n\n{}\n\n", report(number));
        for letter in 0..letters {
            mailbox += &format!("{from}Subject: {letter}\n\nhello\n\n");
        }
        if mailbox.len() > LARGE {
            break;
        }
    }
    mailbox
}

fn archive() -> Outcome<Vec<u8>> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..LARGE / 60_000 {
        archive.start_file(format!("{number}.xml"), stored)?;
        archive.write_all(report(number).as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Imports a file as on a machine of four processors, and compares what comes of it. Where it stands,
/// to be removed in the end.
async fn import(site: &Site<'_>, name: &str, bytes: &[u8]) -> Outcome<PathBuf> {
    let path = PathBuf::from(format!("{}-{site:p}-{name}", std::process::id()));
    let path = std::env::temp_dir().join(path);
    std::fs::write(&path, bytes)?;
    let nothing = Piece { is_archive: false, range: (0, 0), before: 0, trusts_length: false };
    let told = FromWorker::Parser(FromParser::Piece { job: JobId(0), piece: nothing });
    let watch = format!(
        "() => {{
            Object.defineProperty(navigator, 'hardwareConcurrency', {{ get: () => 4 }});
            window.pieces = 0;
            const told = {};
            window.Worker = class extends Worker {{
                constructor(...given) {{
                    super(...given);
                    this.addEventListener('message', ({{ data }}) => {{
                        pieces += Number(!!data.bytes && told.every((byte, at) => data.bytes[at] === byte));
                    }});
                }}
            }};
        }}",
        json!(encode(&told)[..2])
    );
    site.before_load(&watch).await?;
    site.open("").await?;
    let files = [path];
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    site.go("#/files").await?;
    let [told] = &expected::files_told(&files)?[..] else { panic!("one file") };
    let row = format!("{}{}", told.reports, told.records);
    let shown = "const cells = document.querySelector('.table tbody tr')?.children;
        return cells ? [2, 3].map(at => cells[at].textContent.replaceAll(',', '').trim()).join('') : ''";
    site.until("the file is told", &format!("return (() => {{ {shown} }})() === {}", json!(row)))
        .await?;
    let pieces = site.run("return pieces", Vec::new()).await?;
    assert!(pieces.as_u64() > Some(5), "{pieces} pieces");
    let [path] = files;
    Ok(path)
}

pub async fn a_large_mailbox(site: &Site<'_>) -> Outcome {
    let file = import(site, "large.mbox", mailbox(1).as_bytes()).await?;
    // A report of it is found again where it stands.
    site.go("#/reports").await?;
    site.click_row("example.net").await?;
    site.click("Show the raw source").await?;
    site.until("its source is shown", "return document.body.innerText.includes('report_id')")
        .await?;
    Ok(std::fs::remove_file(file)?)
}

pub async fn a_large_archive(site: &Site<'_>) -> Outcome {
    let file = import(site, "large.zip", &archive()?).await?;
    Ok(std::fs::remove_file(file)?)
}

/// More letters than are listed one by one: what its pieces gave is taken back, and it is read whole.
pub async fn a_mailbox_past_a_limit(site: &Site<'_>) -> Outcome {
    let file = import(site, "letters.mbox", mailbox(100).as_bytes()).await?;
    let told = "return document.body.innerText.includes('Not all parts are listed')";
    site.click_row("letters.mbox").await?;
    site.until("what is not listed is told", told).await?;
    Ok(std::fs::remove_file(file)?)
}
