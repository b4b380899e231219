//! Reads a program file, and gives everything that must be mended in it its line and column.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error, ValueDeserializer};

use super::{Finding, Program};

/// More findings of one kind than these help nobody.
const MOST: usize = 50;

/// Reads and checks a program file (PROG-1). What is told is told at once: all that is not TOML; else all that has the
/// wrong form; else all that [`Program::check`] finds. Sorted by line.
pub fn parse(text: &str) -> Result<Program, Vec<Finding>> {
    let (document, errors) = document(text);
    let findings = if errors.is_empty() {
        match read(text, &document) {
            Ok(program) => {
                let findings = locate_in(text, &document, program.check());
                if findings.is_empty() {
                    return Ok(program);
                }
                findings
            }
            Err(findings) => findings,
        }
    } else {
        errors.iter().take(MOST).map(|error| not_toml(text, error)).collect()
    };
    Err(sorted(findings))
}

/// Gives findings about a program the lines and columns of the text that it was read from.
pub fn locate(text: &str, findings: Vec<Finding>) -> Vec<Finding> {
    sorted(locate_in(text, &document(text).0, findings))
}

type Node<'i> = Spanned<DeValue<'i>>;

fn document(text: &str) -> (Node<'_>, Vec<Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (Spanned::new(table.span(), DeValue::Table(table.into_inner())), errors)
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.line, finding.column));
    findings
}

/// Line and column, both from 1, the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

fn finding(text: &str, span: Range<usize>, path: String, (problem, mend): (String, String)) -> Finding {
    let (line, column) = position(text, span.start);
    Finding {
        line: Some(line),
        column: Some(column),
        path,
        problem,
        mend,
    }
}

fn locate_in(text: &str, document: &Node<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let at = |found: Finding| {
        finding(
            text,
            span_at(document, &found.path),
            found.path,
            (found.problem, found.mend),
        )
    };
    findings.into_iter().map(at).collect()
}

/// Where the value at a pointer stands, or else what encloses it.
fn span_at(document: &Node<'_>, pointer: &str) -> Range<usize> {
    let mut node = document;
    for step in pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
    {
        let index = step.parse::<usize>();
        let next = match node.get_ref().as_array() {
            Some(items) => index.ok().and_then(|index| items.get(index)),
            None => node.get_ref().get(&step),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span()
}

/// The innermost thing that stands exactly there, a value or a key, as the steps that lead to it.
fn steps_to(node: &Node<'_>, span: &Range<usize>) -> Option<Vec<String>> {
    let mut inside: Vec<(String, Range<usize>, &Node<'_>)> = Vec::new();
    if let Some(table) = node.get_ref().as_table() {
        inside.extend(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), key.span(), value)),
        );
    }
    if let Some(items) = node.get_ref().as_array() {
        inside.extend(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| (index.to_string(), item.span(), item)),
        );
    }
    for (step, key, value) in inside {
        let below = steps_to(value, span).or_else(|| (key == *span).then(Vec::new));
        if let Some(below) = below {
            return Some([vec![step], below].concat());
        }
    }
    (node.span() == *span).then(Vec::new)
}

fn pointer(steps: &[String]) -> String {
    steps
        .iter()
        .map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")))
        .collect()
}

/// Takes what the steps lead to out of the document; false where there is nothing to take.
fn strike(node: &mut Node<'_>, steps: &[String]) -> bool {
    let Some((step, below)) = steps.split_first() else {
        return false;
    };
    if let DeValue::Table(table) = node.get_mut() {
        if below.is_empty() {
            return table.remove(step.as_str()).is_some();
        }
        return table.get_mut(step.as_str()).is_some_and(|next| strike(next, below));
    }
    if let DeValue::Array(items) = node.get_mut() {
        let Ok(index) = step.parse::<usize>() else { return false };
        if !below.is_empty() {
            return items.get_mut(index).is_some_and(|next| strike(next, below));
        }
        let all = std::mem::replace(items, DeArray::new());
        let count = all.len();
        *items = all
            .into_iter()
            .enumerate()
            .filter(|(at, _)| *at != index)
            .map(|(_, item)| item)
            .collect();
        return items.len() < count;
    }
    false
}

