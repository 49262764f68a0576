//! Rows of cells as CSV, NDJSON or JSON, written as they come.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::base::spreadsheet::disarmed;

/// The forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180 with a line of column names. Lines end with LF.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON array of objects.
    Json,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Not stated: nothing in CSV, `null` in JSON.
    Absent,
    Text(Cow<'a, str>),
    Number(u64),
    /// `True` or `False` in CSV, as parsedmarc writes them.
    Flag(bool),
}

impl<'a> Cell<'a> {
    /// A text as stated, or [`Cell::Absent`].
    pub fn stated(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Absent, |text| Self::Text(text.into()))
    }

    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Absent, Self::Flag)
    }
}

/// A table under way to `W`. What has no column of its own is not in it.
pub struct Table<W: Write> {
    columns: &'static [&'static str],
    out: Out<W>,
    rows: u64,
}

enum Out<W: Write> {
    // Boxed: its buffers are by far the largest of the three.
    Csv(Box<csv::Writer<W>>),
    Ndjson(W),
    Json(W),
}

impl<W: Write> Table<W> {
    /// Begins a table of these columns; a CSV table has its head at once, so
    /// that one without rows is still a table.
    pub fn new(out: W, form: Form, columns: &'static [&'static str]) -> io::Result<Self> {
        let out = match form {
            Form::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(columns).map_err(io_error)?;
                Out::Csv(Box::new(writer))
            }
            Form::Ndjson => Out::Ndjson(out),
            Form::Json => Out::Json(out),
        };
        Ok(Self { columns, out, rows: 0 })
    }

    /// Writes one row: as many cells as there are columns, in their order.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(writer) => {
                for cell in cells {
                    writer.write_field(csv_field(cell).as_bytes()).map_err(io_error)?;
                }
                writer.write_record(None::<&[u8]>).map_err(io_error)?;
            }
            Out::Ndjson(out) => {
                object(out, self.columns, cells)?;
                out.write_all(b"\n")?;
            }
            Out::Json(out) => {
                out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
                object(out, self.columns, cells)?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the table and says how many rows it has.
    pub fn finish(self) -> io::Result<u64> {
        match self.out {
            Out::Csv(mut writer) => writer.flush()?,
            Out::Ndjson(mut out) => out.flush()?,
            Out::Json(mut out) => {
                out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
                out.flush()?;
            }
        }
        Ok(self.rows)
    }
}

/// The error beneath, so that its kind is not lost: a broken pipe is no fault of the table.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

fn object(out: &mut impl Write, columns: &[&str], cells: &[Cell<'_>]) -> io::Result<()> {
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        out.write_all(if index == 0 { b"{" } else { b"," })?;
        serde_json::to_writer(&mut *out, column)?;
        out.write_all(b":")?;
        match cell {
            Cell::Absent => out.write_all(b"null")?,
            Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Cell::Number(number) => write!(out, "{number}")?,
            Cell::Flag(flag) => write!(out, "{flag}")?,
        }
    }
    out.write_all(b"}")
}

fn csv_field<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Absent => Cow::Borrowed(""),
        Cell::Text(text) => disarmed(text),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Flag(true) => Cow::Borrowed("True"),
        Cell::Flag(false) => Cow::Borrowed("False"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Form, rows: &[[Cell<'_>; 3]]) -> String {
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, form, &["text", "count", "passed"]).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        assert_eq!(table.finish().unwrap(), rows.len() as u64);
        String::from_utf8(out).unwrap()
    }

    fn rows() -> [[Cell<'static>; 3]; 2] {
        [
            [Cell::stated(Some("a,\"b\"\nc")), Cell::Number(7), Cell::Flag(true)],
            [Cell::stated(Some("=1+1")), Cell::Absent, Cell::flag(None)],
        ]
    }

    #[test]
    fn csv_is_quoted_and_disarmed() {
        assert_eq!(
            written(Form::Csv, &rows()),
            "text,count,passed\n\"a,\"\"b\"\"\nc\",7,True\n'=1+1,,\n"
        );
    }

    #[test]
    fn json_keeps_texts_as_they_are() {
        let lines = "{\"text\":\"a,\\\"b\\\"\\nc\",\"count\":7,\"passed\":true}\n{\"text\":\"=1+1\",\"count\":null,\"passed\":null}\n";
        assert_eq!(written(Form::Ndjson, &rows()), lines);
        let array = written(Form::Json, &rows());
        assert_eq!(array, format!("[\n{}\n]\n", lines.trim_end().replace('\n', ",\n")));
    }

    #[test]
    fn no_rows_are_still_a_table() {
        assert_eq!(written(Form::Csv, &[]), "text,count,passed\n");
        assert_eq!(written(Form::Ndjson, &[]), "");
        assert_eq!(written(Form::Json, &[]), "[]\n");
    }
}
