//! The Toolbox, as somebody uses it who comes with an error, a policy or a domain.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

const TOOLS: &[&str] = &["explain", "domain", "mta-sts", "policy", "tls-rpt", "dmarc", "record"];

/// The policy of a how-to article, without its blank lines.
const ARTICLE: &str = "version : STSv1\nmode : test\nmx : mail.votredomaine.com\n\
                       mx : *.votredomaine.com\nmax_age : 806400\n";

const PASTED: &str = "\
$ dig example.com MX _dmarc.example.com TXT example.com TXT _mta-sts.example.com TXT
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; QUESTION SECTION:
;example.com.                  IN      MX
;; ANSWER SECTION:
example.com.           3600    IN      MX      10 mail.example.com.

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 2
;; QUESTION SECTION:
;_dmarc.example.com.           IN      TXT
;; ANSWER SECTION:
_dmarc.example.com.    3600    IN      TXT     \"v=DMARC1; p=nothing\"

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 3
;; QUESTION SECTION:
;example.com.                  IN      TXT
;; ANSWER SECTION:
example.com.           3600    IN      TXT     \"v=spf1 ip4:192.0.2.0/24 -all\"

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4
;; QUESTION SECTION:
;_mta-sts.example.com.         IN      TXT
;; ANSWER SECTION:
_mta-sts.example.com.  3600    IN      TXT     \"v=STSv1; id=20260101T000000;\"

$ curl -sSv https://mta-sts.example.com/.well-known/mta-sts.txt
* Connected to mta-sts.example.com
> GET /.well-known/mta-sts.txt HTTP/2
< HTTP/2 200
< content-type: text/html
<
version: STSv1
mode: enforce
mx: other.example.com
max_age: 604800
";

/// Goes to a tool, and waits until it is drawn.
async fn go(site: &Site<'_>, tool: &str) -> Outcome {
    site.go(&format!("#/toolbox/{tool}")).await?;
    drawn(site).await
}

/// Waits until the tool on screen is drawn.
pub async fn drawn(site: &Site<'_>) -> Outcome {
    let drawn = "return !!document.querySelector('.toolbox[aria-busy=false] h1')";
    site.until("the tool is drawn", drawn).await?;
    site.settle().await
}

/// Puts a text into a field, as pasting does.
async fn paste(site: &Site<'_>, field: &str, text: &str) -> Outcome {
    let paste = "const field = document.getElementById(`tool-${arguments[0]}`);
        field.focus();
        field.value = arguments[1];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    site.run(paste, vec![field.into(), text.into()]).await?;
    Ok(())
}

/// Waits until the page says this.
async fn says(site: &Site<'_>, text: &str) -> Outcome {
    let says = format!(
        "return (document.querySelector('main')?.innerText ?? '').replaceAll('\\u00a0', ' ').includes({})",
        json!(text)
    );
    site.until(&format!("the page says {text:?}"), &says).await
}

/// The first text to take along whose label has these words.
async fn taken(site: &Site<'_>, label: &str) -> Outcome<String> {
    let text = "return [...document.querySelectorAll('.take')]
        .find(take => take.querySelector('.take__label').textContent.includes(arguments[0]))
        ?.querySelector('pre')?.textContent";
    let text = site.run(text, vec![label.into()]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Paste aside, two clicks: the Toolbox, and the link under the explanation.
pub async fn two_clicks_lead_from_the_error_to_its_cure(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.click("Toolbox").await?;
    drawn(site).await?;
    paste(site, "error", "MTA-STS policy is missing: STSFetchResult.NONE").await?;
    says(site, "The policy file was not even asked for.").await?;
    site.assert_accessible().await?;
    site.click("Make the TXT record and the policy").await?;
    says(site, "Set up MTA-STS").await?;
    drawn(site).await?;
    let focused = "return document.activeElement.tagName";
    assert_eq!(site.run(focused, Vec::new()).await?, json!("H1"), "reading goes on at the tool");
    assert!(taken(site, "Value").await?.starts_with("v=STSv1; id="));
    assert_eq!(taken(site, "Name").await?, "_mta-sts.example.com");
    says(site, "Enter the names of your mail servers").await?;
    paste(site, "mx", "10 mail.example.com.").await?;
    says(site, "Nothing is wrong").await?;
    assert!(taken(site, "mta-sts.txt").await?.contains("mx: mail.example.com\n"));
    site.assert_accessible().await
}

pub async fn a_policy_is_read_line_by_line_and_mended(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox/policy").await?;
    drawn(site).await?;
    paste(site, "policy", ARTICLE).await?;
    says(site, "6 faults, 1 hint").await?;
    let lines = "return [...document.querySelectorAll('.listing__line')]
        .map(line => line.querySelectorAll('.remark').length)";
    assert_eq!(site.run(lines, Vec::new()).await?, json!([1, 2, 1, 1, 2]));
    site.assert_accessible().await?;
    let mended = taken(site, "mta-sts.txt").await?;
    assert!(mended.starts_with("version: STSv1\nmode: testing\n"), "{mended}");
    site.click("Put it into the field").await?;
    site.until(
        "there is no fault left",
        "return document.querySelectorAll('.listing .mark--fail').length === 0",
    )
    .await?;
    paste(site, "hosts", "mx1.example.net").await?;
    says(site, "mx1.example.net is not covered").await?;

    // A file keeps what a text field would lose, and is not opened as a report.
    let drop = "const transfer = new DataTransfer();
        const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(arguments[0])]);
        transfer.items.add(new File([bytes], 'mta-sts.txt'));
        document.getElementById('tool-policy').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));";
    site.run(drop, vec!["version: STSv1\r\nmode: none\r\nmax_age: 1\r\n".into()]).await?;
    says(site, "byte order mark").await?;
    let state = "return document.querySelector('[data-testid=import-status]').dataset.state";
    assert_eq!(site.run(state, Vec::new()).await?, json!("idle"));
    Ok(())
}

