//! ELIG-4: the trials team looks up a customer, sees which rests were lifted, lifts one with a reason, takes one back.

use super::{address, form, id as known, may, mended, seen};
use crate::{
    Console,
    part::{Chip, Faults},
    screen::start::Choice,
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{
    PageRequest,
    customer::{CustomerFilter, CustomerView},
    exception::{ExceptionView, ExceptionWish},
    policy::Action,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{ExceptionId, OrgId},
    program::Program,
};
use serde::Serialize;

/// The values of `exceptions.html`.
#[derive(Serialize)]
pub(crate) struct Exceptions {
    /// The customer's id, or a part of its name, as it was typed.
    pub(crate) customer: String,
    /// Customers whose name has that part.
    pub(crate) found: Vec<Found>,
    /// There are more than are shown, or regions that did not answer.
    pub(crate) more: Option<String>,
    /// Its name, once it was found.
    pub(crate) name: Option<String>,
    pub(crate) faults: Faults,
    pub(crate) services: Vec<Choice>,
    pub(crate) partners: Vec<Choice>,
    pub(crate) reason: String,
    pub(crate) granted: Vec<Granted>,
    pub(crate) may: bool,
}

/// A customer that was found by its name.
#[derive(Serialize)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) url: String,
}

/// One that was granted.
#[derive(Serialize)]
pub(crate) struct Granted {
    id: String,
    version: i64,
    service: String,
    partner: String,
    reason: String,
    chip: Chip,
    when: String,
    open: bool,
}

impl View for Exceptions {
    const TEMPLATE: &'static str = "exceptions.html";
}

const ALL: PageRequest = PageRequest {
    after: None,
    limit: 200,
};

/// So many customers are shown for a part of a name.
const SHOWN: usize = 20;

impl Granted {
    pub(crate) fn of(words: &Words, view: &ExceptionView, program: &Program) -> Self {
        let (tone, icon, text) = match view.status.as_str() {
            "open" => ("good", "check-circle", "exception-open"),
            "used" => ("calm", "check", "exception-used"),
            _ => ("calm", "minus-circle", "exception-taken-back"),
        };
        Self {
            id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            version: view.version,
            service: words.service(&view.service, program),
            partner: match &view.partner {
                Some((_, name)) => i18n::tame(name),
                None => words.say("exception-any"),
            },
            reason: view.reason.clone(),
            chip: Chip {
                tone,
                icon,
                text: words.say(text),
                rest: None,
            },
            when: words.stamp(view.granted_at),
            open: view.status == "open",
        }
    }
}

/// The page for a customer that was typed, with what the form said.
async fn page(console: &Console, signed: &Signed, fields: &Fields, faults: Faults) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let program = console.app.program()?;
    let typed = fields.get("customer").unwrap_or_default();
    // Nothing may have been looked up; who may not look is told so all the same.
    app::policy::allow(actor, Action::ReadExceptions, console.app.clock.now())?;
    let (mut name, mut granted, mut faults) = (None, Vec::new(), faults);
    let (mut found, mut more) = (Vec::new(), None);
    match OrgId::parse(typed) {
        Some(id) => match console.app.exceptions(actor, &id, &ALL).await {
            Ok(theirs) => {
                granted = theirs
                    .items
                    .iter()
                    .map(|one| Granted::of(words, one, &program))
                    .collect();
                name = Some(i18n::tame(&console.app.customer(actor, &id).await?.name));
            }
            Err(error) => faults = Faults::of(words.language, &*mended_or_missing(error)?),
        },
        None if !typed.is_empty() => {
            (found, more) = by_name(console, signed, typed).await?;
            if found.is_empty() {
                faults.add("customer", words.say("exception-unknown"));
            }
        }
        None => {}
    }
    let partners = match &name {
        Some(_) => partners(console, signed, fields.get("partner_id").unwrap_or_default()).await?,
        None => Vec::new(),
    };
    let chosen = fields.get("service").unwrap_or_default();
    let view = Exceptions {
        customer: typed.to_owned(),
        found,
        more,
        name,
        services: program
            .services
            .iter()
            .map(|service| Choice {
                value: service.id.clone(),
                name: service.name.clone(),
                chosen: service.id == chosen,
            })
            .collect(),
        partners,
        reason: fields.get("reason").unwrap_or_default().to_owned(),
        granted,
        may: may(console, actor, Action::ManageExceptions),
        faults: faults.clone(),
    };
    form(console, signed, words.say("exceptions-title"), &faults, &view)
}

