//! Printing: a clean document of each screen.

use serde_json::json;

use thirtyfour::common::print::{PrintOrientation, PrintParameters};

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

const ROUTES: &[&str] = &[
    "#/overview",
    "#/explore",
    "#/records",
    "#/reports",
    "#/reports/coverage",
    "#/tls",
    "#/failures",
    "#/files",
    "#/files/findings",
];

async fn shown(site: &Site<'_>, route: &str) -> Outcome {
    site.go(route).await?;
    site.until(
        "the screen is filled",
        "return !document.querySelector('[aria-busy=true]')
            && !!document.querySelector('main h1, main table')",
    )
    .await?;
    site.settle().await
}

pub async fn every_screen_prints(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    for route in ROUTES {
        shown(site, route).await?;
        for (name, orientation) in
            [("", PrintOrientation::Portrait), ("-landscape", PrintOrientation::Landscape)]
        {
            let parameters = PrintParameters { orientation, ..PrintParameters::default() };
            let pdf = site.driver.print_page(parameters).await?;
            assert!(pdf.starts_with(b"%PDF-"), "{route}");
            assert!(pdf.len() > 4_000, "{route}: {} bytes are an empty page", pdf.len());
            let file =
                format!("target/screenshots/print-{}{name}.pdf", route[2..].replace('/', "-"));
            std::fs::create_dir_all("target/screenshots")?;
            std::fs::write(file, pdf)?;
        }
    }
    Ok(())
}

/// What is there to be clicked is not on paper, and nothing is wider than it, nor dark.
pub async fn paper_has_the_content_alone(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.viewport(760, 1000).await?;
    for route in ROUTES {
        // Google sends no failure reports.
        let sign = if *route == "#/failures" { "-" } else { "" };
        shown(site, &format!("{route}?filter={sign}org:google")).await?;
        let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        let media = json!({ "media": "print", "features": dark });
        site.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        let chrome = "return [...document.querySelectorAll(
                '.header, .tabs, .button, .dropdown, .filter-bar__search, .take-along, .explore__more')]
            .filter(it => it.checkVisibility()).map(it => it.outerHTML.slice(0, 80))";
        assert_eq!(site.run(chrome, Vec::new()).await?, json!([]), "{route}");
        let dark =
            "return getComputedStyle(document.body).color.match(/\\d+/g).every(it => it < 90)";
        site.until("ink is dark", dark).await?;
        let rows =
            "return [...document.querySelectorAll('.table tbody th')].every(it => it.checkVisibility()
            && it.innerText.trim() && it.firstElementChild?.checkVisibility() !== false)";
        site.until("each row has its header", rows).await?;
        let whole = "return [...document.querySelectorAll('.card')]
            .filter(card => getComputedStyle(card).breakInside !== 'avoid')
            .every(card => [...card.querySelectorAll('table')].some(it => it.rows.length > 25))";
        site.until("no card is cut but for many rows", whole).await?;
        let heads = "return [...document.querySelectorAll('thead')]
            .every(it => getComputedStyle(it).display === 'table-header-group')";
        site.until("heads of tables come again on each page", heads).await?;
        let content = "return document.querySelector('main').innerText.length > 100";
        site.until("there is something", content).await?;
        let media = json!({ "media": "", "features": [] });
        site.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
    }
    Ok(())
}
