//! Tables that others made: RFC 4180, UTF-8, with a header (`api.md`, Conventions). A file with a fault is refused whole,
//! and the fault names line and column.

use crate::refusal::{Code, FieldError, Refusal};

/// Octets of one field.
pub const FIELD_MAX: usize = 64 * 1024;

/// What a file may look like.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Names of the columns it may have; the first is the one it must have.
    pub columns: &'static [&'static str],
    /// How many rows it may have at most, the header apart.
    pub rows: usize,
}

/// One row: its fields in the order of the form's columns; empty where the file has no such column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// What stands there.
    pub fields: Vec<String>,
}

/// Where and what.
struct Fault {
    line: usize,
    column: usize,
    code: Code,
    values: Vec<(&'static str, String)>,
}

impl Fault {
    fn new(line: usize, column: usize, code: Code) -> Self {
        Self {
            line,
            column,
            code,
            values: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let at = format!("/{}/{}", fault.line, fault.column);
        let error = FieldError::new(at, fault.code)
            .with("line", fault.line)
            .with("column", fault.column);
        let values = fault.values.into_iter();
        Refusal::input(vec![values.fold(error, |error, (name, value)| error.with(name, value))])
    }
}

/// Reads a whole file.
///
/// # Errors
/// `invalid_input` with the first fault, at `/line/column`: `not_utf8`, `no_header`, `unknown_column`, `missing_column`,
/// `repeated_column`, `field_count`, `unclosed_quote`, `stray_quote`, `too_long`, `control_character`, `no_rows`,
/// `too_many_rows`.
pub fn read(octets: &[u8], form: &Form) -> Result<Vec<Row>, Refusal> {
    let text = utf8(octets)?;
    let mut reader = Reader {
        rest: text,
        line: 1,
        column: 1,
    };
    let header = loop {
        match reader.record(form.columns.len() + 1)? {
            None => return Err(Fault::new(reader.line, 1, Code::NoHeader).into()),
            Some(record) if record.is_blank() => {}
            Some(record) => break record,
        }
    };
    let places = places(&header, form)?;
    let mut rows = Vec::new();
    while let Some(record) = reader.record(header.fields.len())? {
        if record.is_blank() {
            continue;
        }
        if record.found != header.found {
            let fault = Fault::new(record.line, record.found, Code::FieldCount);
            let fault = fault.with("expected", header.found);
            return Err(fault.with("found", record.found).into());
        }
        if rows.len() == form.rows {
            return Err(Fault::new(record.line, 1, Code::TooManyRows)
                .with("max", form.rows)
                .into());
        }
        rows.push(record.placed(&places));
    }
    if rows.is_empty() {
        return Err(Fault::new(reader.line, 1, Code::NoRows).into());
    }
    Ok(rows)
}

/// The text, without the mark that some programs put in front of it.
fn utf8(octets: &[u8]) -> Result<&str, Refusal> {
    let octets = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
    std::str::from_utf8(octets).map_err(|error| {
        let before = octets.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|octet| **octet == b'\n').count() + 1;
        let here = before.rsplit(|octet| *octet == b'\n').next().unwrap_or_default();
        let column = here.iter().filter(|octet| **octet == b',').count() + 1;
        Fault::new(line, column, Code::NotUtf8).into()
    })
}

/// Where each column of the form stands in the file.
fn places(header: &Record, form: &Form) -> Result<Vec<Option<usize>>, Refusal> {
    let names: Vec<String> = header.fields.iter().map(|name| crate::text::fold(name)).collect();
    for (index, name) in names.iter().enumerate() {
        let at =
            |code| Fault::new(header.line, index + 1, code).with("value", name.chars().take(60).collect::<String>());
        if !form.columns.contains(&name.as_str()) {
            let allowed = form.columns.join(", ");
            return Err(at(Code::UnknownColumn).with("allowed", allowed).into());
        }
        if names.iter().take(index).any(|before| before == name) {
            return Err(at(Code::RepeatedColumn).into());
        }
    }
    let place = |column: &&str| names.iter().position(|name| name == column);
    let places: Vec<Option<usize>> = form.columns.iter().map(place).collect();
    match (places.first(), form.columns.first()) {
        (Some(None), Some(needed)) => Err(Fault::new(header.line, 1, Code::MissingColumn)
            .with("value", needed)
            .into()),
        _ => Ok(places),
    }
}

struct Record {
    line: usize,
    /// Not more than are needed.
    fields: Vec<String>,
    /// How many there are.
    found: usize,
}

impl Record {
    /// An empty line is no row.
    fn is_blank(&self) -> bool {
        self.found == 1 && self.fields.iter().all(|only| only.trim().is_empty())
    }