pub async fn pasted_output_is_judged(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox/domain").await?;
    drawn(site).await?;
    paste(site, "domains", "example.com, example.net").await?;
    says(site, "for d in example.com example.net; do dig").await?;
    paste(site, "domains", "example.com").await?;
    says(site, "for d in example.com; do dig").await?;
    paste(site, "output", PASTED).await?;
    for said in [
        "STSFetchResult.FETCH_ERROR",
        "do not deliver to these mail servers, which it does not name: mail.example.com",
        "some senders refuse anything else",
        "_smtp._tls.example.com",
        "DMARC: with faults",
        "SPF: in order",
    ] {
        says(site, said).await?;
    }
    site.assert_accessible().await?;
    // The paste is too long for the address, the domain is not.
    site.until("the address has the domain", "return location.hash.includes('domains=example.com')")
        .await
}

/// With nothing but the keyboard, and back again by the address.
pub async fn tools_are_used_by_keyboard(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox/mta-sts?domains=example.org&mx=mail.example.org").await?;
    drawn(site).await?;
    assert!(taken(site, "mta-sts.txt").await?.contains("mode: testing\nmx: mail.example.org\n"));
    site.run("document.getElementById('tool-domains').focus()", Vec::new()).await?;
    let press = async |key: Key| -> Outcome {
        Ok(site.driver.active_element().await?.send_keys(key).await?)
    };
    press(Key::Tab).await?;
    let name = "return document.activeElement.name";
    assert_eq!(site.run(name, Vec::new()).await?, json!("tool-mode"));
    press(Key::Right).await?;
    says(site, "mode: enforce").await?;
    site.until("the address says so", "return location.hash.includes('mode=enforce')").await?;
    let depth = site.run("return history.length", Vec::new()).await?;

    // The driver's own, which waits for the new page: a script may run in the old one yet.
    site.driver.refresh().await?;
    site.until("the page is there again", "return !!document.querySelector('.toolbox h1')").await?;
    drawn(site).await?;
    says(site, "mode: enforce\nmx: mail.example.org").await?;
    assert_eq!(site.run("return history.length", Vec::new()).await?, depth, "typing is no history");

    // What was typed is there again in the other tools, and on the way back.
    go(site, "dmarc").await?;
    assert_eq!(taken(site, "Name").await?, "_dmarc.example.org");
    site.go("#/").await?;
    site.click("Toolbox").await?;
    drawn(site).await?;
    go(site, "mta-sts").await?;
    assert!(taken(site, "mta-sts.txt").await?.contains("mode: enforce"));
    Ok(())
}

/// The address is written a moment after typing. Where the browser tells late that somebody has
/// gone on, they stay where they went.
pub async fn whoever_goes_on_is_not_called_back(site: &Site<'_>) -> Outcome {
    let late = "() => addEventListener('hashchange', event => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        setTimeout(() => dispatchEvent(new HashChangeEvent('hashchange')), 600);
    })";
    site.before_load(late).await?;
    site.open("#/toolbox/mta-sts?domains=example.org").await?;
    drawn(site).await?;
    let go = "const done = arguments[0];
        addEventListener('hashchange', event => event.isTrusted || done(), { once: true });
        const field = document.getElementById('tool-mx');
        field.value = 'mail.example.org';
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        setTimeout(() => location.hash = '#/toolbox/dmarc', 200);";
    site.driver.execute_async(go, Vec::new()).await?;
    drawn(site).await?;
    assert_eq!(taken(site, "Name").await?, "_dmarc.example.org");
    Ok(())
}

