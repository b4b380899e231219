//! Calls: something that somebody asks for, as often as he does not hear an answer, under one key.

use crate::{ask::Ask, bug::Bug, license};

mod devices;
mod orders;

use app::{AccessChange, Actor, App, Command, Error, Guard, IdemRequest, request::DetailsInput, view::Outcome};
use domain::{
    ids::{MessageId, PersonId, TrialId},
    order::Difference,
};
use jiff::Timestamp;
use std::{fmt, sync::Arc};
use store::{Stores, region::outbox::Letter};

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Done: in which trial's or organization's record, whether anything changed, and all of it in short.
    Done {
        about: Option<String>,
        changed: bool,
        text: String,
        /// CONV-5.
        difference: Option<Box<Difference>>,
    },
    /// The rules say no; whether a key keeps it.
    Refused { code: String, kept: bool },
    /// An error: it may have happened or not.
    Broken(String),
    /// Nobody lived to answer.
    None,
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Done { text, .. } => write!(out, "done {text}"),
            Answer::Refused { code, .. } => write!(out, "refused {code}"),
            Answer::Broken(why) => write!(out, "broken {why}"),
            Answer::None => write!(out, "no answer"),
        }
    }
}

/// Something that somebody asks for.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) number: usize,
    pub(crate) by: PersonId,
    pub(crate) ask: Ask,
    pub(crate) has_key: bool,
    pub(crate) first: Timestamp,
    pub(crate) attempts: u32,
    /// The first answer that says how it went.
    pub(crate) answer: Option<Answer>,
    /// Nobody asks again.
    pub(crate) given_up: bool,
}

impl Call {
    pub(crate) fn is_open(&self) -> bool {
        self.answer.is_none() && !self.given_up
    }

    /// What every attempt of it is called in the record.
    pub(crate) fn name(&self) -> String {
        format!("call{}.", self.number)
    }

    fn guard(&self, attempt: u32, bug: Option<Bug>) -> Guard {
        let lost = bug == Some(Bug::KeyForgotten) && attempt > 1;
        let idem = (self.has_key && !lost).then(|| IdemRequest {
            key: format!("key-{}", self.number),
            target: format!("POST {}", self.ask.name()),
            body: format!("{:?}", self.ask).into_bytes(),
        });
        Guard {
            idem,
            ..Guard::default()
        }
    }
}

async fn actor(app: &App, id: &PersonId, request: String) -> Result<Option<Actor>, Error> {
    let Some(region) = app.stores.region(id.region()) else {
        return Ok(None);
    };
    let reads = region.read();
    let Some(person) = reads.person(id).await? else {
        return Ok(None);
    };
    let person = person.value;
    let Some(organization) = reads.organization(&person.organization).await? else {
        return Ok(None);
    };
    let language = person.language.clone();
    Ok(Some(Actor {
        person,
        organization: organization.value,
        scopes: app::token::Scopes::all(),
        via: "api",
        request: Some(request),
        from: Some("192.0.2.7".to_owned()),
        language,
        acting: None,
    }))
}

/// One attempt at it, on one node.
pub(crate) async fn attempt(app: Arc<App>, call: Call, attempt: u32, bug: Option<Bug>) -> Answer {
    let request = format!("{}{attempt}", call.name());
    let result = async {
        let Some(actor) = actor(&app, &call.by, request).await? else {
            return Err(Error::code(domain::refusal::Code::Unauthorized));
        };
        if bug == Some(Bug::MailOutside) {
            write_outside(&app.stores, &actor, &call, attempt).await?;
        }
        carry_out(&app, &actor, &call.ask, &call.guard(attempt, bug)).await
    };
    match result.await {
        Ok(Told::Trial(outcome)) => Answer::Done {
            about: outcome.trial.id.as_ref().map(ToString::to_string),
            changed: outcome.changed,
            text: short(&outcome),
            difference: None,
        },
        Ok(Told::Other(text)) => Answer::Done {
            about: None,
            changed: true,
            text,
            difference: None,
        },
        Ok(Told::About(about, text, difference)) => Answer::Done {
            about: Some(about),
            changed: true,
            text,
            difference,
        },
        // Another one is at it: one asks again.
        Err(Error::Busy) => Answer::Refused {
            code: BUSY.to_owned(),
            kept: false,
        },
        Err(Error::Refused(refusal)) => {
            let status = refusal.code.status();
            let code = refusal.code.as_str().to_owned();
            // REG-2: candidates are customers of any region, and an answer lies in one.
            let not_kept = code.starts_with("idempotency") || code == "no_exact_match";
            Answer::Refused {
                kept: (status == 409 || status == 422) && !not_kept,
                code,
            }
        }
        Err(error) => Answer::Broken(error.to_string()),
    }
}

/// What those hear who have to wait for somebody else.
pub(crate) const BUSY: &str = "busy";

