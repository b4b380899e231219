//! `/trials`: list, read, edit, extend, cancel, and what else is asked of one that is there.

use crate::{
    Api,
    caller::Caller,
    guard::{guard, id, tag},
    http::{Body, DryRun, IdempotencyKey, IfMatch, Params, Path, Problem},
    lists::{List, day, list, page, words, wrong},
    plan::PlanItem,
    start::{Devices, Meetings},
};
use app::{
    Command,
    request::DetailsInput,
    trial::TrialFilter,
    view::{Outcome, TrialView},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, Method, Uri, header},
    response::IntoResponse,
};
use domain::{
    ids::{OrgId, TrialId},
    refusal::{Code, FieldError, Refusal},
    text,
    trial::{Edit, Extend, State as Standing, Status},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::region::trial::TrialSort;
use utoipa::{IntoParams, ToSchema};

/// Who tries.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerRef {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) country: String,
}

/// Who runs it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// One service of a trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialService {
    pub(crate) id: String,
    pub(crate) quantity: u32,
    /// `waiting`, `awaiting_approval`, `provisioning`, `provisioned`, `failed`, `suspended`, `withdrawn`.
    pub(crate) provisioning: &'static str,
    /// `partner`, `requirement`, `edit`.
    pub(crate) added_by: &'static str,
}

/// CONS: what was asked and answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentState {
    #[schema(value_type = String, format = DateTime)]
    pub(crate) requested_at: Timestamp,
    /// While it is pending.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) expires_at: Option<Timestamp>,
    /// How often it was sent.
    pub(crate) sendings: Option<usize>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) accepted_at: Option<Timestamp>,
    /// The person who accepted.
    pub(crate) accepted_by: Option<String>,
    /// `full_administrator` or `provisioning_administrator`.
    pub(crate) level: Option<&'static str>,
    /// The wording that was read.
    pub(crate) wording_version: Option<u32>,
    /// Its language.
    pub(crate) wording_language: Option<String>,
    /// Why it was declined, in the customer's words.
    pub(crate) decline_reason: Option<String>,
}

/// DEV-1: what was said about devices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DevicesState {
    pub(crate) skip: Option<String>,
    pub(crate) ship: Vec<DeviceCount>,
    pub(crate) site_has_poe: Option<bool>,
    pub(crate) registration_licenses: u32,
    #[schema(value_type = Option<Object>)]
    pub(crate) ship_to: Option<serde_json::Value>,
}

/// A device type and how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceCount {
    #[serde(rename = "type")]
    pub(crate) device_type: String,
    pub(crate) quantity: u32,
}

/// START-5.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingsState {
    pub(crate) site: Option<String>,
    pub(crate) time_zone: String,
}

/// A trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Trial {
    /// Null where a dry run would make a new one.
    pub(crate) id: Option<String>,
    pub(crate) status: &'static str,
    /// Whether the call changed anything.
    pub(crate) changed: bool,
    pub(crate) customer: CustomerRef,
    pub(crate) partner: PartnerRef,
    pub(crate) region: String,
    pub(crate) services: Vec<TrialService>,
    pub(crate) license_quantity: u32,
    pub(crate) duration_days: u32,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) starts_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) ends_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) grace_ends_on: Option<Date>,
    /// To the expiry date in the customer's zone; null unless active.
    pub(crate) days_left: Option<i64>,
    /// To the last day of grace; null unless expired.
    pub(crate) grace_days_left: Option<i64>,
    /// Since when removal is held back.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) held_at: Option<Timestamp>,
    pub(crate) consent: Option<ConsentState>,
    /// The first-time set-up; null until there is one.
    #[schema(value_type = Option<Object>)]
    pub(crate) setup: Option<serde_json::Value>,
    pub(crate) meetings: Option<MeetingsState>,
    pub(crate) devices: Option<DevicesState>,
    /// The partner's notes.
    pub(crate) notes: Option<String>,
    /// `new`, `own`, `request`.
    pub(crate) origin: &'static str,
    /// The person who started it.
    pub(crate) started_by: String,
    /// The zone in which its days are counted; null to those whom the customer has not let in (ORG-9).
    pub(crate) time_zone: Option<String>,
    /// How often it was extended.
    pub(crate) extensions: u32,
    /// An extension by so many days waits for the trials team.
    pub(crate) extension_asked_days: Option<i64>,
    pub(crate) program_version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Timestamp,
    pub(crate) version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub(crate) before: Option<Box<Trial>>,
    /// A dry run: the whole future.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) plan: Option<PlanList>,
}

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanList {
    pub(crate) items: Vec<PlanItem>,
}

