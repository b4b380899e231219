//! START-10: what was filled in is kept at every step; it can be left, resumed and discarded.

use super::{At, Step, draft::Belongs, draft::Draft};
use crate::{
    Console,
    screen::{id as known, seen},
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, PageRequest,
    draft::{DraftView, DraftWish},
    policy::Action,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{DraftId, OrgId},
    refusal::Code,
};
use serde::Serialize;

/// Keeps the answers so far. A start goes on also where they cannot be kept; then it says so.
pub(super) async fn keep(at: &mut At<'_>, next: Step) -> Result<Option<&'static str>, Failure> {
    let wish = DraftWish {
        draft: domain::draft::Draft {
            input: at.draft.input(&at.program),
            step: Some(next.as_str().to_owned()),
        },
        writer: at.draft.key.clone(),
    };
    let begun = at.draft.kept();
    let begun = begun.as_ref().map(|(id, version)| (id, *version));
    match at.console.app.save_visit(at.actor, begun, &wish).await {
        Ok((view, apart)) => {
            at.draft.kept = view.id.map(|id| (id.0, view.version));
            Ok(apart.then_some("draft-apart"))
        }
        Err(Error::Refused(refusal)) if refusal.code == Code::DraftLimit => Ok(Some("draft-limit")),
        Err(Error::Refused(refusal)) if refusal.code.status() != 403 => Ok(Some("draft-not-kept")),
        Err(Error::Store(error)) => {
            tracing::warn!(%error, "a draft could not be kept");
            Ok(Some("draft-not-kept"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Goes on where its author stopped.
pub(crate) async fn resume(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(DraftId::parse(&id))?;
    let view = console.app.draft(&actor, &id).await?;
    let program = console.app.program()?;
    let own = view
        .draft
        .input
        .customer
        .as_ref()
        .and_then(|customer| customer.id.clone());
    let mut draft = Draft::resumed(view.draft.input, (id.0, view.version), console.secret());
    draft.belongs = match own {
        Some(own) => {
            let customer = console.app.customer(&actor, &known(OrgId::parse(&own))?).await?;
            Some(Belongs::Own(own, customer.name, customer.country))
        }
        None => belongs(&console, &actor, &draft).await?,
    };
    let step = Step::next(&draft, &program);
    let sealed = draft.seal(&console, &actor);
    Ok(see(&format!("/partner/start/{}?draft={sealed}", step.as_str())))
}

/// START-6: what the address belongs to by now; where that cannot be told the form asks again.
async fn belongs(console: &Console, actor: &Actor, draft: &Draft) -> Result<Option<Belongs>, Failure> {
    if draft.admin_email.is_none() || draft.name.is_none() || draft.country.is_none() || !draft.acknowledged {
        return Ok(None);
    }
    match whose(console, actor, draft.admin_email.as_deref()).await {
        Ok(belongs) => Ok(Some(belongs)),
        Err(Error::Refused(refusal)) if refusal.code.status() != 403 => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// START-6; an address of one's own company is refused where it was typed (ORG-7).
pub(super) async fn whose(console: &Console, actor: &Actor, email: Option<&str>) -> Result<Belongs, Error> {
    let found = console.app.look_up(actor, email).await?;
    console.app.eligibility(actor, None, email, Some(&[])).await?;
    let (name, country) = (found.name.unwrap_or_default(), found.country.unwrap_or_default());
    Ok(match found.id {
        Some(id) => Belongs::Own(id.0, name, country),
        None if found.existing => Belongs::Existing(name, country),
        None => Belongs::Nobody,
    })
}

pub(crate) async fn discard(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(DraftId::parse(&id))?;
    let result = console
        .app
        .discard_draft(&actor, &id, &seen(fields.number("version")))
        .await;
    let done = match result {
        Ok(_) => "draft-discarded",
        Err(Error::Refused(refusal)) if refusal.code == Code::VersionConflict => "draft-newer",
        Err(error) => return Err(error.into()),
    };
    Ok(see(&format!("/partner/customers?done={done}")))
}

/// A draft above the list of customers.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DraftLine {
    id: String,
    version: i64,
    name: String,
    /// Where its author stopped.
    step: Option<String>,
    changed: String,
    forgotten: String,
}

impl DraftLine {
    pub(crate) fn of(words: &Words, view: &DraftView) -> Self {
        let step = view.draft.step.as_deref();
        let step = Step::ALL.into_iter().find(|one| Some(one.as_str()) == step);
        let step = step.map(|step| words.say(&format!("start-step-{}", step.as_str())));
        let name = view.customer_name.as_deref().map(i18n::tame);
        Self {
            id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            version: view.version,
            name: name.unwrap_or_else(|| words.say("draft-unnamed")),
            step: step.map(|step| words.t("draft-stopped", &[("step", step.into())])),
            changed: words.t("draft-changed", &[("date", words.stamp(view.updated_at).into())]),
            forgotten: words.t("draft-forgotten", &[("date", words.stamp(view.forgotten_at).into())]),
        }
    }
}

/// One's own drafts, for whoever may have any.
pub(crate) async fn lines(console: &Console, actor: &Actor, words: &Words) -> Result<Vec<DraftLine>, Error> {
    if !crate::screen::may(console, actor, Action::KeepDrafts) {
        return Ok(Vec::new());
    }
    let all = PageRequest {
        after: None,
        limit: domain::draft::MOST,
    };
    let found = console.app.drafts(actor, &all).await?;
    Ok(found.items.iter().map(|view| DraftLine::of(words, view)).collect())
}
