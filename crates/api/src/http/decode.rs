//! From a checked value to a wire type. What only the type itself refuses (a number too large for it, a word that its
//! own reader does not know) is found here and taken out like the rest.

use super::check::{Findings, push};
use domain::refusal::Code;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Findings of this kind are rare; a body made of them is refused before it costs time.
const ROUNDS: usize = 32;

/// Reads the type; `None` when nothing of it can be had, with the reason among the findings.
pub(super) fn decode<T: DeserializeOwned>(mut value: Value, base: &str, findings: &mut Findings) -> Option<T> {
    for _ in 0..ROUNDS {
        let error = match serde_path_to_error::deserialize(&value) {
            Ok(decoded) => return Some(decoded),
            Err(error) => error,
        };
        let steps = steps(error.path(), &value);
        let at = steps.iter().fold(base.to_owned(), |mut at, step| {
            push(&mut at, step);
            at
        });
        if !findings.list.iter().any(|known| related(&known.pointer, &at)) {
            let found = steps.iter().try_fold(&value, |value, step| child(value, step));
            blame(&at, found, &error.into_inner().to_string(), findings);
        }
        if !take_out(&mut value, &steps) {
            return None;
        }
    }
    None
}

/// Whether one lies at or below the other.
fn related(one: &str, other: &str) -> bool {
    below(one, other) || below(other, one)
}

/// Whether a pointer is another one, or lies below it.
pub(super) fn below(pointer: &str, above: &str) -> bool {
    pointer
        .strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn steps(path: &Path, value: &Value) -> Vec<String> {
    let mut steps = Vec::new();
    let mut here = Some(value);
    for segment in path.iter() {
        let step = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.clone(),
            Segment::Enum { variant } if here.is_some_and(|here| here.get(variant).is_some()) => variant.clone(),
            Segment::Enum { .. } => continue,
            Segment::Unknown => break,
        };
        here = here.and_then(|here| child(here, &step));
        steps.push(step);
    }
    steps
}

fn child<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Serde tells an unknown variant and the known ones in one sentence, the known ones between backticks.
fn blame(at: &str, value: Option<&Value>, said: &str, findings: &mut Findings) {
    if let Some((_, known)) = said
        .strip_prefix("unknown variant ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        let allowed: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        return findings.add(at, Code::UnknownValue, &[("allowed", &allowed.join(", "))]);
    }
    let code = match value {
        Some(Value::Number(_)) => Code::OutOfRange,
        _ => Code::WrongType,
    };
    findings.add(at, code, &[]);
}

/// Takes out the nearest member of an object that holds the place; `false` when there is none.
fn take_out(value: &mut Value, steps: &[String]) -> bool {
    for depth in (1..=steps.len()).rev() {
        let (above, last) = (&steps[..depth - 1], &steps[depth - 1]);
        let holder = above.iter().try_fold(&mut *value, |value, step| match value {
            Value::Object(members) => members.get_mut(step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        });
        if let Some(Value::Object(members)) = holder
            && members.shift_remove(last).is_some()
        {
            return true;
        }
    }
    false
}
