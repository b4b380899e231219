//! The customer's subscriptions: what is tried and bought of each service, and whom to ask for more.

use super::{
    control::{chip, ordered, trials},
    if_seen,
    removal::{Going, export, going},
    trial::seen,
};
use crate::{
    Console,
    frame::page,
    part::Chip,
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{customer::CustomerView, policy::Action, user::Licensed, view::TrialView};
use axum::{extract::State, response::Response};
use domain::{
    organization::Purchase,
    program::Program,
    trial::{Status, TrialService},
};
use jiff::tz::TimeZone;
use serde::Serialize;

/// The values of `subscriptions.html`.
#[derive(Serialize)]
pub(crate) struct Subscriptions {
    pub(crate) tried: Vec<Line>,
    pub(crate) purchased: Vec<Bought>,
    /// Whom to ask: the company, and who looks after it there.
    pub(crate) partners: Vec<(String, Option<String>)>,
    /// Where nothing is tried: who manages what was bought.
    pub(crate) managers: Option<String>,
    /// Orders that wait: of whom, for whom, until when.
    pub(crate) ordered: Vec<String>,
    /// CONV-8: whether this person can say that the company would like to buy.
    pub(crate) may_purchase: bool,
    /// Whom that told last, and when.
    pub(crate) told: Vec<String>,
    /// In grace: what goes, and when.
    pub(crate) grace: Option<String>,
    /// EXP-9: what goes of each trial in grace, by its partner.
    pub(crate) ends: Vec<(String, Going)>,
}

/// A service that was bought.
#[derive(Serialize)]
pub(crate) struct Bought {
    pub(crate) name: String,
    /// Licences in use, of how many; how many alone where this person may not know.
    pub(crate) licences: String,
    pub(crate) since: String,
    /// Who manages it.
    pub(crate) partner: Option<String>,
}

/// A service on trial.
#[derive(Serialize)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) chip: Option<Chip>,
    pub(crate) licences: String,
    pub(crate) ends: String,
    pub(crate) partner: String,
}

impl View for Subscriptions {
    const TEMPLATE: &'static str = "subscriptions.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    let (program, all) = (console.app.program()?, trials(&console, &actor).await?);
    let customer = if_seen(console.app.customer(&actor, actor.org()).await)?;
    let licensed = if_seen(console.app.licenses(&actor, actor.org()).await)?.unwrap_or_default();
    let mut view = of(&words, &all, customer.as_ref(), &licensed, &program);
    for (partner, contact) in &mut view.partners {
        let of = |view: &&TrialView| view.trial.status().is_open() && i18n::tame(&view.partner_name) == *partner;
        if let Some(trial) = all.iter().find(of)
            && let Some((name, email)) = console.app.looked_after_by(&trial.trial).await?
        {
            *contact = Some(called(&words, &name, &email));
        }
    }
    for waits in &all {
        let zone = TimeZone::get(&waits.trial.zone).unwrap_or(TimeZone::UTC);
        let order = console.app.waiting_order(&waits.trial).await?;
        view.ordered.extend(order.map(|order| ordered(&words, &order, &zone)));
    }
    view.may_purchase = all.iter().any(can_be_wanted) && super::may(&console, &actor, Action::WantPurchase);
    for expired in all.iter().filter(|view| view.trial.status() == Status::Expired) {
        let Some(id) = &expired.id else { continue };
        let (seen, removal) = (
            seen(&console, &actor, id.as_str()).await?,
            console.app.removal(&actor, id).await?,
        );
        let export = export(&actor, &removal);
        let going = going(&words, &seen, &removal, export);
        view.ends
            .extend(going.map(|going| (i18n::tame(&expired.partner_name), going)));
    }
    page(&console, &visitor, words.say("subscriptions-title"), &view)
}

