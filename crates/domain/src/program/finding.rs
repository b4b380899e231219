//! What the check of a program finds, and the checks that all its parts share.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Localized;

/// No number of days in a program is larger: ten years.
pub(super) const MOST_DAYS: u32 = 3650;

/// Something in a program that must be mended before it can be published (PROG-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Line in the program file, from 1; none when the program was not read from a text.
    pub line: Option<usize>,
    /// Column in that line, in characters, from 1.
    pub column: Option<usize>,
    /// Where in the program, as a JSON pointer: `/countries/12/region`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub mend: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.line.map(|line| format!("{line}:{}", self.column.unwrap_or(1)));
        let path = Some(self.path.clone()).filter(|path| !path.is_empty());
        let place: Vec<String> = position.into_iter().chain(path).collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(" "))?;
        }
        write!(f, "{} — {}", self.problem, self.mend)
    }
}

/// Findings as they are made, without positions.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, path: impl Into<String>, problem: impl Into<String>, mend: impl Into<String>) {
        let (path, problem, mend) = (path.into(), problem.into(), mend.into());
        self.0.push(Finding {
            line: None,
            column: None,
            path,
            problem,
            mend,
        });
    }

    /// A number that lies outside its bounds, both included.
    pub(super) fn bounds(&mut self, path: impl Into<String>, value: u32, min: u32, max: u32) {
        if value < min {
            self.add(path, format!("{value} is too small"), format!("write {min} or more"));
        } else if value > max {
            self.add(path, format!("{value} is too large"), format!("write {max} or less"));
        }
    }

    /// A list of days that do not lie between 1 and [`MOST_DAYS`], or do not ascend.
    pub(super) fn day_list(&mut self, path: &str, days: &[u32]) {
        for (index, &day) in days.iter().enumerate() {
            let here = format!("{path}/{index}");
            self.bounds(here.as_str(), day, 1, MOST_DAYS);
            let before = index.checked_sub(1).and_then(|index| days.get(index));
            if let Some(before) = before.filter(|before| **before >= day) {
                let problem = format!("{day} stands after {before}");
                self.add(here, problem, "write each number once, the smallest first");
            }
        }
    }

    pub(super) fn text(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(path, "the text is empty", "write what people shall read here");
        }
    }

    /// NOTE-2: every text exists in all three languages.
    pub(super) fn texts(&mut self, path: &str, texts: &Localized) {
        self.text(format!("{path}/en"), &texts.en);
        self.text(format!("{path}/fr"), &texts.fr);
        self.text(format!("{path}/zh-Hant"), &texts.zh_hant);
    }

    /// Ids that do not have the form that is asked for, or stand twice.
    pub(super) fn ids<'a>(&mut self, list: &str, form: &Form, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeMap::new();
        for (index, id) in ids.enumerate() {
            let path = format!("/{list}/{index}/id");
            let first = *seen.entry(id).or_insert(index);
            if !(form.fits)(id) {
                self.add(path, format!("`{id}` cannot be an id"), format!("use {}", form.words));
            } else if first != index {
                let mend = format!("rename or remove one; the first is /{list}/{first}");
                self.add(path, format!("`{id}` stands twice"), mend);
            }
        }
    }

    pub(super) fn some_of(&mut self, list: &str, is_empty: bool) {
        if is_empty {
            self.add(format!("/{list}"), "the list is empty", "add at least one entry");
        }
    }
}

/// What an id may look like.
pub(super) struct Form {
    pub(super) fits: fn(&str) -> bool,
    pub(super) words: &'static str,
}

pub(super) const SLUG: Form = Form {
    fits: is_slug,
    words: "lower-case letters, digits and single hyphens between them, such as `desk-phone`",
};
pub(super) const REGION: Form = Form {
    fits: |id| matches!(id.len(), 1..=8) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
    words: "at most 8 lower-case letters and digits, such as `eu`",
};
pub(super) const COUNTRY: Form = Form {
    fits: |id| id.len() == 2 && id.bytes().all(|b| b.is_ascii_uppercase()),
    words: "the two upper-case letters of ISO 3166, such as `FR`",
};

pub(super) fn is_slug(id: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.split('-').all(part)
}

/// Ids as they stand in a sentence.
pub(super) fn known<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    if ids.is_empty() {
        "none".to_owned()
    } else {
        ids.join(", ")
    }
}
