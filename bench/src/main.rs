//! The programs behind `scripts/bench`: natively timed peers, and the table of all that was measured.
//!
//! `vitrail-bench native FOLDER ROUNDS` times vitrail and the peers on set s, in one process and in
//! turns, and prints a figure a line: a name, a tab, a number. `vitrail-bench table FILE MACHINE`
//! makes the table of such lines, those of the browser among them, and `vitrail-bench document
//! PAGE TABLE` puts it in its place in a page. `vitrail-bench rows FOLDER` prints the records of
//! set b for those who read no reports.

mod figures;
mod native;
mod peers;
mod rounds;
mod table;

use std::error::Error;
use std::path::Path;

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["native", folder, rounds] => native::run(Path::new(folder), rounds.parse()?),
        ["rows", folder] => native::rows(Path::new(folder)),
        ["document", page, table] => table::put(Path::new(page), Path::new(table)),
        ["table", figures, machine] => {
            print!("{}", table::of(&figures::read(Path::new(figures))?, machine));
            Ok(())
        }
        _ => Err("usage: vitrail-bench native FOLDER ROUNDS | rows FOLDER | table FILE MACHINE | document PAGE TABLE".into()),
    }
}