pub(crate) fn of(
    words: &Words,
    all: &[TrialView],
    customer: Option<&CustomerView>,
    licensed: &[Licensed],
    program: &Program,
) -> Subscriptions {
    let shown = |view: &&TrialView| view.trial.status().is_open() && view.trial.status() != Status::PendingConsent;
    let open: Vec<&TrialView> = all.iter().filter(shown).collect();
    let mut partners: Vec<(String, Option<String>)> =
        open.iter().map(|view| (i18n::tame(&view.partner_name), None)).collect();
    partners.sort();
    partners.dedup();
    let expired = open.iter().filter(|view| view.trial.status() == Status::Expired);
    let grace = expired.filter_map(|view| view.grace_ends_on).min();
    let bought = customer.map(|view| view.purchased.as_slice()).unwrap_or_default();
    Subscriptions {
        tried: open.iter().flat_map(|view| lines(words, view, program)).collect(),
        purchased: bought
            .iter()
            .map(|one| purchased(words, one, customer, licensed, program))
            .collect(),
        may_purchase: false,
        told: open.iter().filter_map(|view| told(words, view)).collect(),
        managers: managers(words, customer).filter(|_| partners.is_empty()),
        partners,
        ordered: Vec::new(),
        grace: grace.map(|day| {
            let date = i18n::date(words.language, day);
            words.t("subscriptions-grace", &[("date", date.into())])
        }),
        ends: Vec::new(),
    }
}

/// `Ada Lovelace, ada@studio.example`; the address of whoever has no name yet.
fn called(words: &Words, name: &str, email: &str) -> String {
    let (name, email) = (i18n::tame(name), i18n::tame(email));
    match name.is_empty() {
        true => email,
        false => words.t("purchase-contact", &[("name", name.into()), ("email", email.into())]),
    }
}

/// CONV-8: whether there is something that nobody has ordered yet.
pub(super) fn can_be_wanted(view: &TrialView) -> bool {
    matches!(view.trial.status(), Status::Active | Status::Expired) && view.trial.open_order().is_none()
}

/// Who manages what was bought.
pub(super) fn managers(words: &Words, customer: Option<&CustomerView>) -> Option<String> {
    let view = customer?;
    let partners = view.purchased.iter().filter_map(|one| one.partner.as_ref());
    let mut names: Vec<String> = partners.filter_map(|id| view.manager(id)).map(i18n::tame).collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then(|| words.list(&names))
}

/// Whom 'Purchase' told, and when.
fn told(words: &Words, view: &TrialView) -> Option<String> {
    let date = i18n::date(words.language, view.trial.purchase_wanted_on?);
    let partner = i18n::tame(&view.partner_name);
    Some(words.t("purchase-told", &[("partner", partner.into()), ("date", date.into())]))
}

fn purchased(
    words: &Words,
    one: &Purchase,
    customer: Option<&CustomerView>,
    licensed: &[Licensed],
    program: &Program,
) -> Bought {
    // A service has as many licences as were bought of it and are on trial.
    let known = licensed.iter().find(|line| line.service == one.service);
    let licences = match known {
        Some(line) => {
            let counts = [("assigned", line.assigned.into()), ("quantity", line.quantity.into())];
            words.t("purchase-used", &counts)
        }
        None => words.t("licences", &[("count", one.quantity.into())]),
    };
    let partner = customer
        .zip(one.partner.as_ref())
        .and_then(|(view, id)| view.manager(id));
    Bought {
        name: words.service(&one.service, program),
        licences,
        since: words.medium(one.since),
        partner: partner.map(|name| words.t("customer-managed-by", &[("partner", i18n::tame(name).into())])),
    }
}

fn lines(words: &Words, view: &TrialView, program: &Program) -> Vec<Line> {
    let ends = view
        .trial
        .term()
        .map(|term| words.medium(term.ends_on))
        .unwrap_or_default();
    let line = |service: &TrialService| Line {
        name: words.service(&service.id, program),
        chip: chip(words, view, service),
        licences: words.number(service.quantity),
        ends: ends.clone(),
        partner: i18n::tame(&view.partner_name),
    };
    view.trial.services.iter().map(line).collect()
}
