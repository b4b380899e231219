//! A customer's users and licences (SETUP-3): by the customer itself, or by its partner with full access.

pub(crate) mod add;
pub(crate) mod import;
pub(crate) mod job;

use super::{address, cursor, id as known, may, mended, place};
use crate::{
    Console,
    frame::{called, page_with},
    part::Faults,
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
};
use app::{
    Actor, PageRequest,
    policy::Action,
    user::{Licensed, UserFilter, UserView},
};
use axum::{
    extract::{RawPathParams, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    ids::{OrgId, PersonId},
    program::Program,
    refusal::Code,
};
use job::JobLine;
use serde::Serialize;

const ROWS: usize = 50;
/// One's own imports that the list shows.
const JOBS: u64 = 5;

/// The values of `users/list.html`.
#[derive(Serialize)]
pub(crate) struct Users {
    pub(crate) base: Base,
    pub(crate) faults: Faults,
    pub(crate) lines: Vec<LicenseLine>,
    pub(crate) people: Vec<UserLine>,
    /// All that fit, not this page's alone.
    pub(crate) count: i64,
    pub(crate) q: String,
    pub(crate) license: String,
    /// Value and name.
    pub(crate) filters: Vec<(String, String)>,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) may_manage: bool,
    pub(crate) jobs: Vec<JobLine>,
}

impl View for Users {
    const TEMPLATE: &'static str = "users/list.html";
}

/// Whose users they are, and where their pages are.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Base {
    #[serde(skip)]
    pub(crate) customer: OrgId,
    pub(crate) name: String,
    pub(crate) url: String,
    /// The customer's own page; none for the customer itself.
    pub(crate) back: Option<String>,
}

/// The licences of a service.
#[derive(Serialize)]
pub(crate) struct LicenseLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) assigned: i64,
    pub(crate) quantity: i64,
    /// How many more can be given.
    pub(crate) left: i64,
    /// How many more are given than there are.
    pub(crate) over: i64,
}

/// A user.
#[derive(Serialize)]
pub(crate) struct UserLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: String,
    pub(crate) licenses: Vec<String>,
    /// NOTE-4.
    pub(crate) bounced: bool,
}

/// Whose users a page is about: those of the address, or one's own company's.
pub(crate) async fn whom(console: &Console, actor: &Actor, params: &RawPathParams) -> Result<Base, Failure> {
    let given = params.iter().find(|(name, _)| *name == "id").map(|(_, value)| value);
    let Some(given) = given else {
        // These are a customer's pages: others have their own.
        if !actor.is_customer() {
            return Err(Failure::not_found());
        }
        return Ok(Base {
            customer: actor.org().clone(),
            name: i18n::tame(&actor.organization.name),
            url: "/control/users".to_owned(),
            back: None,
        });
    };
    if !actor.is_partner() {
        return Err(Failure::not_found());
    }
    let view = console.app.customer(actor, &known(OrgId::parse(given))?).await?;
    let back = format!("/partner/customers/{}", view.id);
    Ok(Base {
        name: i18n::tame(&view.name),
        url: format!("{back}/users"),
        back: Some(back),
        customer: view.id,
    })
}

/// The same for those who change them.
pub(crate) async fn whom_to_change(console: &Console, actor: &Actor, params: &RawPathParams) -> Result<Base, Failure> {
    let base = whom(console, actor, params).await?;
    match console.app.may_manage_users(actor, &base.customer).await? {
        true => Ok(base),
        false if may(console, actor, Action::ManageLicenses) => Err(Failure::code(Code::Forbidden)),
        false => Err(Failure::code(Code::RoleRequired)),
    }
}