fn short(outcome: &Outcome) -> String {
    let trial = &outcome.trial;
    let ends = trial.trial.term().map(|term| term.ends_on.to_string());
    format!(
        "{} v{} {} {} {}",
        trial.id.as_ref().map(ToString::to_string).unwrap_or_default(),
        trial.version,
        trial.trial.status().as_str(),
        ends.unwrap_or_default(),
        outcome.changed,
    )
}

enum Told {
    Trial(Box<Outcome>),
    Other(String),
    /// In whose record, what, and what becomes of a trial's services by it.
    About(String, String, Option<Box<Difference>>),
}

impl From<Outcome> for Told {
    fn from(outcome: Outcome) -> Self {
        Told::Trial(Box::new(outcome))
    }
}

async fn carry_out(app: &App, actor: &Actor, ask: &Ask, guard: &Guard) -> Result<Told, Error> {
    let run = async |id: &TrialId, command: Command| app.execute(actor, id, &command, guard).await.map(Told::from);
    match ask {
        Ask::Start(input) => app.start_trial(actor, input, guard).await.map(Told::from),
        Ask::Extend(id, wish) => run(id, Command::Extend(wish.clone())).await,
        Ask::Edit(id, wish) => run(id, Command::Edit(wish.clone())).await,
        Ask::Cancel(id) => run(id, Command::Cancel(Some("enough".to_owned()))).await,
        Ask::Convert(id) => run(id, Command::Convert).await,
        Ask::Resend(id) => run(id, Command::ResendConsent).await,
        Ask::Remind(id) => run(id, Command::Remind(Some("See you soon".to_owned()))).await,
        Ask::Details(id, meetings) => {
            let input = DetailsInput {
                meetings: meetings.clone(),
                ..DetailsInput::default()
            };
            app.confirm_details(actor, id, &input, guard).await.map(Told::from)
        }
        Ask::Correct(id, email) => app
            .correct_administrator(actor, id, Some(email), guard)
            .await
            .map(Told::from),
        Ask::Accept(id, full, reduced) => app
            .accept_request(actor, id, *full, *reduced, None, guard)
            .await
            .map(Told::from),
        Ask::Decline(id) => app.decline_request(actor, id, None, None, guard).await.map(Told::from),
        Ask::Decide(id, yes) => {
            let (_, outcome) = app.decide_approval(actor, id, *yes, None, guard).await?;
            Ok(outcome.into())
        }
        Ask::Hold(..) | Ask::Lift(_) | Ask::Access(..) | Ask::Remove(_) | Ask::Assign(..) => {
            others(app, actor, ask, guard).await
        }
        Ask::Place(_) | Ask::SetUp(..) | Ask::Send(..) | Ask::Close(_) => {
            Box::pin(orders::carry_out(app, actor, ask, guard)).await
        }
        _ => Box::pin(devices::carry_out(app, actor, ask, guard)).await,
    }
}

async fn others(app: &App, actor: &Actor, ask: &Ask, guard: &Guard) -> Result<Told, Error> {
    let text = match ask {
        Ask::Hold(customer) => {
            let reason = actor.request.as_deref().and_then(|name| name.split('.').next());
            let hold = app.place_hold(actor, Some(customer.as_str()), reason, guard).await?;
            hold.id.to_string()
        }
        Ask::Lift(id) => app.lift_hold(actor, id, guard).await?.id.to_string(),
        Ask::Access(customer, partner, level, cancel) => {
            let change = AccessChange {
                level: *level,
                cancel_trials: *cancel,
            };
            let (level, _) = app.change_access(actor, customer, partner, &change, guard).await?;
            format!("{level:?}")
        }
        Ask::Remove(customer) => app.remove_customer(actor, customer, guard).await?.to_string(),
        Ask::Assign(customer, person, service) => license::assign(app, customer, person, service).await?.to_string(),
        _ => String::new(),
    };
    Ok(Told::Other(text))
}

/// [`Bug::MailOutside`]: what should be one transaction is two.
async fn write_outside(stores: &Stores, actor: &Actor, call: &Call, attempt: u32) -> Result<(), Error> {
    let Some(id) = call.ask.trial() else { return Ok(()) };
    let Some(region) = stores.region(id.region()) else {
        return Ok(());
    };
    let tx = region.begin().await?;
    let Some(record) = tx.read().trial(&id).await? else {
        return Ok(());
    };
    let letter = Letter {
        id: MessageId::new(id.region(), &format!("outside{}x{attempt}", call.number)),
        kind: domain::notify::MessageKind::Extended,
        trial: Some(id),
        customer: Some(record.trial.customer.clone()),
        person: actor.id().clone(),
        audience: domain::notify::Audience::CustomerAdministrators,
        facts: domain::notify::Facts::default(),
        line: None,
        link: None,
        created_at: call.first,
    };
    tx.post(&[letter], call.first).await?;
    Ok(tx.commit().await?)
}