impl Trial {
    pub(crate) fn of(view: TrialView, changed: bool) -> Self {
        let TrialView { trial, mut texts, .. } = view;
        let term = trial.term();
        let service = |service: &domain::trial::TrialService| TrialService {
            id: service.id.clone(),
            quantity: service.quantity,
            provisioning: service.state.as_str(),
            added_by: service.added_by.as_str(),
        };
        Self {
            status: trial.status().as_str(),
            changed,
            region: trial.id.region().to_owned(),
            services: trial.services.iter().map(service).collect(),
            license_quantity: trial.license_quantity,
            duration_days: trial.duration_days,
            starts_on: term.map(|term| term.starts_on),
            ends_on: term.map(|term| term.ends_on),
            grace_ends_on: view.grace_ends_on,
            days_left: view.days_left,
            grace_days_left: view.grace_days_left,
            held_at: view.held_at,
            consent: consent(&trial, view.consent_expires_at, &mut texts),
            setup: None,
            meetings: trial.meetings.as_ref().map(|meetings| MeetingsState {
                site: texts.remove("site"),
                time_zone: meetings.time_zone.clone(),
            }),
            devices: devices(&trial, &mut texts),
            notes: texts.remove("notes"),
            origin: match trial.origin {
                domain::trial::Origin::New => "new",
                domain::trial::Origin::Own => "own",
                domain::trial::Origin::Request => "request",
            },
            started_by: trial.started_by.0.clone(),
            time_zone: Some(trial.zone.clone()).filter(|_| trial.is_known()),
            extensions: trial.extensions,
            extension_asked_days: trial.extension_asked,
            program_version: trial.program_version,
            created_at: trial.created_at,
            version: view.version,
            before: None,
            plan: None,
            id: view.id.map(|id| id.0),
            customer: CustomerRef {
                id: view.customer_id.map(|id| id.0),
                name: view.customer_name,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: trial.partner.0,
                name: view.partner_name,
            },
        }
    }

    pub(crate) fn from_outcome(outcome: Outcome) -> Self {
        let plan = outcome.plan.map(|items| PlanList {
            items: items.into_iter().map(PlanItem::of).collect(),
        });
        let before = outcome.before.map(|before| Box::new(Trial::of(before, false)));
        Self {
            before,
            plan,
            ..Self::of(outcome.trial, outcome.changed)
        }
    }
}

fn consent(
    trial: &domain::trial::Trial,
    consent_expires_at: Option<Timestamp>,
    texts: &mut std::collections::BTreeMap<String, String>,
) -> Option<ConsentState> {
    if trial.origin != domain::trial::Origin::Request {
        return None;
    }
    let sendings = match &trial.state {
        Standing::PendingConsent { sendings } => Some(sendings),
        _ => None,
    };
    let given = trial.consent.as_ref();
    Some(ConsentState {
        requested_at: trial.created_at,
        expires_at: sendings.and(consent_expires_at),
        sendings: sendings.map(Vec::len),
        accepted_at: given.map(|consent| consent.at),
        accepted_by: given.map(|consent| consent.by.0.clone()),
        level: given.map(|consent| consent.level.as_str()),
        wording_version: given.map(|consent| consent.wording.version),
        wording_language: given.map(|consent| consent.wording.language.clone()),
        decline_reason: texts.remove("decline_reason"),
    })
}

