//! JSON as the contract wants it: nothing said twice, nothing nested without end, no half characters.

use super::Problem;
use super::check::{Findings, push};
use domain::refusal::{Code, Refusal};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Objects and arrays inside each other, at most.
const DEPTH: usize = 64;

/// Reads a body. Members that stand twice are findings; the last of them counts.
pub(super) fn parse(bytes: &[u8]) -> Result<(Value, Findings), Problem> {
    let mut state = State {
        at: String::new(),
        findings: Findings::default(),
    };
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let read = Node {
        state: &mut state,
        depth: 0,
    }
    .deserialize(&mut source);
    let value = read
        .and_then(|value| source.end().map(|()| value))
        .map_err(|error| malformed(&error))?;
    Ok((value, state.findings))
}

fn malformed(error: &serde_json::Error) -> Problem {
    Refusal::new(Code::Malformed)
        .with("line", error.line())
        .with("column", error.column())
        .into()
}

struct State {
    at: String,
    findings: Findings,
}

struct Node<'s> {
    state: &'s mut State,
    depth: usize,
}

impl Node<'_> {
    fn deeper<E: Error>(&self) -> Result<usize, E> {
        if self.depth < DEPTH {
            Ok(self.depth + 1)
        } else {
            Err(E::custom("nested too deep"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        loop {
            let before = push(&mut self.state.at, &items.len().to_string());
            let item = source.next_element_seed(Node {
                state: &mut *self.state,
                depth,
            })?;
            self.state.at.truncate(before);
            match item {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut members = Map::new();
        while let Some(name) = source.next_key::<String>()? {
            let before = push(&mut self.state.at, &name);
            if members.contains_key(&name) {
                self.state.findings.add(&self.state.at, Code::DuplicateKey, &[]);
            }
            let value = source.next_value_seed(Node {
                state: &mut *self.state,
                depth,
            })?;
            self.state.at.truncate(before);
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}
