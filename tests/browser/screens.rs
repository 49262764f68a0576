//! What a person does with the screens: sort, walk by keyboard, change the language, go back.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

const ROUTES: &[&str] = &[
    "#/",
    "#/overview",
    "#/explore",
    "#/records",
    "#/reports",
    "#/reports/coverage",
    "#/tls",
    "#/failures",
    "#/files",
    "#/files/findings",
    "#/toolbox",
];

async fn with_samples(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await
}

/// The texts of one column of the rows in view, by the column's place from 1.
async fn column(site: &Site<'_>, number: usize) -> Outcome<Vec<String>> {
    let texts = "return [...document.querySelectorAll('tbody tr')]
        .map(row => row.children[arguments[0] - 1]?.textContent.trim() ?? '').filter(Boolean)";
    Ok(serde_json::from_value(site.run(texts, vec![number.into()]).await?)?)
}

/// The place of the column with this header, from 1.
async fn place_of(site: &Site<'_>, header: &str) -> Outcome<usize> {
    let place = "return 1 + [...document.querySelectorAll('thead th')]
        .findIndex(th => th.textContent.trim().startsWith(arguments[0]))";
    let place = site.run(place, vec![header.into()]).await?;
    Ok(place.as_u64().unwrap_or_default() as usize)
}

pub async fn sorts_and_keeps_it_in_the_address(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    site.click_header("Messages").await?;
    let sorted = "const header = [...document.querySelectorAll('thead th')]
            .find(th => th.textContent.trim().startsWith('Messages'));
        return document.querySelectorAll('thead th[aria-sort]').length === 1
            && ['descending', 'ascending'].includes(header.getAttribute('aria-sort'))
            && document.querySelectorAll('tbody tr').length > 10";
    site.until("one column says that it is sorted", sorted).await?;
    let place = place_of(site, "Messages").await?;
    let numbers = |texts: Vec<String>| -> Vec<u64> {
        texts
            .iter()
            .filter_map(|text| text.replace([',', '\u{202f}', ' '], "").parse().ok())
            .collect()
    };
    site.settle().await?;
    let shown = numbers(column(site, place).await?);
    assert!(shown.len() > 10, "{shown:?}");
    let mut sorted = shown.clone();
    sorted.sort_unstable();
    let mut down = sorted.clone();
    down.reverse();
    assert!(shown == sorted || shown == down, "{shown:?}");

    let hash = site.run("return location.hash", Vec::new()).await?;
    assert!(hash.as_str().is_some_and(|hash| hash.contains("sort=")), "{hash}");
    site.run("history.back()", Vec::new()).await?;
    site.until("back undoes it", "return !location.hash.includes('sort=')").await?;

    site.go("#/records?sort=-nonsense").await?;
    let usual = "return document.querySelector('caption').textContent.includes('Messages')
        && document.querySelectorAll('thead th[aria-sort]').length === 1";
    site.until("a column that is not there is passed over", usual).await
}

/// Back and forward lead to the row that was read, as far down as it was.
pub async fn a_table_is_come_back_to_where_it_was_left(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.go("#/reports").await?;
    let down = "const box = document.querySelector('.table');
        if (!box || box.scrollHeight < 1500) return false;
        box.scrollTop = 1000; return !!document.querySelector('tr[data-row=\"34\"]')";
    site.until("it is scrolled", down).await?;
    site.run("document.querySelector('tr[data-row=\"34\"]').click()", vec![]).await?;
    site.until("there are details", "return !!document.querySelector('.panel h2')").await?;
    let seen = "return [document.querySelector('.panel h2').innerText,
        Math.round(document.querySelector('.table').scrollTop)]";
    let before = site.run(seen, vec![]).await?;
    site.run("document.querySelector('.panel a[href^=\"#/reports/source\"]').click()", vec![])
        .await?;
    site.until("the report has a page", "return !!document.querySelector('.beside')").await?;
    site.run("history.back()", vec![]).await?;
    let is_back = "return !!document.querySelector('.panel h2')
        && document.querySelector('.table').scrollTop > 500";
    site.until("it is as it was", is_back).await?;
    assert_eq!(site.run(seen, vec![]).await?, before);
    // Another order is read from its top, and left again.
    site.click_header("Messages").await?;
    let is_top =
        "return location.hash.includes('sort') && !document.querySelector('[aria-busy=true]')
        && !document.querySelector('.panel') && document.querySelector('.table').scrollTop === 0";
    site.until("another order begins at its top", is_top).await?;
    site.run("history.back()", vec![]).await?;
    site.until("the first is as it was", is_back).await?;
    assert_eq!(site.run(seen, vec![]).await?, before);
    Ok(())
}

