//! The page as a static host serves it: it starts anywhere, asks for its own files only, and its
//! policy holds.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thirtyfour::By;

use crate::harness::Outcome;
use crate::harness::sentinel::Sentinel;
use crate::harness::site::Site;

pub async fn starts_without_complaint(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let title = site.driver.title().await?;
    assert!(title.ends_with("Vitrail"), "{title}");
    Ok(())
}

pub async fn starts_under_a_path(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let outside: Vec<String> =
        site.requests().into_iter().filter(|request| !request.contains(" /a/b/")).collect();
    assert_eq!(outside, [""; 0], "asked outside of the path it is served under");
    Ok(())
}

/// Everything asked for exists, and exists once it is built: no request that a cache would need.
pub async fn asks_for_the_shipped_files_only(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let requests = site.requests();
    let missing: Vec<&String> =
        requests.iter().filter(|request| !request.ends_with(" 200")).collect();
    assert!(missing.is_empty(), "asked for what is not there: {missing:?}");
    let different: BTreeSet<&String> = requests.iter().collect();
    assert_eq!(different.len(), requests.len(), "asked twice: {requests:?}");

    let status = "const done = arguments[arguments.length - 1];
        fetch('no-such-file').then(({ status }) => done(status), error => done(String(error)))";
    let status: Value = site.driver.execute_async(status, Vec::new()).await?.convert()?;
    assert_eq!(status, 404, "a missing file is not the front page");
    // The browsers note the 404 on the console.
    site.excuse_complaints();
    Ok(())
}

/// Tried from outside the page's own code, with what the page itself would be refused.
pub async fn forbids_what_the_policy_forbids(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let other = Sentinel::start()?;
    let attempt = "const [address, done] = [arguments[0], arguments[arguments.length - 1]];
        fetch(address, { mode: 'no-cors' }).then(() => done('sent'), () => done('refused'))";
    for address in [format!("http://{}/", other.address()), "https://leak.example.com/".to_owned()]
    {
        let result = site.driver.execute_async(attempt, vec![address.clone().into()]).await?;
        assert_eq!(result.convert::<String>()?, "refused", "fetch({address})");
    }
    assert_eq!(other.seen(), [""; 0]);

    let inline = "const script = document.createElement('script');
        script.textContent = 'window.inlineRan = true';
        document.body.append(script);
        document.body.setAttribute('style', 'color: red');
        return window.inlineRan === true || document.body.style.color === 'red'";
    assert_eq!(site.run(inline, Vec::new()).await?, false, "inline script or style took effect");

    let forbidden = ["connect-src", "script-src-elem", "style-src-attr"];
    let forbidden = forbidden.map(|directive| format!("policy: {directive} "));
    site.until_complaints(&forbidden.each_ref().map(String::as_str)).await
}

pub async fn is_accessible_at_the_start(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.assert_accessible().await
}

/// A browser without WebAssembly's SIMD is played by one that denies having it.
pub async fn says_so_where_the_browser_is_too_old(site: &Site<'_>) -> Outcome {
    site.before_load("() => { WebAssembly.validate = () => false }").await?;
    site.load("").await?;
    let sentence = "const sentence = document.querySelector('.shell-late');
        return getComputedStyle(sentence).visibility === 'visible'
            && sentence.innerText.includes('browser is too old')
            && sentence.innerText.includes('navigateur est trop ancien')";
    site.until("the page says that the browser is too old", sentence).await?;
    site.until_complaints(&["no WebAssembly SIMD"]).await
}

/// Chromium only: Firefox can be kept from running scripts for all of its tabs at once only.
pub async fn says_so_without_javascript(site: &Site<'_>) -> Outcome {
    let off = json!({ "value": true });
    site.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await?;
    site.load("").await?;
    let text = site.driver.find(By::Css("body")).await?.text().await?;
    assert!(text.contains("needs JavaScript") && text.contains("besoin de JavaScript"), "{text}");
    Ok(())
}