fn devices(
    trial: &domain::trial::Trial,
    texts: &mut std::collections::BTreeMap<String, String>,
) -> Option<DevicesState> {
    let devices = trial.devices.as_ref()?;
    let count = |(device_type, quantity): &(String, u32)| DeviceCount {
        device_type: device_type.clone(),
        quantity: *quantity,
    };
    Some(DevicesState {
        skip: devices.skip.clone(),
        ship: devices.ship.iter().map(count).collect(),
        site_has_poe: devices.site_has_poe,
        registration_licenses: devices.registration_licenses,
        ship_to: texts
            .remove("ship_to")
            .and_then(|text| serde_json::from_str(&text).ok()),
    })
}

/// A trial with its version.
pub(crate) struct Answer(pub(crate) Trial);

impl IntoResponse for Answer {
    fn into_response(self) -> axum::response::Response {
        let version = tag(self.0.version);
        ([(header::ETAG, version)], Json(self.0)).into_response()
    }
}

/// Which trials.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrialParams {
    /// Statuses, separated by commas.
    status: Option<String>,
    /// Of one customer.
    customer_id: Option<String>,
    /// With that service.
    service: Option<String>,
    /// In that region.
    region: Option<String>,
    /// Ending before that day.
    ends_before: Option<String>,
    /// Part of the customer's name, or an id.
    q: Option<String>,
    /// `ends_on`, `customer_name`, `created_at`; with a minus in front from the end. `-created_at` unless said.
    sort: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

impl TrialParams {
    fn filter(&self) -> Result<TrialFilter, Problem> {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
        let known = |word: &String| Status::parse(word).ok_or_else(|| wrong("status", &names));
        let statuses: Result<Vec<Status>, Problem> = words(self.status.as_deref()).iter().map(known).collect();
        let sort = self.sort.as_deref().unwrap_or("-created_at");
        let descending = sort.starts_with('-');
        let sort = match sort.trim_start_matches('-') {
            "ends_on" => TrialSort::EndsOn,
            "customer_name" => TrialSort::CustomerName,
            "created_at" => TrialSort::CreatedAt,
            _ => return Err(wrong("sort", &["ends_on", "customer_name", "created_at"])),
        };
        Ok(TrialFilter {
            statuses: statuses?,
            customer: self
                .customer_id
                .as_deref()
                .map(|text| OrgId::parse(text).unwrap_or(OrgId(text.to_owned()))),
            service: self.service.clone(),
            region: self.region.clone(),
            ends_before: day("ends_before", self.ends_before.as_deref())?,
            q: self.q.clone().filter(|q| !q.trim().is_empty()),
            sort,
            descending,
        })
    }
}

/// The trials that the caller sees.
#[utoipa::path(get, path = "/api/v1/trials", tag = "trials", params(TrialParams), responses((status = OK, body = List<Trial>)))]
pub(crate) async fn list_trials(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<TrialParams>,
) -> Result<Json<List<Trial>>, Problem> {
    let filter = params.filter()?;
    let scope = ("trials", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.trials(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, |view| Trial::of(view, false))))
}

/// One trial.
#[utoipa::path(get, path = "/api/v1/trials/{id}", tag = "trials", params(("id" = String, Path)), responses((status = OK, body = Trial)))]
pub(crate) async fn read_trial(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
) -> Result<Answer, Problem> {
    let view = api.app.trial(&actor, &id(TrialId::parse(&trial))?).await?;
    Ok(Answer(Trial::of(view, false)))
}

/// What is to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditTrial {
    /// All services that the trial should have.
    services: Option<Vec<String>>,
    license_quantity: Option<i64>,
    /// Empty removes them.
    notes: Option<String>,
}

