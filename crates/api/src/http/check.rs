//! Holds a value against a shape: every fault is found at once, and what is at fault is taken out, so that the rules can
//! add what they find in the rest.

use super::shape::{Compiled, Record, Shape};
use domain::refusal::{Code, FieldError};
use serde_json::{Map, Value};

/// Octets of one text.
const TEXT_LIMIT: usize = 64 * 1024;

/// Beyond these an answer helps nobody, and a small body must not make a huge one.
const FINDINGS: usize = 1000;
const POINTERS: usize = 256 * 1024;

/// Whole numbers up to here are the same as integers and as floats.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What is wrong, by RFC 6901 pointers.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) list: Vec<FieldError>,
    octets: usize,
}

impl Findings {
    pub(super) fn add(&mut self, at: &str, code: Code, values: &[(&str, &str)]) {
        if self.room(at) {
            let error = FieldError::new(at, code);
            self.list.push(
                values
                    .iter()
                    .fold(error, |error, (name, value)| error.with(name, value)),
            );
        }
    }

    fn append(&mut self, errors: Vec<FieldError>) {
        for error in errors {
            if self.room(&error.pointer) {
                self.list.push(error);
            }
        }
    }

    /// The first is always kept: a body with a fault never passes for one without.
    fn room(&mut self, at: &str) -> bool {
        let fits = self.list.len() < FINDINGS && self.octets + at.len() <= POINTERS;
        if fits {
            self.octets += at.len();
        }
        fits || self.list.is_empty()
    }
}

/// Goes one step deeper; gives the length to truncate to on the way back.
pub(super) fn push(at: &mut String, name: &str) -> usize {
    let before = at.len();
    at.push('/');
    for letter in name.chars() {
        match letter {
            '~' => at.push_str("~0"),
            '/' => at.push_str("~1"),
            other => at.push(other),
        }
    }
    before
}

/// Checks all of a value. `false` when nothing of it can be used.
pub(super) fn check(compiled: &Compiled, value: &mut Value, base: &str, findings: &mut Findings) -> bool {
    let mut walk = Walk {
        compiled,
        findings,
        at: base.to_owned(),
    };
    walk.check(&compiled.root, value)
}

struct Walk<'w> {
    compiled: &'w Compiled,
    findings: &'w mut Findings,
    at: String,
}

