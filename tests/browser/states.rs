//! What opens on the screens, and how they hold up: under a finger, in a narrow window, without
//! colours.

use serde_json::json;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// The screens that are one table, with details beside it.
const TABLES: &[&str] = &["#/records", "#/reports", "#/failures", "#/files"];
/// All others that show what was read.
const OTHERS: &[&str] =
    &["#/overview", "#/explore", "#/reports/coverage", "#/tls", "#/files/findings"];

async fn opened(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await
}

/// Goes to a screen and waits until it is filled.
async fn shown(site: &Site<'_>, route: &str) -> Outcome {
    site.go(route).await?;
    let filled = format!(
        "return location.hash === '{route}' && !document.querySelector('[aria-busy=true]')
            && !!document.querySelector('main h1')"
    );
    site.until(&format!("{route} is filled"), &filled).await?;
    site.settle().await
}

/// Details, menus, what is folded, help: each by day and by night.
pub async fn what_opens_is_accessible(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    for route in TABLES.iter().chain(OTHERS) {
        shown(site, route).await?;
        // The menus of the filter are the same on all screens.
        let all = if *route == TABLES[0] { "" } else { ":not(.filter-bar details)" };
        let all = format!("document.querySelectorAll('main details{all}')");
        let count = site.run(&format!("return {all}.length"), Vec::new()).await?;
        // Those of one name close one another, so each is opened by itself.
        let turn = format!("{all}[arguments[0]].open = arguments[1]");
        for at in 0..count.as_u64().unwrap_or_default() {
            site.run(&turn, vec![at.into(), true.into()]).await?;
            site.settle().await?;
            site.assert_accessible().await?;
            site.run(&turn, vec![at.into(), false.into()]).await?;
        }
    }
    for route in TABLES {
        shown(site, route).await?;
        site.run("document.querySelector('tbody tr').click()", Vec::new()).await?;
        site.until("there are details", "return !!document.querySelector('.panel')").await?;
        site.settle().await?;
        site.assert_accessible().await?;
    }
    site.run("document.querySelector('.help-button').click()", Vec::new()).await?;
    site.until("there is help", "return !!document.querySelector('.help[open] h2')").await?;
    site.settle().await?;
    site.assert_accessible().await
}

/// On the narrowest phone.
pub async fn fingers_hit_what_they_aim_at(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.viewport(360, 780).await?;
    for route in TABLES.iter().chain(OTHERS).chain(&["#/toolbox"]) {
        shown(site, route).await?;
        site.assert_touchable().await?;
    }
    // Menus lie over what follows them.
    for at in 0..3 {
        let open = "document.querySelectorAll('.filter-bar details')[arguments[0]].open = true";
        shown(site, "#/records").await?;
        site.run(open, vec![at.into()]).await?;
        site.settle().await?;
        site.assert_touchable().await?;
    }
    Ok(())
}

/// Columns leave before there is no room for them: in the language of the longest words.
pub async fn no_table_is_wider_than_its_box(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    site.click("FR").await?;
    for width in [360, 480, 640, 768, 920, 1024, 1200, 1440, 1600] {
        site.viewport(width, 900).await?;
        for route in TABLES {
            shown(site, route).await?;
            let over = "const box = document.querySelector('.table');
                return box.scrollWidth - box.clientWidth";
            assert_eq!(site.run(over, Vec::new()).await?, json!(0), "{route} at {width} pixels");
        }
    }
    Ok(())
}

/// One report whose numbers and addresses are as long as they can be.
const GREAT: &str = "<feedback><report_metadata><org_name>receiver.test</org_name>
    <report_id>great</report_id><date_range><begin>1790985600</begin><end>1791072000</end>
    </date_range></report_metadata><policy_published><domain>example.com</domain><p>none</p>
    </policy_published><record><row><source_ip>2001:db8:ffff:ffff:ffff:ffff:ffff:ffff</source_ip>
    <count>18446744073709551615</count></row><identifiers><header_from>example.com</header_from>
    </identifiers></record><record><row><source_ip>192.0.2.1</source_ip><count>1000000000000</count>
    </row><identifiers><header_from>example.com</header_from></identifiers></record>
    <record><row><source_ip>198.51.100.199</source_ip><count>1</count></row><identifiers>
    <header_from>example.com</header_from></identifiers></record></feedback>";

