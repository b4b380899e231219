//! USE-1: what a customer uses, as a picture: for itself, for its partner, and on a trial's page.

use crate::{
    Console,
    frame::page,
    part::Chart,
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::usage::{Picture, Series};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, program::Program};
use serde::Serialize;

/// The values of `parts/usage.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Usage {
    pub(crate) charts: Vec<Chart>,
    /// Whether more is counted than is shown.
    pub(crate) more: bool,
}

/// The values of `usage.html`.
#[derive(Serialize)]
pub(crate) struct UsagePage {
    /// The customer's name, and its page; none for itself.
    pub(crate) back: Option<(String, String)>,
    pub(crate) usage: Usage,
}

impl View for UsagePage {
    const TEMPLATE: &'static str = "usage.html";
}

pub(crate) async fn show_own(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    if !actor.is_customer() {
        return Err(Failure::not_found());
    }
    let picture = console.app.customer_picture(&actor, actor.org()).await?;
    let view = UsagePage {
        back: None,
        usage: of(&words, &picture, &*console.app.program()?),
    };
    page(&console, &visitor, words.say("usage-title"), &view)
}

pub(crate) async fn show_of(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    let id = super::id(OrgId::parse(&customer))?;
    let picture = console.app.customer_picture(&actor, &id).await?;
    let name = i18n::tame(&console.app.customer(&actor, &id).await?.name);
    let view = UsagePage {
        back: Some((name, format!("/partner/customers/{id}"))),
        usage: of(&words, &picture, &*console.app.program()?),
    };
    page(&console, &visitor, words.say("usage-title"), &view)
}

pub(crate) fn of(words: &Words, picture: &Picture, program: &Program) -> Usage {
    let ends = (picture.from, picture.to);
    let chart = |(at, series): (usize, &Series)| {
        let name = [
            ("service", words.service(&series.service, program).into()),
            ("metric", metric(words, &series.metric).into()),
        ];
        Chart::of(
            words,
            format!("usage-{at}"),
            words.t("usage-of", &name),
            &series.days,
            ends,
        )
    };
    Usage {
        charts: picture.series.iter().enumerate().map(chart).collect(),
        more: picture.more,
    }
}

/// What is counted; services may report what has no name here.
fn metric(words: &Words, name: &str) -> String {
    let id = format!("usage-metric-{}", name.replace('_', "-"));
    i18n::complete(words.language, &id, &[]).unwrap_or_else(|| name.replace('_', " "))
}
