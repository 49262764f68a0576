//! The main job: files go in, by picker, folder, drop and sample button; tables come out.

use std::io::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use serde_json::{Value, json};
use vitrail::query::Totals;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// Fails unless the header shows these totals.
pub async fn assert_totals(site: &Site<'_>, expected: Totals) -> Outcome {
    let shown = "return ['messages', 'reports', 'records'].map(what =>
        Number(document.querySelector(`[data-testid=total-${what}]`).dataset.value))";
    let shown = site.run(shown, Vec::new()).await?;
    assert_eq!(shown, json!([expected.messages, expected.reports, expected.records]));
    Ok(())
}

pub async fn opens_files_of_every_kind(site: &Site<'_>) -> Outcome {
    let files = expected::samples()?;
    site.open("").await?;
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    overview_shown(site).await
}

pub async fn overview_shown(site: &Site<'_>) -> Outcome {
    site.until(
        "the overview is shown",
        "return location.hash.startsWith('#/overview')
        && document.querySelectorAll('tbody tr').length > 10",
    )
    .await
}

/// The page and the command line are one core: of each real file they must say the same.
pub async fn opens_the_shared_corpus(site: &Site<'_>) -> Outcome {
    let Some(folder) = corpus() else {
        eprintln!("skipped: no shared corpus here");
        return Ok(());
    };
    let files = expected::files_under(&folder)?;
    site.open("").await?;
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    site.go("#/files").await?;
    let shown = files_shown(site).await?;
    let told = expected::files_told(&files)?;
    assert_eq!(shown.len(), told.len());
    for (shown, told) in shown.iter().zip(&told) {
        assert_eq!(shown, told);
    }
    Ok(())
}

/// Name, outcome, reports and records of all rows of the Files screen, which draws a few at a time.
async fn files_shown(site: &Site<'_>) -> Outcome<Vec<expected::FileTold>> {
    site.until("the files are shown", "return !!document.querySelector('.table tbody tr')").await?;
    let rows = site
        .run_async(
            "const frame = () => new Promise(requestAnimationFrame);
            const box = document.querySelector('.table');
            const drawn = () => [...box.querySelectorAll('tbody tr')].map(row =>
                [row.ariaRowIndex, [...row.children].slice(0, 4).map(cell => cell.textContent.trim())]);
            const rows = new Map();
            for (let top = 0; top < box.scrollHeight; top += box.clientHeight / 2) {
                box.scrollTop = top;
                for (let i = 0; i < 3; i++) await frame();
                while (drawn().some(([, cells]) => cells.length < 4 || cells.includes(''))) await frame();
                drawn().forEach(([index, cells]) => rows.set(index, cells));
            }
            return [...rows.values()]",
        )
        .await?;
    let rows: Vec<[String; 4]> = serde_json::from_value(rows)?;
    let number = |text: String| -> Outcome<u64> { Ok(text.replace(',', "").parse()?) };
    let row = |[name, outcome, reports, records]: [String; 4]| -> Outcome<_> {
        Ok(expected::FileTold {
            name,
            outcome,
            reports: number(reports)?,
            records: number(records)?,
        })
    };
    let mut files: Vec<_> = rows.into_iter().map(row).collect::<Outcome<_>>()?;
    files.sort();
    Ok(files)
}

fn corpus() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    let named = std::env::var_os("VITRAIL_CORPUS").map(PathBuf::from);
    named.into_iter().chain([beside]).find(|folder| folder.is_dir())
}

pub async fn opens_the_sample_data(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.click("Try with sample data").await?;
    site.until_imported(1).await?;
    assert_totals(site, expected::totals(&expected::samples()?)?).await
}

/// Played by a script: then the browsers give files, but no folders.
pub async fn opens_what_is_dropped(site: &Site<'_>) -> Outcome {
    let files = expected::samples()?;
    let packed: Vec<Value> = files
        .iter()
        .map(|file| {
            let bytes = base64::engine::general_purpose::STANDARD.encode(std::fs::read(file)?);
            Ok(json!({ "name": file.file_name().unwrap_or_default().to_string_lossy(), "bytes": bytes }))
        })
        .collect::<std::io::Result<_>>()?;
    site.open("").await?;
    let drop = "const transfer = new DataTransfer();
        for (const { name, bytes } of arguments[0])
            transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
        const at = document.querySelector('main');
        for (const type of ['dragenter', 'dragover', 'drop'])
            at.dispatchEvent(new DragEvent(type,
                { dataTransfer: transfer, bubbles: true, cancelable: true }))";
    site.run(drop, vec![packed.into()]).await?;
    site.until_imported(1).await?;
    assert_totals(site, expected::totals(&files)?).await
}