/// Each row stays as high as all others, which the scrolling reckons with.
pub async fn great_numbers_and_long_addresses_are_shown_whole(site: &Site<'_>) -> Outcome {
    let file =
        std::env::temp_dir().join(format!("vitrail-{}-{site:p}-great.xml", std::process::id()));
    std::fs::write(&file, GREAT)?;
    site.open("").await?;
    site.import(std::slice::from_ref(&file)).await?;
    std::fs::remove_file(&file)?;
    for language in ["EN", "FR"] {
        site.click(language).await?;
        for width in [360, 390, 768, 1440] {
            site.viewport(width, 900).await?;
            shown(site, "#/records").await?;
            let whole = "const rows = [...document.querySelectorAll('tbody tr')];
                const cut = [...document.querySelectorAll('tbody :is(.long, .longish)')].filter(long => {
                    const [inner, outer] = [long, long.closest('td, th')].map(it => it.getBoundingClientRect());
                    return inner.left < outer.left || inner.right > outer.right
                        || inner.top < outer.top || inner.bottom > outer.bottom
                        || long.scrollWidth > long.clientWidth;
                }).map(it => it.textContent);
                const heights = rows.map(row => row.getBoundingClientRect().height);
                return { rows: rows.length, long: document.querySelectorAll('tbody .long').length, cut,
                    uneven: Math.max(...heights) - Math.min(...heights) > 0.1,
                    over: document.documentElement.scrollWidth - innerWidth > 0 }";
            let fine = json!({ "rows": 3, "long": 3, "cut": [], "uneven": false, "over": false });
            assert_eq!(site.run(whole, Vec::new()).await?, fine, "{language}, {width} pixels");
        }
    }
    Ok(())
}

/// Of somebody whom movement makes ill, nothing moves: not what opens, nor what is waited for.
pub async fn nothing_moves_for_whoever_asks_for_it(site: &Site<'_>) -> Outcome {
    let media = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    site.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
    // Whatever runs is noted at the beginning of each frame.
    site.before_load(
        "() => { window.moved = new Set(); const look = () => {
            for (const it of document.getAnimations())
                if (it.playState === 'running' && it.effect.getComputedTiming().activeDuration > 1)
                    window.moved.add(it.effect.target?.className + ' ' + (it.transitionProperty ?? it.animationName));
            requestAnimationFrame(look) }; look() }",
    )
    .await?;
    opened(site).await?;
    for route in TABLES.iter().chain(OTHERS).chain(&["#/toolbox"]) {
        shown(site, route).await?;
        let open = "for (const it of document.querySelectorAll('main details')) it.open = true;
            document.querySelector('main tbody tr[data-row]')?.click()";
        site.run(open, Vec::new()).await?;
        site.settle().await?;
    }
    let moved = site.run("return [...window.moved]", Vec::new()).await?;
    assert_eq!(moved, json!([]));
    let smooth = "return getComputedStyle(document.documentElement).scrollBehavior";
    assert_eq!(site.run(smooth, Vec::new()).await?, json!("auto"));
    Ok(())
}

/// One day, one domain, failures alone: what drawings, tables and sentences make of little.
pub async fn little_data_fills_every_screen(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    for (name, filter) in [
        ("day", "since:2026-10-14%20until:2026-10-14"),
        ("domain", "domain:=example.org"),
        ("failures", "result:fail"),
    ] {
        for width in [1440, 390] {
            site.viewport(width, 900).await?;
            for screen in ["overview", "explore", "records", "reports", "reports/coverage"] {
                shown(site, &format!("#/{screen}?filter={filter}")).await?;
                let wide = "return document.documentElement.scrollWidth <= innerWidth";
                site.until(&format!("{screen} of one {name} fits {width} pixels"), wide).await?;
                let said =
                    site.run("return document.querySelector('main').innerText", vec![]).await?;
                let said = said.as_str().unwrap_or_default();
                let is_odd =
                    ["NaN", "undefined", "Infinity"].iter().any(|word| said.contains(word));
                assert!(
                    !is_odd && !said.contains("Nothing matches"),
                    "{screen} of one {name}: {said}"
                );
                let file = format!(
                    "target/screenshots/one-{name}-{}-{width}.png",
                    screen.replace('/', "-")
                );
                site.screenshot(std::path::Path::new(&file)).await?;
            }
        }
        site.viewport(1440, 900).await?;
        site.assert_accessible().await?;
    }
    Ok(())
}

/// With the user's few colours, shades and shapes tell apart what colours do.
pub async fn meanings_survive_without_colours(site: &Site<'_>) -> Outcome {
    opened(site).await?;
    let media = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    site.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
    for (route, classes) in [
        ("#/overview", &["bars__fail", "bars__pass"][..]),
        ("#/overview?by=disposition", &["bars__fail", "bars__warn", "bars__rest"]),
        ("#/overview", &["share__part", "share__rest"]),
        ("#/reports/coverage", &["coverage__level-0", "coverage__level-3"]),
    ] {
        shown(site, route).await?;
        let fills = "return new Set(arguments[0].map(
            it => getComputedStyle(document.querySelector('main .' + it)).fill)).size";
        let fills = site.run(fills, vec![json!(classes)]).await?;
        assert_eq!(fills, json!(classes.len()), "{route}: {classes:?}");
    }
    shown(site, "#/records").await?;
    let word = "const mark = document.querySelector('tbody .mark');
        return !!mark.querySelector('svg') && mark.textContent.trim().length > 2";
    assert_eq!(site.run(word, Vec::new()).await?, json!(true));
    Ok(())
}
