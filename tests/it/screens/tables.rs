//! Records, Reports and Files over the sample data, as the page gets them: windows of rows, and
//! the details of one.

use vitrail::query::Window;
use vitrail::screens::markup::{Act, Drawn, Node};
use vitrail::screens::{Ask, Listing, Program};
use vitrail::view::Route;

use super::{ask, attributes, draw, draw_reading, engine, samples, values, walk, words, words_of};

const SCREENS: [&str; 3] = ["records", "reports", "files"];

fn table(drawn: &Drawn) -> &Listing {
    drawn.table.as_ref().expect("a table")
}

/// The words of a row, those of a cell after those of the other.
fn row(listing: &Listing, row: u32) -> Vec<String> {
    let cells = listing.row(row).expect("a row that is there");
    cells.iter().map(|cell| words_of(std::slice::from_ref(cell))).collect()
}

/// The place of the column that is the rows' header.
fn header(listing: &Listing) -> usize {
    listing.header.expect("rows with details") as usize
}

fn opened(route: &str, row: u32) -> Ask {
    let mut ask = ask(route);
    ask.shown.open = Some(row);
    ask
}

#[test]
fn a_window_is_a_part_of_the_whole() {
    let (mut engine, mut program) = (samples(), Program::default());
    for screen in SCREENS {
        let mut ask = ask(&format!("#/{screen}"));
        ask.shown.window = Window { offset: 0, limit: u32::MAX };
        let whole = draw(&mut program, Some(&mut engine), &ask);
        let whole = table(&whole);
        assert!(whole.total > 6 && whole.rows.len() == whole.total as usize, "{screen}");
        assert!(whole.rows.iter().all(|cells| cells.len() == whole.columns.len()), "{screen}");
        assert!(header(whole) < whole.columns.len(), "{screen}");
        ask.shown.window = Window { offset: 4, limit: 3 };
        let part = draw(&mut program, Some(&mut engine), &ask);
        let part = table(&part);
        assert_eq!((part.total, part.offset, part.rows.len()), (whole.total, 4, 3), "{screen}");
        assert_eq!(part.rows, whole.rows[4..7], "{screen}");
        assert_eq!((part.row(3), part.row(7)), (None, None), "{screen}");
        assert_eq!(part.order, whole.order, "{screen}: it is the same table");
        let (heads, classes) = (whole.columns.len(), &part.columns);
        assert!(classes.iter().all(|class| class.contains(&format!("{screen}__"))), "{classes:?}");
        let mut links = 0;
        walk(&part.head, &mut |node| {
            links += usize::from(matches!(node, Node::Element { tag, .. } if tag.name() == "a"));
        });
        assert_eq!(links, heads, "{screen}: each column sorts");
    }
}

#[test]
fn every_head_sorts_and_turns_round() {
    let (mut engine, mut program) = (samples(), Program::default());
    for screen in SCREENS {
        let first = draw(&mut program, Some(&mut engine), &ask(&format!("#/{screen}")));
        let head = Drawn { content: table(&first).head.clone(), ..Drawn::default() };
        for link in values(&head, "href") {
            let sort = Route::parse(&link).sort.expect("a link that sorts");
            let sorted = draw(&mut program, Some(&mut engine), &ask(&link));
            let head = Drawn { content: table(&sorted).head.clone(), ..Drawn::default() };
            let order = if sort.descending { "descending" } else { "ascending" };
            assert_eq!(values(&head, "aria-sort"), [order], "{link}: one column is sorted");
            assert_ne!(table(&sorted).order, String::new());
            let turned = values(&head, "href").into_iter().filter_map(|link| {
                let other = Route::parse(&link).sort?;
                (other.column == sort.column).then_some(other.descending)
            });
            assert_eq!(turned.collect::<Vec<_>>(), [!sort.descending], "{link}");
        }
    }
    let odd = draw(&mut program, Some(&mut engine), &ask("#/records?sort=-nonsense"));
    let usual = draw(&mut program, Some(&mut engine), &ask("#/records"));
    assert_eq!(table(&odd).rows, table(&usual).rows, "a column that is not there is passed over");
}

