//! The TLS screen: from reports to what is to be done.

use serde_json::{Value, json};

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

async fn says(site: &Site<'_>, text: &str) -> Outcome {
    let script =
        format!("return document.querySelector('main').innerText.includes({})", json!(text));
    site.until(text, &script).await
}

async fn opened(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let came = "return performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes('/screens')).length === 3";
    site.until("the program has come", came).await?;
    site.import(&expected::samples()?).await?;
    site.click("TLS").await?;
    says(site, "May I go from testing to enforce?").await
}

/// The sample data's three domains, and from one that is ready to its next policy.
pub async fn tells_the_story_of_each_domain(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.click("example.org").await?;
    says(site, "All that fails was held against an older policy").await?;
    says(site, "Microsoft Corporation, last on 18 Oct 2026").await?;
    site.click("example.com").await?;
    says(site, "The certificate has expired (certificate-expired)").await?;
    walks_down_the_failures(site).await?;
    site.click("example.net").await?;
    says(site, "Yes: nothing has failed in the last 14 days").await?;
    site.click("Make the policy for enforce").await?;
    says(site, "mode: enforce\nmx: mx.example.net").await
}

/// From the failures of example.com by mail server to those of one, and back.
async fn walks_down_the_failures(site: &Site<'_>) -> Outcome {
    site.click("Group by").await?;
    site.click("Receiving MX").await?;
    let row = "return location.hash.includes('by=mx')
        && document.querySelector('.explore__table tbody th')?.textContent === 'mx2.example.com'";
    site.until("the pivot is by mail server", row).await?;
    let here = site.run("return location.hash", Vec::new()).await?;
    site.click("mx2.example.com").await?;
    let down = "return location.hash.includes('of=tls&by=mx,type')
        && document.querySelectorAll('.crumbs li').length === 2
        && document.querySelector('.explore__table tbody th').textContent === 'certificate-expired'";
    site.until("its failures are shown by type", down).await?;
    site.assert_accessible().await?;
    site.click("TLS sessions").await?;
    let sessions = "return !location.hash.includes('part:')
        && document.querySelector('.plain-table')?.textContent.includes('Successful sessions')";
    site.until("sessions are beside failures", sessions).await?;
    site.run(&format!("location.hash = {here}"), Vec::new()).await?;
    site.until("the screen is back", row).await
}

/// Each domain as it is now, without a message that was not found.
async fn check_each_domain(site: &Site<'_>) -> Outcome {
    for domain in DOMAINS {
        site.click(domain).await?;
        site.settle().await?;
        site.assert_accessible().await?;
        let raw = "return document.querySelector('main').innerText.match(/t(oo)?ls?\\.[a-z]|%\\{/)";
        assert_eq!(site.run(raw, Vec::new()).await?, Value::Null, "{domain}");
    }
    Ok(())
}

pub async fn is_accessible_in_both_languages(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    for (language, title) in [("EN", "On one timeline"), ("FR", "Sur une même échelle de temps")]
    {
        site.click(language).await?;
        says(site, title).await?;
        check_each_domain(site).await?;
    }
    for width in [360, 768, 1440, 3840] {
        site.viewport(width, 900).await?;
        site.settle().await?;
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(site.run(over, Vec::new()).await?, json!(0), "at {width} pixels");
    }
    Ok(())
}

pub async fn is_accessible_in_the_dark(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.theme("dark").await?;
    check_each_domain(site).await
}
