//! Failure reports, and the raw source of reports: what is masked, what is inert, what is read again.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use serde_json::{Value, json};
use vitrail::base::field::BASE64;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

const BODY: &str = "<script>window.harmed = true</script><img src=http://203.0.113.1/x onerror=\"window.harmed = true\">\n\
    <a href=\"https://evil.test/\">click here</a> https://evil.test/ zoe@example.com";

/// A failure report whose message has such a body.
fn failure() -> String {
    format!(
        "From: Feedback <fb@mx.test>\nTo: d@example.com\nSubject: FW\nMessage-ID: <1@mx.test>\n\
        MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=r\n\n\
        --r\nContent-Type: text/plain\n\nhello\n\
        --r\nContent-Type: message/feedback-report\n\nFeedback-Type: auth-failure\nVersion: 1\n\
        User-Agent: T/1\nAuth-Failure: dmarc\nDelivery-Result: spam\nIdentity-Alignment: none\n\
        Original-Mail-From: <bounce-zoe@esp.test>\n\
        Arrival-Date: Tue, 24 Nov 2026 09:00:00 +0000\nSource-IP: 192.0.2.7\n\
        Reported-Domain: example.com\n\
        Authentication-Results: mx.test; spf=pass smtp.mailfrom=bounce-zoe@esp.test\n\
        --r\nContent-Type: message/rfc822\n\nFrom: Zoe Person <zoe@example.com>\n\
        To: Ida <ida@kept.test>\nSubject: Parcel\nMessage-ID: <m@example.com>\n\n{BODY}\n--r--\n"
    )
}

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
    import(site, "failure.eml", &failure()).await?;
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

/// The source of a report in a zip in a mail in a mailbox: laid out, searched, saved.
pub async fn shows_searches_and_saves_a_source(site: &Site<'_>) -> Outcome {
    let report = report(300);
    import(site, "reports.mbox", &mailbox(&report)?).await?;
    site.go("#/reports").await?;
    site.click_row("mx.test").await?;
    site.click("Show the raw source").await?;
    says(site, "<org_name>mx.test</org_name>").await?;
    says(site, "Lines 1 to 200 of").await?;
    let find = "const field = document.querySelector('input[data-field=source-find]');
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    site.run(find, vec!["192.0.2.249".into()]).await?;
    says(site, "1 of 1").await?;
    let found =
        "return document.querySelector('.source__found--current')?.textContent === '192.0.2.249'";
    site.until("the place is shown", found).await?;
    site.run(find, vec!["SOURCE_IP>192.0.2.1<".into()]).await?;
    says(site, "1 of 2").await?;
    site.run("document.querySelector('[aria-label=\"Next place\"]').click()", Vec::new()).await?;
    says(site, "2 of 2").await?;
    site.run(find, vec!["nowhere".into()]).await?;
    says(site, "not found").await?;
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
    site.click("Show the raw source").await?;
    says(site, "Save the original").await?;
    site.assert_accessible().await?;
    site.click("FR").await?;
    says(site, "Enregistrer l’original").await?;
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
