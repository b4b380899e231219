//! USE-1: the last weeks of each figure, day by day, for a picture.

use super::read::Scope;
use crate::{
    Actor, App, Error,
    load::{customer_of, zone},
};
use domain::{
    ids::{OrgId, TrialId},
    time::{civil_day, plus_days},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::region::usage::UsageQuery;

/// Days that a picture shows.
const DAYS: i64 = 30;

/// Pictures on a page, at most.
const MOST: usize = 24;

/// One metric of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// By the program's id.
    pub service: String,
    /// What was counted.
    pub metric: String,
    /// The days that were reported.
    pub days: BTreeMap<Date, i64>,
}

/// What was used in the days up to today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The first day shown.
    pub from: Date,
    /// The last one: today in the customer's zone.
    pub to: Date,
    /// By service and metric; those of which nothing was reported in these days are left out.
    pub series: Vec<Series>,
    /// Whether there are more metrics than a page shows.
    pub more: bool,
}

impl App {
    /// What a customer used, as its reader may see it.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn customer_picture(&self, actor: &Actor, id: &OrgId) -> Result<Picture, Error> {
        let scope = self.usage_of_customer(actor, id).await?;
        self.picture(&scope).await
    }

    /// What was used in a trial.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn trial_picture(&self, actor: &Actor, id: &TrialId) -> Result<Picture, Error> {
        let scope = self.usage_of_trial(actor, id).await?;
        self.picture(&scope).await
    }

    async fn picture(&self, scope: &Scope) -> Result<Picture, Error> {
        let reads = self.region(scope.customer.region())?.read();
        let found = reads
            .organization(&scope.customer)
            .await?
            .ok_or_else(Error::not_found)?;
        let today = civil_day(self.clock.now(), &zone(&customer_of(&found.value)?.zone)?);
        // A trial that is over is shown up to its last day.
        let ends = scope.windows.iter().flatten().map(|window| window.to);
        let last = ends
            .collect::<Option<Vec<Date>>>()
            .and_then(|ends| ends.into_iter().max());
        let to = last.map_or(today, |last| last.min(today));
        let from = plus_days(to, 1 - DAYS);
        let query = UsageQuery {
            customer: scope.customer.clone(),
            windows: scope.windows.clone(),
            service: None,
            metric: None,
            from: Some(from),
            to: Some(to),
            after: None,
            limit: (MOST as u64 + 1) * DAYS.unsigned_abs(),
        };
        let mut series: Vec<Series> = Vec::new();
        for figure in reads.usage(&query).await? {
            match series.last_mut() {
                Some(last) if last.service == figure.service && last.metric == figure.metric => {
                    last.days.insert(figure.on, figure.value);
                }
                _ => series.push(Series {
                    service: figure.service,
                    metric: figure.metric,
                    days: BTreeMap::from([(figure.on, figure.value)]),
                }),
            }
        }
        let more = series.len() > MOST;
        series.truncate(MOST);
        Ok(Picture { from, to, series, more })
    }
}
