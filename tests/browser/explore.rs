//! Which records count: the filter, and what the overview and the pivot table make of it.

use thirtyfour::prelude::*;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;

async fn with_samples(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.import(&expected::samples()?).await
}

/// The service whose mail fails most in the sample data.
const WORST: &str = "bounce.sendwell.test";

pub async fn the_overview_names_what_to_fix_first(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/overview").await?;
    let named = format!(
        "return document.querySelector('.headline')?.textContent.includes('{WORST}')
            && document.querySelector('.fixes__fix')?.textContent.includes('{WORST}')"
    );
    site.until("the first thing to fix is named", &named).await?;
    let drawn = "return document.querySelectorAll('.timeline .bars__slot').length > 30
        && document.querySelectorAll('.domains tbody tr').length === 3
        && document.querySelectorAll('.domains .bars').length === 3
        && document.querySelectorAll('.ranking').length === 3";
    site.until("all of it is drawn", drawn).await?;
    site.assert_accessible().await?;
    site.click("Show as table").await?;
    let rows = "return document.querySelector('.timeline__table').checkVisibility()
        && document.querySelectorAll('.timeline__table tbody tr').length > 30";
    site.until("the drawing is a table", rows).await?;
    site.run("document.querySelector('.timeline .bars a').dispatchEvent(new MouseEvent('click', { bubbles: true }))", Vec::new()).await?;
    let narrowed = "return location.hash.includes('since:')
        && document.querySelectorAll('.chips__chip').length === 1
        && document.querySelector('.timeline__table').checkVisibility()";
    site.until("a bar narrows the time, and what was unfolded stays", narrowed).await?;
    site.run("history.back()", Vec::new()).await?;
    site.until("back leads back", "return !document.querySelector('.chips')").await?;
    site.click("See the records").await?;
    let there = format!(
        "return location.hash.startsWith('#/records?filter=')
            && document.querySelectorAll('tbody tr').length > 10
            && document.querySelector('.chips')?.textContent.includes('{WORST}')"
    );
    site.until("its records are shown", &there).await
}

pub async fn a_filter_is_a_link(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    let count = "return document.querySelector('.screen-head__count')?.textContent ?? ''";
    site.until("there are records", &format!("{{ {} }}", count.replace("?? ''", "?.length > 0")))
        .await?;
    let all = site.run(count, Vec::new()).await?;
    site.until("there is a filter", "return !!document.querySelector('.filter-bar')").await?;
    site.click("All domains").await?;
    site.click("example.org").await?;
    let chosen = "return location.hash.includes('filter=domain:=example.org')
        && document.querySelectorAll('.chips__chip').length === 1";
    site.until("the choice is in the address", chosen).await?;
    let closed = "document.querySelector('.dropdown[open] a')?.focus();
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
            { key: 'Escape', bubbles: true }));
        return !document.querySelector('.dropdown[open]')
            && document.activeElement.tagName === 'SUMMARY'";
    site.until("Escape folds the choices up", closed).await?;
    let fewer = format!("{{ {} }}", count.replace("?? ''", &format!("!== {all}")));
    site.until("there are fewer records", &fewer).await?;
    let totals =
        "return Number(document.querySelector('[data-testid=total-reports]').dataset.value)";
    let whole = expected::totals(&expected::samples()?)?;
    assert_eq!(site.run(totals, Vec::new()).await?.as_u64(), Some(whole.reports.into()));
    site.run("history.back()", Vec::new()).await?;
    let back = format!("{{ {} }}", count.replace("?? ''", &format!("=== {all}")));
    site.until("back leads back", &back).await?;
    site.go("#/reports?filter=domain:=example.net%20org:=GMX").await?;
    let restored = "const rows = [...document.querySelectorAll('tbody tr')].map(row => row.textContent);
        return rows.length > 5 && rows.every(row => row.includes('GMX') && row.includes('example.net'))
            && document.querySelectorAll('.chips__chip').length === 2";
    site.until("a link restores the filter", restored).await?;
    site.click("Clear filter").await?;
    site.until("nothing is asked for", "return !document.querySelector('.chips')").await
}

