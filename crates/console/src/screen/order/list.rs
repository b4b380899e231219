//! Orders in a list: a partner's own, and those of everybody at the order desk.

use super::{SOON, base, chip, reference};
use crate::{
    Console,
    frame::page,
    part::Chip,
    screen::{address, may},
    template::View,
    web::{Failure, Query, Signed},
    words::Words,
};
use app::{
    Actor, Page, PageRequest,
    order::{ConversionView, OrderFilter, OrderView},
    policy::Action,
};
use axum::{extract::State, response::Response};
use domain::program::Program;
use jiff::Timestamp;
use serde::Serialize;

const VIEWS: [&str; 4] = ["open", "nearing", "mapped", "closed"];
const ROWS: usize = 50;
const MOST: usize = 200;

/// The values of `orders/list.html`.
#[derive(Serialize)]
pub(crate) struct Orders {
    pub(crate) lead: String,
    pub(crate) base: &'static str,
    pub(crate) vendor: bool,
    /// The order desk places orders for partners.
    pub(crate) place: bool,
    /// Label, address, whether it is the one that is shown.
    pub(crate) tabs: Vec<(String, String, bool)>,
    pub(crate) filtered: bool,
    pub(crate) orders: Vec<Line>,
    /// CONV-1: conversions that partners of this one have handed to it.
    pub(crate) asked: Vec<Asked>,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) unavailable: Option<String>,
}

/// An order in the list.
#[derive(Serialize)]
pub(crate) struct Line {
    url: String,
    reference: String,
    customer: String,
    partner: String,
    services: String,
    chip: Chip,
    placed: String,
    contact: String,
}

/// A conversion that waits for an order.
#[derive(Serialize)]
pub(crate) struct Asked {
    url: String,
    customer: String,
    services: String,
    chip: Chip,
}

impl View for Orders {
    const TEMPLATE: &'static str = "orders/list.html";
}

pub(crate) async fn partner(console: State<Console>, signed: Signed, query: Query) -> Result<Response, Failure> {
    if !signed.actor.is_partner() {
        return Err(Failure::not_found());
    }
    shown(&console, &signed, &query).await
}

pub(crate) async fn vendor(console: State<Console>, signed: Signed, query: Query) -> Result<Response, Failure> {
    if !signed.actor.is_vendor() {
        return Err(Failure::not_found());
    }
    shown(&console, &signed, &query).await
}

async fn shown(console: &Console, signed: &Signed, Query(query): &Query) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let (program, now, base) = (console.app.program()?, console.app.clock.now(), base(actor));
    let chosen = query.get("view").filter(|view| VIEWS.contains(view)).unwrap_or("open");
    let nearing = chosen == "nearing";
    let filter = OrderFilter {
        state: Some(if nearing { "open" } else { chosen }.to_owned()),
        ..OrderFilter::default()
    };
    let request = PageRequest {
        after: query.get("after").and_then(crate::screen::place),
        limit: ROWS,
    };
    let found = match nearing {
        true => soon(console, actor, &filter).await?,
        false => console.app.orders(actor, &filter, &request).await?,
    };
    let down: Vec<String> = found
        .unavailable_regions
        .iter()
        .map(|region| words.region(region, &program))
        .collect();
    let after = found.next.as_ref().and_then(crate::screen::cursor);
    let view = Orders {
        lead: words.say(if actor.is_vendor() {
            "orders-lead-vendor"
        } else {
            "orders-lead"
        }),
        base,
        vendor: actor.is_vendor(),
        place: actor.is_vendor() && may(console, actor, Action::PlaceOrder),
        tabs: tabs(words, base, chosen),
        filtered: nearing,
        orders: found
            .items
            .iter()
            .map(|view| line(words, base, view, &program, now))
            .collect(),
        asked: asked(console, signed).await?,
        first: query.has("after").then(|| address(base, &[("view", chosen)])),
        next: after.map(|after| address(base, &[("view", chosen), ("after", &after)])),
        unavailable: (!down.is_empty())
            .then(|| words.t("customers-unavailable", &[("regions", words.list(&down).into())])),
    };
    page(console, visitor, words.say("orders-title"), &view)
}

