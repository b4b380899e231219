//! One partner: what stands, and for vendor administrators what changes, before it does.

use super::{allowed, certification, distributor, last_day};
use crate::{
    Console,
    part::{Chip, Faults},
    screen::{dry, form, id as known, may, mended, seen},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Error, PageRequest,
    partner::{self, PartnerView},
    policy::Action,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError},
    time::end_of,
};
use jiff::civil::{Date, date};
use serde::Serialize;

/// The values of `partners/edit.html`.
#[derive(Serialize)]
pub(crate) struct EditPage {
    pub(crate) faults: Faults,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) chip: Chip,
    /// Label and value.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) may_edit: bool,
    /// Whether there is a way to its people.
    pub(crate) may_see_people: bool,
    pub(crate) standing: Standing,
    /// Label, before, after; none before it was checked.
    pub(crate) changes: Option<Vec<(String, String, String)>>,
    pub(crate) version: i64,
}

impl View for EditPage {
    const TEMPLATE: &'static str = "partners/edit.html";
}

/// What the vendor decides, as the form has it.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Standing {
    pub(crate) tier: String,
    pub(crate) distributor: String,
    pub(crate) certified_until: String,
    pub(crate) trials_per_month: String,
    pub(crate) active_trials: String,
    /// Who can be a distributor: value, name.
    pub(crate) distributors: Vec<(String, String)>,
}

impl Standing {
    /// As it was typed.
    pub(super) fn typed(fields: &Fields, distributors: Vec<(String, String)>) -> Self {
        let text = |name: &str| fields.owned(name).unwrap_or_default();
        Self {
            tier: fields.get("tier").unwrap_or("1").to_owned(),
            distributor: text("distributor_id"),
            certified_until: text("certified_until"),
            trials_per_month: text("trials_per_month"),
            active_trials: text("active_trials"),
            distributors,
        }
    }

    fn of(words: &Words, view: &PartnerView, distributors: Vec<(String, String)>) -> Self {
        let number = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        Self {
            tier: view.tier.to_string(),
            distributor: view
                .distributor
                .as_ref()
                .map(|(id, _)| id.0.clone())
                .unwrap_or_default(),
            certified_until: view
                .certified_until
                .map(|until| last_day(words, until).to_string())
                .unwrap_or_default(),
            trials_per_month: number(view.allowance.trials_per_month),
            active_trials: number(view.allowance.active_trials),
            distributors,
        }
    }
}

/// What a form says; an empty field is no limit, no certification, no distributor.
pub(super) fn standing(fields: &Fields, words: &Words) -> Result<partner::Standing, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut number = |name: &str| {
        let given = fields.number(name)?;
        let fits = u32::try_from(given).ok().filter(|count| *count <= MOST);
        if fits.is_none() {
            let error = FieldError::new(format!("/{name}"), Code::OutOfRange);
            errors.push(error.with("min", 0).with("max", MOST));
        }
        fits
    };
    let (month, active) = (number("trials_per_month"), number("active_trials"));
    let days = date(2000, 1, 1)..=date(2999, 12, 31);
    let until = fields
        .get("certified_until")
        .map(|day| day.parse().ok().filter(|day| days.contains(day)));
    if until == Some(None) {
        let error = FieldError::new("/certified_until", Code::OutOfRange);
        errors.push(error.with("min", days.start()).with("max", days.end()));
    }
    let tier = fields.number("tier");
    if errors.is_empty() {
        Ok(partner::Standing {
            tier,
            // A tier 1 partner has none, whatever stands beside it.
            distributor_id: Some(fields.owned("distributor_id").filter(|_| tier != Some(1))),
            certified_until: Some(until.flatten().map(|day: Date| end_of(day, &words.zone))),
            trials_per_month: Some(month),
            active_trials: Some(active),
        })
    } else {
        Err(errors)
    }
}

/// An allowance at most.
const MOST: u32 = 1_000_000;

