//! Failure reports, and the raw source of reports: what is masked, what is inert, what is read again.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use serde_json::{Value, json};
use vitrail::base::field::BASE64;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// A failure report with a body in its sample, which does its worst.
const FAILURE: &str = include_str!("../data/failure.eml");

fn report(records: usize) -> String {
    let record = |number| {
        format!(
            "<record><row><source_ip>192.0.2.{number}</source_ip><count>1</count></row></record>"
        )
    };
    let records: String = (0..records).map(|number| record(number % 250)).collect();
    format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
        <date_range><begin>1795392000</begin><end>1795478400</end></date_range></report_metadata>\
        <policy_published><domain>example.com</domain></policy_published>{records}</feedback>"
    )
}

/// A report in a zip in a mail in a mailbox.
fn mailbox(report: &str) -> Outcome<String> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("r.xml", zip::write::SimpleFileOptions::default())?;
    zip.write_all(report.as_bytes())?;
    let packed = base64::Engine::encode(&BASE64, zip.finish()?.into_inner());
    Ok(format!(
        "From - Thu Jul 02 00:10:00 2026\nFrom: a@mx.test\nMIME-Version: 1.0\n\
        Content-Type: application/zip; name=r.zip\nContent-Transfer-Encoding: base64\n\n{packed}\n\n"
    ))
}

fn temporary(site: &Site<'_>, name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("vitrail-{}-{site:p}-{name}", std::process::id()))
}

async fn import(site: &Site<'_>, name: &str, content: &str) -> Outcome<PathBuf> {
    let file = temporary(site, name);
    std::fs::write(&file, content)?;
    site.open("").await?;
    let came = "return performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes('/screens')).length === 3";
    site.until("the program has come", came).await?;
    site.import(std::slice::from_ref(&file)).await?;
    Ok(file)
}

async fn says(site: &Site<'_>, text: &str) -> Outcome {
    let script = format!("return document.body.innerText.includes({})", json!(text));
    site.until(text, &script).await
}

async fn page(site: &Site<'_>) -> Outcome<String> {
    let page = site.run("return document.body.innerText", Vec::new()).await?;
    Ok(page.as_str().unwrap_or_default().to_owned())
}

/// Nobody is named, and nothing of the body is there, until somebody asks.
pub async fn masks_people_and_shows_bodies_as_text(site: &Site<'_>) -> Outcome {
    import(site, "failure.eml", FAILURE).await?;
    site.go("#/failures").await?;
    site.click_row("•••@example.com").await?;
    says(site, "came from 192.0.2.7").await?;
    site.click("Show the header").await?;
    says(site, "Subject: Parcel").await?;
    let masked = page(site).await?;
    for hidden in ["Zoe", "zoe", "Ida", "ida@", "click here"] {
        assert!(!masked.contains(hidden), "{hidden} in {masked}");
    }
    site.click("Show the body as text").await?;
    says(site, "<script>window.harmed = true</script><img src=http://203.0.113.1/x").await?;
    site.click("Show names and addresses").await?;
    says(site, "Zoe Person <zoe@example.com>").await?;
    let inert = "return !window.harmed && !document.querySelector('main img, main iframe, main script')
        && [...document.querySelectorAll('main a')].every(a => a.getAttribute('href').startsWith('#'))";
    assert_eq!(site.run(inert, Vec::new()).await?, Value::Bool(true));
    site.click("Hide names and addresses").await?;
    let gone = "return !document.body.innerText.includes('Zoe')";
    site.until("nobody is named any more", gone).await
}

/// The source of a report in a zip in a mail in a mailbox: laid out, searched, saved, beside its
/// records.
pub async fn shows_searches_and_saves_a_source(site: &Site<'_>) -> Outcome {
    let report = report(300);
    import(site, "reports.mbox", &mailbox(&report)?).await?;
    site.go("#/reports").await?;
    site.click_row("mx.test").await?;
    site.click("Show the raw source").await?;
    says(site, "<org_name>mx.test</org_name>").await?;
    says(site, "All 300, in Records").await?;
    let find = "const field = document.querySelector('input[data-field=source-find]');
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    site.run(find, vec!["192.0.2.249".into()]).await?;
    says(site, "1 of 1").await?;
    // Far below what was drawn at first.
    let found = "const found = document.querySelector('.source__found--current');
        const box = document.querySelector('.table').getBoundingClientRect();
        const at = found?.getBoundingClientRect();
        return found?.textContent === '192.0.2.249' && at.top >= box.top && at.bottom <= box.bottom";
    site.until("the place is shown", found).await?;
    site.run(find, vec!["SOURCE_IP>192.0.2.1<".into()]).await?;
    says(site, "1 of 2").await?;
    site.run("document.querySelector('[aria-label=\"Next place\"]').click()", Vec::new()).await?;
    says(site, "2 of 2").await?;
    let enter = "document.querySelector('input[data-field=source-find]').form.requestSubmit()";
    site.run(enter, Vec::new()).await?;
    says(site, "1 of 2").await?;
    site.run(find, vec!["nowhere".into()]).await?;
    says(site, "not found").await?;
    let end = "const box = document.querySelector('.table'); box.scrollTop = box.scrollHeight;
        return [...document.querySelectorAll('.source__line')]
            .some(line => line.textContent === '</feedback>')";
    site.until("the last line is reached", end).await?;
    site.assert_accessible().await?;
    let watch = "const make = URL.createObjectURL;
        URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) };
        HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };";
    site.run(watch, Vec::new()).await?;
    site.click("Save the original").await?;
    let saved = site.run_async("return [savedAs, await saved.text()]").await?;
    assert_eq!(saved[0], json!("report-example.com-2026-11-23.xml"));
    assert_eq!(saved[1].as_str(), Some(report.as_str()));
    Ok(())
}