    fn placed(mut self, places: &[Option<usize>]) -> Row {
        let mut take = |place: &Option<usize>| {
            let field = place.and_then(|at| self.fields.get_mut(at));
            field.map(std::mem::take).unwrap_or_default()
        };
        Row {
            line: self.line,
            fields: places.iter().map(&mut take).collect(),
        }
    }
}

/// What ended a field.
#[derive(PartialEq, Eq)]
enum End {
    Field,
    Record,
    File,
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
    column: usize,
}

impl Reader<'_> {
    /// The next record, with so many of its fields at most: what is too much is counted and not kept. None after the last.
    fn record(&mut self, most: usize) -> Result<Option<Record>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (line, mut fields, mut found) = (self.line, Vec::new(), 0);
        self.column = 1;
        loop {
            let (field, end) = if self.rest.starts_with('"') {
                self.quoted()?
            } else {
                self.plain()?
            };
            found += 1;
            if found <= most {
                fields.push(field);
            }
            self.column += 1;
            match end {
                End::Field => {}
                End::Record | End::File => return Ok(Some(Record { line, fields, found })),
            }
        }
    }

    fn plain(&mut self) -> Result<(String, End), Refusal> {
        let length = self.rest.find([',', '\n', '\r', '"']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(length);
        self.bounded(field)?;
        self.clean(field, self.line)?;
        self.rest = rest;
        if rest.starts_with('"') {
            return Err(Fault::new(self.line, self.column, Code::StrayQuote).into());
        }
        let end = self.end()?;
        Ok((field.to_owned(), end))
    }

    fn quoted(&mut self) -> Result<(String, End), Refusal> {
        let begun = self.line;
        self.rest = self.rest.get(1..).unwrap_or_default();
        let mut field = String::new();
        loop {
            let Some(length) = self.rest.find('"') else {
                return Err(Fault::new(begun, self.column, Code::UnclosedQuote).into());
            };
            let (part, rest) = self.rest.split_at(length);
            field.push_str(part);
            self.line += part.matches('\n').count();
            self.rest = rest.get(1..).unwrap_or_default();
            if !self.rest.starts_with('"') {
                break;
            }
            field.push('"');
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.bounded(&field)?;
        }
        self.bounded(&field)?;
        self.clean(&field, begun)?;
        let end = self.end()?;
        Ok((field, end))
    }

    fn end(&mut self) -> Result<End, Refusal> {
        for (mark, end) in [(",", End::Field), ("\r\n", End::Record), ("\n", End::Record)] {
            if let Some(rest) = self.rest.strip_prefix(mark) {
                self.rest = rest;
                self.line += usize::from(end == End::Record);
                return Ok(end);
            }
        }
        match self.rest.chars().next() {
            None => Ok(End::File),
            Some('\r') => Err(Fault::new(self.line, self.column, Code::ControlCharacter).into()),
            Some(_) => Err(Fault::new(self.line, self.column, Code::StrayQuote).into()),
        }
    }

    fn bounded(&self, field: &str) -> Result<(), Refusal> {
        if field.len() > FIELD_MAX {
            return Err(Fault::new(self.line, self.column, Code::TooLong)
                .with("max", FIELD_MAX)
                .into());
        }
        Ok(())
    }

    /// Lines within a field are the field's affair; nothing else that cannot be seen belongs into a table.
    fn clean(&self, field: &str, begun: usize) -> Result<(), Refusal> {
        let found = field
            .char_indices()
            .find(|(_, c)| c.is_control() && !"\r\n\t".contains(*c));
        match found {
            None => Ok(()),
            Some((at, _)) => {
                let lines = field.get(..at).unwrap_or_default().matches('\n').count();
                Err(Fault::new(begun + lines, self.column, Code::ControlCharacter).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, read};
    use crate::refusal::Code;

    const FORM: Form = Form {
        columns: &["email", "name"],
        rows: 3,
    };

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let rows = read(text.as_bytes(), &FORM).expect("a table");
        rows.into_iter().map(|row| (row.line, row.fields)).collect()
    }

    fn fault(text: &str) -> (String, Code) {
        let refusal = read(text.as_bytes(), &FORM).expect_err("no table");
        let error = refusal.errors.first().expect("a fault");
        (error.pointer.clone(), error.code)
    }

    #[test]
    fn setup_3_fields_are_what_rfc_4180_says() {
        let one = |line, email: &str, name: &str| (line, vec![email.to_owned(), name.to_owned()]);
        assert_eq!(rows("email,name\r\na,b\r\n"), [one(2, "a", "b")]);
        assert_eq!(rows("NAME , email\nb,a"), [one(2, "a", "b")]);
        assert_eq!(rows("email\na\n\nb"), [one(2, "a", ""), one(4, "b", "")]);
        assert_eq!(
            rows("email,name\n\"a,\"\"x\"\"\",\"one\r\ntwo\"\nc,\"\"\n"),
            [one(2, "a,\"x\"", "one\r\ntwo"), one(4, "c", "")]
        );
        assert_eq!(rows("email,name\n,\n"), [one(2, "", "")], "a row of nothing is a row");
    }

    #[test]
    fn setup_3_a_line_of_commas_is_counted_and_not_kept() {
        let commas = ",".repeat(5_000);
        let mut reader = super::Reader {
            rest: &commas,
            line: 1,
            column: 1,
        };
        let record = reader.record(3).ok().flatten().expect("a record");
        assert_eq!((record.found, record.fields.len()), (5_001, 3));
        assert!(record.fields.capacity() <= 4, "{}", record.fields.capacity());
        for text in [commas.clone(), format!("email\n{commas}")] {
            let code = fault(&text).1;
            assert!(matches!(code, Code::UnknownColumn | Code::FieldCount), "{code:?}");
        }
    }

    #[test]
    fn setup_3_the_first_fault_says_where_it_is() {
        for (text, at, code) in [
            ("", "/1/1", Code::NoHeader),
            ("email\n", "/2/1", Code::NoRows),
            ("name\na\n", "/1/1", Code::MissingColumn),
            ("email,x\na,b\n", "/1/2", Code::UnknownColumn),
            ("email,email\na,b\n", "/1/2", Code::RepeatedColumn),
            ("email,name\na\n", "/2/1", Code::FieldCount),
            ("email,name\na,b,c,d,e\n", "/2/5", Code::FieldCount),
            ("email,name,,,,,\na,b\n", "/1/3", Code::UnknownColumn),
            ("email\na\nb\nc\nd\n", "/5/1", Code::TooManyRows),
            ("email,name\na,\"b\n", "/2/2", Code::UnclosedQuote),
            ("email,name\na,b\"\n", "/2/2", Code::StrayQuote),
            ("email,name\na,\"x\ny\"z\n", "/3/2", Code::StrayQuote),
            ("email,name\na,\u{1b}\n", "/2/2", Code::ControlCharacter),
            ("email\ra\r", "/1/1", Code::ControlCharacter),
        ] {
            assert_eq!(fault(text), (at.to_owned(), code), "{text:?}");
        }
    }
}