pub async fn what_is_typed_becomes_a_condition(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    site.until("there is a box", "return !!document.querySelector('input[type=search]')").await?;
    let search = site.driver.find(By::Css("input[type=search]")).await?;
    search.send_keys("org:goo").await?;
    let offered = "return [...document.querySelectorAll('.filter-bar__completions a')]
        .some(option => option.textContent === 'org:google.com')";
    site.until("values are offered", offered).await?;
    search.send_keys(Key::Enter).await?;
    let asked =
        "const rows = [...document.querySelectorAll('tbody tr')].map(row => row.textContent);
        return location.hash.includes('filter=org:goo') && rows.length > 5
            && document.querySelector('input[type=search]').value === ''
            && document.querySelectorAll('.chips__chip').length === 1";
    site.until("the condition holds", asked).await?;
    search.send_keys("nobody").await?;
    search.send_keys(Key::Enter).await?;
    let none = "return document.body.innerText.includes('Nothing matches the filter')";
    site.until("nothing matches, and it says so", none).await
}

pub async fn completions_are_chosen_by_key(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    site.until("there is a box", "return !!document.querySelector('input[type=search]')").await?;
    site.click("Results").await?;
    site.until("a menu is open", "return !!document.querySelector('.dropdown[open]')").await?;
    let search = site.driver.find(By::Css("input[type=search]")).await?;
    search.click().await?;
    let closed = "return !document.querySelector('.dropdown[open]')";
    site.until("the menu folds up when one goes elsewhere", closed).await?;
    site.click("All time").await?;
    site.until("the period is open", "return !!document.querySelector('.dropdown[open] .period')")
        .await?;
    site.run(
        "const day = document.querySelector('[data-field=since]');
        day.value = '2026-10-01';
        day.dispatchEvent(new Event('input', { bubbles: true }))",
        Vec::new(),
    )
    .await?;
    site.click("Apply").await?;
    site.until("what is asked for is asked", "return location.hash.includes('since:2026-10-01')")
        .await?;
    site.until("and no longer covered", closed).await?;
    site.click("Clear filter").await?;
    site.until("nothing is asked for", "return !document.querySelector('.chips')").await?;
    search.send_keys("ORG:goo").await?;
    let offered = "return document.querySelectorAll('.filter-bar__completions a').length === 1";
    site.until("a value is offered", offered).await?;
    search.send_keys(Key::Down).await?;
    let focused = "return document.activeElement.textContent === 'org:google.com'";
    site.until("the arrow leads to it", focused).await?;
    site.driver.active_element().await?.send_keys(Key::Up).await?;
    let on_box = "return document.activeElement.type === 'search'";
    site.until("and back", on_box).await?;
    search.send_keys(Key::Down).await?;
    site.until("the arrow leads to it again", focused).await?;
    site.driver.active_element().await?.send_keys(Key::Enter).await?;
    let asked = "return document.querySelectorAll('.chips__chip').length === 1
        && document.activeElement.type === 'search' && document.activeElement.value === ''";
    site.until("it is asked for, and one can go on typing", asked).await?;
    site.run("document.querySelector('.chips__remove').focus()", Vec::new()).await?;
    site.driver.active_element().await?.send_keys(Key::Enter).await?;
    let dropped = "return !document.querySelector('.chips')
        && document.activeElement.type === 'search'";
    site.until("it is dropped by key, and one can go on typing", dropped).await
}

