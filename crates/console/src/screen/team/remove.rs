//! ORG-11: somebody leaves: what that does, who takes the customers, and the safe button first.

use super::called;
use crate::{
    Console,
    part::Faults,
    screen::{dry, form, id as known, mended, prove::Proven},
    template::View,
    web::{Failure, Form, Signed, see},
};
use app::{
    Error, Guard, PageRequest,
    people::{PeopleFilter, PersonView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::PersonId,
    refusal::{Code, Refusal},
};
use serde::Serialize;

/// The values of `team/remove.html`.
#[derive(Serialize)]
pub(crate) struct RemovePage {
    pub(crate) faults: Faults,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) is_you: bool,
    pub(crate) is_service: bool,
    /// How many customers the person looks after.
    pub(crate) customers: i64,
    /// Who can take them: value, name, chosen.
    pub(crate) takers: Vec<(String, String, bool)>,
    /// Whether anything keeps the person here, whoever takes the customers.
    pub(crate) possible: bool,
}

impl View for RemovePage {
    const TEMPLATE: &'static str = "team/remove.html";
}

/// So many are offered at most.
const MOST: usize = 200;

pub(crate) async fn show(
    State(console): State<Console>,
    proven: Proven,
    Path(person): Path<String>,
) -> Result<Response, Failure> {
    let signed = Signed::from(proven);
    shown(&console, &signed, &person, None, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    person: &str,
    chosen: Option<&str>,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let id = known(PersonId::parse(person))?;
    let view = console.app.person(actor, &id).await?;
    let tried = console.app.remove_person(actor, &id, None, None, &dry()).await;
    let (customers, kept) = match tried {
        Ok(leave) => (i64::try_from(leave.customers).unwrap_or(i64::MAX), None),
        Err(Error::Refused(refusal)) if handed(&refusal).is_some() => (handed(&refusal).unwrap_or(0), None),
        Err(error) => (0, Some(mended(error)?)),
    };
    let takers = match customers {
        0 => Vec::new(),
        _ => takers(console, signed, &view).await?,
    };
    let refused = faults.clone();
    let kept_faults = kept.as_ref().map(|refusal| Faults::of(words.language, refusal));
    let page = RemovePage {
        id: id.0.clone(),
        name: called(&view),
        is_you: id == *actor.id(),
        is_service: view.service_account,
        customers,
        takers: takers
            .into_iter()
            .map(|one| (one.0.clone(), one.1, chosen == Some(one.0.as_str())))
            .collect(),
        possible: kept.is_none(),
        faults: if faults.is_empty() {
            kept_faults.unwrap_or_default()
        } else {
            faults
        },
    };
    form(
        console,
        signed,
        words.t("leave-title", &[("name", page.name.as_str().into())]),
        &refused,
        &page,
    )
}

/// How many customers want somebody else, where that is all that is missing.
fn handed(refusal: &Refusal) -> Option<i64> {
    let missing =
        |error: &&domain::refusal::FieldError| error.pointer == "/hand_over_to" && error.code == Code::Required;
    let error = refusal.errors.iter().find(missing)?;
    let (_, count) = error.values.iter().find(|(name, _)| name == "count")?;
    count.parse().ok()
}

/// Colleagues with a sales role who may sign in.
async fn takers(console: &Console, signed: &Signed, leaving: &PersonView) -> Result<Vec<(String, String)>, Failure> {
    let request = PageRequest {
        after: None,
        limit: MOST,
    };
    let found = console
        .app
        .people(&signed.actor, &PeopleFilter::default(), &request)
        .await?;
    let sells = |one: &PersonView| one.roles.iter().any(|role| role.is_sales()) && one.status != "disabled";
    Ok(found
        .items
        .iter()
        .filter(|one| one.id != leaving.id && sells(one))
        .filter_map(|one| Some((one.id.as_ref()?.0.clone(), called(one))))
        .collect())
}

pub(crate) async fn remove(
    State(console): State<Console>,
    proven: Proven,
    Path(person): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let signed = Signed::from(proven);
    let id = known(PersonId::parse(&person))?;
    let to = fields.get("hand_over_to");
    match console
        .app
        .remove_person(&signed.actor, &id, to, None, &Guard::default())
        .await
    {
        // Nothing is left of one's own way in.
        Ok(_) if id == *signed.actor.id() => Ok(see("/welcome")),
        Ok(_) => Ok(see("/team?done=person-removed")),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &person, to, faults).await
        }
    }
}