/// As from another window: files, and a folder with folders in it. Chromium only: no driver drags
/// anything into Firefox.
pub async fn opens_what_is_dragged_here(site: &Site<'_>) -> Outcome {
    let samples = expected::samples()?;
    let (loose, others) = samples.split_at(2);
    let top = std::env::temp_dir().join(format!("vitrail-{}-{site:p}-dragged", std::process::id()));
    // Called as archives are; and one of more files than a browser lists at once.
    let (deep, many) = (top.join("deep.zip"), top.join("many"));
    for folder in [&deep, &many, &top.join("empty")] {
        std::fs::create_dir_all(folder)?;
    }
    for nth in 0..120 {
        std::fs::write(many.join(format!("{nth}.txt")), "no report")?;
    }
    for (nth, file) in others.iter().enumerate() {
        let folder = if nth % 2 == 0 { &top } else { &deep };
        std::fs::copy(file, folder.join(file.file_name().unwrap_or_default()))?;
    }
    site.open("").await?;
    let dragged: Vec<_> = loose.iter().chain([&top]).map(|file| file.to_string_lossy()).collect();
    let data = json!({ "items": [], "files": dragged, "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": 200, "y": 200, "data": data });
        site.driver.cdp().send_raw("Input.dispatchDragEvent", event).await?;
    }
    let imported = site.until_imported(1).await;
    std::fs::remove_dir_all(&top)?;
    imported?;
    let files =
        site.run("return performance.getEntriesByName('vitrail:import')[0].detail.files", vec![]);
    assert_eq!(files.await?, json!(samples.len() + 120));
    assert_totals(site, expected::totals(&samples)?).await
}

/// Chromium only: no driver gives Firefox a folder.
pub async fn opens_a_folder(site: &Site<'_>) -> Outcome {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/static/sample"));
    site.open("").await?;
    let picker = site.driver.find(thirtyfour::By::Css("input[webkitdirectory]")).await?;
    picker.send_keys(folder.to_string_lossy()).await?;
    site.until_imported(1).await?;
    assert_totals(site, expected::totals(&expected::samples()?)?).await
}

/// Nothing of a rehearsal is left in what is shown. What is asked for is the page's own files, each
/// once, with it or without.
pub async fn opens_files_after_a_rehearsal(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.until_rehearsed().await?;
    let asked = site.requests();
    let files = expected::samples()?;
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    assert_eq!(site.requests(), asked);
    let mut once = asked.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), asked.len(), "{asked:?}");
    Ok(())
}

pub async fn adds_removes_and_clears(site: &Site<'_>) -> Outcome {
    let files = expected::samples()?;
    let (first, rest) = files.split_at(1);
    site.open("").await?;
    site.import(first).await?;
    site.import(rest).await?;
    assert_totals(site, expected::totals(&files)?).await?;

    // Of one report in two files, the other copy counts once the first is gone.
    site.import(first).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    site.go("#/files").await?;
    let name = first[0].file_name().unwrap_or_default().to_string_lossy().into_owned();
    site.click_row(&name).await?;
    site.click("Remove this file").await?;
    let copies = format!(
        "return [...document.querySelectorAll('tbody tr')]
        .filter(row => row.textContent.includes('{name}')).length === 1"
    );
    site.until("one copy of the file is left", &copies).await?;
    assert_totals(site, expected::totals(&files)?).await?;

    site.click("Clear all").await?;
    site.until(
        "nothing is left",
        "return document.querySelector('[data-testid=total-records]').dataset.value === '0'",
    )
    .await
}

