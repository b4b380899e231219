//! CONV-1: a tier 2 partner's conversion goes to its distributor: who that is, what it sees, and since when it has it.

use crate::{
    Console,
    part::Faults,
    screen::{dry, form, mended, trial::Seen},
    template::View,
    web::{Failure, Signed, see},
    words::Words,
};
use app::{Actor, Error, Guard, order::PlaceOrder};
use axum::response::Response;
use domain::{
    organization::Partner,
    refusal::{Code, Refusal},
};
use serde::Serialize;

/// The values of `orders/hand.html`.
#[derive(Serialize)]
pub(crate) struct HandPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    pub(crate) distributor: Option<String>,
    pub(crate) facts: Vec<(String, String)>,
    /// Until when it can be converted.
    pub(crate) until: Option<String>,
    /// Since when the distributor has it.
    pub(crate) since: Option<String>,
}

impl View for HandPage {
    const TEMPLATE: &'static str = "orders/hand.html";
}

/// Whether somebody's company buys from a distributor.
pub(crate) fn concerns(actor: &Actor) -> bool {
    actor.organization.partner().is_some_and(Partner::is_tier_2)
}

pub(super) async fn shown(
    console: &Console,
    signed: &Signed,
    seen: &Seen,
    faults: Faults,
) -> Result<Response, Failure> {
    let handed = seen.view.trial.handed_over.as_ref();
    let wish = PlaceOrder {
        trial: Some(seen.id.clone()),
        ..PlaceOrder::default()
    };
    // Who it is, without handing anything over.
    let told = match console.app.place_order(&signed.actor, &wish, &dry()).await {
        Err(Error::Refused(refusal)) if refusal.code == Code::DistributorRequired => refusal,
        Err(error) => {
            let refusal = mended(error)?;
            let page = of(
                &signed.words,
                seen,
                &refusal,
                None,
                Faults::of(signed.words.language, &refusal),
            );
            return form(console, signed, signed.words.say("hand-title"), &page.faults, &page);
        }
        Ok(_) => return Ok(see(&format!("/partner/trials/{}", seen.id))),
    };
    let since = handed.map(|handed| signed.words.moment(handed.at));
    let page = of(&signed.words, seen, &told, since, faults);
    form(console, signed, signed.words.say("hand-title"), &page.faults, &page)
}

pub(crate) fn of(words: &Words, seen: &Seen, told: &Refusal, since: Option<String>, faults: Faults) -> HandPage {
    let said = |name: &str| {
        let value = told.extra.get("distributor")?.get(name)?.as_str()?;
        Some(i18n::tame(value)).filter(|value| !value.is_empty())
    };
    let names = words.list(&words.services(&seen.view.trial.service_ids(), &seen.program));
    let mut facts = vec![(words.say("hand-what"), names)];
    facts.extend(said("name").map(|name| (words.say("hand-distributor"), name)));
    facts.extend(said("contact").map(|contact| (words.say("hand-contact"), contact)));
    let until = seen.view.grace_ends_on.map(|day| words.date(day, &seen.zone));
    HandPage {
        id: seen.id.0.clone(),
        customer: words.customer(&seen.view.customer_name),
        faults,
        distributor: said("name"),
        facts,
        until: until.map(|day| words.t("hand-until", &[("date", day.into())])),
        since,
    }
}

/// The very call that is refused hands it over.
pub(super) async fn hand(console: &Console, signed: &Signed, seen: &Seen) -> Result<Response, Failure> {
    let wish = PlaceOrder {
        trial: Some(seen.id.clone()),
        ..PlaceOrder::default()
    };
    let there = format!("/partner/trials/{}/convert", seen.id);
    match console.app.place_order(&signed.actor, &wish, &Guard::default()).await {
        Err(Error::Refused(refusal)) if refusal.code == Code::DistributorRequired => {
            Ok(see(&format!("{there}?done=handed-over")))
        }
        Err(error) => {
            let refusal = mended(error)?;
            shown(console, signed, seen, Faults::of(signed.words.language, &refusal)).await
        }
        Ok(_) => Ok(see(&there)),
    }
}
