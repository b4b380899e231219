//! CONV-5: the answers of an order before the last button: what is ordered, what it makes of the trial, who loses what,
//! who sets it up. Each can be changed; nothing here can be typed.

use super::{Ordered, difference::DifferencePart, show, wish::Wish};
use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::order::{Foreseen, OrderView};
use axum::response::Response;
use domain::{ids::TrialId, program::Program};
use serde::Serialize;

/// The values of `orders/answers.html`.
#[derive(Serialize)]
pub(crate) struct AnswersPage {
    /// Where one came from: its name and address.
    pub(crate) crumb: (String, String),
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) ordered: Ordered,
    pub(crate) contact: String,
    pub(crate) difference: DifferencePart,
    /// CONV-5: that somebody would lose something.
    pub(crate) warning: Option<String>,
    /// EXP-5: the phone numbers that go.
    pub(crate) numbers: Option<String>,
    /// CONV-6: both dates.
    pub(crate) dates: Option<String>,
    pub(crate) next: Vec<String>,
    pub(crate) action: String,
    /// Where it can be changed, with everything as it was typed.
    pub(crate) change: String,
    pub(crate) leave: String,
    pub(crate) draft: String,
}

impl View for AnswersPage {
    const TEMPLATE: &'static str = "orders/answers.html";
}

/// From where an order is placed.
pub(crate) struct Source<'a> {
    pub(crate) trial: &'a TrialId,
    pub(crate) program: &'a Program,
    pub(crate) crumb: (String, String),
    pub(crate) title: String,
    pub(crate) lead: String,
    /// The address of its form.
    pub(crate) action: String,
    pub(crate) leave: String,
    pub(crate) dates: Option<String>,
    /// CONV-1: the partner for which a distributor orders.
    pub(crate) handed_by: Option<String>,
}

pub(crate) async fn shown(
    console: &Console,
    signed: &Signed,
    from: Source<'_>,
    wish: Wish,
    tried: &OrderView,
) -> Result<Response, Failure> {
    let foreseen = console.app.foresee_order(&signed.actor, &tried.order).await?;
    let draft = wish.keyed(console).seal(console, &signed.actor, from.trial.as_str());
    let view = of(&signed.words, from, tried, &foreseen, draft);
    page(console, &signed.visitor, view.title.clone(), &view)
}

pub(crate) fn of(
    words: &Words,
    from: Source<'_>,
    tried: &OrderView,
    foreseen: &Foreseen,
    draft: String,
) -> AnswersPage {
    let contact = show::contact(words, tried);
    let named = super::contact(tried).unwrap_or_default();
    let warning = match &from.handed_by {
        Some(partner) => words.t("conversion-warning", &[("partner", partner.as_str().into())]),
        None => words.say("convert-warning"),
    };
    AnswersPage {
        ordered: Ordered::of(words, &tried.order, from.program),
        contact,
        difference: DifferencePart::of(words, &foreseen.difference, from.program),
        warning: foreseen.takes.then_some(warning),
        numbers: super::numbers(words, foreseen.numbers, from.program),
        dates: from.dates,
        next: super::next(words, &tried.order, &named),
        change: format!("{}?change=yes&draft={draft}", from.action),
        action: from.action,
        leave: from.leave,
        crumb: from.crumb,
        title: from.title,
        lead: from.lead,
        draft,
    }
}
