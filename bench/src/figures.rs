//! Measured figures by name, a line each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// What was measured. A name that stands there twice was measured in rounds: the median counts.
pub type Figures = BTreeMap<String, f64>;

/// Reads lines with a tab or a blank between name and number.
pub fn read(file: &Path) -> Outcome<Figures> {
    let text = fs::read_to_string(file)?;
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for line in text.lines() {
        let (name, number) =
            line.split_once(['\t', ' ']).ok_or_else(|| format!("no figure: {line}"))?;
        all.entry(name.to_owned()).or_default().push(number.parse()?);
    }
    Ok(all.into_iter().map(|(name, numbers)| (name, median(numbers))).collect())
}

pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
