//! What can be chosen of drawings, by mouse and by keyboard.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

async fn at(site: &Site<'_>, route: &str) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go(route).await?;
    site.until("there are steps", "return document.querySelectorAll('[data-step]').length > 30")
        .await
}

/// Presses over one step, goes over to another, and lets go there if told so.
async fn drag(site: &Site<'_>, from: u32, to: u32, lets_go: bool) -> Outcome {
    let step =
        async |number: u32| site.driver.find(By::Css(format!("[data-step='{number}'] rect"))).await;
    let (from, to) = (step(from).await?, step(to).await?);
    from.scroll_into_view().await?;
    let actions =
        site.driver.action_chain().click_and_hold_element(&from).move_to_element_center(&to);
    let actions = if lets_go { actions.release() } else { actions };
    Ok(actions.perform().await?)
}

async fn press(site: &Site<'_>, keys: impl Into<thirtyfour::TypingData>) -> Outcome {
    Ok(site.driver.active_element().await?.send_keys(keys).await?)
}

const CHOSEN: &str = "document.querySelectorAll('.bars__slot--chosen').length";

pub async fn a_period_is_chosen_by_dragging(site: &Site<'_>) -> Outcome {
    at(site, "#/overview").await?;
    drag(site, 6, 2, false).await?;
    site.until("five days are chosen", &format!("return {CHOSEN} === 5")).await?;
    let said =
        "return document.querySelector('.timeline__said').textContent.includes('9–13 Sep 2026')";
    site.until("it says which", said).await?;
    site.driver.action_chain().release().perform().await?;
    let asked =
        "return decodeURIComponent(location.hash).includes('since:2026-09-09 until:2026-09-13')
        && document.querySelectorAll('.chips__chip').length === 1";
    site.until("that time is asked for", asked).await?;
    site.until("nothing is chosen there", &format!("return {CHOSEN} === 0")).await?;
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads back", "return !document.querySelector('.chips')").await?;
    drag(site, 2, 6, false).await?;
    site.until("five days are chosen", &format!("return {CHOSEN} === 5")).await?;
    press(site, Key::Escape).await?;
    site.until("Escape lets go of them", &format!("return {CHOSEN} === 0")).await?;
    site.driver.action_chain().release().perform().await?;
    site.settle().await?;
    site.until("and of the mouse", "return !location.hash.includes('since')").await
}

/// Goes with a finger from the middle of one step so many pixels aside and down. Chromium only.
async fn touch(site: &Site<'_>, step: u32, by: (f64, f64), lets_go: bool) -> Outcome {
    let place = format!(
        "const step = document.querySelector('[data-step=\"{step}\"] rect');
        step.scrollIntoView({{ block: 'center' }});
        const box = step.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2]"
    );
    let place = site.run(&place, Vec::new()).await?;
    let [x, y] = [0, 1].map(|at| place[at].as_f64().unwrap_or_default());
    let send = async |kind: &str, points: serde_json::Value| {
        let event = json!({ "type": kind, "touchPoints": points });
        site.driver.cdp().send_raw("Input.dispatchTouchEvent", event).await
    };
    send("touchStart", json!([{ "x": x, "y": y }])).await?;
    for part in 1..=8 {
        let part = f64::from(part) / 8.0;
        let point = json!([{ "x": x + by.0 * part, "y": y + by.1 * part }]);
        send("touchMove", point).await?;
    }
    if lets_go {
        send("touchEnd", json!([])).await?;
    }
    Ok(())
}

pub async fn a_period_is_chosen_with_a_finger(site: &Site<'_>) -> Outcome {
    site.viewport(390, 844).await?;
    let on = json!({ "enabled": true, "maxTouchPoints": 1 });
    site.driver.cdp().send_raw("Emulation.setTouchEmulationEnabled", on).await?;
    at(site, "#/overview").await?;
    let width = "const [one, other] = [2, 6].map(step => document
            .querySelector(`[data-step='${step}'] rect`).getBoundingClientRect().x);
        return other - one";
    let width = site.run(width, Vec::new()).await?.as_f64().unwrap_or_default();
    touch(site, 1, (0.0, 0.0), true).await?;
    let told =
        "return document.querySelector('.timeline__said').textContent.startsWith('8 Sep 2026')
        && !location.hash.includes('since')";
    site.until("a tap tells of a day", told).await?;
    touch(site, 2, (width, 0.0), false).await?;
    site.until("five days are chosen", &format!("return {CHOSEN} === 5")).await?;
    let end = json!({ "type": "touchEnd", "touchPoints": [] });
    site.driver.cdp().send_raw("Input.dispatchTouchEvent", end).await?;
    let asked =
        "return decodeURIComponent(location.hash).includes('since:2026-09-09 until:2026-09-13')";
    site.until("that time is asked for", asked).await?;
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads back", "return !document.querySelector('.chips')").await?;
    let before = site.run("return scrollY", Vec::new()).await?;
    touch(site, 2, (0.0, -200.0), true).await?;
    let scrolled = format!("return scrollY > {before} + 50 && {CHOSEN} === 0");
    site.until("up and down it scrolls", &scrolled).await?;
    site.until("and asks for nothing", "return !location.hash.includes('since')").await
}

