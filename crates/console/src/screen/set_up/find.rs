//! CONV-4, 5: the trial behind an address, or what looks like it; what changes, and a box for each loss.

use super::{Head, email, opened, who};
use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{
        dry, form, mended,
        order::difference::{DifferencePart, Loss, losses},
    },
    template::View,
    web::{Failure, Fields, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, Guard,
    order::{Candidate, CustomerCard, OrderView, SetUp, SetUpView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::TrialId,
    likeness::Likeness,
    order::{ContactRole, Difference},
    program::Program,
    refusal::{Code, Refusal},
};
use serde::Serialize;

/// The values of `set-up/verify.html`.
#[derive(Serialize)]
pub(crate) struct VerifyPage {
    pub(crate) head: Head,
    pub(crate) faults: Faults,
    pub(crate) role: String,
    pub(crate) email: String,
    /// One of several trials with that administrator.
    pub(crate) trial: String,
    pub(crate) customer: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) difference: DifferencePart,
    pub(crate) losses: Vec<Loss>,
    /// CONV-5: what a yes to the losses says that it saw.
    pub(crate) seen: String,
}

impl View for VerifyPage {
    const TEMPLATE: &'static str = "set-up/verify.html";
}

/// The values of `set-up/candidates.html`.
#[derive(Serialize)]
pub(crate) struct CandidatesPage {
    pub(crate) head: Head,
    pub(crate) role: String,
    pub(crate) email: String,
    pub(crate) candidates: Vec<Pick>,
    /// Regions in which nobody could look.
    pub(crate) unlooked: Option<String>,
    /// A new organization is a choice of its own; not for an order that names its trial.
    pub(crate) may_create: bool,
}

/// A trial that looks alike.
#[derive(Serialize)]
pub(crate) struct Pick {
    trial: String,
    name: String,
    about: String,
    /// The address is this trial's; there are several with it.
    exact: bool,
}

impl View for CandidatesPage {
    const TEMPLATE: &'static str = "set-up/candidates.html";
}

/// What was said so far.
struct Said {
    role: ContactRole,
    email: String,
    trial: Option<TrialId>,
}

impl Said {
    fn wish(&self) -> SetUp {
        SetUp {
            role: Some(self.role),
            trial_admin_email: Some(self.email.clone()),
            trial: self.trial.clone(),
            customer_confirmed: true,
            ..SetUp::default()
        }
    }
}

pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let order = match opened(&console, &signed, &id).await? {
        Ok(order) => order,
        Err(answer) => return Ok(answer),
    };
    let Some(role) = fields.get("as").and_then(ContactRole::parse) else {
        return Ok(see(&format!("/orders/{}/set-up", order.order.id)));
    };
    let mut said = Said {
        role,
        email: fields.owned("trial_admin_email").unwrap_or_default(),
        trial: fields.get("trial").and_then(TrialId::parse),
    };
    match fields.get("act") {
        Some("again") => email(&console, &signed, &order, role, "", Faults::default()),
        Some("confirm") => confirm(&console, &signed, &order, &said, &fields).await,
        Some("choose") if fields.has("known") => {
            // Only an address decides: the one of a trial that this person may read is filled in.
            if let Some(known) = administrator(&console, &signed.actor, said.trial.as_ref()).await {
                said.email = known;
            }
            find(&console, &signed, &order, &said, Faults::default()).await
        }
        _ => find(&console, &signed, &order, &said, Faults::default()).await,
    }
}

/// The address of a trial's administrator, for those who read the customer's people.
async fn administrator(console: &Console, actor: &Actor, trial: Option<&TrialId>) -> Option<String> {
    let view = console.app.trial(actor, trial?).await.ok()?;
    let trial = &view.trial;
    let user = console
        .app
        .user(actor, &trial.customer, &trial.administrator)
        .await
        .ok()?;
    Some(user.person.email)
}

/// What the address means: the trial with what changes, or what looks like it.
async fn find(
    console: &Console,
    signed: &Signed,
    order: &OrderView,
    said: &Said,
    faults: Faults,
) -> Result<Response, Failure> {
    let id = &order.order.id;
    let found = match console.app.set_up_order(&signed.actor, id, &said.wish(), &dry()).await {
        Ok(found) => found,
        Err(error) => return refused(console, signed, order, said, error),
    };
    let program = console.app.program()?;
    if let Some(page) = verify(&signed.words, &found, said, &program, faults) {
        return form(console, signed, signed.words.say("set-up-verify"), &page.faults, &page);
    }
    let shown = CandidatesPage {
        head: Head::of(&signed.words, order, &program, 2),
        role: said.role.as_str().to_owned(),
        email: i18n::tame(&said.email),
        candidates: found
            .candidates
            .iter()
            .map(|one| pick(&signed.words, one, &program))
            .collect(),
        unlooked: unlooked(&signed.words, &found.unavailable_regions, &program),
        may_create: order.order.trial.is_none(),
    };
    page(console, &signed.visitor, signed.words.say("set-up-no-match"), &shown)
}

