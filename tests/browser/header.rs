//! The switches of the header: which clock, and help.

use thirtyfour::prelude::*;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// A place east of everywhere, whatever the device says.
const EAST: &str = "() => { Date.prototype.getTimezoneOffset = () => -330; }";

pub async fn times_are_told_by_the_clock_that_is_chosen(site: &Site<'_>) -> Outcome {
    site.before_load(EAST).await?;
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go("#/reports?sort=begin").await?;
    let by = |clock: &str| {
        format!("return !!document.querySelector('tbody tr td [title*=\"{clock}\"]')")
    };
    site.until("times are those of UTC", &by("7 Sep 2026, 00:00:00 UTC –")).await?;
    site.click("UTC").await?;
    site.until("times are those of the place", &by("7 Sep 2026, 05:30:00 UTC+05:30")).await?;
    site.assert_accessible().await?;
    site.open("").await?;
    let kept =
        "return document.querySelector('.clock-switch').getAttribute('aria-pressed') === 'true'";
    site.until("the device remembers", kept).await?;
    site.click("Local").await?;
    let back = "return document.querySelector('.clock-switch').textContent === 'UTC'";
    site.until("and goes back", back).await
}

pub async fn help_is_a_key_away(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go("#/overview").await?;
    site.until("there is a search box", "return !!document.querySelector('input[type=search]')")
        .await?;
    let search = site.driver.find(By::Css("input[type=search]")).await?;
    search.send_keys("a?").await?;
    let typed = "return document.querySelector('input[type=search]').value === 'a?'
        && !document.querySelector('dialog[open]')";
    site.until("a question mark can be typed", typed).await?;
    site.run("document.activeElement.blur()", Vec::new()).await?;
    site.driver.action_chain().send_keys("?").perform().await?;
    let opened = "const help = document.querySelector('dialog[open]');
        return !!help && help.matches(':modal') && help.querySelectorAll('dt').length > 50
            && help.textContent.includes('ip:192.0.2.0/24')";
    site.until("help is there", opened).await?;
    site.assert_accessible().await?;
    let wide = "return document.documentElement.scrollWidth <= innerWidth
        && document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth";
    site.viewport(360, 700).await?;
    site.until("it fits a phone", wide).await?;
    site.driver.action_chain().send_keys(Key::Escape).perform().await?;
    site.until("Escape closes it", "return !document.querySelector('dialog[open]')").await?;
    site.viewport(1280, 800).await?;
    site.click("FR").await?;
    site.run("document.querySelector('.help-button').click()", Vec::new()).await?;
    let french =
        "return document.querySelector('dialog[open]')?.textContent.includes('Vocabulaire')";
    site.until("the button opens it, in French", &format!("{french} === true")).await?;
    site.click("Fermer").await?;
    site.until("and a button closes it", "return !document.querySelector('dialog[open]')").await
}
