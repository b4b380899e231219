//! CONS: a trial request as its customer meets it. The link alone reveals and decides nothing.

use super::id as known;
use crate::{
    Console,
    frame::{page, page_with},
    part::{Chip, Faults, chip},
    template::View,
    web::{Failure, Form, Query, Signed, see},
    words::Words,
};
use app::{Error, PageRequest, request::RequestView};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    ids::RequestId,
    person::Role,
    program::Program,
    refusal::{Code, Refusal},
    trial::Status,
};
use jiff::Timestamp;
use serde::Serialize;

/// The values of `request.html`.
#[derive(Serialize)]
pub(crate) struct RequestPage {
    pub(crate) id: String,
    pub(crate) partner: String,
    pub(crate) company: String,
    pub(crate) chip: Chip,
    /// Name and what it is good for.
    pub(crate) services: Vec<(String, String)>,
    pub(crate) licences: String,
    pub(crate) length: String,
    pub(crate) asked: String,
    pub(crate) until: Option<String>,
    /// It awaits an answer.
    pub(crate) open: bool,
    /// One may give it.
    pub(crate) may: bool,
    /// The words of a request that is decided, lapsed or withdrawn.
    pub(crate) state: String,
    /// The secret of the email's link, where one came by it.
    pub(crate) link: String,
    pub(crate) faults: Faults,
    /// CONS-6: services that cannot be tried any more; the rest needs a yes of its own.
    pub(crate) gone: Vec<String>,
    pub(crate) full: bool,
}

impl View for RequestPage {
    const TEMPLATE: &'static str = "request.html";
}

/// The values of `superseded.html`.
#[derive(Serialize)]
pub(crate) struct Superseded {
    pub(crate) url: String,
}

impl View for Superseded {
    const TEMPLATE: &'static str = "superseded.html";
}

/// The values of `requests.html`.
#[derive(Serialize)]
pub(crate) struct Requests {
    pub(crate) requests: Vec<RequestLine>,
}

/// A request in the list.
#[derive(Serialize)]
pub(crate) struct RequestLine {
    url: String,
    partner: String,
    services: String,
    chip: Chip,
    asked: String,
}

impl View for Requests {
    const TEMPLATE: &'static str = "requests.html";
}

fn status(words: &Words, view: &RequestView, now: Timestamp, may: bool) -> Chip {
    let waits = if may { "wait-you" } else { "wait-full-administrator" };
    let mut chip = chip::plain(words, view.status.as_str());
    if view.status == Status::PendingConsent {
        chip.rest = view
            .expires_at
            .map(|at| words.t(waits, &[("days", chip::days_until(now, at).into())]));
    }
    chip
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    let found = console
        .app
        .requests(
            &actor,
            &[],
            &PageRequest {
                after: None,
                limit: 100,
            },
        )
        .await?;
    let (program, now) = (console.app.program()?, console.app.clock.now());
    let may = actor.has(Role::FullAdministrator);
    let requests = found
        .items
        .iter()
        .map(|view| line(&words, view, &program, (now, may)))
        .collect();
    page(&console, &visitor, words.say("requests-title"), &Requests { requests })
}