/// CONV-4: that what was meant may lie where nobody could look.
pub(crate) fn unlooked(words: &Words, regions: &[String], program: &Program) -> Option<String> {
    let names: Vec<String> = regions.iter().map(|id| words.region(id, program)).collect();
    (!names.is_empty()).then(|| words.t("set-up-unlooked", &[("regions", words.list(&names).into())]))
}

/// What is wrong with the first two answers is said where they are given.
fn refused(
    console: &Console,
    signed: &Signed,
    order: &OrderView,
    said: &Said,
    error: Error,
) -> Result<Response, Failure> {
    let refusal = mended(error)?;
    let faults = Faults::of(signed.words.language, &refusal);
    if faults.first() == Some("as") {
        return who(console, signed, order, Some(said.role), faults);
    }
    email(console, signed, order, said.role, &said.email, faults)
}

pub(crate) fn pick(words: &Words, one: &Candidate, program: &Program) -> Pick {
    let country = words.country(&one.country, Some(program));
    let id = format!("candidate-{}", one.reason.as_str().replace('_', "-"));
    Pick {
        trial: one.trial.0.clone(),
        name: i18n::tame(&one.customer_name),
        about: words.t(&id, &[("country", country.into())]),
        exact: one.reason == Likeness::SameAdministrator,
    }
}

fn verify(words: &Words, found: &SetUpView, said: &Said, program: &Program, faults: Faults) -> Option<VerifyPage> {
    let (card, difference) = (found.customer.as_ref()?, found.difference.as_ref()?);
    let answers = (said.role.as_str(), said.email.as_str(), said.trial.as_ref());
    let page = verified(words, &found.order, (card, difference), answers, program, faults);
    let seen = found.seen.clone().unwrap_or_default();
    Some(VerifyPage { seen, ..page })
}

pub(crate) fn verified(
    words: &Words,
    order: &OrderView,
    (card, difference): (&CustomerCard, &Difference),
    (role, email, trial): (&str, &str, Option<&TrialId>),
    program: &Program,
    faults: Faults,
) -> VerifyPage {
    let name = i18n::tame(&card.name);
    let administrators = i64::try_from(card.administrators).unwrap_or(i64::MAX);
    VerifyPage {
        head: Head::of(words, order, program, 3),
        faults,
        role: role.to_owned(),
        email: email.to_owned(),
        trial: trial.map(|trial| trial.0.clone()).unwrap_or_default(),
        facts: vec![
            (words.say("label-company"), name.clone()),
            (
                words.say("label-country-short"),
                words.country(&card.country, Some(program)),
            ),
            (words.say("set-up-trial-administrator"), i18n::tame(email)),
            (words.say("set-up-administrators"), words.number(administrators)),
        ],
        customer: name,
        difference: DifferencePart::of(words, difference, program),
        losses: losses(words, difference, program),
        seen: String::new(),
    }
}

/// CONV-5: every loss has to be ticked, and the customer confirmed, before anything happens.
async fn confirm(
    console: &Console,
    signed: &Signed,
    order: &OrderView,
    said: &Said,
    fields: &Fields,
) -> Result<Response, Failure> {
    let (app, id) = (&console.app, &order.order.id);
    let found = match app.set_up_order(&signed.actor, id, &said.wish(), &dry()).await {
        Ok(found) => found,
        Err(error) => return refused(console, signed, order, said, error),
    };
    let ticked = fields.all("accept");
    let reduced: Vec<&str> = found
        .difference
        .iter()
        .flat_map(Difference::reduced)
        .map(|line| line.service.as_str())
        .collect();
    let mut faults = Faults::default();
    if !reduced.iter().all(|id| ticked.iter().any(|one| one == id)) {
        faults.add("accept", signed.words.say("set-up-loss-unticked"));
    }
    if !fields.has("confirmed") {
        faults.add("confirmed", signed.words.say("set-up-confirm-needed"));
    }
    if !faults.is_empty() || !found.matches {
        return find(console, signed, order, said, faults).await;
    }
    let wish = SetUp {
        accept_reduced: !reduced.is_empty(),
        // A page without it saw nothing.
        seen: Some(fields.owned("seen").unwrap_or_default()),
        ..said.wish()
    };
    match app.set_up_order(&signed.actor, id, &wish, &Guard::default()).await {
        Ok(_) => Ok(see(&format!("/orders/{id}/done"))),
        Err(Error::Refused(refusal)) if again(&refusal) => {
            // Something was assigned meanwhile: it is shown with what goes by it.
            let faults = Faults::of(signed.words.language, &refusal);
            find(console, signed, order, said, faults).await
        }
        Err(error) => refused(console, signed, order, said, error),
    }
}

fn again(refusal: &Refusal) -> bool {
    [Code::QuantityBelowAssigned, Code::NoExactMatch, Code::LossNotYours].contains(&refusal.code)
}
