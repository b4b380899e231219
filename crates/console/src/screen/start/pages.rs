//! What the pages of the steps show.

use super::{
    At, Common, Step,
    answers::answers,
    draft::Belongs,
    fields::{Choice, DeviceFields, countries, zones},
    future, room,
};
use crate::{
    frame::page_with,
    part::{Faults, ServiceChoice, Timeline},
    template::View,
    web::{Failure, Visitor},
};
use axum::{http::StatusCode, response::Response};
use domain::{
    program::Availability,
    time::{civil_day, plus_days},
};
use jiff::tz::TimeZone;
use serde::Serialize;

/// The values of `start/customer.html`.
#[derive(Serialize)]
pub(crate) struct CustomerStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) name: String,
    pub(crate) admin_email: String,
    pub(crate) verticals: Vec<Choice>,
    /// Countries by the region that will hold the data (REG-1).
    pub(crate) regions: Vec<(String, Vec<Choice>)>,
    pub(crate) languages: Vec<Choice>,
    pub(crate) acknowledged: bool,
}

/// The values of `start/existing.html`.
#[derive(Serialize)]
pub(crate) struct ExistingStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) back: String,
}

/// The values of `start/services.html`.
#[derive(Serialize)]
pub(crate) struct ServicesStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    /// What the address belongs to, and where the data will live.
    pub(crate) told: Vec<String>,
    /// Where an address is put right that belongs to nobody by mistake.
    pub(crate) mend: Option<String>,
    pub(crate) services: Vec<ServiceChoice>,
    pub(crate) future: Timeline,
}

/// The values of `start/length.html`.
#[derive(Serialize)]
pub(crate) struct LengthStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) quantity: String,
    pub(crate) min: u32,
    pub(crate) max: u32,
    /// Days, in words, and when it would end.
    pub(crate) durations: Vec<(u32, String, String, bool)>,
    /// A service sets the whole trial's length.
    pub(crate) fixed: Option<String>,
    /// Services with a quantity of their own.
    pub(crate) own: Vec<String>,
    pub(crate) asked: bool,
    pub(crate) future: Timeline,
}

/// The values of `start/site.html`.
#[derive(Serialize)]
pub(crate) struct SiteStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) site: String,
    pub(crate) zones: Vec<Choice>,
    pub(crate) asked: bool,
    pub(crate) future: Timeline,
}

/// The values of `start/devices.html`.
#[derive(Serialize)]
pub(crate) struct DevicesStep {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) devices: DeviceFields,
    pub(crate) future: Timeline,
}

macro_rules! views {
    ($($view:ident = $template:literal,)*) => {$(
        impl View for $view {
            const TEMPLATE: &'static str = $template;
        }
    )*};
}

views! {
    CustomerStep = "start/customer.html",
    ExistingStep = "start/existing.html",
    ServicesStep = "start/services.html",
    LengthStep = "start/length.html",
    SiteStep = "start/site.html",
    DevicesStep = "start/devices.html",
}

/// The page of a step, with what is wrong on it.
pub(super) async fn page(at: &At<'_>, visitor: &Visitor, faults: Faults) -> Result<Response, Failure> {
    let mut common = at.common(faults.clone());
    room::tell(at, &mut common).await?;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = format!("{} · {}", common.title, at.words.say("start-title"));
    macro_rules! answer {
        ($view:expr) => {
            page_with(status, at.console, visitor, title, &$view)
        };
    }
    match at.step {
        Step::Customer => answer!(customer(at, common)),
        Step::Existing => answer!(existing(at, common)),
        Step::Services => answer!(services(at, common).await?),
        Step::Length => answer!(length(at, common)),
        Step::Site => answer!(site(at, common)),
        Step::Devices => answer!(DevicesStep {
            common,
            future: future::timeline(at),
            devices: DeviceFields::of(
                at.words,
                &at.program,
                at.draft.devices.as_ref(),
                at.draft.place(),
                at.draft.belongs == Some(Belongs::Nobody)
            )
        }),
        Step::Answers => answers(at, visitor, common).await,
    }
}

fn customer(at: &At<'_>, common: Common) -> CustomerStep {
    let (draft, words) = (&at.draft, at.words);
    let chosen = |given: &Option<String>, id: &str| given.as_deref() == Some(id);
    let language = draft.language.as_deref().unwrap_or(words.language.as_str());
    CustomerStep {
        name: draft.name.clone().unwrap_or_default(),
        admin_email: draft.admin_email.clone().unwrap_or_default(),
        verticals: at
            .program
            .verticals
            .iter()
            .map(|vertical| Choice {
                chosen: chosen(&draft.vertical, &vertical.id),
                value: vertical.id.clone(),
                name: words.pick(&vertical.name),
            })
            .collect(),
        regions: countries(words, &at.program, draft.country.as_deref()),
        languages: i18n::Language::ALL
            .map(|one| Choice {
                value: one.as_str().to_owned(),
                name: one.native_name().to_owned(),
                chosen: one.as_str() == language,
            })
            .into(),
        acknowledged: draft.acknowledged,
        common,
    }
}

