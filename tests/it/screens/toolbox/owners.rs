//! Which domains have the same owner, by the list of public suffixes.

use vitrail::screens::toolbox::{Ask, Tool, draw};

use super::{ask, copies, sheet, words};

#[test]
fn siblings_agree_and_strangers_below_one_suffix_do_not() {
    let made = |domain, rua| {
        let made = sheet(Tool::Dmarc, &[("domains", domain), ("rua", rua)]);
        copies(&made, "Name").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let record = "_dmarc.shop.example.co.uk";
    assert_eq!(made("shop.example.co.uk", "d@reports.example.co.uk"), [record]);
    let permission = "shop.example.co.uk._report._dmarc.other.co.uk";
    assert_eq!(made("shop.example.co.uk", "d@other.co.uk"), [record, permission]);
}

#[test]
fn a_pasted_record_is_asked_for_no_needless_permission() {
    let asked = |rua: &str| {
        let answer = format!(
            "_dmarc.shop.example.co.uk. 60 IN TXT \"v=DMARC1; p=none; rua=mailto:d@{rua}\""
        );
        let values = [("domains", "shop.example.co.uk"), ("output", answer.as_str())];
        words(&sheet(Tool::Domain, &values)).contains("._report._dmarc.")
    };
    assert!(!asked("reports.example.co.uk"));
    assert!(asked("other.co.uk"));
}

#[test]
fn without_the_list_only_names_below_agree() {
    let needed = |rua: &str| {
        let values = [("domains", "a.example.com"), ("rua", rua)];
        let without = Ask { suffixes: None, ..ask(Tool::Dmarc, &values) };
        copies(&draw(&without), "Name").len() > 1
    };
    assert!(!needed("d@example.com") && needed("d@b.example.com"));
}
