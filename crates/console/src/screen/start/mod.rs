//! Start a trial, one decision a page; every step is an address, and the answers travel in it.

mod answers;
mod draft;
mod fields;
mod future;
mod keep;
mod pages;
mod room;
mod step;

pub(crate) use answers::{Again, Answers, Started, started};
pub(crate) use draft::Devices;
pub(crate) use fields::{Choice, DeviceFields, countries, zones};
pub(super) use future::ahead;
pub(crate) use keep::{DraftLine, discard, lines, resume};
pub(crate) use pages::{CustomerStep, DevicesStep, ExistingStep, LengthStep, ServicesStep, SiteStep};

use crate::{
    Console,
    part::Faults,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{Actor, Error};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, program::Program, refusal::Code};
use draft::{Belongs, Draft};
use serde::Serialize;
use std::sync::Arc;
use step::Step;

/// What every step's page has.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Common {
    step: &'static str,
    title: String,
    /// Steps: label, address where one can go back, and `done`, `here` or `ahead`.
    ways: Vec<(String, Option<String>, &'static str)>,
    draft: String,
    faults: Faults,
    /// For whom, once it is known.
    whom: Option<String>,
    /// START-10: whether it can be left and resumed.
    kept: bool,
    /// ELIG-5: what of the partner's allowance is used.
    room: Vec<String>,
    /// ELIG-5: that nothing of it is left, and from when there is.
    full: Option<String>,
}

impl Common {
    /// For samples.
    pub(super) fn sample(words: &Words, faults: Faults) -> Self {
        let way = |step: Step, state| {
            (
                words.say(&format!("start-step-{}", step.as_str())),
                Some("/".to_owned()),
                state,
            )
        };
        Self {
            step: "customer",
            title: words.say("start-customer-title"),
            ways: vec![
                way(Step::Customer, "done"),
                way(Step::Services, "here"),
                way(Step::Answers, "ahead"),
            ],
            draft: "x".to_owned(),
            faults,
            whom: Some("Lumière".to_owned()),
            kept: true,
            room: vec![words.t("allowance-month", &[("used", 3.into()), ("of", 5.into())])],
            full: Some("x".to_owned()),
        }
    }
}

/// Everything at hand for one step.
struct At<'a> {
    console: &'a Console,
    actor: &'a Actor,
    words: &'a Words,
    program: Arc<Program>,
    draft: Draft,
    step: Step,
    /// The quantity as it was typed, to be shown again when it is none.
    typed: Option<String>,
}

impl At<'_> {
    fn url(&self, step: Step) -> String {
        format!(
            "/partner/start/{}?draft={}",
            step.as_str(),
            self.draft.seal(self.console, self.actor)
        )
    }

    fn common(&self, faults: Faults) -> Common {
        let open = Step::next(&self.draft, &self.program);
        let label = |step: Step| self.words.say(&format!("start-step-{}", step.as_str()));
        let way = |step: Step| {
            let state = if step == self.step {
                "here"
            } else if step.is_answered(&self.draft) {
                "done"
            } else {
                "ahead"
            };
            let url = (step != self.step && (step <= open || step.is_answered(&self.draft))).then(|| self.url(step));
            (label(step), url, state)
        };
        let steps = Step::ALL
            .into_iter()
            .filter(|step| step.applies(&self.draft, &self.program));
        let whom = match &self.draft.belongs {
            Some(Belongs::Existing(name, _) | Belongs::Own(_, name, _)) => Some(i18n::tame(name)),
            Some(Belongs::Nobody) => self.draft.name.as_deref().map(i18n::tame),
            None => None,
        };
        Common {
            step: self.step.as_str(),
            title: self.words.say(&format!("start-{}-title", self.step.as_str())),
            ways: steps.map(way).collect(),
            draft: self.draft.seal(self.console, self.actor),
            faults,
            whom,
            kept: self.draft.kept.is_some(),
            room: Vec::new(),
            full: None,
        }
    }

    /// The rules' word on what this step asks.
    fn faults(&self) -> Result<Faults, Failure> {
        let errors = self
            .console
            .app
            .check_start(self.actor, &self.draft.input(&self.program))?;
        if errors.is_empty() {
            return Ok(Faults::default());
        }
        Ok(Faults::of(self.words.language, &domain::refusal::Refusal::input(errors)).only(self.step.fields()))
    }
}