pub async fn tables_are_walked_by_keyboard(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    site.until("there are rows", "return document.querySelectorAll('tbody tr').length > 10")
        .await?;
    site.run("document.querySelector('tbody tr [tabindex=\"0\"]').focus()", Vec::new()).await?;
    let index =
        "return Number(document.activeElement.closest('tr')?.getAttribute('aria-rowindex'))";
    let first = site.run(index, Vec::new()).await?;
    let press = async |key: Key| -> Outcome<Value> {
        site.driver.active_element().await?.send_keys(key).await?;
        site.settle().await?;
        site.run(index, Vec::new()).await
    };
    assert_eq!(press(Key::Down).await?, json!(first.as_u64().unwrap_or_default() + 1));
    let far = press(Key::PageDown).await?;
    assert!(far.as_u64() > Some(5), "{far}");
    let total = site
        .run(
            "return Number(document.querySelector('table').getAttribute('aria-rowcount'))",
            Vec::new(),
        )
        .await?;
    press(Key::End).await?;
    site.until("the last row has the focus",
        &format!("return Number(document.activeElement.closest('tr')?.getAttribute('aria-rowindex')) === {total}")).await?;
    press(Key::Home).await?;
    site.until("the first row has the focus",
        &format!("return Number(document.activeElement.closest('tr')?.getAttribute('aria-rowindex')) === {first}")).await?;
    press(Key::Enter).await?;
    site.until(
        "the detail is open",
        "return document.body.innerText.includes('192.0.2.')
        || !!document.querySelector('aside, [role=dialog], .detail')",
    )
    .await?;
    press(Key::Escape).await?;
    site.until("the row has the focus again",
        &format!("return Number(document.activeElement.closest('tr')?.getAttribute('aria-rowindex')) === {first}")).await
}

pub async fn speaks_french(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.click("FR").await?;
    site.until("the page is French", "return document.documentElement.lang === 'fr'").await?;
    let names = "return [...document.querySelectorAll('nav a')].map(a => a.textContent).join(' ')";
    let names = site.run(names, Vec::new()).await?;
    let names = names.as_str().unwrap_or_default();
    for name in ["Accueil", "Rapports", "Fichiers"] {
        assert!(names.contains(name), "{names}");
    }
    for route in ROUTES {
        site.go(route).await?;
        site.assert_accessible().await?;
    }
    Ok(())
}

pub async fn every_screen_is_accessible(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    for route in ROUTES {
        site.go(route).await?;
        site.assert_accessible().await?;
    }
    site.import(&expected::samples()?).await?;
    for route in ROUTES {
        site.go(route).await?;
        site.until("the screen is filled", "return !document.querySelector('[aria-busy=true]')")
            .await?;
        site.assert_accessible().await?;
    }
    Ok(())
}

/// How far the page, its navigation (but on a phone) or an open panel is wider than what is seen of it.
const OVER: &str =
    "const boxes = [document.documentElement, document.querySelector('.panel__body'),
        innerWidth > 600 && document.querySelector('nav')];
    const buttons = document.querySelectorAll('.panel__head button');
    return Math.max(...boxes.filter(Boolean).map(box => box.scrollWidth - box.clientWidth),
        ...[...buttons].map(button => button.getBoundingClientRect().right - innerWidth), 0)";

async fn open_first_row(site: &Site<'_>) -> Outcome {
    site.until("there are rows", "return !!document.querySelector('tbody tr')").await?;
    site.run("document.querySelector('tbody tr').click()", Vec::new()).await?;
    site.until("the details are there", "return !!document.querySelector('.panel')").await
}