/// As ARIA's combobox: what it is, what it opens, and what is in that, for whoever sees none of it.
pub async fn the_search_box_is_a_combobox(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    let closed = "const box = document.querySelector('input[role=combobox]');
        return box?.getAttribute('aria-expanded') === 'false'
            && box.getAttribute('aria-autocomplete') === 'list'
            && !document.querySelector('[role=listbox]')";
    site.until("nothing is offered", closed).await?;
    let search = site.driver.find(By::Css("input[role=combobox]")).await?;
    search.send_keys("spf").await?;
    let open = "const box = document.querySelector('input[role=combobox]');
        const list = document.getElementById(box.getAttribute('aria-controls'));
        return box.getAttribute('aria-expanded') === 'true' && list?.role === 'listbox'
            && list.children.length > 2 && list.checkVisibility()
            && [...list.children].every(it => it.role === 'option' && it.tabIndex === -1)";
    site.until("options are offered", open).await?;
    site.assert_accessible().await?;
    search.send_keys(Key::Down).await?;
    let option = "return document.activeElement.role === 'option'";
    site.until("the arrow leads to one", option).await?;
    site.assert_accessible().await?;
    site.driver.active_element().await?.send_keys("-").await?;
    let typed = "return document.activeElement.value === 'spf-'";
    site.until("a letter goes to the box", typed).await?;
    search.send_keys(Key::Backspace + Key::Down).await?;
    site.until("and the arrow leads to an option again", option).await?;
    let on_box = "return document.activeElement.role === 'combobox'";
    site.driver.active_element().await?.send_keys(Key::Escape).await?;
    site.until("Escape leads back", on_box).await?;
    search.send_keys(Key::Tab).await?;
    let away = "return document.activeElement.role !== 'combobox'
        && document.querySelector('[role=combobox]').ariaExpanded === 'false'
        && !document.querySelector('[role=listbox]').checkVisibility()";
    site.until("whoever goes on is not stood in the way of", away).await?;
    search.click().await?;
    site.until("and coming back finds them", open).await?;
    search.send_keys(Key::Escape).await?;
    site.until("Escape empties the box", closed).await?;
    let stays = "return document.activeElement.role === 'combobox'
        && document.activeElement.value === ''";
    site.until("in which one stays", stays).await?;
    search.send_keys("fob:x").await?;
    let told = "return !!document.querySelector('.filter-bar__hint')";
    site.until("a field that there is not is told", told).await?;
    site.assert_accessible().await
}

/// What was clicked is gone: one goes on in the search box.
pub async fn the_mouse_leaves_the_focus_where_keys_do(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records?filter=org:google%20result:fail").await?;
    site.until("there are chips", "return document.querySelectorAll('.chips__chip').length === 2")
        .await?;
    let click = async |selector: &str| -> Outcome {
        Ok(site.driver.find(By::Css(selector)).await?.click().await?)
    };
    let is_on_box = "document.activeElement.role === 'combobox'";
    click(".chips__remove").await?;
    let one =
        format!("return document.querySelectorAll('.chips__chip').length === 1 && {is_on_box}");
    site.until("one condition is dropped", &one).await?;
    site.run("document.activeElement.blur()", Vec::new()).await?;
    click(".chips__all").await?;
    let none = format!("return !document.querySelector('.chips') && {is_on_box}");
    site.until("and the other", &none).await?;
    site.driver.active_element().await?.send_keys("ORG:goo").await?;
    let offered = "return document.querySelectorAll('.filter-bar__completions a').length === 1";
    site.until("a value is offered", offered).await?;
    click(".filter-bar__completions a").await?;
    let taken = format!("{} && document.activeElement.value === ''", one);
    site.until("it is taken", &taken).await?;
    site.driver.active_element().await?.send_keys("nobody" + Key::Enter).await?;
    let empty = "return !!document.querySelector('.empty a.button')";
    site.until("nothing matches", empty).await?;
    click(".empty > a.button").await?;
    site.until("all is there again", &none).await
}