/// The events of a finger's tap, as both browsers send them.
const TAP: &str = "const step = document.querySelector(`[data-step='${arguments[0]}'] rect`);
    const tap = { bubbles: true, cancelable: true, isPrimary: true, pointerType: 'touch' };
    const box = step.getBoundingClientRect();
    tap.clientX = box.x + box.width / 2;
    tap.clientY = box.y + box.height / 2;
    step.dispatchEvent(new PointerEvent('pointerdown', tap));
    step.dispatchEvent(new PointerEvent('pointerup', tap));
    step.dispatchEvent(new MouseEvent('mousedown', { ...tap, buttons: 1 }));
    step.dispatchEvent(new MouseEvent('mouseup', tap));
    step.dispatchEvent(new PointerEvent('click', { ...tap, detail: 1 }))";

pub async fn a_tap_reads_a_bar_and_another_follows_it(site: &Site<'_>) -> Outcome {
    at(site, "#/overview").await?;
    site.run("document.querySelector('.timeline').scrollIntoView()", Vec::new()).await?;
    let tap = async |step: u32| site.run(TAP, vec![step.into()]).await;
    let is_told = |day: &str| {
        format!(
            "return document.querySelector('.timeline__said').textContent.startsWith('{day}')
                && !location.hash.includes('since')"
        )
    };
    tap(3).await?;
    site.until("the first tap tells", &is_told("10 Sep 2026")).await?;
    tap(4).await?;
    site.until("that on another, too", &is_told("11 Sep 2026")).await?;
    tap(4).await?;
    let asked =
        "return decodeURIComponent(location.hash).includes('since:2026-09-11 until:2026-09-11')";
    site.until("the second one asks for that day", asked).await?;
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads back", "return !document.querySelector('.chips')").await?;
    let step = site.driver.find(By::Css("[data-step='5'] rect")).await?;
    site.driver.action_chain().move_to_element_center(&step).click().perform().await?;
    site.until("a mouse, which points, needs one", "return location.hash.includes('2026-09-12')")
        .await
}

pub async fn a_period_is_chosen_by_keyboard(site: &Site<'_>) -> Outcome {
    at(site, "#/overview").await?;
    let stops =
        "return document.querySelectorAll('.timeline [data-step][tabindex=\"0\"]').length === 1";
    site.until("all bars are one stop of the Tab key", stops).await?;
    site.run("document.querySelector('.timeline [data-step][tabindex=\"0\"]').focus()", Vec::new())
        .await?;
    let last =
        "return document.querySelector('.timeline__said').textContent.startsWith('18 Oct 2026')";
    site.until("the day that the focus comes to is told", last).await?;
    press(site, Key::Home).await?;
    let here = "return document.activeElement.dataset.step === '0'
        && document.activeElement.tabIndex === 0
        && document.querySelector('.timeline__said').textContent.startsWith('7 Sep 2026')";
    site.until("the first day is told", here).await?;
    press(site, Key::Right).await?;
    for _ in 0..3 {
        press(site, Key::Shift + Key::Right).await?;
    }
    site.until("four days are chosen", &format!("return {CHOSEN} === 4")).await?;
    press(site, Key::Escape).await?;
    site.until("Escape lets go of them", &format!("return {CHOSEN} === 0")).await?;
    press(site, Key::Shift + Key::Left).await?;
    site.until("two days are chosen", &format!("return {CHOSEN} === 2")).await?;
    site.assert_accessible().await?;
    press(site, Key::Enter).await?;
    let asked =
        "return decodeURIComponent(location.hash).includes('since:2026-09-10 until:2026-09-11')";
    site.until("Enter asks for that time", asked).await
}

pub async fn coverage_shows_which_days_are_missing(site: &Site<'_>) -> Outcome {
    at(site, "#/overview").await?;
    site.go("#/reports").await?;
    site.click("Coverage").await?;
    let drawn = "return location.hash === '#/reports/coverage'
        && document.querySelectorAll('.coverage__names li').length === 8
        && document.querySelectorAll('.coverage__map [data-step]').length === 8 * 42
        && document.querySelector('.coverage__notes').textContent.includes('30 days missing')";
    site.until("reporters and days are drawn", drawn).await?;
    site.assert_accessible().await?;
    site.run("document.querySelector('.coverage [data-step][tabindex=\"0\"]').focus()", Vec::new())
        .await?;
    press(site, Key::Home).await?;
    for _ in 0..5 {
        press(site, Key::Down).await?;
    }
    press(site, Key::Right).await?;
    press(site, Key::Right).await?;
    let said = "return document.activeElement.dataset.step === '5002'
        && document.querySelector('.timeline__said').textContent
            .includes('AMAZON-SES · 9 Sep 2026 · 1 day missing')";
    site.until("the missing day is told", said).await?;
    site.click("Show as table").await?;
    let twin = "return document.querySelectorAll('.coverage .plain-table tbody tr').length === 8
        && document.querySelector('.coverage .plain-table').textContent.includes('1 day missing')";
    site.until("the drawing is a table", twin).await?;
    press(site, Key::Enter).await?;
    let around = "return decodeURIComponent(location.hash)
            .startsWith('#/reports?filter=org:=AMAZON-SES since:2026-09-08')
        && document.querySelectorAll('tbody tr').length > 0";
    site.until("the reports around it are shown", around).await?;
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads back", "return !!document.querySelector('.coverage__map')").await?;
    drag(site, 3, 1005, true).await?;
    let chosen = "return decodeURIComponent(location.hash).includes('org:=google.com')
        && location.hash.includes('since:2026-09-10') && location.hash.startsWith('#/reports?')";
    site.until("reporters and days that are chosen lead to their reports", chosen).await
}
