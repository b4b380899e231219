//! One customer as its partner sees it: trials, bought services, access, tags.

mod beside;
mod more;

pub(crate) use more::{Help, More, assign};

use crate::{
    Console,
    frame::page,
    part::{Chip, Faults, chip, making},
    screen::{
        devices::Brief,
        order::list,
        trial::{self, Can, May},
    },
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{
    Guard, PageRequest,
    customer::{CustomerPatch, CustomerView},
    trial::TrialFilter,
    view::TrialView,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, organization::AccessLevel, person::Role, program::Program, trial::Status};
use jiff::Timestamp;
use serde::Serialize;
use store::region::trial::TrialSort;

/// The values of `customer.html`.
#[derive(Serialize)]
pub(crate) struct CustomerPage {
    id: String,
    name: String,
    chip: Chip,
    /// Label and value.
    facts: Vec<(String, String)>,
    pub(crate) trials: Vec<TrialCard>,
    /// Orders that were not placed from one of its trials.
    pub(crate) orders: Vec<list::Line>,
    /// Service, licences, since when, and who manages it (START-7).
    purchased: Vec<(String, String, String, Option<String>)>,
    /// CONV-8: what the customer would like to buy: since when, and where to order it.
    wanted: Vec<(String, String)>,
    tags: String,
    version: i64,
    may_manage: bool,
    /// CONS-4: only asked so far.
    pending: bool,
    pub(crate) more: More,
}

#[derive(Serialize)]
pub(crate) struct TrialCard {
    url: String,
    services: String,
    chip: Chip,
    days: String,
    /// EXT, EDIT, CONV, CANC: what can be done with it from here.
    can: Can,
    /// CONV-3: who administers it, by name and address.
    pub(crate) administrator: Option<String>,
    /// DEV-5.
    pub(crate) loans: Vec<Brief>,
    /// CONV.
    pub(crate) orders: Vec<list::Line>,
}

impl View for CustomerPage {
    const TEMPLATE: &'static str = "customer.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &customer, Faults::default(), "").await
}

/// The page; with what is wrong with a help desk's request, and its reason as it was.
pub(crate) async fn shown(
    console: &Console,
    signed: &Signed,
    customer: &str,
    faults: Faults,
    reason: &str,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let id = super::id(OrgId::parse(customer))?;
    let view = console.app.customer(actor, &id).await?;
    let failed = faults.clone();
    let more = more::more(console, signed, &view, faults, reason).await?;
    let filter = TrialFilter {
        statuses: Vec::new(),
        customer: Some(id),
        service: None,
        region: None,
        ends_before: None,
        q: None,
        sort: TrialSort::CreatedAt,
        descending: true,
    };
    let request = PageRequest {
        after: None,
        limit: 100,
    };
    let trials = console.app.trials(actor, &filter, &request).await?;
    let sales = [Role::SalesAdministrator, Role::SalesFullAdministrator]
        .iter()
        .any(|role| actor.has(*role));
    let program = console.app.program()?;
    let may_manage = sales && actor.is_partner();
    let may = May::of(console, actor);
    let mut page = of(
        words,
        &view,
        &trials.items,
        &program,
        console.app.clock.now(),
        (may_manage, may),
    );
    page.more = more;
    beside::add(console, signed, &view, &trials.items, &mut page).await?;
    super::form(console, signed, i18n::tame(&view.name), &failed, &page)
}

pub(super) fn of(
    words: &Words,
    view: &CustomerView,
    trials: &[TrialView],
    program: &Program,
    now: Timestamp,
    (may_manage, may): (bool, May),
) -> CustomerPage {
    let asked = |trial: &TrialView| {
        matches!(
            trial.trial.status(),
            Status::PendingConsent | Status::PendingProvisioningDetails
        )
    };
    let card = |trial: &TrialView| TrialCard {
        url: trial
            .id
            .as_ref()
            .map(|id| format!("/partner/trials/{id}"))
            .unwrap_or_default(),
        services: words.list(&words.services(&trial.trial.service_ids(), program)),
        chip: chip::of_trial(words, trial, now),
        days: days(words, trial),
        can: trial::can(&trial.trial, may),
        administrator: None,
        loans: Vec::new(),
        orders: Vec::new(),
    };
    let bought = |purchase: &domain::organization::Purchase| {
        let quantity = words.t("licences", &[("count", purchase.quantity.into())]);
        (
            words.service(&purchase.service, program),
            quantity,
            words.medium(purchase.since),
            purchase
                .partner
                .as_ref()
                .and_then(|id| view.manager(id))
                .map(i18n::tame),
        )
    };
    CustomerPage {
        id: view.id.0.clone(),
        name: i18n::tame(&view.name),
        chip: chip::of_customer(words, view, program, now),
        facts: facts(words, view, program),
        trials: trials.iter().map(card).collect(),
        orders: Vec::new(),
        purchased: view.purchased.iter().map(bought).collect(),
        wanted: trials.iter().filter_map(|trial| wanted(words, trial)).collect(),
        tags: view.tags.join(", "),
        version: view.version,
        may_manage,
        pending: view.level.is_none() && trials.iter().any(asked),
        more: More::default(),
    }
}

/// CONV-8: until it is ordered, or the trial is over.
fn wanted(words: &Words, trial: &TrialView) -> Option<(String, String)> {
    let day = trial.trial.purchase_wanted_on?;
    let open = matches!(trial.trial.status(), Status::Active | Status::Expired);
    if !open || trial.trial.open_order().is_some() {
        return None;
    }
    let values = [
        ("customer", words.customer(&trial.customer_name).into()),
        ("date", i18n::date(words.language, day).into()),
    ];
    let url = format!("/partner/trials/{}/convert", trial.id.as_ref()?);
    Some((words.t("purchase-wanted", &values), url))
}

/// From when to when it runs, or since when it is asked for.
fn days(words: &Words, trial: &TrialView) -> String {
    match trial.trial.term() {
        Some(term) => words.t(
            "trial-days",
            &[
                ("from", words.medium(term.starts_on).into()),
                ("to", words.medium(term.ends_on).into()),
            ],
        ),
        None => words.t(
            "trial-asked-on",
            &[("date", words.medium(words.today(trial.trial.created_at)).into())],
        ),
    }
}

fn facts(words: &Words, view: &CustomerView, program: &Program) -> Vec<(String, String)> {
    let mut facts = vec![(
        words.say("label-country-short"),
        words.country(&view.country, Some(program)),
    )];
    if let Some(region) = &view.region {
        facts.push((words.say("label-region"), words.region(region, program)));
    }
    if let Some(vertical) = view
        .vertical
        .as_ref()
        .and_then(|id| program.verticals.iter().find(|vertical| vertical.id == *id))
    {
        facts.push((words.say("label-vertical"), words.pick(&vertical.name)));
    }
    if let Some(zone) = &view.time_zone {
        facts.push((words.say("label-zone"), words.zone_name(zone)));
    }
    if let Some(level) = view.level {
        // DEV-9: what a look-up asks for.
        facts.push((words.say("lookup-org"), view.id.0.clone()));
        facts.push((words.say("label-access"), words.say(access(level))));
    }
    if let Some(standing) = view.provisioning {
        facts.push((words.say("making-title"), words.say(making::standing(standing))));
    }
    facts
}

pub(super) fn access(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::FullAdministrator => "access-full",
        AccessLevel::ProvisioningAdministrator => "access-provisioning",
    }
}