/// Those that close soon are the oldest: all are looked through, so many are shown.
async fn soon(console: &Console, actor: &Actor, filter: &OrderFilter) -> Result<Page<OrderView>, Failure> {
    let mut request = PageRequest {
        after: None,
        limit: MOST,
    };
    let mut all = Page {
        items: Vec::new(),
        next: None,
        unavailable_regions: Vec::new(),
    };
    loop {
        let found = console.app.orders(actor, filter, &request).await?;
        let near = |view: &OrderView| view.days_left.is_some_and(|left| left <= SOON);
        all.items.extend(found.items.into_iter().filter(near));
        all.unavailable_regions = found.unavailable_regions;
        request.after = found.next;
        if request.after.is_none() || all.items.len() >= MOST {
            all.items.sort_by_key(|view| view.days_left);
            return Ok(all);
        }
    }
}

pub(crate) fn tabs(words: &Words, base: &str, chosen: &str) -> Vec<(String, String, bool)> {
    let tab = |view: &str| {
        let label = words.say(&format!("orders-view-{view}"));
        let url = if view == "open" {
            base.to_owned()
        } else {
            address(base, &[("view", view)])
        };
        (label, url, view == chosen)
    };
    VIEWS.map(tab).into()
}

pub(crate) fn line(words: &Words, base: &str, view: &OrderView, program: &Program, now: Timestamp) -> Line {
    let order = &view.order;
    let ids: Vec<String> = order.services.iter().map(|(id, _)| id.clone()).collect();
    Line {
        url: format!("{base}/{}", order.id),
        reference: reference(order.id.as_str()),
        customer: super::whose(words, view),
        partner: i18n::tame(&view.partner_name),
        services: words.list(&words.services(&ids, program)),
        chip: chip(words, order, now),
        placed: words.medium(order.placed_on),
        contact: super::contact(view).unwrap_or_default(),
    }
}

/// CONV-1: what was handed to this distributor and waits for its order.
async fn asked(console: &Console, signed: &Signed) -> Result<Vec<Asked>, Failure> {
    let Signed { actor, words, .. } = signed;
    if !actor.is_partner() || !may(console, actor, Action::ReadConversions) {
        return Ok(Vec::new());
    }
    let program = console.app.program()?;
    let first = PageRequest {
        after: None,
        limit: 200,
    };
    let tasks = console.app.tasks(actor, &first).await?.items;
    let handed = tasks.iter().filter_map(|task| task.conversion.as_ref());
    Ok(handed.map(|view| conversion(words, view, &program)).collect())
}

pub(crate) fn conversion(words: &Words, view: &ConversionView, program: &Program) -> Asked {
    let ids: Vec<String> = view.services.iter().map(|(id, _)| id.clone()).collect();
    let left = view.days_left;
    Asked {
        url: format!("/partner/conversions/{}", view.trial),
        customer: i18n::tame(&view.customer_name),
        services: words.list(&words.services(&ids, program)),
        chip: Chip {
            tone: "wait",
            icon: "inbox",
            text: words.say("status-order-asked"),
            rest: left.map(|left| words.t("wait-you", &[("days", left.into())])),
        },
    }
}

/// CONV-3: orders that this person is to set up: where, and of whom.
pub(crate) async fn mine(console: &Console, actor: &Actor) -> Result<Vec<(String, String)>, Failure> {
    if !may(console, actor, Action::SetUpOrder) {
        return Ok(Vec::new());
    }
    let filter = OrderFilter {
        state: Some("open".to_owned()),
        mine: true,
        ..OrderFilter::default()
    };
    let few = PageRequest { after: None, limit: 20 };
    let found = console.app.orders(actor, &filter, &few).await?;
    let line = |view: &OrderView| {
        let url = format!("/orders/{}/set-up", view.order.id);
        (url, i18n::tame(&view.partner_name))
    };
    Ok(found.items.iter().map(line).collect())
}