/// A new start; `?customer=` for an own customer (START-7).
pub(crate) async fn begin(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let mut draft = Draft::open(&console, &actor, None);
    let program = console.app.program()?;
    if let Some(customer) = query.get("customer") {
        let id = super::id(OrgId::parse(customer))?;
        let view = console.app.customer(&actor, &id).await?;
        draft.belongs = Some(Belongs::Own(id.0, view.name, view.country));
    }
    let step = Step::next(&draft, &program);
    Ok(see(&format!(
        "/partner/start/{}?draft={}",
        step.as_str(),
        draft.seal(&console, &actor)
    )))
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(step): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let step = super::id(Step::ALL.into_iter().find(|known| known.as_str() == step))?;
    let draft = Draft::open(&console, &actor, query.get("draft"));
    let program = console.app.program()?;
    let open = Step::next(&draft, &program);
    // A step that is not there any more, or not yet, leads to the one that is.
    if !step.applies(&draft, &program) || (step > open && !step.is_answered(&draft)) {
        return Ok(see(&format!(
            "/partner/start/{}?draft={}",
            open.as_str(),
            draft.seal(&console, &actor)
        )));
    }
    let at = At {
        console: &console,
        actor: &actor,
        words: &words,
        program,
        draft,
        step,
        typed: None,
    };
    console.app.check_start(&actor, &at.draft.input(&at.program))?;
    if let Some(again) = answers::again(&at, &visitor).await? {
        return Ok(again);
    }
    pages::page(&at, &visitor, Faults::default()).await
}

pub(crate) async fn save(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(step): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let step = super::id(Step::ALL.into_iter().find(|known| known.as_str() == step))?;
    let draft = Draft::open(&console, &actor, fields.get("draft"));
    let program = console.app.program()?;
    let mut at = At {
        console: &console,
        actor: &actor,
        words: &words,
        program,
        draft,
        step,
        typed: None,
    };
    if step == Step::Answers {
        return answers::start(&at, &visitor).await;
    }
    answer(&mut at, &fields);
    let mut faults = at.faults()?;
    if faults.is_empty() {
        faults = ask(&mut at).await?;
    }
    if faults.is_empty() {
        let next = Step::next(&at.draft, &at.program);
        let done = keep::keep(&mut at, next).await?;
        let done = done.map(|done| format!("&done={done}")).unwrap_or_default();
        return Ok(see(&(at.url(next) + &done)));
    }
    pages::page(&at, &visitor, faults).await
}

/// What a step's form says goes into the draft.
fn answer(at: &mut At<'_>, fields: &Fields) {
    let draft = &mut at.draft;
    match at.step {
        Step::Customer => {
            draft.name = fields.owned("name");
            draft.admin_email = fields.owned("admin_email");
            draft.vertical = fields.owned("vertical");
            draft.country = fields.owned("country");
            draft.language = fields.owned("language");
            draft.acknowledged = fields.has("acknowledged");
            (draft.belongs, draft.confirmed) = (None, false);
        }
        Step::Existing => draft.confirmed = true,
        Step::Services => {
            draft.services = Some(fields.all("services"));
        }
        Step::Length => {
            at.typed = fields.owned("quantity");
            draft.quantity = fields
                .number("quantity")
                .or(Some(i64::from(at.program.license_quantity.default)));
            draft.duration = fields
                .number("duration")
                .or(Some(i64::from(at.program.default_duration)));
        }
        Step::Site => draft.site = Some((fields.owned("site"), fields.owned("site_zone"))),
        Step::Devices => draft.devices = Some(Devices::of(fields, &at.program)),
        Step::Answers => {}
    }
}

/// What only the stores can tell: what an address belongs to, whether a site is free.
async fn ask(at: &mut At<'_>) -> Result<Faults, Failure> {
    let result = match at.step {
        Step::Customer => look_up(at).await,
        Step::Site if at.draft.site.as_ref().is_some_and(|(site, _)| site.is_some()) => site_is_free(at).await,
        Step::Site if !at.draft.is_request() => Err(Error::field("/meetings/site", Code::SiteRequired)),
        Step::Devices if !at.draft.is_request() && !at.draft.devices.as_ref().is_some_and(Devices::said) => {
            Err(Error::field("/devices", Code::DevicesRequired))
        }
        _ => Ok(()),
    };
    match result {
        Ok(()) => Ok(Faults::default()),
        Err(Error::Refused(refusal)) if refusal.code.status() != 403 => Ok(Faults::of(at.words.language, &refusal)),
        Err(error) => Err(error.into()),
    }
}

/// START-6.
async fn look_up(at: &mut At<'_>) -> Result<(), Error> {
    let belongs = keep::whose(at.console, at.actor, at.draft.admin_email.as_deref()).await?;
    at.draft.belongs = Some(belongs);
    Ok(())
}

/// START-5: asked by a dry run of what can be asked by now.
async fn site_is_free(at: &At<'_>) -> Result<(), Error> {
    let mut draft = at.draft.clone();
    let plain = |id: &String| at.program.service(id).is_some_and(|service| !service.devices);
    draft.services = draft.services.map(|ids| ids.into_iter().filter(plain).collect());
    match at
        .console
        .app
        .start_trial(at.actor, &draft.input(&at.program), &super::dry())
        .await
    {
        Err(Error::Refused(refusal)) if refusal.code == Code::SiteNameTaken => Err(Error::Refused(refusal)),
        _ => Ok(()),
    }
}