/// Customers whose name has what was typed, and what is to be said beside them.
async fn by_name(console: &Console, signed: &Signed, typed: &str) -> Result<(Vec<Found>, Option<String>), Failure> {
    let (words, program) = (&signed.words, console.app.program()?);
    let filter = CustomerFilter {
        q: Some(typed.to_owned()),
        ..CustomerFilter::default()
    };
    let few = PageRequest {
        after: None,
        limit: SHOWN,
    };
    let page = console.app.customers(&signed.actor, &filter, &few).await?;
    let one = |view: &CustomerView| Found {
        name: i18n::tame(&view.name),
        country: words.country(&view.country, Some(&program)),
        url: address("/vendor/exceptions", &[("customer", view.id.as_str())]),
    };
    let down = page.unavailable_regions.iter();
    let down: Vec<String> = down.map(|region| words.region(region, &program)).collect();
    let more = match (down.is_empty(), &page.next) {
        (false, _) => Some(words.t("customers-unavailable", &[("regions", words.list(&down).into())])),
        (true, Some(_)) => Some(words.t("exceptions-more", &[("count", SHOWN.into())])),
        (true, None) => None,
    };
    Ok((page.items.iter().map(one).collect(), more))
}

/// All partners, to choose one.
pub(super) async fn partners(console: &Console, signed: &Signed, chosen: &str) -> Result<Vec<Choice>, Failure> {
    let (mut all, mut request) = (Vec::new(), ALL);
    loop {
        let page = console.app.partners(&signed.actor, &request).await?;
        for one in page.items {
            let value = one.id.map(|id| id.0).unwrap_or_default();
            all.push(Choice {
                chosen: value == chosen,
                name: i18n::tame(&one.name),
                value,
            });
        }
        request.after = page.next;
        if request.after.is_none() {
            return Ok(all);
        }
    }
}

/// What is not there is said in the form; anything else is a page of its own.
fn mended_or_missing(error: app::Error) -> Result<Box<domain::refusal::Refusal>, Failure> {
    match error {
        app::Error::Refused(refusal) if refusal.code.status() == 404 => Ok(Box::new(domain::refusal::Refusal::field(
            "/customer",
            domain::refusal::Code::InvalidId,
        ))),
        other => mended(other),
    }
}

pub(crate) async fn list(
    State(console): State<Console>,
    signed: Signed,
    Query(fields): Query,
) -> Result<Response, Failure> {
    page(&console, &signed, &fields, Faults::default()).await
}

pub(crate) async fn grant(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let customer = known(fields.get("customer").and_then(OrgId::parse))?;
    let wish = ExceptionWish {
        service: fields.owned("service"),
        partner_id: fields.owned("partner_id"),
        reason: fields.owned("reason"),
    };
    let guard = app::Guard::default();
    match console
        .app
        .grant_exception(&signed.actor, &customer, &wish, &guard)
        .await
    {
        Ok(_) => Ok(see(&there(&customer, "exception-granted"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            page(&console, &signed, &fields, faults).await
        }
    }
}

pub(crate) async fn take_back(
    State(console): State<Console>,
    signed: Signed,
    Path((customer, exception)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let customer = known(OrgId::parse(&customer))?;
    let exception = known(ExceptionId::parse(&exception))?;
    let guard = seen(fields.number("version"));
    let taken = console
        .app
        .take_back_exception(&signed.actor, (&customer, &exception), &guard)
        .await;
    match taken {
        Ok(_) => Ok(see(&there(&customer, "exception-taken-back"))),
        Err(error) => {
            mended(error)?;
            Ok(see(&there(&customer, "exception-late")))
        }
    }
}

fn there(customer: &OrgId, done: &str) -> String {
    address("/vendor/exceptions", &[("customer", customer.as_str()), ("done", done)])
}