/// The page never scrolls sideways, on the narrowest phone or the widest screen.
pub async fn fits_every_width(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    for width in [360, 390, 768, 1440, 3840] {
        site.viewport(width, 900).await?;
        for route in ROUTES {
            site.go(route).await?;
            assert_eq!(site.run(OVER, Vec::new()).await?, json!(0), "{route} at {width} pixels");
            if ["#/records", "#/reports", "#/files"].contains(route) {
                open_first_row(site).await?;
                let over = site.run(OVER, Vec::new()).await?;
                assert_eq!(over, json!(0), "details on {route} at {width} pixels");
                let below = "return document.documentElement.scrollHeight - innerHeight";
                assert_eq!(
                    site.run(below, Vec::new()).await?,
                    json!(0),
                    "{route} at {width} pixels"
                );
            }
        }
    }
    Ok(())
}

/// Long tasks are reported, not judged: machines differ. Chromium only.
pub async fn the_page_answers_while_it_imports(site: &Site<'_>) -> Outcome {
    let folder = std::env::temp_dir().join(format!("vitrail-{}-many", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let samples = expected::samples()?;
    let report = samples.iter().find(|file| file.ends_with("careless-reporter.xml"));
    let report = std::fs::read_to_string(report.ok_or("the sample is gone")?)?;
    let mut files = Vec::new();
    for number in 0..2000 {
        let file = folder.join(format!("{number}.xml"));
        std::fs::write(&file, report.replacen("report_id>", &format!("report_id>{number}-"), 1))?;
        files.push(file);
    }
    site.open("").await?;
    // The browser itself takes half a second to make the list of files, before the page hears of it.
    let watch = "window.tasks = [];
        addEventListener('change', () => { window.told = performance.now() }, true);
        new PerformanceObserver(list => tasks.push(...list.getEntries()))
            .observe({ type: 'longtask' });";
    site.run(watch, Vec::new()).await?;
    site.import(&files).await?;
    std::fs::remove_dir_all(folder)?;
    let tasks = "return tasks.map(({ startTime, duration }) =>
            Math.round(duration - Math.max(0, told - startTime))).filter(millis => millis > 50)";
    let tasks = site.run(tasks, Vec::new()).await?;
    let import = "const { duration, detail } = performance.getEntriesByName('vitrail:import')[0];
        return { duration, ...detail }";
    let import = site.run(import, Vec::new()).await?;
    eprintln!("2,000 files: {import}; tasks over 50 ms on the page's thread: {tasks}");
    assert_eq!(import["files"], json!(2000));
    Ok(())
}

/// Markup, endless words, control characters and other directions, in names of files and of reporters.
pub async fn shows_hostile_texts_as_texts(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let drop = "const report = await (await fetch('sample/careless-reporter.xml')).text();
        const texts = ['<img src=x onerror=hit=1><script>hit=1</script>', 'W'.repeat(9999),
            'word '.repeat(999), '\\u202e\\u05d0\\u05d1 evil', 'a\\u0007\\u001b[31mb', ' '];
        const escaped = text => text.replace(/</g, '&lt;');
        const transfer = new DataTransfer();
        for (const [n, text] of texts.entries())
            transfer.items.add(new File([report
                .replace(/<org_name>[^<]*/, () => `<org_name>${escaped(text)}`)
                .replace(/<report_id>[^<]*/, () => `<report_id>${n}${escaped(text)}`)], text));
        document.querySelector('main').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
        return texts.length";
    let count = site.run_async(drop).await?.as_u64().unwrap_or_default();
    site.until_imported(1).await?;
    for width in [1440, 360] {
        site.viewport(width, 900).await?;
        for route in ["#/records", "#/reports", "#/files"] {
            site.go(route).await?;
            for row in 0..count {
                open_first_row(site).await?;
                let open = format!("document.querySelectorAll('tbody tr')[{row}].click()");
                site.run(&open, Vec::new()).await?;
                site.settle().await?;
                let over = site.run(OVER, Vec::new()).await?;
                assert_eq!(over, json!(0), "row {row} of {route} at {width} pixels");
            }
            site.assert_accessible().await?;
        }
    }
    let harm = "return window.hit === 1 || !!document.querySelector('main img, main script')";
    assert_eq!(site.run(harm, Vec::new()).await?, json!(false));
    Ok(())
}

/// Boxes for columns: what is chosen is there at once, and after a reload.
pub async fn chosen_columns_are_remembered(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    let heads = "[...document.querySelectorAll('thead th')].map(th => th.textContent.trim())";
    site.until("there is a table", &format!("return {heads}.length > 5")).await?;
    let turn = "const box = [...document.querySelectorAll('.columns__choice')]
        .find(label => label.textContent === arguments[0]).querySelector('input');
        box.click(); return box.checked";
    site.run("document.querySelector('.screen-head summary').click()", Vec::new()).await?;
    let focus = "[...document.querySelectorAll('.columns__choice')]
        .find(label => label.textContent === 'Report ID').querySelector('input').focus()";
    site.run(focus, Vec::new()).await?;
    site.driver.active_element().await?.send_keys(" ").await?;
    let stays = format!(
        "return {heads}.includes('Report ID') && !!document.querySelector('.dropdown__summary--set')
            && document.activeElement.closest('label')?.textContent === 'Report ID'"
    );
    site.until("a column comes by key, and the focus stays", &stays).await?;
    for (name, is_there) in [("DKIM selector", true), ("Disposition", false)] {
        assert_eq!(site.run(turn, vec![name.into()]).await?, json!(is_there), "{name}");
        let shown = format!("return {heads}.includes('{name}') === {is_there}");
        site.until(&format!("{name} follows its box"), &shown).await?;
    }
    site.assert_accessible().await?;
    with_samples(site).await?;
    site.go("#/records").await?;
    let kept = format!(
        "const heads = {heads};
        return heads.includes('Report ID') && heads.includes('DKIM selector')
            && heads.includes('From') && !heads.includes('Disposition')"
    );
    site.until("the next visit has the same columns", &kept).await?;
    let back = "document.querySelector('.columns__usual').click()";
    site.run(back, Vec::new()).await?;
    let usual = format!(
        "const heads = {heads};
        return heads.includes('Disposition') && !heads.includes('Report ID')"
    );
    site.until("the usual ones come back", &usual).await
}

/// Plain words within a menu take no focus, so that a press on them brings it to what is around the
/// menu. A script's click knows nothing of that: these are presses as of a hand.
pub async fn a_press_on_words_within_a_menu_leaves_it_open(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.viewport(1440, 900).await?;
    let press = async |selector: &str| -> Outcome {
        let words = site.driver.find(By::Css(selector)).await?;
        Ok(site.driver.action_chain().move_to_element_center(&words).click().perform().await?)
    };
    for screen in ["records", "reports", "files"] {
        site.go(&format!("#/{screen}")).await?;
        site.until("there is a table", "return document.querySelectorAll('tbody tr').length > 0")
            .await?;
        press(".screen-head summary").await?;
        let boxes = "[...document.querySelectorAll('.screen-head details[open] input:enabled')]";
        let before = site.run(&format!("return {boxes}.map(it => it.checked)"), Vec::new()).await?;
        for nth in [2, 3] {
            press(&format!(".columns > :nth-child({nth} of :has(:enabled)) > label")).await?;
            let turned = format!(
                "const [now, before] = [{boxes}.map(it => it.checked), {before}];
                return now.length > 0 && now[{0}] !== before[{0}]
                    && !!document.querySelector('.screen-head .dropdown__summary--set')",
                nth - 1
            );
            site.until(&format!("{screen}: {nth} is turned, and the menu open still"), &turned)
                .await?;
            site.settle().await?;
        }
        press(if screen == "files" { "h1" } else { ".columns" }).await?;
        site.driver.active_element().await?.send_keys(Key::Escape).await?;
        let folded = "return !document.querySelector('.screen-head details[open]')";
        site.until("Escape folds it up wherever the focus went, or a press elsewhere has", folded)
            .await?;
    }
    Ok(())
}