/// Among a few domains the choice stays under the focus; among many, which are found by typing,
/// one goes on typing.
pub async fn a_chosen_domain_leaves_the_focus_in_the_list(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/records").await?;
    site.click("All domains").await?;
    let choose = "const choice = [...document.querySelectorAll('.dropdown[open] .choices__choice')]
            .find(it => it.textContent.includes(arguments[0]));
        choice?.focus();
        return !!choice";
    let focus = async |domain: &str| site.run(choose, vec![domain.into()]).await;
    assert_eq!(focus("example.org").await?, true);
    site.driver.active_element().await?.send_keys(Key::Enter).await?;
    let kept = "return location.hash.includes('example.org')
        && document.activeElement.textContent.includes('example.org')
        && document.activeElement.getAttribute('aria-current') === 'true'
        && !!document.querySelector('.dropdown[open]')";
    site.until("the choice is taken, and under the focus", kept).await?;
    let many = std::env::temp_dir().join(format!("vitrail-{}-{site:p}-many", std::process::id()));
    std::fs::create_dir_all(&many)?;
    let report = std::fs::read_to_string("tests/corpus/rfc/aggregate-7489.xml")?;
    let mut files = Vec::new();
    for at in 0..20 {
        let file = many.join(format!("{at}.xml"));
        std::fs::write(&file, report.replace("example.com", &format!("d{at}.example.com")))?;
        files.push(file);
    }
    site.import(&files).await?;
    std::fs::remove_dir_all(&many)?;
    site.go("#/records").await?;
    let find = "return !!document.querySelector('[data-field=domains]')";
    site.until("domains are found by typing", find).await?;
    site.run("document.querySelector('.filter-bar details').open = true", Vec::new()).await?;
    let field = site.driver.find(By::Css("[data-field=domains]")).await?;
    field.send_keys("d17").await?;
    let found = "return document.querySelectorAll('.dropdown[open] .choices__choice').length === 1";
    site.until("one is found", found).await?;
    field.send_keys(Key::Down).await?;
    site.driver.active_element().await?.send_keys(Key::Enter).await?;
    let on_field = "return location.hash.includes('d17.example.com')
        && document.activeElement.dataset.field === 'domains'
        && document.activeElement.value === ''";
    site.until("it is chosen, and one goes on typing", on_field).await?;
    field.send_keys("d12").await?;
    let other = "return document.querySelector('.dropdown[open] .choices__choice')
        .textContent.includes('d12')";
    site.until("another is found", other).await?;
    site.driver.find(By::Css(".dropdown[open] .choices__choice")).await?.click().await?;
    let both = format!("{on_field} && location.hash.includes('d12.example.com')");
    site.until("so by the mouse", &both).await
}

pub async fn drills_down_and_back_up(site: &Site<'_>) -> Outcome {
    with_samples(site).await?;
    site.go("#/explore").await?;
    // The lines add up to the totals above them: each record has one domain.
    let sums = "const number = cell => Number(cell?.textContent.replace(/[^0-9]/g, ''));
        const total = number(document.querySelector('.plain-table__totals .amount__number'));
        const lines = [...document.querySelectorAll('tbody .amount__number')].map(number);
        return lines.length > 2 && lines.reduce((all, one) => all + one, 0) === total
            && total === Number(document.querySelector('[data-testid=total-messages]').dataset.value)";
    site.until("the lines are the whole", sums).await?;
    site.click("example.com").await?;
    let down = "return location.hash.includes('by=domain,ip')
        && document.querySelectorAll('.crumbs li').length === 2
        && document.querySelectorAll('tbody tr').length > 10";
    site.until("its sources are shown", down).await?;
    site.assert_accessible().await?;
    site.click("198.51.100.20").await?;
    let deeper = "return location.hash.includes('by=domain,ip,spf-domain')
        && document.body.innerText.includes('bounce.sendwell.test')";
    site.until("what it passes as is shown", deeper).await?;
    site.run("document.querySelector('.crumbs a').click()", Vec::new()).await?;
    site.until("the top is back", "return !document.querySelector('.crumbs, .chips')").await?;
    site.click("Group by").await?;
    site.click("Day").await?;
    let days = "return location.hash.includes('by=day')
        && document.querySelector('tbody tr')?.textContent.startsWith('2026-09-')";
    site.until("days are in their own order", days).await?;
    site.click("Messages").await?;
    let sorted = "return location.hash.includes('sort=-messages')
        && document.querySelector('[aria-sort]')?.textContent.startsWith('Messages')";
    site.until("a heading sorts", sorted).await
}
