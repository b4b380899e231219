//! What a step's forms do: keep what was typed and go on, put it off, and what calling needs besides.

use super::{Way, calling::LINES, shown};
use crate::{
    Console,
    part::Faults,
    screen::{mended, seen},
    web::{Failure, Fields, Signed, said_of, see},
};
use app::{
    Error, Guard, IdemRequest,
    setup::{ProfilePatch, SetupPatch},
};
use axum::response::Response;
use domain::{
    ids::{LocationId, NumberId},
    location::LocationInput,
    refusal::Refusal,
    setup::{Step, StepState},
};

/// Does what the form says, and leads on; with what is wrong the step is shown again, and nothing that was typed is lost.
pub(super) async fn act(
    console: &Console,
    signed: &Signed,
    way: &Way,
    step: Step,
    fields: &Fields,
) -> Result<Response, Failure> {
    let done = match (step, fields.get("act")) {
        (Step::Calling, Some("location")) => save_location(console, signed, way, fields).await,
        (Step::Calling, Some("drop-location")) => drop_location(console, signed, way, fields).await,
        (Step::Calling, Some("numbers")) => enter(console, signed, way, fields).await,
        (Step::Calling, Some("drop-number")) => drop_number(console, signed, way, fields).await,
        (Step::Calling, Some("provider")) => connect(console, signed, way, fields).await,
        (Step::Calling, Some("order")) => order(console, signed, way, fields).await,
        (_, Some("later")) => put_off(console, signed, way, step).await,
        _ => save(console, signed, way, step, fields).await,
    };
    match done {
        Ok(place) => Ok(see(&place)),
        Err(error) => {
            let faults = faults(signed, fields, *mended(error)?);
            shown(console, signed, way, step, Some((fields, faults)), &Fields::default()).await
        }
    }
}

/// Where faults stand in these forms; a number's is told with the number.
fn faults(signed: &Signed, fields: &Fields, mut refusal: Refusal) -> Faults {
    let language = signed.words.language;
    let typed = numbers(fields);
    let mut of_numbers = Vec::new();
    refusal.errors.retain(|error| {
        let at = error
            .pointer
            .strip_prefix("/numbers/")
            .and_then(|at| at.parse::<usize>().ok());
        let Some(number) = at.and_then(|at| typed.get(at)) else {
            return true;
        };
        of_numbers.push((number.clone(), said_of(language, error)));
        false
    });
    let of_location = fields.get("act") == Some("location");
    for error in &mut refusal.errors {
        let plain = error
            .pointer
            .trim_start_matches("/profile")
            .trim_start_matches("/calling");
        error.pointer = match plain {
            "/name" if of_location => "/location_name".to_owned(),
            "/location_id" if fields.get("act") == Some("order") => "/order_location".to_owned(),
            "/quantity" => "/count".to_owned(),
            other => other.to_owned(),
        };
    }
    let mut faults = match refusal.errors.is_empty() && !of_numbers.is_empty() {
        true => Faults::default(),
        false => Faults::of(language, &refusal),
    };
    for (number, fault) in of_numbers {
        let shown: String = number.chars().take(40).collect();
        let values = [("number", i18n::tame(&shown).into()), ("fault", fault.into())];
        faults.add("numbers", signed.words.t("setup-number-fault", &values));
    }
    faults
}

/// What people write between digits.
fn between(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | '(' | ')' | '/')
}

/// One number a line, or with commas between; what people write between digits is taken out.
fn numbers(fields: &Fields) -> Vec<String> {
    let text = fields.get("numbers").unwrap_or_default();
    text.split(['\n', '\r', ',', ';', '、', '，'])
        .map(|one| one.replace(between, ""))
        .filter(|one| !one.is_empty())
        .collect()
}

