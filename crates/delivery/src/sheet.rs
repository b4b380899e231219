//! Tables to take away as CSV (RFC 4180, UTF-8, with a header). What people wrote stays text in a spreadsheet.

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Somebody's words, or ours.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Number(number)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Cell::Text(text.unwrap_or_default())
    }
}

/// What a spreadsheet takes for the beginning of a formula.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that no spreadsheet runs.
fn harmless(text: &str) -> String {
    match text.starts_with(RUN) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A table as CSV.
///
/// # Errors
/// None that memory does not give.
pub fn csv<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [Cell; N]>) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.map(|cell| match cell {
            Cell::Text(text) => harmless(&text),
            Cell::Number(number) => number.to_string(),
        }))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_3_what_people_wrote_is_never_run() {
        let rows = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "a,b\"c\nd", "plain"];
        let written = csv(["text", "number"], rows.map(|text| [Cell::from(text), Cell::from(-5)])).expect("a table");
        let text = String::from_utf8(written).expect("UTF-8");
        let mut read = csv::Reader::from_reader(text.as_bytes());
        let found: Vec<(String, String)> = read
            .records()
            .map(|row| row.expect("a row"))
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect();
        for ((text, number), given) in found.iter().zip(rows) {
            assert_eq!(number, "-5", "SEC-3: a number stays one");
            assert!(!text.starts_with(RUN), "SEC-3: {text}");
            assert!(text.ends_with(given), "nothing is lost: {text}");
        }
        assert!(text.starts_with("text,number\r\n"));
    }
}
