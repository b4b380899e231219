//! EXP-9: what goes at the end of a trial, and what stays: the dated list, for the partner and for the customer itself.

pub(crate) mod next;

use crate::{
    Console,
    frame::page,
    screen::trial::{Seen, seen},
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{policy::Action, trial::Removal};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{OrderId, OrgId},
    time::{civil_day, plus_days},
    trial::Status,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// What goes, dated, and what stays: a part of several pages.
#[derive(Serialize)]
pub(crate) struct Going {
    /// By when something has to be done.
    pub(crate) lead: String,
    /// When, and what all.
    pub(crate) consequences: Vec<(String, Vec<String>)>,
    /// Service, and why it stays.
    pub(crate) stays: Vec<(String, String)>,
    /// EXP-9: since when it is held back.
    pub(crate) held: Option<String>,
    /// CONV-7: until when an order keeps it.
    pub(crate) ordered: Option<String>,
    /// Where everything can be taken away.
    pub(crate) export: Option<String>,
}

/// The values of `removal/trial.html`.
#[derive(Serialize)]
pub(crate) struct RemovalPage {
    pub(crate) customer: String,
    pub(crate) going: Option<Going>,
    /// Where one can keep it: extend or buy.
    pub(crate) keep: Option<(String, String)>,
    pub(crate) back: String,
}

impl View for RemovalPage {
    const TEMPLATE: &'static str = "removal/trial.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let seen = seen(&console, &actor, &id).await?;
    let removal = console.app.removal(&actor, &seen.id).await?;
    let running = matches!(seen.view.trial.status(), Status::Active | Status::Expired);
    let manages = running && super::may(&console, &actor, Action::ManageTrial);
    let export = export(&actor, &removal);
    let view = RemovalPage {
        customer: words.customer(&seen.view.customer_name),
        going: going(&words, &seen, &removal, export),
        keep: manages.then(|| (words.say("trial-extend"), format!("/partner/trials/{}/extend", seen.id))),
        back: format!("/partner/trials/{}", seen.id),
    };
    page(&console, &visitor, words.say("ending-title"), &view)
}

pub(crate) async fn show_control(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    if !actor.is_customer() {
        return Err(Failure::not_found());
    }
    let seen = seen(&console, &actor, &id).await?;
    let removal = console.app.removal(&actor, &seen.id).await?;
    let export = export(&actor, &removal);
    let running = matches!(seen.view.trial.status(), Status::Active | Status::Expired);
    let view = RemovalPage {
        customer: words.customer(&seen.view.customer_name),
        going: going(&words, &seen, &removal, export),
        keep: running.then(|| (words.say("ending-buy"), "/control/subscriptions#purchase".to_owned())),
        back: "/control/subscriptions".to_owned(),
    };
    page(&console, &visitor, words.say("ending-title"), &view)
}

/// Where this person can take everything away; none for those who may not.
pub(crate) fn export(actor: &app::Actor, removal: &Removal) -> Option<String> {
    let path = |customer: &OrgId| match actor.is_customer() {
        true => "/control/export".to_owned(),
        false => format!("/partner/customers/{customer}/export"),
    };
    removal.export.as_ref().map(path)
}

/// None where nothing is planned any more, or not yet.
pub(crate) fn going(words: &Words, seen: &Seen, removal: &Removal, export: Option<String>) -> Option<Going> {
    let at = removal
        .at
        .filter(|_| removal.state != "done" && removal.state != "skipped")?;
    // The last day on which it is still there.
    let last = words.date(plus_days(civil_day(at, &seen.zone), -1), &seen.zone);
    let lead = match removal.organization_closes {
        true => "ending-lead-closes",
        false => "ending-lead-stays",
    };
    let why = |why: &str| {
        words.say(if why == "bought" {
            "ending-bought"
        } else {
            "ending-other-trial"
        })
    };
    let stays = removal.stays.iter();
    Some(Going {
        lead: words.t(lead, &[("date", last.into())]),
        consequences: consequences(words, seen, removal, &end(words, seen, at)),
        stays: stays
            .map(|one| (words.service(&one.id, &seen.program), why(one.why)))
            .collect(),
        held: (!removal.holds.is_empty() || removal.state == "held").then(|| words.say("ending-held")),
        ordered: ordered(words, removal.held_by_order.as_ref()),
        export,
    })
}

/// CONV-7: an order keeps it until it is set up or closed.
fn ordered(words: &Words, order: Option<&(OrderId, Date)>) -> Option<String> {
    order.map(|(_, day)| words.t("ending-ordered", &[("date", words.medium(*day).into())]))
}

/// The end of the day before: as the timeline has it.
fn end(words: &Words, seen: &Seen, at: Timestamp) -> String {
    let last = words.date(plus_days(civil_day(at, &seen.zone), -1), &seen.zone);
    words.t("timeline-end-of", &[("date", last.into())])
}

fn consequences(words: &Words, seen: &Seen, removal: &Removal, at: &str) -> Vec<(String, Vec<String>)> {
    let day = |at| words.date(civil_day(at, &seen.zone), &seen.zone);
    let names = words.list(&words.services(&seen.view.trial.service_ids(), &seen.program));
    let mut list = vec![(
        at.to_owned(),
        vec![words.t("ending-services", &[("services", names.into())])],
    )];
    let mut add = |when: &str, text: String| match list.last_mut() {
        Some((last, texts)) if last == when => texts.push(text),
        _ => list.push((when.to_owned(), vec![text])),
    };
    if removal.organization_closes {
        add(at, words.t("ending-users", &[("users", removal.users.into())]));
        add(
            at,
            words.t("ending-administrators", &[("count", removal.administrators.into())]),
        );
    }
    for service in removal.services.iter().filter(|service| service.assigned > 0) {
        let name = words.service(&service.id, &seen.program);
        let (count, total) = (service.assigned, service.quantity);
        let counts = [
            ("service", name.into()),
            ("count", count.into()),
            ("total", total.into()),
        ];
        add(at, words.t("ending-licences", &counts));
    }
    if let Some(site) = &removal.site {
        add(at, words.t("ending-site", &[("site", site.into())]));
    }
    if removal.calling.locations + removal.calling.numbers > 0 {
        let counts = [
            ("locations", removal.calling.locations.into()),
            ("numbers", removal.calling.numbers.into()),
        ];
        add(at, words.t("ending-calling", &counts));
    }
    if let Some((when, users)) = removal.told {
        add(&day(when), words.t("ending-told", &[("users", users.into())]));
        if removal.organization_closes {
            add(&day(when), words.say("ending-erased"));
        }
    }
    if let Some(when) = removal.numbers_released_at {
        add(&end(words, seen, when), words.say("ending-numbers"));
    }
    list
}
