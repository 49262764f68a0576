//! What was typed into fields.

use serde::{Deserialize, Serialize};

/// What was typed, by the names of the fields; empty values are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// The value of a field, empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// With these values in the place of its own.
    pub fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        other.0.iter().for_each(|(name, value)| both.set(name, value));
        both
    }

    /// A line for each: `name=value`.
    pub fn lines(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}\n")).collect()
    }

    /// Reads what [`Values::lines`] writes.
    pub fn of_lines(lines: &str) -> Self {
        lines.lines().filter_map(|line| line.split_once('=')).collect()
    }

    /// Names and values, in the order in which they were set.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Values {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        let mut values = Self::default();
        for (name, value) in pairs {
            values.set(name, value);
        }
        values
    }
}
