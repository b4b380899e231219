//! USE-1: what some of the sample customers used, as services would have reported it.

use super::{
    cast::{
        VENDOR,
        clients::{ACTIVE, CONVERTED, EXPIRED},
    },
    stage::Stage,
};
use crate::failure::Outcome;
use app::Guard;
use domain::{
    time::{civil_day, plus_days},
    usage::Line,
};
use jiff::tz::TimeZone;

/// The trials team's place in the cast.
const TEAM: usize = 1;
/// Days of which something is reported: the trial that was converted is seen to keep them.
const DAYS: i64 = 44;
/// Every so many days a service was silent: a gap in the picture.
const SILENT: i64 = 11;

/// Service, metric, and about how much of it on a working day.
const COUNTED: [(&str, &str, i64); 3] = [
    ("messaging", "active_users", 18),
    ("messaging", "messages", 640),
    ("meetings", "meetings", 7),
];

pub(super) async fn report(stage: &Stage) -> Outcome {
    let meter = stage.who(VENDOR.people, VENDOR.domain, TEAM).await?;
    for client in [&ACTIVE, &EXPIRED, &CONVERTED] {
        let Some(id) = stage.cast.get(client.cast) else {
            continue;
        };
        let Some(region) = stage.app.stores.region(id.region()) else {
            continue;
        };
        let Some(found) = region.read().organization(id).await? else {
            continue;
        };
        let zone = TimeZone::get(client.zone).unwrap_or(TimeZone::UTC);
        let first = civil_day(found.value.created_at, &zone);
        let today = civil_day(stage.app.clock.now(), &zone);
        let days = (1..=DAYS).map(|ago| (ago, plus_days(today, -ago)));
        let lines: Vec<Line> = days
            .filter(|(ago, day)| *day >= first && ago % SILENT != 0)
            .flat_map(|(ago, day)| {
                let rest = matches!(
                    day.weekday(),
                    jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
                );
                COUNTED.map(|(service, metric, about)| Line {
                    customer: id.0.clone(),
                    service: service.to_owned(),
                    on: day.to_string(),
                    metric: metric.to_owned(),
                    value: if rest { 0 } else { about + about * ((ago * 7) % 5) / 8 },
                })
            })
            .collect();
        stage.app.report_usage(&meter, &lines, &Guard::default()).await?;
    }
    Ok(())
}