async fn save(console: &Console, signed: &Signed, way: &Way, step: Step, fields: &Fields) -> Result<String, Error> {
    let before = console.app.setup(&signed.actor, &way.customer).await?;
    let text = |name: &str| fields.has(name).then(|| fields.owned(name).unwrap_or_default());
    let profile = (step == Step::Profile && fields.has("name")).then(|| ProfilePatch {
        name: text("name"),
        vertical: text("vertical"),
        language: text("language"),
        time_zone: text("time_zone"),
        website: text("website"),
        phone: text("phone").map(|phone| phone.replace(between, "")),
    });
    // Whoever comes back to a step does not put it off any more.
    let later = before
        .steps
        .iter()
        .filter(|(other, state)| *other != step && *state == StepState::Later);
    let patch = SetupPatch {
        profile,
        later: Some(later.map(|(step, _)| step.as_str().to_owned()).collect()),
        finished: step == Step::Summary,
        provider: None,
    };
    let guard = seen(fields.number("version"));
    let (after, _) = console
        .app
        .put_setup(&signed.actor, &way.customer, &patch, &guard)
        .await?;
    if step == Step::Summary {
        return Ok(format!("{}?done=edited", way.base));
    }
    let next = after
        .steps
        .iter()
        .find(|(next, state)| *next > step && *state != StepState::NotNeeded);
    Ok(next.map_or_else(|| way.base.clone(), |(next, _)| way.step(*next)))
}

async fn put_off(console: &Console, signed: &Signed, way: &Way, step: Step) -> Result<String, Error> {
    let before = console.app.setup(&signed.actor, &way.customer).await?;
    let later = before
        .steps
        .iter()
        .filter(|(other, state)| *other != step && *state == StepState::Later);
    let later = later.map(|(step, _)| *step).chain([step]);
    let patch = SetupPatch {
        later: Some(later.map(|step| step.as_str().to_owned()).collect()),
        ..SetupPatch::default()
    };
    console
        .app
        .put_setup(&signed.actor, &way.customer, &patch, &Guard::default())
        .await?;
    Ok(way.base.clone())
}

fn here(way: &Way) -> String {
    format!("{}?done=edited", way.step(Step::Calling))
}

async fn save_location(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let lines = LINES.iter().filter_map(|name| fields.owned(name));
    let input = LocationInput {
        name: Some(fields.owned("location_name").unwrap_or_default()),
        lines: Some(lines.collect()),
        city: Some(fields.owned("city").unwrap_or_default()),
        postal_code: Some(fields.owned("postal_code").unwrap_or_default()),
        country: fields.owned("country"),
        time_zone: fields.owned("time_zone"),
    };
    let (app, actor) = (&console.app, &signed.actor);
    match fields.get("location").and_then(LocationId::parse) {
        Some(id) => {
            let guard = seen(fields.number("location_version"));
            app.patch_location(actor, &way.customer, &id, &input, &guard).await?;
        }
        None => {
            app.add_location(actor, &way.customer, &input, &Guard::default())
                .await?;
        }
    }
    Ok(here(way))
}

async fn drop_location(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let id = fields
        .get("location")
        .and_then(LocationId::parse)
        .ok_or_else(not_there)?;
    let guard = seen(fields.number("location_version"));
    console
        .app
        .drop_location(&signed.actor, &way.customer, &id, &guard)
        .await?;
    Ok(here(way))
}

async fn enter(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let (place, numbers) = (fields.get("location_id"), numbers(fields));
    let guard = Guard::default();
    console
        .app
        .add_numbers(&signed.actor, &way.customer, place, &numbers, &guard)
        .await?;
    Ok(here(way))
}

async fn drop_number(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let id = fields.get("number").and_then(NumberId::parse).ok_or_else(not_there)?;
    console
        .app
        .drop_number(&signed.actor, &way.customer, &id, &Guard::default())
        .await?;
    Ok(here(way))
}

async fn connect(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let patch = SetupPatch {
        provider: Some(fields.owned("provider").unwrap_or_default()),
        ..SetupPatch::default()
    };
    console
        .app
        .put_setup(&signed.actor, &way.customer, &patch, &Guard::default())
        .await?;
    Ok(here(way))
}

async fn order(console: &Console, signed: &Signed, way: &Way, fields: &Fields) -> Result<String, Error> {
    let (place, count) = (fields.get("order_location"), fields.number("count"));
    // The same form sent twice orders once.
    let idem = fields.owned("key").map(|key| IdemRequest {
        key,
        target: "POST /setup/calling".to_owned(),
        body: format!("{} {place:?} {count:?}", way.customer).into_bytes(),
    });
    let guard = Guard {
        idem,
        ..Guard::default()
    };
    console
        .app
        .order_numbers(&signed.actor, &way.customer, place, count, &guard)
        .await?;
    Ok(here(way))
}

fn not_there() -> Error {
    Refusal::new(domain::refusal::Code::NotFound).into()
}
