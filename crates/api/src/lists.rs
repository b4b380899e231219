//! Pages and their cursors.

use crate::{
    Api,
    http::{Problem, cursor, query::page_size},
};
use app::{Actor, Page, PageRequest};
use domain::refusal::{Code, FieldError, Refusal};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// Where the next page begins; null after the last.
    pub(crate) next_cursor: Option<String>,
    /// Regions that did not answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unavailable_regions: Vec<String>,
}

impl<T> List<T> {}

/// The page that is asked for; its cursor belongs to this caller, list and filter.
pub(crate) fn page(
    api: &Api,
    actor: &Actor,
    scope: &impl Debug,
    limit: Option<i64>,
    after: Option<&str>,
) -> Result<PageRequest, Problem> {
    let limit = page_size(limit)? as usize;
    let after = after.map(|text| decode(api, actor, scope, text)).transpose()?;
    Ok(PageRequest { after, limit })
}

fn decode(api: &Api, actor: &Actor, scope: &impl Debug, text: &str) -> Result<app::Place, Problem> {
    let position = cursor::decode(
        api.app.stores.keys.cursors(),
        actor.id().as_str(),
        &format!("{scope:?}"),
        text,
    )?;
    serde_json::from_value(position).map_err(|_| Problem::new(Code::BadCursor))
}

/// The answer of a list.
pub(crate) fn list<T, U>(
    api: &Api,
    actor: &Actor,
    scope: &impl Debug,
    page: Page<T>,
    shown: impl Fn(T) -> U,
) -> List<U> {
    let key = api.app.stores.keys.cursors();
    let encode = |place| {
        let position = serde_json::to_value(place).unwrap_or(Value::Null);
        cursor::encode(key, actor.id().as_str(), &format!("{scope:?}"), &position)
    };
    List {
        next_cursor: page.next.map(encode),
        items: page.items.into_iter().map(shown).collect(),
        unavailable_regions: page.unavailable_regions,
    }
}

/// A parameter of a list is wrong.
pub(crate) fn wrong(parameter: &str, allowed: &[&str]) -> Problem {
    let error = FieldError::new(format!("/query/{parameter}"), Code::UnknownValue).with("allowed", allowed.join(", "));
    Refusal::input(vec![error]).into()
}

/// A parameter that is one of these, if it is given.
pub(crate) fn one_of(parameter: &str, given: Option<String>, allowed: &[&str]) -> Result<Option<String>, Problem> {
    match given {
        Some(other) if !allowed.contains(&other.as_str()) => Err(wrong(parameter, allowed)),
        known => Ok(known),
    }
}

/// A comma separated list of words.
pub(crate) fn words(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A civil day of a parameter.
pub(crate) fn day(parameter: &str, text: Option<&str>) -> Result<Option<jiff::civil::Date>, Problem> {
    let parsed = text.map(|text| text.parse().map_err(|_| wrong(parameter, &["YYYY-MM-DD"])));
    parsed.transpose()
}
