//! Paths and exit codes: 0 all is well, 1 a complaint, 2 it could not be done.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::{command, folder, report, vitrail, vitrail_reading};

#[test]
fn usage_errors_end_with_2() {
    for arguments in [&[][..], &["inspect"], &["convert", "a.xml"], &["check"], &["open", "a.xml"]]
    {
        let run = vitrail(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains("Usage"), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(vitrail(["--help"]).code, Some(0));
}

#[test]
fn a_path_that_is_not_there_ends_with_2_and_the_others_are_read() {
    let folder = folder("not-there", &[("a.xml", report("1", "Example Mail", 3).as_bytes())]);
    let (here, gone) = (folder.join("a.xml"), folder.join("b.xml"));
    let run = vitrail(["inspect".as_ref(), "--json".as_ref(), gone.as_os_str(), here.as_os_str()]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.lines().len(), 1);
    assert!(run.stderr.contains("b.xml"), "{}", run.stderr);
    assert_eq!(vitrail(["convert".as_ref(), "--to=csv".as_ref(), gone.as_os_str()]).code, Some(2));
}

#[test]
fn a_file_without_a_report_ends_with_1() {
    let report = report("1", "Example Mail", 3);
    let folder = folder("letter", &[("a.xml", report.as_bytes()), ("letter.txt", b"Dear all,\n")]);
    let inspect = vitrail(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()]);
    assert_eq!(inspect.code, Some(1));
    let outcomes: Vec<_> = inspect.lines().iter().map(|line| line["outcome"].clone()).collect();
    assert_eq!(outcomes, ["opened", "not_a_report"]);
    let convert = vitrail(["convert".as_ref(), "--to=ndjson".as_ref(), folder.as_os_str()]);
    assert_eq!((convert.code, convert.lines().len()), (Some(1), 1));
    let good = folder.join("a.xml");
    assert_eq!(vitrail(["inspect".as_ref(), good.as_os_str()]).code, Some(0));
}

#[test]
fn folders_are_read_in_the_order_of_names_with_what_is_below() {
    let names = ["b/2.xml", "a.xml", "c.xml", "b/1.xml"];
    let reports: Vec<_> = names.iter().map(|name| report(name, "Example Mail", 1)).collect();
    let files: Vec<_> =
        names.iter().zip(&reports).map(|(name, report)| (*name, report.as_bytes())).collect();
    let folder = folder("order", &files);
    let run = vitrail(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()]);
    let ids: Vec<_> = run.lines().iter().map(|line| line["report_id"].clone()).collect();
    assert_eq!(ids, ["a.xml", "b/1.xml", "b/2.xml", "c.xml"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_up_ends_nowhere() {
    let folder = folder("circle", &[("in/a.xml", report("1", "Example Mail", 1).as_bytes())]);
    std::os::unix::fs::symlink(&folder, folder.join("in/up")).expect("a link");
    let run = vitrail(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()]);
    assert_eq!((run.code, run.lines().len(), run.stderr.as_str()), (Some(0), 1, ""));
}

#[test]
fn standard_input_is_a_file_too() {
    let run =
        vitrail_reading(["inspect", "--json", "-"], report("1", "Example Mail", 7).as_bytes());
    assert_eq!(run.code, Some(0));
    assert_eq!((&run.lines()[0]["path"], &run.lines()[0]["messages"]), (&"-".into(), &7.into()));
}

#[test]
fn who_stops_reading_hears_no_complaint() {
    let mut child = command(["convert", "--to", "csv", "static/sample"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vitrail starts");
    let mut head = String::new();
    let stdout = child.stdout.take().expect("its output");
    BufReader::with_capacity(1, stdout).read_line(&mut head).expect("a line");
    assert!(head.starts_with("xml_schema,"), "{head}");
    let mut stderr = String::new();
    child.stderr.take().expect("its errors").read_to_string(&mut stderr).expect("text");
    assert_eq!((child.wait().expect("vitrail ends").code(), stderr.as_str()), (Some(0), ""));
}
