//! CONV-8: a customer says that it would like to buy: whom that tells, what it does and does not do, and then when it was
//! told.

use crate::{
    Console,
    part::Faults,
    screen::{
        dry, form, if_seen, may, mended,
        start::Choice,
        subscriptions::{can_be_wanted, managers},
    },
    template::View,
    web::{Failure, Fields, Form, Signed, see},
    words::Words,
};
use app::{
    Error, Guard,
    order::{PurchaseInterest, WantPurchase},
    policy::Action,
    view::TrialView,
};
use axum::{extract::State, response::Response};
use domain::{program::Program, refusal::Code, trial::Status};
use serde::Serialize;

/// The values of `control/purchase.html`.
#[derive(Default, Serialize)]
pub(crate) struct PurchasePage {
    /// Who places the order; none where nobody tries anything with the customer.
    pub(crate) partners: Option<String>,
    /// Where nothing is tried: who manages what was bought.
    pub(crate) managers: Option<String>,
    /// Who was told today already.
    pub(crate) told: Option<String>,
    pub(crate) faults: Faults,
    pub(crate) services: Vec<Choice>,
    pub(crate) note: String,
}

impl View for PurchasePage {
    const TEMPLATE: &'static str = "control/purchase.html";
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, None, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let trials = super::control::trials(console, actor).await?;
    if !may(console, actor, Action::WantPurchase) {
        return Err(Failure::code(Code::RoleRequired));
    }
    let running = |view: &&TrialView| matches!(view.trial.status(), Status::Active | Status::Expired);
    if trials.iter().any(|view| running(&view)) && !trials.iter().any(can_be_wanted) {
        // Everything is ordered: there it is said whom that waits for.
        return Ok(see("/control/subscriptions#purchase"));
    }
    // Who would be told, without telling anybody.
    let asked = WantPurchase::default();
    let view = match console.app.want_purchase(actor, actor.org(), &asked, &dry()).await {
        Ok(interest) => of(words, &trials, &interest, &*console.app.program()?, typed, faults),
        Err(Error::Refused(refusal)) if refusal.code == Code::NoPartner => {
            let customer = if_seen(console.app.customer(actor, actor.org()).await)?;
            PurchasePage {
                managers: managers(words, customer.as_ref()),
                ..PurchasePage::default()
            }
        }
        Err(error) => return Err(error.into()),
    };
    form(console, signed, words.say("purchase-title"), &view.faults, &view)
}

pub(crate) fn of(
    words: &Words,
    trials: &[TrialView],
    interest: &PurchaseInterest,
    program: &Program,
    typed: Option<&Fields>,
    faults: Faults,
) -> PurchasePage {
    let wanted = trials.iter().filter(|view| can_be_wanted(view));
    let mut ids: Vec<String> = wanted.flat_map(|view| view.trial.service_ids()).collect();
    ids.sort();
    ids.dedup();
    let wanted = typed.map(|fields| fields.all("services"));
    let choice = |id: String| Choice {
        name: words.service(&id, program),
        chosen: wanted.as_ref().is_none_or(|wanted| wanted.contains(&id)),
        value: id,
    };
    let names: Vec<String> = interest.partners.iter().map(|(_, name)| i18n::tame(name)).collect();
    PurchasePage {
        partners: Some(words.list(&names)),
        managers: None,
        told: (!interest.changed).then(|| {
            let date = i18n::date(words.language, interest.on);
            let told = [("partner", words.list(&names).into()), ("date", date.into())];
            let (first, second) = (words.t("purchase-told", &told), words.say("purchase-again"));
            words.t("sentences", &[("first", first.into()), ("second", second.into())])
        }),
        services: ids.into_iter().map(choice).collect(),
        note: typed.and_then(|fields| fields.owned("note")).unwrap_or_default(),
        faults,
    }
}

pub(crate) async fn want(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    if !signed.actor.is_customer() {
        return Err(Failure::not_found());
    }
    let services = fields.all("services");
    if services.is_empty() {
        let mut faults = Faults::default();
        faults.add("services", signed.words.say("start-services-none"));
        return shown(&console, &signed, Some(&fields), faults).await;
    }
    let wish = WantPurchase {
        services,
        note: fields.owned("note"),
    };
    let (actor, guard) = (&signed.actor, Guard::default());
    match console.app.want_purchase(actor, actor.org(), &wish, &guard).await {
        Ok(interest) => {
            let done = if interest.changed {
                "purchase-wanted"
            } else {
                "purchase-known"
            };
            Ok(see(&format!("/control/subscriptions?done={done}#purchase")))
        }
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, Some(&fields), faults).await
        }
    }
}