/// Reads the program. What cannot be read is told and struck out, to see what else cannot.
fn read(text: &str, document: &Node<'_>) -> Result<Program, Vec<Finding>> {
    let mut rest = document.clone();
    let mut findings = Vec::new();
    let mut struck = BTreeSet::new();
    for _ in 0..MOST {
        let error = match Program::deserialize(ValueDeserializer::from(rest.clone())) {
            Ok(program) if findings.is_empty() => return Ok(program),
            Ok(_) => break,
            Err(error) => error,
        };
        let span = error.span().unwrap_or_default();
        let here = pointer(&steps_to(document, &span).unwrap_or_default());
        let path = match error.message().strip_prefix("missing field ").and_then(quoted) {
            Some(key) => format!("{here}/{key}"),
            None => here.clone(),
        };
        if struck.insert(path.clone()) {
            findings.push(finding(text, span.clone(), path, explain(error.message())));
        }
        // What a missing key is missing from goes with it, there is nothing else to strike; what was struck or meant is
        // not told as missing afterwards.
        if let Some(meant) = error.message().strip_prefix("unknown field ").and_then(meant) {
            struck.insert(
                here.rsplit_once('/')
                    .map_or_else(String::new, |(table, _)| format!("{table}/{meant}")),
            );
        }
        struck.insert(here);
        if !steps_to(&rest, &span).is_some_and(|steps| strike(&mut rest, &steps)) {
            break;
        }
    }
    Err(findings)
}

fn not_toml(text: &str, error: &Error) -> Finding {
    let mend = if error.message().starts_with("duplicate key") {
        "remove or rename one of the two"
    } else {
        "write it as TOML: `key = value`, texts in quotes, lists in [ ] with commas between"
    };
    let span = error.span().unwrap_or(text.len()..text.len());
    finding(text, span, String::new(), (error.message().to_owned(), mend.to_owned()))
}

/// Problem and mend, from the words of the reader.
fn explain(message: &str) -> (String, String) {
    let (what, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let expected = expected.trim_start_matches("one of ");
    if let Some(key) = what.strip_prefix("missing field ") {
        let name = key.trim_matches('`');
        return (format!("the key {key} is missing"), format!("add `{name} = …` here"));
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let key = what.trim_start_matches("unknown field ");
        let mend = match meant(rest) {
            Some(meant) => format!("write `{meant}`, or remove it; known here: {expected}"),
            None => format!("remove it; known here: {expected}"),
        };
        return (format!("the key {key} is not known"), mend);
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let word = what.trim_start_matches("unknown variant ");
        let mend = match meant(rest) {
            Some(meant) => format!("write `{meant}`; known here: {expected}"),
            None => format!("write one of {expected}"),
        };
        return (format!("{word} is not known"), mend);
    }
    let what = what
        .trim_start_matches("invalid type: ")
        .trim_start_matches("invalid value: ");
    let mend = match expected {
        "u32" => "write a whole number, 0 or more, without quotes",
        "a string" => "write a text in quotes",
        "a boolean" => "write true or false, without quotes",
        "a sequence" => "write a list in [ ]",
        "a time string" => "write a time in quotes, such as \"09:00\"",
        table if table.starts_with("struct ") => "write a table: { key = value, … }",
        // The only value that is read from words of its own is the time of day.
        _ => "write a value as the shipped program has it here; a time is \"09:00\"",
    };
    (format!("{what} cannot stand here"), mend.to_owned())
}

/// The first word in backquotes.
fn quoted(words: &str) -> Option<&str> {
    words.split('`').nth(1)
}

/// Of a word in backquotes and the known ones after it, the known one that was probably meant.
fn meant(words: &str) -> Option<&str> {
    let mut words = words.split('`').skip(1).step_by(2);
    let word = words.next()?;
    let nearest = words.min_by_key(|known| distance(word, known))?;
    (distance(word, nearest) * 3 <= nearest.len()).then_some(nearest)
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, known) in row.iter_mut().skip(1).zip(&other) {
            let best = (corner + usize::from(letter != *known)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