/// The tab of the tool one is at changes the address, and nothing else.
pub async fn typing_goes_on_after_a_click_on_the_same_tab(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox/mta-sts").await?;
    drawn(site).await?;
    for host in ["a.example.org", "b.example.org"] {
        paste(site, "mx", host).await?;
        let told = format!("return location.hash.includes('mx={host}')");
        site.until("the address has what was typed", &told).await?;
        go(site, "mta-sts").await?;
    }
    Ok(())
}

/// What is saved, seen where the page hands it to the browser.
pub async fn files_are_saved_and_texts_copied(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox/mta-sts?mx=mail.example.com").await?;
    drawn(site).await?;
    let watch = "const make = URL.createObjectURL;
        URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) };
        HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };";
    site.run(watch, Vec::new()).await?;
    site.click("Save").await?;
    let saved = site.run_async("return [savedAs, await saved.text()]").await?;
    assert_eq!(saved[0], json!("mta-sts.txt"));
    let text = saved[1].as_str().unwrap_or_default();
    assert!(text.starts_with("version: STSv1\nmode: testing\n"), "{text}");
    site.until(
        "there are copy buttons",
        "return [...document.querySelectorAll('.take button')]
        .filter(button => button.textContent.includes('Copy')).length > 3",
    )
    .await
}

pub async fn every_tool_is_accessible_in_both_languages(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox").await?;
    drawn(site).await?;
    for (language, tab) in [("EN", "Check my domain"), ("FR", "Vérifier mon domaine")] {
        site.click(language).await?;
        says(site, tab).await?;
        for tool in TOOLS {
            go(site, tool).await?;
            site.run(
                "document.querySelectorAll('details').forEach(it => it.open = true)",
                Vec::new(),
            )
            .await?;
            site.settle().await?;
            site.assert_accessible().await?;
            let raw = "return document.querySelector('main').innerText.match(/tool\\.[a-z]|%\\{/)";
            assert_eq!(site.run(raw, Vec::new()).await?, Value::Null, "{tool} in {language}");
        }
    }
    paste(site, "record", "v=spf1 +all").await?;
    says(site, "Tous les autres peuvent envoyer aussi").await
}

/// Tools work after the lock, ask for nothing, and know the reports.
pub async fn tools_work_while_reports_are_open(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let came = "return performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes('/screens')).length === 3";
    site.until("the tools have come", came).await?;
    site.import(&expected::samples()?).await?;
    let asked = site.requests();
    go(site, "tls-rpt").await?;
    says(site, "v=TLSRPTv1; rua=mailto:").await?;
    site.until(
        "domains are suggested",
        "return !!document.querySelector('.toolbox__links button')",
    )
    .await?;
    go(site, "domain").await?;
    says(site, "for d in ").await?;
    go(site, "mta-sts").await?;
    paste(site, "domains", "example.com").await?;
    says(site, "Take those of the TLS reports: example.com").await?;
    site.click("Take those of the TLS reports").await?;
    says(site, "\nmx: mx1.example.com\n").await?;
    go(site, "policy").await?;
    site.click("Take those of the TLS reports").await?;
    let taken = "return document.getElementById('tool-hosts').value.includes('mx1.example.com')";
    site.until("the servers are in the field", taken).await?;
    assert_eq!(site.requests(), asked, "asked after the lock");
    Ok(())
}

/// Where the program does not come, the page says so and offers a reload.
pub async fn tools_that_did_not_come_are_offered_again(site: &Site<'_>) -> Outcome {
    site.before_load(
        "() => {
            const ask = window.fetch;
            window.fetch = (address, ...rest) => String(address).includes('screens')
                ? Promise.reject(new TypeError('refused')) : ask(address, ...rest);
        }",
    )
    .await?;
    site.open("#/toolbox").await?;
    says(site, "Reload the page to have it").await?;
    site.assert_accessible().await?;
    site.click("Reload").await?;
    says(site, "Reload the page to have it").await
}

pub async fn tools_fit_every_width(site: &Site<'_>) -> Outcome {
    site.open("#/toolbox").await?;
    drawn(site).await?;
    paste(site, "domains", "a-rather-long-name-of-a-domain-that-someone-has.example.com").await?;
    for width in [360, 390, 768, 1440, 3840] {
        site.viewport(width, 900).await?;
        for tool in TOOLS {
            go(site, tool).await?;
            let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(site.run(over, Vec::new()).await?, json!(0), "{tool} at {width} pixels");
        }
    }
    Ok(())
}
