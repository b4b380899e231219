//! EDIT: services and quantity with what changes before one confirms; notes; START-11.

use super::{
    super::{dry, id as known, seen as guard},
    seen,
};
use crate::{
    Console,
    frame::page_with,
    part::{Faults, ServiceChoice, service::why_not},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
};
use app::{Command, Error, Guard};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{ids::TrialId, refusal::Refusal, trial::Edit};
use serde::Serialize;

/// The values of `trial/edit.html`.
#[derive(Serialize)]
pub(crate) struct EditPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    pub(crate) services: Vec<ServiceChoice>,
    pub(crate) quantity: String,
    pub(crate) min: u32,
    pub(crate) max: u32,
    /// What would change; none while nothing was asked.
    pub(crate) changes: Option<Changes>,
    /// EDIT-2: nothing would be left: that is cancelling.
    pub(crate) cancels: bool,
    pub(crate) version: i64,
}

/// What would change.
#[derive(Serialize)]
pub(crate) struct Changes {
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    /// EDIT-2: what goes with what is removed.
    pub(crate) leaving: Vec<String>,
    /// Licences before and after.
    pub(crate) quantity: Option<(String, String)>,
    pub(crate) nothing: bool,
    pub(crate) button: String,
    /// The wish again, for the form that confirms it.
    pub(crate) wanted: Vec<String>,
    pub(crate) count: i64,
}

impl View for EditPage {
    const TEMPLATE: &'static str = "trial/edit.html";
}