/// Wide, the source stands beside the records; narrow, below the search. The page never scrolls
/// sideways.
pub async fn stands_beside_its_records(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go("#/reports").await?;
    site.click_row("google.com").await?;
    site.click("Show the raw source").await?;
    says(site, "Save the original").await?;
    let boxes = "const [one, other] = ['.beside', '.table']
            .map(it => document.querySelector(it).getBoundingClientRect());
        return [one.right <= other.left, one.top >= other.bottom, document.documentElement
            .scrollWidth - document.documentElement.clientWidth]";
    for (width, expected) in [
        (1440, json!([true, false, 0])),
        (1024, json!([true, false, 0])),
        (768, json!([false, true, 0])),
        (360, json!([false, true, 0])),
    ] {
        site.viewport(width, 900).await?;
        site.settle().await?;
        assert_eq!(site.run(boxes, Vec::new()).await?, expected, "at {width} pixels");
        site.assert_accessible().await?;
    }
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads to the list", "return location.hash === '#/reports'").await
}

/// From a failure among the reports to its own screen, and to its source; the same out of an
/// Outlook file.
pub async fn leads_from_reports_to_failures(site: &Site<'_>) -> Outcome {
    // High enough for all lines of a source: others are not drawn.
    site.viewport(1440, 1200).await?;
    import(site, "failure.eml", FAILURE).await?;
    site.go("#/reports").await?;
    site.click_row("mx.test").await?;
    site.click("Show it in Failures").await?;
    site.until("its screen", "return location.hash.startsWith('#/failures?')").await?;
    site.click_row("•••@example.com").await?;
    site.click("Show the raw source").await?;
    says(site, "Source-IP: 192.0.2.7").await?;
    says(site, "came from 192.0.2.7").await?;
    let mut outlook = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    let header = "From: fb@outlook.test\r\nMessage-ID: <2@outlook.test>\r\n\r\n";
    let report = "Feedback-Type: auth-failure\nVersion: 1\nUser-Agent: T/1\nAuth-Failure: dmarc\n\
        Source-IP: 192.0.2.8\nReported-Domain: example.com\n";
    outlook.create_storage("/__attach_version1.0_#00000000")?;
    for (stream, bytes) in [
        ("/__properties_version1.0", vec![0; 32]),
        ("/__substg1.0_007D001F", header.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("/__attach_version1.0_#00000000/__substg1.0_37010102", report.into()),
    ] {
        outlook.create_stream(stream)?.write_all(&bytes)?;
    }
    let file = temporary(site, "failure.msg");
    std::fs::write(&file, outlook.into_inner().into_inner())?;
    site.import(&[file]).await?;
    site.go("#/reports?filter=org:outlook.test").await?;
    site.click_row("outlook.test").await?;
    site.click("Show the raw source").await?;
    says(site, "Message-ID: <2@outlook.test>").await?;
    says(site, "Source-IP: 192.0.2.8").await
}

/// What has changed on the disk since it was opened is not shown as if it had not.
pub async fn says_that_a_file_has_changed(site: &Site<'_>) -> Outcome {
    let file = import(site, "changed.mbox", &mailbox(&report(3))?).await?;
    site.go("#/reports").await?;
    site.click_row("mx.test").await?;
    says(site, "Show the raw source").await?;
    std::fs::write(&file, mailbox(&report(4))?)?;
    site.click("Show the raw source").await?;
    says(site, "This cannot be read again").await
}

/// The details of a failure report with everything in them shown, in both themes and languages.
pub async fn is_accessible(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go("#/failures").await?;
    site.click_row("•••@example.com").await?;
    site.click("Show the header").await?;
    says(site, "Show the body as text").await?;
    site.assert_accessible().await?;
    site.click("FR").await?;
    says(site, "Montrer le corps comme du texte").await?;
    let raw =
        "return document.querySelector('main').innerText.match(/(failures?|source)\\.[a-z]|%\\{/)";
    assert_eq!(site.run(raw, Vec::new()).await?, Value::Null);
    for width in [360, 768, 1440] {
        site.viewport(width, 900).await?;
        site.settle().await?;
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(site.run(over, Vec::new()).await?, json!(0), "at {width} pixels");
    }
    Ok(())
}