fn existing(at: &At<'_>, common: Common) -> ExistingStep {
    let (name, country) = match &at.draft.belongs {
        Some(Belongs::Existing(name, country)) => (i18n::tame(name), at.words.country(country, Some(&at.program))),
        _ => Default::default(),
    };
    ExistingStep {
        email: at.draft.admin_email.clone().unwrap_or_default(),
        name,
        country,
        back: at.url(Step::Customer),
        common,
    }
}

async fn services(at: &At<'_>, common: Common) -> Result<ServicesStep, Failure> {
    let email = at.draft.admin_email.as_deref().filter(|_| at.draft.own().is_none());
    let verdicts = at
        .console
        .app
        .eligibility(at.actor, at.draft.own(), email, None)
        .await?;
    let chosen = at.draft.services.as_deref().unwrap_or_default();
    let one = |service: &domain::program::Service| {
        let verdict = verdicts.iter().find(|verdict| verdict.service == service.id);
        let choice = ServiceChoice::of(at.words, service, &at.program, verdict, chosen.contains(&service.id));
        let choice = choice.unless_required(at.words, service, &at.program, &verdicts, &[]);
        choice.in_country(
            at.words,
            service,
            at.draft.place().and_then(|id| at.program.country(id)),
        )
    };
    Ok(ServicesStep {
        services: at.program.services.iter().map(one).collect(),
        told: told(at),
        mend: (at.draft.belongs == Some(Belongs::Nobody)).then(|| at.url(Step::Customer)),
        future: future::timeline(at),
        common,
    })
}

/// START-6 and REG-1 in words.
fn told(at: &At<'_>) -> Vec<String> {
    let words = at.words;
    let email = at.draft.admin_email.clone().unwrap_or_default();
    match &at.draft.belongs {
        Some(Belongs::Nobody) => {
            let country = at.draft.country.as_deref().and_then(|id| at.program.country(id));
            let place = country.map(|country| {
                let (name, region) = (
                    words.country(&country.id, Some(&at.program)),
                    words.region(&country.region, &at.program),
                );
                words.t(
                    "start-told-region",
                    &[("country", name.into()), ("region", region.into())],
                )
            });
            let review = country
                .filter(|country| country.availability == Availability::Review)
                .map(|_| words.say("start-told-review"));
            [
                Some(words.t("start-told-nobody", &[("email", email.into())])),
                place,
                review,
            ]
            .into_iter()
            .flatten()
            .collect()
        }
        Some(Belongs::Existing(name, _)) => vec![words.t("start-told-existing", &[("customer", name.into())])],
        Some(Belongs::Own(_, name, _)) => vec![words.t("start-told-own", &[("customer", name.into())])],
        None => Vec::new(),
    }
}

fn length(at: &At<'_>, common: Common) -> LengthStep {
    let (draft, words, program) = (&at.draft, at.words, &at.program);
    let all = draft.all_services(program);
    let ruling = all
        .iter()
        .filter_map(|id| program.service(id))
        .find_map(|one| Some((one, one.duration_days?)));
    let own = all.iter().filter_map(|id| program.service(id)).filter_map(|service| {
        let values = [
            ("service", service.name.as_str().into()),
            ("quantity", service.quantity?.into()),
        ];
        Some(words.t("start-length-own", &values))
    });
    let current = ruling.map_or(
        draft.duration.unwrap_or(i64::from(program.default_duration)),
        |(_, days)| i64::from(days),
    );
    let offered = ruling.map_or(program.durations.clone(), |(_, days)| vec![days]);
    LengthStep {
        quantity: at.typed.clone().unwrap_or_else(|| {
            let default = i64::from(program.license_quantity.default);
            draft.quantity.unwrap_or(default).to_string()
        }),
        min: program.license_quantity.min,
        max: program.license_quantity.max,
        durations: offered.iter().map(|days| offer(at, *days, current)).collect(),
        fixed: ruling.map(|(service, days)| {
            words.t(
                "start-length-fixed",
                &[("service", service.name.as_str().into()), ("days", days.into())],
            )
        }),
        own: own.collect(),
        asked: draft.is_request(),
        future: future::timeline(at),
        common,
    }
}

/// A length, and when a trial of that length would end if it started today.
fn offer(at: &At<'_>, days: u32, current: i64) -> (u32, String, String, bool) {
    let words = at.words;
    let country = at.draft.place().and_then(|id| at.program.country(id));
    let zone = country.and_then(|country| TimeZone::get(&country.time_zone).ok());
    let today = civil_day(at.console.app.clock.now(), zone.as_ref().unwrap_or(&words.zone));
    let ends = i18n::date(words.language, plus_days(today, i64::from(days)));
    let id = if at.draft.is_request() {
        "start-length-if"
    } else {
        "start-length-ends"
    };
    let label = words.t("days", &[("days", days.into())]);
    (
        days,
        label,
        words.t(id, &[("date", ends.into())]),
        current == i64::from(days),
    )
}

fn site(at: &At<'_>, common: Common) -> SiteStep {
    let (site, zone) = at.draft.site.clone().unwrap_or_default();
    let country = at.draft.place().and_then(|id| at.program.country(id));
    let current = zone.or(country.map(|country| country.time_zone.clone()));
    SiteStep {
        site: site.unwrap_or_default(),
        zones: zones(at.words, &at.program, current.as_deref()),
        asked: at.draft.is_request(),
        future: future::timeline(at),
        common,
    }
}
