//! What the provisioner is asked, and what people do in its place (PROV-2, LIST-4).

use super::{id as known, may};
use crate::{
    Console,
    frame::page,
    part::chip::Chip,
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, Guard, PageRequest,
    policy::Action,
    provisioning::{ProvisioningOrderAnswer, ProvisioningOrderFilter, ProvisioningOrderView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::ProvisioningId,
    program::Program,
    refusal::Code,
    trial::{Provisioner, ProvisioningOrderState},
};
use serde::Serialize;

/// So many of a kind stand on the page.
const MOST: usize = 50;

/// The values of `provisioning.html`.
#[derive(Serialize)]
pub(crate) struct Orders {
    pub(crate) groups: Vec<Group>,
    /// Whether somebody else provisions at all.
    pub(crate) external: bool,
    pub(crate) may: bool,
}

/// Orders that have something in common.
#[derive(Serialize)]
pub(crate) struct Group {
    title: String,
    /// How many there are; not all of them may be shown.
    count: u64,
    more: bool,
    pub(crate) orders: Vec<Asked>,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Asked {
    id: String,
    what: String,
    chip: Chip,
    who: String,
    asked: String,
    heard: String,
    /// When it is called next.
    next: Option<String>,
    reason: Option<String>,
    /// Whether it can be said to have failed.
    fails: bool,
}

impl View for Orders {
    const TEMPLATE: &'static str = "provisioning.html";
}

const STUCK: ProvisioningOrderFilter = ProvisioningOrderFilter {
    state: None,
    stuck: Some(true),
};
const FAILED: ProvisioningOrderFilter = ProvisioningOrderFilter {
    state: Some(ProvisioningOrderState::Failed),
    stuck: None,
};
const OPEN: ProvisioningOrderFilter = ProvisioningOrderFilter {
    state: Some(ProvisioningOrderState::Open),
    stuck: Some(false),
};

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    let mut groups = Vec::new();
    for (filter, title) in [
        (STUCK, "provisioning-stuck"),
        (FAILED, "provisioning-failed"),
        (OPEN, "provisioning-open"),
    ] {
        groups.extend(found(&console, &actor, &words, filter, title).await?);
    }
    let view = Orders {
        groups,
        external: console.app.settings().provisioner == Provisioner::External,
        may: may(&console, &actor, Action::SettleProvisioning),
    };
    page(&console, &visitor, words.say("provisioning-title"), &view)
}

/// A group, where there is anything in it. What is stuck stands among the stuck alone.
async fn found(
    console: &Console,
    actor: &Actor,
    words: &Words,
    filter: ProvisioningOrderFilter,
    title: &str,
) -> Result<Option<Group>, Failure> {
    let first = PageRequest {
        after: None,
        limit: MOST,
    };
    let found = console.app.provisioning_orders(actor, filter, &first).await?;
    let program = console.app.program()?;
    let count = console.app.count_provisioning_orders(actor, filter).await?;
    let group = group(words, title, count, found.items.iter(), &program);
    Ok((!group.orders.is_empty()).then_some(group))
}

pub(crate) fn group<'v>(
    words: &Words,
    title: &str,
    count: u64,
    shown: impl Iterator<Item = &'v ProvisioningOrderView>,
    program: &Program,
) -> Group {
    let orders: Vec<Asked> = shown.map(|view| asked(words, view, program)).collect();
    Group {
        title: words.say(title),
        count,
        more: count > orders.len() as u64,
        orders,
    }
}

fn asked(words: &Words, view: &ProvisioningOrderView, program: &Program) -> Asked {
    let order = &view.order;
    let service = words.service(&order.service, program);
    let act = format!("provisioning-{}", order.act.as_str());
    let heard = match order.heard.as_deref() {
        Some(heard) => words.t(
            &format!("provisioning-heard-{}", heard.replace('_', "-")),
            &[("count", order.attempts.into())],
        ),
        None => words.say("provisioning-heard-nothing"),
    };
    let open = order.state == ProvisioningOrderState::Open;
    Asked {
        id: order.id.0.clone(),
        what: words.t(&act, &[("service", service.into())]),
        chip: chip(words, view),
        who: words.t(
            "provisioning-who",
            &[
                ("customer", words.customer(&view.customer_name).into()),
                ("partner", i18n::tame(&view.partner_name).into()),
            ],
        ),
        asked: words.t("provisioning-asked", &[("date", words.stamp(order.asked_at).into())]),
        heard,
        next: open.then(|| words.t("provisioning-next", &[("date", words.stamp(order.next_at).into())])),
        reason: order.reason.as_deref().map(i18n::tame),
        fails: order.state != ProvisioningOrderState::Failed,
    }
}

fn chip(words: &Words, view: &ProvisioningOrderView) -> Chip {
    let (tone, icon, text) = match (view.order.state, view.stuck) {
        (ProvisioningOrderState::Open, false) => ("wait", "gear", "provisioning-is-open"),
        (ProvisioningOrderState::Open, true) => ("warn", "clock", "provisioning-is-late"),
        (ProvisioningOrderState::Manual, _) => ("warn", "person", "provisioning-is-manual"),
        (ProvisioningOrderState::Failed, _) => ("bad", "alert", "provisioning-is-failed"),
        (ProvisioningOrderState::Done, _) => ("good", "check-circle", "provisioning-is-done"),
        (ProvisioningOrderState::Void, _) => ("calm", "minus-circle", "provisioning-is-void"),
    };
    Chip {
        tone,
        icon,
        text: words.say(text),
        rest: None,
    }
}

pub(crate) async fn answer(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(ProvisioningId::parse(&id))?;
    let (answer, done) = match fields.get("answer") {
        Some("done") => (ProvisioningOrderAnswer::Done, "provisioning-done"),
        Some("again") => (ProvisioningOrderAnswer::Again, "provisioning-again"),
        Some("failed") => {
            let reason = fields.get("reason").map(str::to_owned);
            (ProvisioningOrderAnswer::Failed(reason), "provisioning-failed")
        }
        _ => return Err(Error::field("/answer", Code::Required).into()),
    };
    console
        .app
        .answer_provisioning_order(&actor, &id, &answer, &Guard::default())
        .await?;
    Ok(see(&format!("/vendor/provisioning?done={done}")))
}