/// A mail whose attachment is one unbroken line of 40 MB.
pub async fn opens_a_mail_with_an_endless_line(site: &Site<'_>) -> Outcome {
    let path =
        std::env::temp_dir().join(format!("vitrail-{}-{site:p}-one-line.eml", std::process::id()));
    let records = 67_000;
    let mut xml = String::from(
        "<feedback><report_metadata><org_name>Outlook.com</org_name><report_id>long</report_id>
        <date_range><begin>1790000000</begin><end>1790086400</end></date_range></report_metadata>
        <policy_published><domain>example.com</domain><p>none</p></policy_published>",
    );
    for number in 0..records {
        xml.push_str(&format!(
            "<record><row><source_ip>192.0.2.{}</source_ip><count>2</count><policy_evaluated>
            <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
            <identifiers><header_from>example.com</header_from></identifiers><auth_results><dkim>
            <domain>example.com</domain><selector>s{}</selector><result>pass</result></dkim><spf>
            <domain>bounce.example.com</domain><result>fail</result></spf></auth_results></record>",
            number % 250,
            number % 7
        ));
    }
    xml.push_str("</feedback>");
    let line = base64::engine::general_purpose::STANDARD.encode(&xml);
    let mut mail = std::fs::File::create(&path)?;
    mail.write_all(
        b"From: dmarcreport@example.com\r\nSubject: Report Domain: example.com\r\n\
        MIME-Version: 1.0\r\nContent-Type: text/xml; name=\"report.xml\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\n",
    )?;
    mail.write_all(line.as_bytes())?;
    drop(mail);
    assert!(line.len() > 40 << 20, "{}", line.len());

    site.open("").await?;
    site.import(std::slice::from_ref(&path)).await?;
    std::fs::remove_file(path)?;
    let totals =
        Totals { messages: 2 * records, reports: 1, records: records as u32, ..Totals::default() };
    assert_totals(site, totals).await?;
    site.go("#/files").await?;
    site.click_row("one-line.eml").await?;
    let told = format!(
        "const text = document.body.innerText;
        return text.includes('RFC 5322 §2.1.1')
            && text.replaceAll(',', '').includes('line of {} octets')",
        line.len()
    );
    site.until("the finding is told", &told).await
}

/// What was read when somebody had enough of waiting stays; the rest is listed as not read. What
/// they give after that is read.
pub async fn stops_when_told(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    drop_many_and_cancel(site).await?;
    site.go("#/files").await?;
    site.until("files are listed as not read", "return /not read/i.test(document.body.innerText)")
        .await?;
    site.go("#/files?sort=-name").await?;
    let late = "const row = [...document.querySelectorAll('tbody tr')]
            .find(row => row.textContent.includes('late.xml'));
        return !!row?.textContent.includes('opened')";
    site.until("the late file is opened", late).await
}

/// Drops thousands of files, cancels the import once some are read, and gives one more file that is.
pub async fn drop_many_and_cancel(site: &Site<'_>) -> Outcome {
    let cancel = "const status = document.querySelector('[data-testid=import-status]');
        const reports = document.querySelector('[data-testid=total-reports]');
        const stopped = new Promise(done => new MutationObserver((_, observer) => {
            if (status.dataset.state === 'working' && Number(reports.dataset.value) > 0) {
                observer.disconnect();
                [...document.querySelectorAll('button')]
                    .find(button => button.textContent.includes('Cancel'))?.click();
                const late = new DataTransfer();
                late.items.add(new File([report], 'late.xml'));
                drop(late);
                done();
            }
        }).observe(document, { attributes: true, subtree: true }));
        drop(transfer);
        await stopped;";
    site.run_async(&format!("{MANY} {cancel}")).await?;
    site.until("the import has stopped",
        "return document.querySelector('[data-testid=import-status]').dataset.state === 'cancelled'").await
}

/// So many files in `transfer`, and a function that drops them: no import of them is over before its
/// first moment is shown.
pub const MANY: &str = "const transfer = new DataTransfer();
    const report = await (await fetch('sample/careless-reporter.xml')).text();
    for (let n = 0; n < 3000; n++)
        transfer.items.add(new File([report.replace('report_id>', `report_id>${n}-`)], `${n}.xml`));
    const drop = (dataTransfer) => document.querySelector('main').dispatchEvent(
        new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));";