/// The tier 1 partners: from whom a tier 2 partner can buy.
pub(super) async fn distributors(
    console: &Console,
    signed: &Signed,
    but: Option<&OrgId>,
) -> Result<Vec<(String, String)>, Failure> {
    let request = PageRequest {
        after: None,
        limit: 500,
    };
    let found = console.app.partners(&signed.actor, &request).await?;
    let first = found
        .items
        .into_iter()
        .filter(|one| one.tier == 1 && one.id.as_ref() != but);
    Ok(first
        .filter_map(|one| Some((one.id?.0, i18n::tame(&one.name))))
        .collect())
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(partner): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let typed = query.has("check").then_some(&query);
    shown(&console, &signed, &partner, typed, None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    partner: &str,
    typed: Option<&Fields>,
    refused: Option<Faults>,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let id = known(OrgId::parse(partner))?;
    let view = console.app.partner(actor, &id).await?;
    let may_edit = may(console, actor, Action::ManagePartners);
    let others = match may_edit {
        true => distributors(console, signed, Some(&id)).await?,
        false => Vec::new(),
    };
    let mut shown = of(console, words, &view);
    shown.may_edit = may_edit;
    shown.may_see_people = may(console, actor, Action::ManagePeopleOfOthers);
    shown.standing = match typed {
        Some(fields) => Standing::typed(fields, others),
        None => Standing::of(words, &view, others),
    };
    if let Some(fields) = typed.filter(|_| may_edit && refused.is_none()) {
        let tried = match standing(fields, words) {
            Ok(wish) => console.app.patch_partner(actor, &id, &wish, &dry()).await,
            Err(errors) => Err(Error::from(errors)),
        };
        match tried {
            Ok((after, _)) => shown.changes = Some(changes(words, &view, &after)),
            Err(error) => shown.faults = Faults::of(words.language, &*mended(error)?),
        }
    }
    let failed = refused.clone().unwrap_or_default();
    shown.faults = refused.unwrap_or(shown.faults);
    form(console, signed, shown.name.clone(), &failed, &shown)
}

fn of(console: &Console, words: &Words, view: &PartnerView) -> EditPage {
    let region = console
        .app
        .program()
        .map_or_else(|_| view.region.clone(), |program| words.region(&view.region, &program));
    let mut facts = vec![(words.say("label-region"), region)];
    facts.extend(told(words, view));
    EditPage {
        faults: Faults::default(),
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        name: i18n::tame(&view.name),
        chip: certification(words, view, console.app.clock.now()),
        facts,
        may_edit: false,
        may_see_people: false,
        standing: Standing::default(),
        changes: None,
        version: view.version,
    }
}

/// What the vendor decides, in words.
pub(crate) fn told(words: &Words, view: &PartnerView) -> [(String, String); 5] {
    let none = || words.say("partner-none");
    let until = view
        .certified_until
        .map(|until| i18n::date(words.language, last_day(words, until)));
    [
        (words.say("partner-tier"), words.number(i64::from(view.tier))),
        (
            words.say("partner-distributor"),
            Some(distributor(view))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(none),
        ),
        (
            words.say("partner-certified-until"),
            until.unwrap_or_else(|| words.say("status-partner-uncertified")),
        ),
        (
            words.say("partner-month"),
            allowed(words, view.allowance.trials_per_month),
        ),
        (
            words.say("partner-active"),
            allowed(words, view.allowance.active_trials),
        ),
    ]
}

pub(crate) fn changes(words: &Words, before: &PartnerView, after: &PartnerView) -> Vec<(String, String, String)> {
    let pairs = told(words, before).into_iter().zip(told(words, after));
    pairs
        .filter(|(old, new)| old.1 != new.1)
        .map(|((label, old), (_, new))| (label, old, new))
        .collect()
}

/// It acts on the next request.
pub(crate) async fn edit(
    State(console): State<Console>,
    signed: Signed,
    Path(partner): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(OrgId::parse(&partner))?;
    let guard = seen(fields.number("version"));
    let done = match standing(&fields, &signed.words) {
        Ok(wish) => console.app.patch_partner(&signed.actor, &id, &wish, &guard).await,
        Err(errors) => Err(Error::from(errors)),
    };
    match done {
        Ok(_) => Ok(see(&format!("/vendor/partners/{id}?done=edited"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &partner, Some(&fields), Some(faults)).await
        }
    }
}
