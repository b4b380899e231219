//! CONV-4, 5: the trial behind an address, or what looks like it; what changes, and a box for each loss. What was said
//! travels sealed in the address: every page of it can be reloaded, and left by going back.

use super::{Head, email, opened, who};
use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{
        dry, form, if_seen, mended,
        order::{
            difference::{DifferencePart, Loss, losses},
            numbers,
        },
    },
    template::View,
    web::{Failure, Fields, Form, Signed, open, seal, see},
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
    ids::{OrderId, TrialId},
    likeness::Likeness,
    order::{ContactRole, Difference},
    program::Program,
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};

/// Longer addresses are nobody's.
const LONGEST: usize = 320;
/// So many administrators are named; the others are counted.
const NAMED: usize = 20;

/// The values of `set-up/verify.html`.
#[derive(Serialize)]
pub(crate) struct VerifyPage {
    pub(crate) head: Head,
    pub(crate) faults: Faults,
    /// What was said, sealed.
    pub(crate) said: String,
    pub(crate) role: String,
    pub(crate) customer: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) difference: DifferencePart,
    /// EXP-5: the phone numbers that go.
    pub(crate) numbers: Option<String>,
    pub(crate) losses: Vec<Loss>,
    /// CONV-5: what a yes to the losses says that it saw.
    pub(crate) seen: String,
    pub(crate) confirmed: bool,
}

impl View for VerifyPage {
    const TEMPLATE: &'static str = "set-up/verify.html";
}