/// ORG-10: reversible, so it is done at once.
pub(crate) async fn tags(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(customer): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = super::id(OrgId::parse(&customer))?;
    let given = fields.get("tags").unwrap_or_default();
    let tags = given
        .split([',', '，', '、'])
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect();
    let patch = CustomerPatch {
        tags: Some(tags),
        assigned: None,
    };
    console
        .app
        .patch_customer(&actor, &id, &patch, &super::seen(fields.number("version")))
        .await?;
    Ok(see(&format!("/partner/customers/{id}?done=edited")))
}

/// The values of `customer-remove.html`.
#[derive(Serialize)]
pub(crate) struct Remove {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl View for Remove {
    const TEMPLATE: &'static str = "customer-remove.html";
}

pub(crate) async fn ask_remove(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    let id = super::id(OrgId::parse(&customer))?;
    let view = console.app.customer(&actor, &id).await?;
    page(
        &console,
        &visitor,
        words.say("remove-title"),
        &Remove {
            id: id.0,
            name: i18n::tame(&view.name),
        },
    )
}

/// CONS-4.
pub(crate) async fn remove(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(customer): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let id = super::id(OrgId::parse(&customer))?;
    console.app.remove_customer(&actor, &id, &Guard::default()).await?;
    Ok(see("/partner/customers?done=cancelled"))
}
