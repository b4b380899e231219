//! EXP-9: what goes in the next weeks, and what the vendor holds back.

use crate::{
    Console,
    frame::page,
    part::Chip,
    screen::{address, cursor, id as known, place, seen},
    template::View,
    web::{Failure, Form, Query, Signed, see},
    words::Words,
};
use app::{Guard, PageRequest, hold::HoldView, policy::Action, trial::Going};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{HoldId, OrgId},
    program::Program,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The values of `removal/next.html`.
#[derive(Serialize)]
pub(crate) struct NextPage {
    pub(crate) ends: Vec<End>,
    /// Holds on customers of whom nothing ends in these weeks.
    pub(crate) others: Vec<Held>,
    pub(crate) may: bool,
    pub(crate) next: Option<String>,
}

/// A trial whose end is near.
#[derive(Serialize)]
pub(crate) struct End {
    pub(crate) customer: String,
    pub(crate) customer_id: String,
    pub(crate) partner: String,
    pub(crate) date: String,
    pub(crate) far: String,
    pub(crate) chip: Chip,
    pub(crate) what: String,
    pub(crate) services: String,
    pub(crate) holds: Vec<Held>,
    /// CONV-7: until when an order keeps it.
    pub(crate) ordered: Option<String>,
}

/// A hold in force.
#[derive(Clone, Serialize)]
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) reason: String,
    pub(crate) since: String,
    pub(crate) version: i64,
}

impl View for NextPage {
    const TEMPLATE: &'static str = "removal/next.html";
}

/// How far ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 56);
const ROWS: usize = 50;

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    // Others have their own lists of what ends.
    if !actor.is_vendor() {
        return Err(Failure::not_found());
    }
    let now = console.app.clock.now();
    let request = |after: Option<&str>, limit| PageRequest {
        after: after.and_then(place),
        limit,
    };
    let holds = console.app.holds(&actor, &request(None, 200)).await?.items;
    let until = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let found = console
        .app
        .removals(&actor, until, &request(query.get("after"), ROWS))
        .await?;
    let program = console.app.program()?;
    let ends: Vec<End> = found
        .items
        .iter()
        .map(|going| end(&words, going, &holds, &program, now))
        .collect();
    let shown = |hold: &&HoldView| ends.iter().any(|end| end.holds.iter().any(|one| one.id == hold.id.0));
    let open = holds.iter().filter(|hold| hold.lifted_at.is_none());
    let mut others = Vec::new();
    for hold in open.filter(|hold| !shown(hold)) {
        let name = console.app.customer(&actor, &hold.customer_id).await;
        let name = name.map(|view| view.name).unwrap_or_default();
        others.push(held(&words, hold, &name));
    }
    let view = NextPage {
        others,
        may: super::super::may(&console, &actor, Action::ManageHolds),
        next: found
            .next
            .as_ref()
            .and_then(cursor)
            .map(|after| address("/vendor/removals", &[("after", &after)])),
        ends,
    };
    page(&console, &visitor, words.say("removals-title"), &view)
}

pub(crate) fn end(words: &Words, going: &Going, holds: &[HoldView], program: &Program, now: Timestamp) -> End {
    let (tone, icon, state) = match going.state {
        "held" => ("wait", "pause", "removals-held"),
        "due" => ("bad", "alert", "removals-due"),
        _ => ("warn", "clock", "removals-planned"),
    };
    let what = match going.organization_closes {
        true => words.t("removals-closes", &[("users", going.users.into())]),
        false => words.say("removals-stays"),
    };
    let own = holds.iter().filter(|hold| going.holds.contains(&hold.id));
    let today = words.today(now);
    End {
        customer: words.customer(&going.customer_name),
        customer_id: going.trial.customer.0.clone(),
        partner: i18n::tame(&going.partner_name),
        date: words.medium(going.on),
        far: words.distance(today, going.on),
        chip: Chip {
            tone,
            icon,
            text: words.say(state),
            rest: None,
        },
        what,
        services: words.list(&words.services(&going.trial.service_ids(), program)),
        holds: own.map(|hold| held(words, hold, &going.customer_name)).collect(),
        ordered: super::ordered(words, going.held_by_order.as_ref()),
    }
}

pub(crate) fn held(words: &Words, hold: &HoldView, customer: &str) -> Held {
    Held {
        id: hold.id.0.clone(),
        customer: words.customer(customer),
        reason: i18n::tame(&hold.reason),
        since: words.stamp(hold.placed_at),
        version: hold.version,
    }
}

pub(crate) async fn place_hold(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let customer = known(fields.get("customer").and_then(OrgId::parse))?;
    console
        .app
        .place_hold(&actor, Some(customer.as_str()), fields.get("reason"), &Guard::default())
        .await?;
    Ok(see("/vendor/removals?done=held"))
}

pub(crate) async fn lift_hold(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(hold): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let hold = known(HoldId::parse(&hold))?;
    console
        .app
        .lift_hold(&actor, &hold, &seen(fields.number("version")))
        .await?;
    Ok(see("/vendor/removals?done=lifted"))
}