impl Walk<'_> {
    fn check(&mut self, shape: &Shape, value: &mut Value) -> bool {
        match (self.compiled.resolve(shape), value) {
            (Shape::Any, value) => self.anything(value),
            (Shape::Null, Value::Null) | (Shape::Bool, Value::Bool(_)) | (Shape::Number, Value::Number(_)) => true,
            (Shape::Integer, Value::Number(number)) if number.is_i64() => true,
            (Shape::Integer, value @ Value::Number(_)) => match value.as_f64().and_then(whole) {
                Some(integer) if !value.is_u64() => {
                    *value = Value::from(integer);
                    true
                }
                _ => self.wrong("integer"),
            },
            (Shape::Text(allowed), Value::String(text)) => self.text(allowed.as_deref(), text),
            (Shape::List(inner), Value::Array(items)) => self.list(inner, items),
            (Shape::Record(record), Value::Object(members)) => self.record(record, members),
            (Shape::OneOf(shapes), value) => self.one_of(shapes, value),
            (other, _) => self.wrong(kind(other)),
        }
    }

    fn add(&mut self, code: Code, values: &[(&str, &str)]) -> bool {
        self.findings.add(&self.at, code, values);
        false
    }

    fn wrong(&mut self, expected: &str) -> bool {
        self.add(Code::WrongType, &[("expected", expected)])
    }

    fn text(&mut self, allowed: Option<&[String]>, text: &str) -> bool {
        if text.len() > TEXT_LIMIT {
            return self.add(Code::TooLong, &[("max", &TEXT_LIMIT.to_string())]);
        }
        match allowed {
            Some(texts) if !texts.iter().any(|known| known == text) => {
                self.add(Code::UnknownValue, &[("allowed", &texts.join(", "))])
            }
            _ => true,
        }
    }

    /// Free content: only its texts have a bound.
    fn anything(&mut self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => self.text(None, text),
            Value::Array(items) => self.list(&Shape::Any, items),
            Value::Object(members) => {
                let open = Record {
                    rest: Some(Box::new(Shape::Any)),
                    ..Record::default()
                };
                self.record(&open, members)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }

    /// A list with a hole would tell wrong positions to the rules: it goes as a whole.
    fn list(&mut self, inner: &Shape, items: &mut [Value]) -> bool {
        let mut usable = true;
        for (index, item) in items.iter_mut().enumerate() {
            let before = push(&mut self.at, &index.to_string());
            usable &= self.check(inner, item);
            self.at.truncate(before);
        }
        usable
    }

    fn record(&mut self, record: &Record, members: &mut Map<String, Value>) -> bool {
        for name in record.required.iter().filter(|name| !members.contains_key(*name)) {
            let before = push(&mut self.at, name);
            self.add(Code::Required, &[]);
            self.at.truncate(before);
        }
        members.retain(|name, value| {
            let before = push(&mut self.at, name);
            let keep = match record.members.get(name).or(record.rest.as_deref()) {
                None => self.add(Code::UnknownField, &[]),
                Some(shape) if value.is_null() && record.required.contains(name) && !self.nullable(shape) => {
                    self.add(Code::Required, &[])
                }
                Some(shape) => self.check(shape, value),
            };
            self.at.truncate(before);
            keep
        });
        true
    }

    fn nullable(&self, shape: &Shape) -> bool {
        match self.compiled.resolve(shape) {
            Shape::Any | Shape::Null => true,
            Shape::OneOf(shapes) => shapes.iter().any(|shape| self.nullable(shape)),
            _ => false,
        }
    }

    fn one_of(&mut self, shapes: &[Shape], value: &mut Value) -> bool {
        if value.is_null() && shapes.iter().any(|shape| self.nullable(shape)) {
            return true;
        }
        let compiled = self.compiled;
        let shapes: Vec<&Shape> = shapes
            .iter()
            .map(|shape| compiled.resolve(shape))
            .filter(|shape| **shape != Shape::Null)
            .collect();
        if let [only] = shapes[..] {
            return self.check(only, value);
        }
        match (tag_of(&shapes), value) {
            (Some(tag), Value::Object(members)) => self.tagged(tag, &shapes, members),
            (_, value) => self.nearest(&shapes, value),
        }
    }

    /// Records that one member tells apart.
    fn tagged(&mut self, tag: &str, shapes: &[&Shape], members: &mut Map<String, Value>) -> bool {
        let variants = || shapes.iter().filter_map(|shape| Some((tag_value(shape, tag)?, *shape)));
        let said = members.get(tag).and_then(Value::as_str);
        if let Some((_, Shape::Record(record))) = variants().find(|(name, _)| Some(*name) == said) {
            return self.record(record, members);
        }
        let before = push(&mut self.at, tag);
        match members.get(tag) {
            None | Some(Value::Null) => self.add(Code::Required, &[]),
            Some(Value::String(_)) => {
                let allowed: Vec<&str> = variants().map(|(name, _)| name).collect();
                self.add(Code::UnknownValue, &[("allowed", &allowed.join(", "))])
            }
            Some(_) => self.wrong("string"),
        };
        self.at.truncate(before);
        false
    }

    /// The alternative that fits, or else the faults of the one that fits best.
    fn nearest(&mut self, shapes: &[&Shape], value: &mut Value) -> bool {
        let mut best: Option<(Findings, Value, bool)> = None;
        let mut here = Vec::new();
        for shape in shapes {
            let (mut findings, mut copy) = (Findings::default(), value.clone());
            let mut walk = Walk {
                compiled: self.compiled,
                findings: &mut findings,
                at: self.at.clone(),
            };
            let usable = walk.check(shape, &mut copy);
            if findings.list.is_empty() {
                *value = copy;
                return usable;
            }
            if !usable && findings.list.iter().all(|error| error.pointer == self.at) {
                here.extend(findings.list);
            } else if best
                .as_ref()
                .is_none_or(|(least, ..)| findings.list.len() < least.list.len())
            {
                best = Some((findings, copy, usable));
            }
        }
        if let Some((findings, copy, usable)) = best {
            self.findings.append(findings.list);
            *value = copy;
            return usable;
        }
        self.none_of(&here)
    }

    /// No alternative even begins like this: what all of them would have taken.
    fn none_of(&mut self, here: &[FieldError]) -> bool {
        let values = |code: Code, name: &str| {
            let errors = here.iter().filter(move |error| error.code == code);
            let found = errors.flat_map(|error| &error.values).filter(|(of, _)| of == name);
            found.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
        };
        let allowed = values(Code::UnknownValue, "allowed");
        if let Some(long) = here.iter().find(|error| error.code == Code::TooLong) {
            self.findings.append(vec![long.clone()]);
            return false;
        }
        if allowed.is_empty() {
            self.wrong(&values(Code::WrongType, "expected"))
        } else {
            self.add(Code::UnknownValue, &[("allowed", &allowed)])
        }
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Null => "null",
        Shape::Bool => "boolean",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::Text(_) => "string",
        Shape::List(_) => "array",
        Shape::Record(_) | Shape::Any | Shape::Named(_) | Shape::OneOf(_) => "object",
    }
}

/// `1.0`, `1e2` and `-0` are integers to JSON.
#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// The member by which records differ, if there is one.
fn tag_of<'s>(shapes: &[&'s Shape]) -> Option<&'s str> {
    let Shape::Record(first) = shapes.first()? else {
        return None;
    };
    let everywhere = |name: &str| shapes.iter().all(|shape| tag_value(shape, name).is_some());
    first.members.keys().map(String::as_str).find(|name| everywhere(name))
}

fn tag_value<'s>(shape: &'s Shape, tag: &str) -> Option<&'s str> {
    let Shape::Record(record) = shape else { return None };
    match record.members.get(tag)? {
        Shape::Text(Some(texts)) if texts.len() == 1 => texts.first().map(String::as_str),
        _ => None,
    }
}
