//! `vitrail source`: one report as it came.

use super::{folder, report, vitrail};

#[test]
fn each_report_of_a_file_comes_out_as_it_came() {
    let reports = [report("1", "Example Mail", 3), report("2", "Example Mail", 4)];
    let mails = reports.each_ref().map(|report| {
        format!("From - Thu Jul 02 00:10:00 2026\nFrom: a@example.net\nContent-Type: text/xml\n\n{report}\n\n")
    });
    let folder = folder("source", &[("a.mbox", mails.concat().as_bytes())]);
    let file = folder.join("a.mbox");
    for (number, report) in ["1", "2"].iter().zip(&reports) {
        let run =
            vitrail(["source".as_ref(), file.as_os_str(), "--part".as_ref(), number.as_ref()]);
        assert_eq!((run.code, run.stdout.trim_end()), (Some(0), report.trim_end()));
    }
    let run = vitrail(["source".as_ref(), file.as_os_str(), "--part=3".as_ref()]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
}
