//! What the page makes of signatures and SPF itself, beside what reporters say.

use std::path::PathBuf;

use crate::harness::Outcome;
use crate::harness::site::Site;

/// One record that its reporter lets fail, though a signature passes for a domain of the same
/// organization; another passes for somebody else's, and SPF was asked about HELO.
const REPORT: &str = "<feedback><report_metadata><org_name>Example</org_name></report_metadata>
    <policy_published><domain>example.co.uk</domain><aspf>s</aspf><p>none</p></policy_published>
    <record><row><source_ip>192.0.2.9</source_ip><count>3</count><policy_evaluated>
    <disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>news.example.co.uk</header_from>
    <envelope_from>bounce.test</envelope_from></identifiers><auth_results>
    <dkim><domain>other.co.uk</domain><selector>s1</selector><result>pass</result></dkim>
    <dkim><domain>mail.example.co.uk</domain><selector>s2</selector><result>pass</result></dkim>
    <spf><domain>mx.example.co.uk</domain><scope>helo</scope><result>pass</result></spf>
    </auth_results></record></feedback>";

/// A file of this test alone: a browser does not read one that has changed since it was chosen.
fn report(site: &Site<'_>) -> Outcome<PathBuf> {
    let file =
        std::env::temp_dir().join(format!("vitrail-{}-{site:p}-alignment.xml", std::process::id()));
    std::fs::write(&file, REPORT)?;
    Ok(file)
}

/// Opens the one record's detail and waits for these texts, in this order.
async fn expect(site: &Site<'_>, texts: &[&str]) -> Outcome {
    let texts = serde_json::to_string(texts)?;
    let script = format!(
        "let at = 0;
        const said = document.querySelector('.story')?.parentElement.textContent ?? '';
        return {texts}.every(text => (at = said.indexOf(text, at)) >= 0)"
    );
    site.until(&format!("the detail says {texts}"), &script).await
}

pub async fn every_result_says_whether_it_aligns(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&[report(site)?]).await?;
    site.go("#/records").await?;
    site.click_row("192.0.2.9").await?;
    expect(
        site,
        &[
            "3 messages failed DMARC",
            "by what the report lists they pass DMARC",
            "something passes and aligns",
            "any domain of the same organization (relaxed)",
            "for a domain that does not align",
            "It aligns with the author’s domain",
            "What the report lists comes to the same",
            "exactly the author’s domain (strict)",
            "DMARC looks at the sender’s address (MAIL FROM) instead",
        ],
    )
    .await?;
    site.assert_accessible().await?;
    site.click("FR").await?;
    expect(
        site,
        &[
            "d’après ce que le rapport énumère, DMARC réussit",
            "(souple)",
            "ne s’aligne pas",
            "Il s’aligne sur le domaine de l’auteur",
            "(strict)",
            "HELO",
        ],
    )
    .await
}

/// A host that does not give the list: the page says so, and judges what it can without.
pub async fn without_the_suffixes_the_page_says_so(site: &Site<'_>) -> Outcome {
    let refuse = "() => {
        const ask = window.fetch;
        window.fetch = (what, ...rest) =>
            String(what).includes('suffixes') ? Promise.reject(new TypeError()) : ask(what, ...rest);
    }";
    site.before_load(refuse).await?;
    site.open("").await?;
    let notice = "return document.querySelector('[role=alert]').textContent.includes('suffixes')";
    site.until("the page says what it does without", notice).await?;
    site.import(&[report(site)?]).await?;
    site.go("#/records").await?;
    site.click_row("192.0.2.9").await?;
    expect(site, &["3 messages failed DMARC", "too little to check"]).await
}