/// EDIT-1: services, quantity, notes.
#[utoipa::path(patch, path = "/api/v1/trials/{id}", tag = "trials", params(("id" = String, Path), DryRun), request_body = EditTrial, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn edit_trial(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    method: Method,
    uri: Uri,
    body: Body<EditTrial>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(
        &version,
        IdempotencyKey(None),
        (&method, &uri),
        body.digest_input(),
        dry.is_dry(),
    );
    let wish = body.checked(|body| {
        let notes = match body.notes.as_deref() {
            None => None,
            Some(text) if text.trim().is_empty() => Some(String::new()),
            Some(text) => Some(text::note(text).map_err(|code| Refusal::field("/notes", code))?),
        };
        if body.services.is_none() && body.license_quantity.is_none() && notes.is_none() {
            return Err(Refusal::field("/services", Code::Required));
        }
        Ok(Edit {
            services: body.services,
            license_quantity: body.license_quantity,
            notes,
        })
    })?;
    let outcome = api.app.execute(&actor, &trial, &Command::Edit(wish), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// How long, and whether it may become shorter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendTrial {
    /// From today; the program's first length unless given.
    days: Option<i64>,
    /// EXT-2: the explicit yes.
    allow_shorten: Option<bool>,
    reason: Option<String>,
}

/// EXT-1: the expiry date becomes today plus the days.
#[utoipa::path(post, path = "/api/v1/trials/{id}/extend", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<ExtendTrial>, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn extend_trial(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<ExtendTrial>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    let wish = body.checked(|body| {
        let reason = note("/reason", body.reason.as_deref())?;
        Ok(Extend {
            days: body.days,
            allow_shorten: body.allow_shorten.unwrap_or(false),
            reason,
        })
    })?;
    let outcome = api.app.execute(&actor, &trial, &Command::Extend(wish), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    pub(crate) reason: Option<String>,
}

/// CANC-1, CONS-4: stops the trial, or withdraws the request.
#[utoipa::path(post, path = "/api/v1/trials/{id}/cancel", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn cancel_trial(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<Reason>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let outcome = api
        .app
        .execute(&actor, &trial, &Command::Cancel(reason), &guard)
        .await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// Nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// CONS-4: sends the request again; its deadline stays.
#[utoipa::path(post, path = "/api/v1/trials/{id}/resend-consent", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn resend_consent(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<Nothing>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    body.finish()?;
    let outcome = api.app.execute(&actor, &trial, &Command::ResendConsent, &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// PROV-1: what is confirmed, changed or completed; `{}` confirms all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProvisioningDetails {
    meetings: Option<Meetings>,
    devices: Option<Devices>,
    time_zone: Option<String>,
}

/// PROV-1: the partner confirms the details after consent.
#[utoipa::path(post, path = "/api/v1/trials/{id}/provisioning-details", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<ProvisioningDetails>, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn confirm_provisioning_details(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<ProvisioningDetails>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    let body = body.finish()?;
    let input = DetailsInput {
        meetings: body.meetings.map(Into::into),
        devices: body.devices.map(Into::into),
        time_zone: body.time_zone,
    };
    let outcome = api.app.confirm_details(&actor, &trial, &input, &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// A line of the partner's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remind {
    line: Option<String>,
}

/// EXP-6: the reminder again, once a day at most.
#[utoipa::path(post, path = "/api/v1/trials/{id}/remind", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Remind>, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn remind(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<Remind>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    let line = body.checked(|body| note("/line", body.line.as_deref()))?;
    let outcome = api.app.execute(&actor, &trial, &Command::Remind(line), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// The right address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectAdministrator {
    admin_email: Option<String>,
}

/// START-11: a mistyped address of a new customer's administrator.
#[utoipa::path(post, path = "/api/v1/trials/{id}/correct-administrator", tag = "trials", params(("id" = String, Path), DryRun), request_body = CorrectAdministrator, responses((status = OK, body = Trial)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn correct_administrator(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<CorrectAdministrator>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    let email = body.finish()?.admin_email;
    let outcome = api
        .app
        .correct_administrator(&actor, &trial, email.as_deref(), &guard)
        .await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// A person's own words.
pub(crate) fn note(pointer: &str, given: Option<&str>) -> Result<Option<String>, Refusal> {
    let checked = |text: &str| text::note(text).map_err(|code| Refusal::input(vec![FieldError::new(pointer, code)]));
    given.map(checked).transpose()
}

/// Where a new thing is.
pub(crate) fn location(path: &str, id: Option<&str>) -> HeaderValue {
    HeaderValue::try_from(format!("{path}/{}", id.unwrap_or_default())).unwrap_or(HeaderValue::from_static("/"))
}