pub(crate) fn line(words: &Words, view: &RequestView, program: &Program, (now, may): (Timestamp, bool)) -> RequestLine {
    RequestLine {
        url: format!("/requests/{}", view.id),
        partner: i18n::tame(&view.partner_name),
        services: words.list(&words.services(&view.services, program)),
        chip: status(words, view, now, may),
        asked: words.medium(words.today(view.requested_at)),
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let request = known(RequestId::parse(&id))?;
    if let Some(link) = query.get("link") {
        match console.app.request_by_link(&signed.actor, link).await {
            Ok(found) if found.id == request => {}
            Ok(_) => return Err(Failure::not_found()),
            Err(Error::Refused(refusal)) if refusal.code == Code::LinkSuperseded => {
                let view = Superseded {
                    url: format!("/requests/{request}"),
                };
                return page_with(
                    StatusCode::GONE,
                    &console,
                    &signed.visitor,
                    signed.words.say("superseded-title"),
                    &view,
                );
            }
            Err(error) => return Err(error.into()),
        }
    }
    shown(
        &console,
        &signed,
        &request,
        query.get("link").unwrap_or_default(),
        None,
        false,
    )
    .await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &RequestId,
    link: &str,
    refused: Option<&Refusal>,
    full: bool,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let found = console.app.request(actor, id).await?;
    let program = console.app.program()?;
    let now = console.app.clock.now();
    let mut view = of(words, &found, &program, now);
    view.may = actor.has(Role::FullAdministrator);
    view.chip = status(words, &found, now, view.may);
    link.clone_into(&mut view.link);
    i18n::tame(&actor.organization.name).clone_into(&mut view.company);
    view.full = full;
    let title = words.t("request-title", &[("partner", view.partner.as_str().into())]);
    let Some(refusal) = refused else {
        return page(console, visitor, title, &view);
    };
    if refusal.code == Code::ServicesChanged && refusal.services.len() < found.services.len() {
        view.gone = refusal
            .services
            .iter()
            .map(|one| words.service(&one.service, &program))
            .collect();
    } else {
        view.faults = Faults::of(words.language, refusal);
    }
    page_with(StatusCode::CONFLICT, console, visitor, title, &view)
}

pub(crate) fn of(words: &Words, view: &RequestView, program: &Program, now: Timestamp) -> RequestPage {
    let service = |id: &String| {
        let good = program
            .service(id)
            .map(|service| words.pick(&service.good_for))
            .unwrap_or_default();
        (words.service(id, program), good)
    };
    let open = view.status == Status::PendingConsent && view.expires_at.is_none_or(|at| now < at);
    RequestPage {
        id: view.id.0.clone(),
        partner: i18n::tame(&view.partner_name),
        company: String::new(),
        chip: status(words, view, now, true),
        services: view.services.iter().map(service).collect(),
        licences: words.t("licences", &[("count", view.license_quantity.into())]),
        length: words.t("days", &[("days", view.duration_days.into())]),
        asked: words.moment(view.requested_at),
        until: view.expires_at.filter(|_| open).map(|at| words.moment(at)),
        open,
        may: true,
        state: words.say(&format!("request-is-{}", state(view.status, open))),
        link: String::new(),
        faults: Faults::default(),
        gone: Vec::new(),
        full: false,
    }
}

fn state(status: Status, open: bool) -> &'static str {
    match status {
        Status::PendingConsent if open => "open",
        Status::PendingConsent | Status::Lapsed => "lapsed",
        Status::Declined => "declined",
        Status::Cancelled => "cancelled",
        _ => "accepted",
    }
}

pub(crate) async fn accept(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let request = known(RequestId::parse(&id))?;
    let (full, reduced, link) = (fields.has("full"), fields.has("reduced"), fields.get("link"));
    let result = console
        .app
        .accept_request(&signed.actor, &request, full, reduced, link, &super::seen(None))
        .await;
    match result {
        Ok(_) => Ok(see(&format!("/requests/{request}?done=accepted"))),
        Err(error) => refused(&console, &signed, &request, &fields, error, full).await,
    }
}

pub(crate) async fn decline(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let request = known(RequestId::parse(&id))?;
    let reason = fields
        .get("reason")
        .map(domain::text::note)
        .transpose()
        .map_err(|code| Error::field("/reason", code))?;
    match console
        .app
        .decline_request(&signed.actor, &request, reason, fields.get("link"), &super::seen(None))
        .await
    {
        Ok(_) => Ok(see(&format!("/requests/{request}?done=declined"))),
        Err(error) => refused(&console, &signed, &request, &fields, error, false).await,
    }
}

async fn refused(
    console: &Console,
    signed: &Signed,
    id: &RequestId,
    fields: &crate::web::Fields,
    error: Error,
    full: bool,
) -> Result<Response, Failure> {
    match error {
        Error::Refused(refusal) if [409, 410, 422].contains(&refusal.code.status()) => {
            shown(
                console,
                signed,
                id,
                fields.get("link").unwrap_or_default(),
                Some(&refusal),
                full,
            )
            .await
        }
        error => Err(error.into()),
    }
}
