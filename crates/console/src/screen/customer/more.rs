//! What else can be done with a customer: going in, handing it to a colleague, asking for access, taking its data away.

use crate::{
    Console,
    part::Faults,
    screen::{
        access::{Asked, asked},
        id as known, may, seen,
        team::called,
        trial::Bounced,
    },
    web::{Failure, Form, Signed, see},
};
use app::{
    Actor, PageRequest,
    customer::{CustomerPatch, CustomerView},
    people::{PeopleFilter, PersonView},
    policy::{self, Action, Tie},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::ids::OrgId;
use serde::Serialize;

/// What is offered beside the customer itself.
#[derive(Default, Serialize)]
pub(crate) struct More {
    /// ORG-8.
    pub(crate) enter: bool,
    /// USE-1.
    pub(crate) usage: bool,
    /// AUD-1.
    pub(crate) record: bool,
    pub(crate) export: bool,
    /// SETUP-3.
    pub(crate) users: bool,
    /// SETUP-1.
    pub(crate) setup: bool,
    /// ORG-11.
    pub(crate) moves: bool,
    /// ORG-3: who looks after the customer, by name.
    pub(crate) assigned: String,
    /// Who could: value, name, chosen.
    pub(crate) choices: Vec<(String, String, bool)>,
    pub(crate) help: Option<Help>,
    /// NOTE-4: whom no email reaches, and the trial where that is mended.
    pub(crate) bounced: Option<(Bounced, String)>,
}

/// ORG-3: the help desk's way in.
#[derive(Serialize)]
pub(crate) struct Help {
    pub(crate) faults: Faults,
    pub(crate) reason: String,
    /// What became of the last request.
    pub(crate) last: Option<Asked>,
    /// Whether another can be made.
    pub(crate) may_ask: bool,
}

/// So many are read at most.
const MOST: usize = 200;

fn first() -> PageRequest {
    PageRequest {
        after: None,
        limit: MOST,
    }
}

/// Whether a partner's person may do it with this customer, which that person sees.
fn may_here(console: &Console, actor: &Actor, action: Action, view: &CustomerView) -> bool {
    let tie = Tie {
        customer: &view.id,
        partner: actor.is_partner().then(|| actor.org()),
        level: view.level,
        looks_after: true,
        granted: false,
    };
    policy::authorize(actor, action, &tie, console.app.clock.now()).is_ok()
}

pub(super) async fn more(
    console: &Console,
    signed: &Signed,
    view: &CustomerView,
    faults: Faults,
    reason: &str,
) -> Result<More, Failure> {
    let Signed { actor, words, .. } = signed;
    let colleagues = console.app.colleagues(actor, &view.assigned).await?;
    let names: Vec<String> = colleagues.iter().map(crate::frame::called).collect();
    let mut more = More {
        assigned: words.list(&names),
        ..More::default()
    };
    // CONS-4: nothing but the request before the customer has agreed.
    if view.level.is_none() || !actor.is_partner() {
        return Ok(more);
    }
    more.bounced = bounced(console, signed, view).await?;
    let here = |action| may_here(console, actor, action, view);
    more.enter = console.app.may_act_for(actor, &view.id).await?;
    more.usage = here(Action::ReadUsage);
    more.record = here(Action::ReadRecord);
    more.export = here(Action::ExportCustomer);
    more.users = here(Action::ReadUsers);
    more.setup = here(Action::ReadSetup);
    more.moves = here(Action::DecideHandover);
    if here(Action::AssignCustomer) && may(console, actor, Action::ReadPeople) {
        more.choices = choices(console, actor, view).await?;
    }
    if here(Action::RequestAccess) {
        more.help = Some(help(console, signed, view, faults, reason).await?);
    }
    Ok(more)
}

async fn bounced(
    console: &Console,
    signed: &Signed,
    view: &CustomerView,
) -> Result<Option<(Bounced, String)>, Failure> {
    let Signed { actor, words, .. } = signed;
    let sells = actor.person.roles.iter().any(|role| role.is_sales());
    let mut theirs = None;
    for trial in view.trials.iter().filter(|one| one.status().is_open()) {
        let Some(found) = console.app.unreached_administrator(actor, &trial.id).await? else {
            continue;
        };
        let said = Bounced::of(words, &found, sells);
        let url = format!("/partner/trials/{}#correct", trial.id);
        match found.ours.is_some() {
            true => return Ok(Some((said, url))),
            false => theirs = theirs.or(Some((said, url))),
        }
    }
    Ok(theirs)
}

/// Colleagues with a sales role, and who looks after the customer already.
async fn choices(
    console: &Console,
    actor: &Actor,
    view: &CustomerView,
) -> Result<Vec<(String, String, bool)>, Failure> {
    let found = console.app.people(actor, &PeopleFilter::default(), &first()).await?;
    let sells = |one: &PersonView| one.roles.iter().any(|role| role.is_sales()) && !one.service_account;
    let chosen = |one: &PersonView| one.id.as_ref().is_some_and(|id| view.assigned.contains(id));
    let fits = |one: &&PersonView| sells(one) && (one.status != "disabled" || chosen(one));
    Ok(found
        .items
        .iter()
        .filter(fits)
        .filter_map(|one| Some((one.id.as_ref()?.0.clone(), called(one), chosen(one))))
        .collect())
}

async fn help(
    console: &Console,
    signed: &Signed,
    view: &CustomerView,
    faults: Faults,
    reason: &str,
) -> Result<Help, Failure> {
    let Signed { actor, words, .. } = signed;
    let found = console.app.access_requests(actor, &first()).await?;
    let mine = found
        .items
        .iter()
        .find(|one| one.customer.0 == view.id && one.person.0 == *actor.id());
    let open = mine.is_some_and(|one| ["pending", "accepted"].contains(&one.status.as_str()));
    Ok(Help {
        faults,
        reason: reason.to_owned(),
        last: mine.map(|one| asked(words, one, console.app.clock.now(), "wait-customer")),
        may_ask: !open,
    })
}

/// ORG-3: reversible, so it is done at once.
pub(crate) async fn assign(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(customer): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(OrgId::parse(&customer))?;
    let patch = CustomerPatch {
        tags: None,
        assigned: Some(fields.all("assigned")),
    };
    let guard = seen(fields.number("version"));
    console.app.patch_customer(&actor, &id, &patch, &guard).await?;
    Ok(see(&format!("/partner/customers/{id}?done=assigned")))
}
