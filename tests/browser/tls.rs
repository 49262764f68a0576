//! The TLS screen: from reports to what is to be done.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

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
    site.viewport(1440, 900).await?;
    // What happened, whether mail was lost, who must act and how to check it: at first sight.
    for words in ["Was mail lost?", "Who must act", "openssl s_client -connect mx2.example.com:25"]
    {
        let seen = format!(
            "const of = document.evaluate('//main//*[contains(text(), {words:?})]', document, null,
                XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
            return of && of.getBoundingClientRect().bottom <= 900"
        );
        site.until(words, &seen).await?;
    }
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

/// What failed, by keyboard alone: grouped by mail server, sorted, and down into one.
pub async fn the_pivot_is_walked_by_keyboard(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.click("example.com").await?;
    says(site, "The certificate has expired (certificate-expired)").await?;
    let presses = [
        (".explore .dropdown__summary", "document.querySelector('.explore .dropdown').open"),
        (".explore .choices a[href*='by=mx']", "location.hash.includes('by=mx')"),
        (".explore thead th:nth-child(3) a", "location.hash.includes('sort=')"),
        (".explore__table tbody th a[href*='mx2']", "location.hash.includes('#/explore')"),
    ];
    for (what, then) in presses {
        let focus = format!(
            "const it = document.querySelector({what:?}); it?.focus();
            return it !== null && document.activeElement === it"
        );
        let then = format!("return {then}");
        // What is drawn meanwhile may take the element, and with it the key: then it is pressed again.
        for attempt in 1.. {
            site.until(what, &focus).await?;
            site.driver.active_element().await?.send_keys(Key::Enter).await?;
            if site.run(&then, Vec::new()).await? == Value::Bool(true) {
                break;
            }
            assert!(attempt < 20, "{what} does nothing: {then}");
            site.settle().await?;
        }
    }
    says(site, "certificate-expired").await
}

/// What is pasted, and what is dropped, is compared with the policies that senders have.
pub async fn holds_a_file_against_the_policies(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.click("example.org").await?;
    // Of this domain alone: what was typed before it is drawn would be typed into the last one's field.
    says(site, "All that fails was held against an older policy").await?;
    says(site, "Microsoft Corporation, last on 18 Oct 2026").await?;
    let field = site.driver.find(By::Css("#tool-policy")).await?;
    field.send_keys("version: STSv1\nmode: enforce\nmx: mx1.example.org\nfuture: yes\n").await?;
    says(site, "+ future: yes").await?;
    let groups = "return [...document.querySelectorAll('h3')]
        .filter(title => title.textContent.startsWith('Compared with your file')).length === 2";
    site.until("each policy is compared", groups).await?;
    let drop = "const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[0]], 'mta-sts.txt'));
        document.getElementById('tool-policy').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));";
    site.run(drop, vec!["version: STSv1\r\nmode: none\r\nmax_age: 1\r\n".into()]).await?;
    says(site, "+ mode: none").await?;
    let value = "return document.getElementById('tool-policy').value.includes('mode: none')";
    site.until("the file is in the field", value).await?;
    site.click("Check this file").await?;
    says(site, "max_age").await
}

/// Bars of sessions and messages, by keyboard: one stop each, read out, and as tables.
pub async fn one_timeline_is_walked_by_keyboard(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    says(site, "TLS sessions: MTA-STS").await?;
    let words = "const legend = document.querySelector('.timeline__legend').innerText;
        return legend.includes('successful') && !legend.includes('pass')";
    site.until("sessions succeed or fail", words).await?;
    let stops = "const groups = [...document.querySelectorAll('[data-range=\"tls-time\"]')];
        return groups.length >= 2
            && groups.every(it => it.querySelectorAll('a[tabindex=\"0\"]').length === 1)";
    site.until("one stop in each drawing", stops).await?;
    let last = "const bar = document.querySelector('[data-range=\"tls-time\"] a[tabindex=\"0\"]');
        bar.focus(); return document.activeElement === bar";
    site.until("a bar has the focus", last).await?;
    site.driver.active_element().await?.send_keys(Key::Left).await?;
    let read_out = "return [...document.querySelectorAll('.timeline__said')]
        .every(said => said.textContent.includes('17 Oct 2026'))";
    site.until("all drawings read the same day out", read_out).await?;
    site.click("Show as table").await?;
    let rows = "return document.querySelector('.timeline__table').checkVisibility()
        && document.querySelectorAll('.timeline__table')[0].querySelectorAll('tbody tr').length
            === document.querySelectorAll('.timeline__table')[1].querySelectorAll('tbody tr').length";
    site.until("the drawing is a table", rows).await
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