pub(crate) async fn list(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Query(query): Query,
) -> Result<Response, Failure> {
    let base = whom(&console, &signed.actor, &params).await?;
    shown(&console, &signed, base, &query, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    base: Base,
    query: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let (app, program) = (&console.app, console.app.program()?);
    let (q, license) = (
        query.owned("q").unwrap_or_default(),
        query.owned("license").unwrap_or_default(),
    );
    let filter = UserFilter {
        q: query.owned("q"),
        license: query
            .owned("license")
            .map(|one| if one == "none" { String::new() } else { one }),
    };
    let after = query.get("after").and_then(place);
    let is_first = after.is_none();
    let wanted = PageRequest { after, limit: ROWS };
    let found = app.users(actor, &base.customer, &filter, &wanted).await?;
    let next = found.next.as_ref().and_then(cursor);
    let lines = app.licenses(actor, &base.customer).await?;
    let lines: Vec<LicenseLine> = lines.iter().map(|line| license_line(words, line, &program)).collect();
    let given = |name: &str| lines.iter().any(|line| line.id == name);
    let mut filters = vec![("none".to_owned(), words.say("users-without"))];
    filters.extend(lines.iter().map(|line| (line.id.clone(), line.name.clone())));
    let jobs = app.jobs_for(actor, &base.customer, JOBS).await?;
    let to = |after: &str| address(&base.url, &[("q", &q), ("license", &license), ("after", after)]);
    let view = Users {
        count: i64::try_from(app.count_users(actor, &base.customer, &filter).await?).unwrap_or(i64::MAX),
        people: found
            .items
            .iter()
            .map(|view| user_line(words, view, &program))
            .collect(),
        first: (!is_first).then(|| to("")),
        next: next.map(|after| to(&after)),
        may_manage: app.may_manage_users(actor, &base.customer).await?,
        jobs: jobs.iter().map(|job| job::line(words, &base, job)).collect(),
        license: if given(&license) || license == "none" {
            license
        } else {
            String::new()
        },
        filters,
        q,
        lines,
        base,
        faults,
    };
    let status = match view.faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with(status, console, visitor, words.say("users-title"), &view)
}

pub(crate) fn license_line(words: &crate::words::Words, line: &Licensed, program: &Program) -> LicenseLine {
    let (assigned, quantity) = (i64::from(line.assigned), i64::from(line.quantity));
    LicenseLine {
        id: line.service.clone(),
        name: words.service(&line.service, program),
        assigned,
        quantity,
        left: (quantity - assigned).max(0),
        over: (assigned - quantity).max(0),
    }
}

pub(crate) fn user_line(words: &crate::words::Words, view: &UserView, program: &Program) -> UserLine {
    let person = &view.person;
    UserLine {
        id: person.id.0.clone(),
        name: called(person),
        email: person.email.clone(),
        roles: super::team::spoken(words, &person.roles),
        licenses: words.services(&person.licenses, program),
        bounced: person.bounced_at.is_some(),
    }
}

/// Gives those who are chosen a licence, or takes it from them.
pub(crate) async fn change(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let base = whom_to_change(&console, &signed.actor, &params).await?;
    let (q, license) = (
        fields.owned("q").unwrap_or_default(),
        fields.owned("license").unwrap_or_default(),
    );
    let people: Option<Vec<PersonId>> = fields.all("person").iter().map(|id| PersonId::parse(id)).collect();
    let people = known(people)?;
    let mut faults = Faults::default();
    if people.is_empty() {
        faults.add("person", signed.words.say("users-choose-people"));
    }
    let service = fields.owned("service").unwrap_or_default();
    if service.is_empty() {
        faults.add("service", signed.words.say("users-choose-service"));
    }
    let gives = fields.get("act") == Some("give");
    if faults.is_empty() {
        let done = console
            .app
            .license_users(&signed.actor, &base.customer, &people, &service, gives)
            .await;
        match done {
            Ok(_) => {
                let done = if gives { "licenses-given" } else { "licenses-taken" };
                let pairs = [("q", q.as_str()), ("license", license.as_str()), ("done", done)];
                return Ok(see(&address(&base.url, &pairs)));
            }
            Err(error) => {
                let mut refusal = mended(error)?;
                refusal.errors.clear();
                faults = Faults::of(signed.words.language, &refusal).renamed("", "service");
            }
        }
    }
    shown(&console, &signed, base, &fields, faults).await
}
