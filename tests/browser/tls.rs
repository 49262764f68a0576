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
    site.click("Receiving MX").await?;
    let row = "return [...document.querySelectorAll('td')]
        .some(cell => cell.textContent === 'mx2.example.com')";
    site.until("the pivot is by mail server", row).await?;
    site.click("example.net").await?;
    says(site, "Yes: nothing has failed in the last 14 days").await?;
    site.click("Make the policy for enforce").await?;
    says(site, "mode: enforce\nmx: mx.example.net").await
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