/// What was asked for, and the quantity as it was typed.
struct Asked {
    wish: Edit,
    typed: Option<String>,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let wish = Edit {
            services: Some(fields.all("services")),
            license_quantity: fields.number("quantity"),
            notes: None,
        };
        Self {
            wish,
            typed: fields.owned("quantity"),
        }
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let asked = query.has("check").then(|| Asked::of(&query));
    shown(&console, &signed, &id, asked, None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    asked: Option<Asked>,
    failed: Option<Refusal>,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let seen = seen(console, actor, id).await?;
    let trial = &seen.view.trial;
    let status = if failed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let (changes, refusal) = match (&asked, failed) {
        (Some(asked), None) => tried(console, signed, &seen, &asked.wish).await?,
        (_, failed) => (None, failed),
    };
    let (wanted, typed) = asked.map_or((None, None), |asked| (asked.wish.services, asked.typed));
    let cancels = refusal.is_some() && wanted.as_ref().is_some_and(Vec::is_empty);
    let view = EditPage {
        customer: i18n::tame(&seen.view.customer_name),
        faults: refusal
            .as_ref()
            .map(|refusal| faults(words, &seen, refusal, cancels))
            .unwrap_or_default(),
        cancels,
        services: choices(console, signed, &seen, wanted).await,
        quantity: typed.unwrap_or_else(|| trial.license_quantity.to_string()),
        min: seen.program.license_quantity.min,
        max: seen.program.license_quantity.max,
        changes,
        version: seen.view.version,
        id: seen.id.0.clone(),
    };
    page_with(status, console, visitor, words.say("edit-title"), &view)
}

/// What would change, or why not: by a dry run.
async fn tried(
    console: &Console,
    signed: &Signed,
    seen: &super::Seen,
    wish: &Edit,
) -> Result<(Option<Changes>, Option<Refusal>), Failure> {
    let command = Command::Edit(wish.clone());
    match console.app.execute(&signed.actor, &seen.id, &command, &dry()).await {
        Ok(outcome) => Ok((Some(changed(seen, &signed.words, &outcome, wish)), None)),
        Err(Error::Refused(why)) if why.code.status() != 403 => Ok((None, Some(*why))),
        Err(error) => Err(error.into()),
    }
}

async fn choices(
    console: &Console,
    signed: &Signed,
    seen: &super::Seen,
    wanted: Option<Vec<String>>,
) -> Vec<ServiceChoice> {
    let trial = &seen.view.trial;
    let customer = Some(trial.customer.as_str());
    let verdicts = console
        .app
        .eligibility(&signed.actor, customer, None, None)
        .await
        .unwrap_or_default();
    let mine = trial.service_ids();
    let wanted = wanted.unwrap_or_else(|| mine.clone());
    let choice = |service: &domain::program::Service| {
        let other = !mine.contains(&service.id);
        let verdict = verdicts.iter().find(|verdict| other && verdict.service == service.id);
        let chosen = wanted.contains(&service.id);
        let choice = ServiceChoice::of(&signed.words, service, &seen.program, verdict, chosen)
            .of_running(&signed.words, service);
        choice.unless_required(&signed.words, service, &seen.program, &verdicts, &mine)
    };
    seen.program.services.iter().map(choice).collect()
}

fn changed(seen: &super::Seen, words: &crate::words::Words, outcome: &app::view::Outcome, wish: &Edit) -> Changes {
    let (before, after) = (seen.view.trial.service_ids(), outcome.trial.trial.service_ids());
    let names = |ids: Vec<String>| words.services(&ids, &seen.program);
    let added: Vec<String> = after.iter().filter(|id| !before.contains(id)).cloned().collect();
    let removed: Vec<String> = before.iter().filter(|id| !after.contains(id)).cloned().collect();
    let (old, new) = (seen.view.trial.license_quantity, outcome.trial.trial.license_quantity);
    Changes {
        added: names(added),
        removed: names(removed),
        leaving: leaving(seen, words, outcome),
        quantity: (old != new).then(|| (words.number(old), words.number(new))),
        nothing: !outcome.changed,
        button: words.say("edit-button"),
        wanted: wish.services.clone().unwrap_or_default(),
        count: wish.license_quantity.unwrap_or(i64::from(old)),
    }
}

/// EDIT-2: people by name where the reader may see them, numbers, site, devices.
fn leaving(seen: &super::Seen, words: &crate::words::Words, outcome: &app::view::Outcome) -> Vec<String> {
    let Some(leaving) = &outcome.leaving else {
        return Vec::new();
    };
    let day = |day: jiff::civil::Date| words.date(day, &seen.zone);
    let licence = |line: &app::trial::LostLicenses| {
        let service = ("service", words.service(&line.service, &seen.program).into());
        match &line.people {
            Some(people) => {
                let names: Vec<String> = people.iter().map(|(_, name)| i18n::tame(name)).collect();
                words.t("edit-leaving-named", &[service, ("people", words.list(&names).into())])
            }
            None => words.t("edit-leaving-counted", &[service, ("count", line.count.into())]),
        }
    };
    let mut lines: Vec<String> = leaving.licenses.iter().map(licence).collect();
    if let Some((count, until)) = leaving.numbers {
        let args = [("count", count.into()), ("date", day(until).into())];
        lines.push(words.t("edit-leaving-numbers", &args));
    }
    if let Some((site, until)) = &leaving.site {
        let args = [("site", i18n::tame(site).into()), ("date", day(*until).into())];
        lines.push(words.t("cancel-site", &args));
    }
    if leaving.not_shipped {
        lines.push(words.say("cancel-devices-wanted"));
    }
    for (count, due) in &leaving.lent {
        let args = [("count", (*count).into()), ("date", day(*due).into())];
        lines.push(words.t("edit-leaving-lent", &args));
    }
    if lines.is_empty() {
        lines.push(words.say("edit-leaving-nothing"));
    }
    lines
}

fn faults(words: &crate::words::Words, seen: &super::Seen, refusal: &Refusal, cancels: bool) -> Faults {
    if cancels {
        let mut faults = Faults::default();
        faults.add("services", words.say("edit-nothing-left"));
        return faults;
    }
    let mut faults = Faults::of(words.language, refusal);
    for service in &refusal.services {
        let reason = why_not(words, &service.reason, service.possible_from);
        let name = words.service(&service.service, &seen.program);
        faults.add(
            "services",
            words.t(
                "start-answers-service",
                &[("service", name.into()), ("reason", reason.into())],
            ),
        );
    }
    for (service, people) in refusal
        .extra
        .get("surplus")
        .and_then(serde_json::Value::as_object)
        .into_iter()
        .flatten()
    {
        let names: Vec<String> = people
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| Some(i18n::tame(name.as_str()?)))
            .collect();
        let name = words.service(service, &seen.program);
        faults.add(
            "quantity",
            words.t(
                "edit-surplus",
                &[("service", name.into()), ("people", words.list(&names).into())],
            ),
        );
    }
    faults
}

pub(crate) async fn edit(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let asked = Asked::of(&fields);
    match console
        .app
        .execute(
            &signed.actor,
            &trial,
            &Command::Edit(asked.wish.clone()),
            &guard(fields.number("version")),
        )
        .await
    {
        Ok(outcome) => Ok(see(&format!(
            "/partner/trials/{trial}?done={}",
            if outcome.changed { "edited" } else { "unchanged" }
        ))),
        Err(Error::Refused(refusal)) if [409, 412, 422].contains(&refusal.code.status()) => {
            shown(&console, &signed, &id, Some(asked), Some(*refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Reversible, so it is done at once.
pub(crate) async fn notes(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let given = fields
        .get("notes")
        .map(domain::text::note)
        .transpose()
        .map_err(|code| Error::field("/notes", code))?;
    let wish = Edit {
        notes: Some(given.unwrap_or_default()),
        ..Edit::default()
    };
    console
        .app
        .execute(&actor, &trial, &Command::Edit(wish), &Guard::default())
        .await?;
    Ok(see(&format!("/partner/trials/{trial}?done=notes")))
}

/// START-11.
pub(crate) async fn administrator(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    console
        .app
        .correct_administrator(&actor, &trial, fields.get("admin_email"), &Guard::default())
        .await?;
    Ok(see(&format!("/partner/trials/{trial}?done=corrected")))
}