#[test]
fn a_reason_that_changed_nothing_is_told_as_that() {
    let told = |result: &str| {
        let report = format!(
            "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
            </report_metadata><policy_published><domain>example.com</domain><p>reject</p>\
            </policy_published>\
            <record><row><source_ip>192.0.2.7</source_ip><count>1</count><policy_evaluated>\
            <disposition>none</disposition><dkim>{result}</dkim><spf>fail</spf><reason>\
            <type>mailing_list</type></reason></policy_evaluated></row></record></feedback>"
        );
        let mut engine = engine([("a.xml", report.as_bytes())]);
        words(&draw(&mut Program::default(), Some(&mut engine), &opened("#/records", 0)))
    };
    let deviated = "The receiver did other than the policy asks: the message came through";
    assert!(told("fail").contains(deviated), "{}", told("fail"));
    let passed = told("pass");
    assert!(passed.contains("though the message passes: the message came through"), "{passed}");
    assert!(!passed.contains(deviated), "{passed}");
}

#[test]
fn details_are_called_as_their_row_and_lead_on() {
    let (mut engine, mut program) = (samples(), Program::default());
    for screen in SCREENS {
        let route = format!("#/{screen}");
        let ask = opened(&route, 1);
        let drawn = draw(&mut program, Some(&mut engine), &ask);
        let listing = table(&drawn);
        assert_eq!(listing.open, Some(1), "{screen}");
        let title = row(listing, 1).swap_remove(header(listing));
        assert!(words(&drawn).contains(title.trim()), "{screen}: {title}");
        let opens = |row| drawn.acts.contains(&Act::Open(row));
        assert!(opens(Some(0)) && opens(Some(2)) && opens(None), "{:?}", drawn.acts);
        let removes = drawn.acts.iter().any(|act| matches!(act, Act::Remove(_)));
        assert_eq!(removes, screen == "files");
        let last = opened(&route, listing.total - 1);
        let last = draw(&mut program, Some(&mut engine), &last);
        let off = attributes(&last).into_iter();
        let off = off.filter(|(tag, name, _)| (*tag, *name) == ("button", "disabled")).count();
        assert_eq!(off, 1, "{screen}: none follows the last");
        let beyond = draw(&mut program, Some(&mut engine), &opened(&route, listing.total));
        assert_eq!(table(&beyond).open, None, "{screen}");
    }
}

#[test]
fn a_record_leads_to_the_report_it_came_from() {
    // Of the same names, so that only its source tells one from the other.
    let report = |ip: &str, policy: &str| {
        format!(
            "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7.a</report_id>\
            <date_range><begin>1790000000</begin><end>1790086399</end></date_range>\
            </report_metadata><policy_published><domain>example.com</domain>{policy}\
            </policy_published><record><row><source_ip>{ip}</source_ip><count>1</count></row>\
            </record></feedback>"
        )
    };
    let (one, two) = (report("192.0.2.1", "<p>reject</p><pct>20</pct>"), report("192.0.2.2", ""));
    let mut engine = engine([("one.xml", one.as_bytes()), ("two.xml", two.as_bytes())]);
    for (row, told) in
        [(0, ["p=reject", "pct=20"].as_slice()), (1, &["The report states no policy."])]
    {
        let asked = opened("#/records?sort=source-ip", row);
        let drawn = draw(&mut Program::default(), Some(&mut engine), &asked);
        let said = words(&drawn);
        for text in
            ["mx.test", "7.a", "21\u{2013}22 Sep 2026", "Published policy"].iter().chain(told)
        {
            assert!(said.replace("= ", "=").contains(text), "{text}: {said}");
        }
        let links = values(&drawn, "href").into_iter();
        let links: Vec<_> = links.filter(|link| link.starts_with("#/reports/source?")).collect();
        let [link] = links.as_slice() else { panic!("one report: {links:?}") };
        let mut file = None;
        draw_reading(&mut Program::default(), Some(&mut engine), &ask(link), |locus| {
            file = Some(locus.file.0);
            None
        });
        assert_eq!(file, Some(row), "the source of that report: {link}");
    }
}