/// The values of `set-up/candidates.html`.
#[derive(Serialize)]
pub(crate) struct CandidatesPage {
    pub(crate) head: Head,
    /// What was said, sealed.
    pub(crate) said: String,
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Said {
    role: ContactRole,
    email: String,
    /// One of several trials with that administrator.
    trial: Option<TrialId>,
    /// What was ticked when the last button was pressed; none before.
    ticked: Option<Ticked>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ticked {
    losses: Vec<String>,
    /// CONV-5: of which losses that was said.
    seen: String,
    confirmed: bool,
}

fn what(order: &OrderId) -> String {
    format!("set-up {order}")
}

impl Said {
    fn new(role: ContactRole, email: &str) -> Self {
        Self {
            role,
            email: email.chars().take(LONGEST).collect(),
            trial: None,
            ticked: None,
        }
    }

    pub(super) fn open(console: &Console, actor: &Actor, order: &OrderId, text: Option<&str>) -> Option<Self> {
        open(console, actor, &what(order), text)
    }

    fn seal(&self, console: &Console, actor: &Actor, order: &OrderId) -> String {
        seal(console, actor, &what(order), self)
    }

    /// The page that shows what it means.
    fn answer(&self, console: &Console, actor: &Actor, order: &OrderId) -> Response {
        let said = self.seal(console, actor, order);
        see(&format!("/orders/{order}/set-up?step=customer&said={said}"))
    }

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

/// Every form leads to a page of its own: nothing but the last button changes anything.
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
    let (actor, id) = (&signed.actor, &order.order.id);
    let said = Said::open(&console, actor, id, fields.get("said"));
    let role = fields.get("as").and_then(ContactRole::parse);
    match (fields.get("act"), said, role) {
        (Some("confirm"), Some(said), _) => confirm(&console, &signed, &order, said, &fields).await,
        (Some("choose"), Some(said), _) => Ok(chosen(&console, actor, said, &fields)
            .await?
            .answer(&console, actor, id)),
        (_, _, Some(role)) => {
            let typed = fields.get("trial_admin_email").unwrap_or_default();
            Ok(Said::new(role, typed).answer(&console, actor, id))
        }
        _ => Ok(see(&format!("/orders/{id}/set-up"))),
    }
}

/// One of the candidates. Only an address decides: the one of a trial that this person may read is filled in.
async fn chosen(console: &Console, actor: &Actor, said: Said, fields: &Fields) -> Result<Said, Failure> {
    let trial = fields.get("trial").and_then(TrialId::parse);
    let known = match fields.has("known") {
        true => administrator(console, actor, trial.as_ref()).await?,
        false => None,
    };
    Ok(Said {
        email: known.unwrap_or(said.email),
        trial,
        ticked: None,
        role: said.role,
    })
}

/// The address of a trial's administrator, for those who read the customer's people.
async fn administrator(console: &Console, actor: &Actor, trial: Option<&TrialId>) -> Result<Option<String>, Failure> {
    let Some(trial) = trial else { return Ok(None) };
    let Some(view) = if_seen(console.app.trial(actor, trial).await)? else {
        return Ok(None);
    };
    let trial = &view.trial;
    let user = console.app.user(actor, &trial.customer, &trial.administrator).await;
    Ok(if_seen(user)?.map(|user| user.person.email))
}

/// What the address means: the trial with what changes, or what looks like it.
pub(super) async fn shown(
    console: &Console,
    signed: &Signed,
    order: &OrderView,
    said: &Said,
    faults: Faults,
) -> Result<Response, Failure> {
    let (id, words) = (&order.order.id, &signed.words);
    let found = match console.app.set_up_order(&signed.actor, id, &said.wish(), &dry()).await {
        Ok(found) => found,
        Err(error) => return refused(console, signed, order, said, error),
    };
    let program = console.app.program()?;
    let sealed = said.seal(console, &signed.actor, id);
    if let Some(mut page) = verify(words, &found, said, &program, faults) {
        page.said = sealed;
        return form(console, signed, words.say("set-up-verify"), &page.faults, &page);
    }
    let shown = CandidatesPage {
        head: Head::of(words, order, &program, 2),
        said: sealed,
        role: said.role.as_str().to_owned(),
        email: i18n::tame(&said.email),
        candidates: found.candidates.iter().map(|one| pick(words, one, &program)).collect(),
        unlooked: unlooked(words, &found.unavailable_regions, &program),
        may_create: order.order.trial.is_none(),
    };
    page(console, &signed.visitor, words.say("set-up-no-match"), &shown)
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
    let answers = (said.role.as_str(), said.email.as_str());
    let mut page = verified(words, &found.order, (card, difference), answers, program, faults);
    page.seen = found.seen.clone().unwrap_or_default();
    if let Some(ticked) = &said.ticked {
        page.faults.extend(missing(words, found, ticked));
        page.confirmed = ticked.confirmed;
        // A tick is to the losses that were shown, and to no others.
        let same = ticked.seen == page.seen;
        for loss in &mut page.losses {
            loss.ticked = same && ticked.losses.contains(&loss.id);
        }
    }
    Some(page)
}

/// CONV-5: every loss has to be ticked, and the customer confirmed, before anything happens.
fn missing(words: &Words, found: &SetUpView, ticked: &Ticked) -> Faults {
    let mut faults = Faults::default();
    let mut reduced = found.difference.iter().flat_map(Difference::reduced);
    if !reduced.all(|line| ticked.losses.contains(&line.service)) {
        faults.add("accept", words.say("set-up-loss-unticked"));
    }
    if !ticked.confirmed {
        faults.add("confirmed", words.say("set-up-confirm-needed"));
    }
    faults
}

pub(crate) fn verified(
    words: &Words,
    order: &OrderView,
    (card, difference): (&CustomerCard, &Difference),
    (role, email): (&str, &str),
    program: &Program,
    faults: Faults,
) -> VerifyPage {
    let name = i18n::tame(&card.name);
    VerifyPage {
        head: Head::of(words, order, program, 3),
        faults,
        said: String::new(),
        role: role.to_owned(),
        facts: facts(words, card, email, program),
        customer: name,
        difference: DifferencePart::of(words, difference, program),
        numbers: numbers(words, card.numbers, program),
        losses: losses(words, difference, program),
        seen: String::new(),
        confirmed: false,
    }
}

/// The customer's information; the address as it is known, however it was typed.
fn facts(words: &Words, card: &CustomerCard, email: &str, program: &Program) -> Vec<(String, String)> {
    let stored = card.people.iter().find(|(_, known)| known.eq_ignore_ascii_case(email));
    let email = stored.map_or(email, |(_, known)| known.as_str());
    let called = |(name, email): &(String, String)| i18n::tame(if name.is_empty() { email } else { name });
    let mut named: Vec<String> = card.people.iter().take(NAMED).map(called).collect();
    if let more @ 1.. = card.people.len().saturating_sub(NAMED) {
        named.push(words.t("set-up-loss-more", &[("count", more.into())]));
    }
    let mut facts = vec![(words.say("label-company"), i18n::tame(&card.name))];
    // CONV-1: another partner is told neither.
    if !card.country.is_empty() {
        let country = words.country(&card.country, Some(program));
        facts.push((words.say("label-country-short"), country));
    }
    facts.push((words.say("set-up-trial-administrator"), i18n::tame(email)));
    if !named.is_empty() {
        facts.push((words.say("set-up-administrators"), words.list(&named)));
    }
    facts
}

async fn confirm(
    console: &Console,
    signed: &Signed,
    order: &OrderView,
    said: Said,
    fields: &Fields,
) -> Result<Response, Failure> {
    let (app, actor, id) = (&console.app, &signed.actor, &order.order.id);
    let ticked = Ticked {
        losses: fields.all("accept"),
        seen: fields.owned("seen").unwrap_or_default(),
        confirmed: fields.has("confirmed"),
    };
    let found = match app.set_up_order(actor, id, &said.wish(), &dry()).await {
        Ok(found) => found,
        Err(error) => {
            mended(error)?;
            return Ok(said.answer(console, actor, id));
        }
    };
    if !found.matches || !missing(&signed.words, &found, &ticked).is_empty() {
        let losses = found.difference.iter().flat_map(Difference::reduced);
        let losses: Vec<&str> = losses.map(|line| line.service.as_str()).collect();
        let ticked = Ticked {
            losses: ticked
                .losses
                .into_iter()
                .filter(|id| losses.contains(&id.as_str()))
                .collect(),
            seen: ticked.seen.chars().take(LONGEST).collect(),
            ..ticked
        };
        let said = Said {
            ticked: Some(ticked),
            ..said
        };
        return Ok(said.answer(console, actor, id));
    }
    let wish = SetUp {
        accept_reduced: found.difference.as_ref().is_some_and(Difference::takes),
        // A page without it saw nothing.
        seen: Some(ticked.seen),
        ..said.wish()
    };
    match app.set_up_order(actor, id, &wish, &Guard::default()).await {
        Ok(_) => Ok(see(&format!("/orders/{id}/done"))),
        Err(Error::Refused(refusal)) if again(&refusal) => {
            // Something was assigned meanwhile: it is shown with what goes by it.
            let faults = Faults::of(signed.words.language, &refusal);
            let said = Said { ticked: None, ..said };
            shown(console, signed, order, &said, faults).await
        }
        Err(error) => refused(console, signed, order, &said, error),
    }
}

fn again(refusal: &Refusal) -> bool {
    [Code::QuantityBelowAssigned, Code::NoExactMatch, Code::LossNotYours].contains(&refusal.code)
}