#[test]
fn what_is_read_does_not_turn_into_something_else() {
    let report = |org: &str, count: u32| {
        format!(
            "<feedback><report_metadata><org_name>{org}</org_name><report_id>{org}</report_id>
            </report_metadata><policy_published><domain>example.com</domain></policy_published>
            <record><row><source_ip>192.0.2.{count}</source_ip><count>{count}</count></row>
            </record></feedback>"
        )
    };
    let (few, many) = (report("few.test", 7), report("many.test", 9));
    let mut before = engine([("few.xml", few.as_bytes())]);
    let mut after = engine([("few.xml", few.as_bytes()), ("many.xml", many.as_bytes())]);
    let mut program = Program::default();
    let mut ask = opened("#/records", 0);
    let first = draw(&mut program, Some(&mut before), &ask);
    assert_eq!(values(&first, "title").iter().filter(|title| *title == "192.0.2.7").count(), 2);
    ask.revision += 1;
    let grown = draw(&mut program, Some(&mut after), &ask);
    assert_eq!(table(&grown).total, 2);
    assert!(row(table(&grown), 0).concat().contains("192.0.2.9"), "another row is the first");
    assert!(words(&grown).contains("192.0.2.7") && !words(&grown).contains("192.0.2.9"));
    // Opened again, it is the row that stands there.
    ask.shown.open = None;
    draw(&mut program, Some(&mut after), &ask);
    ask.shown.open = Some(0);
    let again = draw(&mut program, Some(&mut after), &ask);
    assert!(words(&again).contains("192.0.2.9") && !words(&again).contains("192.0.2.7"));
}

#[test]
fn tables_say_why_they_are_empty() {
    let mut program = Program::default();
    for screen in SCREENS {
        let mut asked = ask(&format!("#/{screen}"));
        let mut nothing = engine([]);
        let drawn = draw(&mut program, Some(&mut nothing), &asked);
        assert!(drawn.table.is_none() && words(&drawn).contains("Nothing opened yet"), "{screen}");
        assert_eq!(drawn.acts, [Act::Choose]);
        asked.is_reading = true;
        let drawn = draw(&mut program, Some(&mut nothing), &asked);
        assert!(words(&drawn).contains("Reading your files"), "{screen}");
    }
    let mut program = Program::default();
    let mut text = engine([("a.txt", "no report".as_bytes())]);
    for (route, why) in [
        ("#/records", "hold no DMARC record"),
        ("#/reports", "hold no report"),
        ("#/records?filter=nobody", "Nothing matches the filter"),
        ("#/overview", "hold no DMARC record"),
        ("#/explore", "nothing of this kind"),
    ] {
        let drawn = draw(&mut program, Some(&mut text), &ask(route));
        assert!(words(&drawn).contains(why), "{route}: {}", words(&drawn));
    }
}

#[test]
fn an_empty_screen_shows_the_way_to_what_there_is() {
    let mut program = Program::default();
    let report = std::fs::read("tests/corpus/rfc/tls-three-failures.json").expect("a TLS report");
    let mut engine = engine([("tls.json", report.as_slice())]);
    for route in ["#/overview", "#/explore", "#/records", "#/failures", "#/reports/coverage"] {
        let drawn = draw(&mut program, Some(&mut engine), &ask(route));
        let links = values(&drawn, "href");
        assert!(links.iter().any(|link| link == "#/tls"), "{route}: {links:?}");
        let drawn = draw(&mut program, Some(&mut engine), &ask(&format!("{route}?filter=nobody")));
        let links = values(&drawn, "href");
        assert!(links.iter().any(|link| link == route), "{route}: {links:?}");
    }
}

#[test]
fn columns_are_chosen_one_by_one_and_kept() {
    let (mut engine, mut program) = (samples(), Program::default());
    let kept = |drawn: &Drawn| -> Vec<(String, String)> {
        let acts = drawn.acts.iter().filter_map(|act| match act {
            Act::Keep { name, value } => Some((name.clone(), value.clone())),
            _ => None,
        });
        acts.collect()
    };
    for screen in SCREENS {
        let mut ask = ask(&format!("#/{screen}"));
        let usual = draw(&mut program, Some(&mut engine), &ask);
        let usual_columns = table(&usual).columns.clone();
        let boxes = values(&usual, "type").iter().filter(|of| *of == "checkbox").count();
        assert!(boxes >= usual_columns.len(), "{screen}: a box for each column");
        // One of them is the way back to the usual ones.
        let mut choices = kept(&usual);
        choices.retain(|(_, value)| !value.is_empty());
        assert_eq!(choices.len() + 1, kept(&usual).len(), "{screen}");
        assert_eq!(choices.len() + 1, boxes, "{screen}: all but the header can be turned");
        for (name, value) in &choices {
            ask.kept.set(name, value);
            let turned = draw(&mut program, Some(&mut engine), &ask);
            let turned = table(&turned);
            let change = turned.columns.len().abs_diff(usual_columns.len());
            assert_eq!(change, 1, "{screen}: {value}");
            assert!(turned.rows.iter().all(|cells| cells.len() == turned.columns.len()));
            let turned_header = &turned.columns[header(turned)];
            let usual_header = &usual_columns[header(table(&usual))];
            assert!(turned_header.starts_with(usual_header), "{screen}: the row's header stays");
        }
        let (name, _) = &choices[0];
        ask.kept.set(name, "nonsense,<b>");
        let least = draw(&mut program, Some(&mut engine), &ask);
        assert_eq!(table(&least).columns.len(), 1, "{screen}: a header, whatever was kept");
        assert!(kept(&least).contains(&(name.clone(), String::new())), "{screen}: the way back");
    }
}

#[test]
fn every_column_of_a_record_says_what_is_stated() {
    let report = "<feedback><report_metadata><org_name>Org</org_name><email>dmarc@org.test</email>
        <report_id>id-1</report_id></report_metadata>
        <policy_published><domain>xn--bcher-kva.example</domain><adkim>s</adkim><aspf>s</aspf><p>none</p>
        </policy_published>
        <record><row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated>
        <disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>
        <reason><type>mailing_list</type><comment>a list</comment></reason></policy_evaluated></row>
        <identifiers><header_from>xn--bcher-kva.example</header_from>
        <envelope_to>to.test</envelope_to></identifiers>
        <auth_results><dkim><domain>one.test</domain><selector>s1</selector><result>pass</result>
        </dkim><dkim><domain>two.test</domain><selector>s2</selector><result>pass</result></dkim>
        <spf><domain>spf.test</domain><result>pass</result></spf></auth_results></record></feedback>";
    let mut engine = engine([("report.xml", report.as_bytes())]);
    let codes = "envelope-to,domain,our-verdict,our-dkim,our-spf,agreement,dkim-domain,selector,\
        spf-domain,reason,comment,contact,report-id";
    let mut ask = ask("#/records");
    ask.kept.set("columns.records", codes);
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask);
    let expected = [
        "192.0.2.1",
        "to.test",
        "b\u{fc}cher.example",
        "fail",
        "not aligned",
        "not aligned",
        "agree",
        "one.test, two.test",
        "s1, s2",
        "spf.test",
        "mailing_list",
        "a list",
        "dmarc@org.test",
        "id-1",
    ];
    let said = row(table(&drawn), 0).into_iter().map(|cell| cell.replace(" ,", ","));
    let said: Vec<_> = said.map(|cell| cell.trim().replace("  ", " ")).collect();
    assert_eq!(said, expected);
    let ascii =
        values(&Drawn { content: table(&drawn).rows[0].clone(), ..Drawn::default() }, "title");
    assert!(ascii.contains(&"xn--bcher-kva.example".to_owned()), "the name as it was sent");
}

/// In letters where nobody can be misled, with the form of the DNS on hover.
#[test]
fn names_are_shown_in_their_script() {
    for (name, shown) in [
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--80ak6aa92e.example", "xn--80ak6aa92e.example"),
    ] {
        let report = format!(
            "<feedback><report_metadata><org_name>a</org_name><report_id>1</report_id>\
            <date_range><begin>1790000000</begin><end>1790086400</end></date_range>\
            </report_metadata><policy_published><domain>{name}</domain><p>none</p>\
            </policy_published><record><row><source_ip>192.0.2.1</source_ip><count>3</count>\
            <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>\
            </policy_evaluated></row><identifiers><header_from>{name}</header_from></identifiers>\
            <auth_results><dkim><domain>{name}</domain><result>fail</result></dkim>\
            </auth_results></record></feedback>"
        );
        let mut engine = engine([("a.xml", report.as_bytes())]);
        let mut program = Program::default();
        for route in ["#/overview", "#/explore", "#/records", "#/reports", "#/files"] {
            let mut ask = opened(route, 0);
            ask.route = format!("{route}?filter=domain:{name}");
            let drawn = draw(&mut program, Some(&mut engine), &ask);
            let cells = drawn.table.iter().flat_map(|table| row(table, 0)).collect::<String>();
            let all = words(&drawn) + &cells;
            assert!(all.contains(shown), "{route}: {all}");
            assert!(shown == name || !all.contains(name), "{route}: {all}");
            let titles = values(&drawn, "title");
            assert!(titles.iter().any(|title| title == name), "{route}: {titles:?}");
        }
    }
}
