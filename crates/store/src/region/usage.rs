//! Daily figures of what customers use (USE-1).

use super::{Reads, Tx};
use crate::{StoreError, entity::usage, time::micros};
use domain::{
    ids::OrgId,
    usage::{Figure, Window},
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one statement.
const AT_ONCE: usize = 500;

/// Which figures.
#[derive(Clone, Debug)]
pub struct UsageQuery {
    /// Whose.
    pub customer: OrgId,
    /// Only these days of these services; none is all.
    pub windows: Option<Vec<Window>>,
    /// Of one service.
    pub service: Option<String>,
    /// Of one metric.
    pub metric: Option<String>,
    /// From that day on.
    pub from: Option<Date>,
    /// To that day, included.
    pub to: Option<Date>,
    /// After this service, metric and day.
    pub after: Option<(String, String, String)>,
    /// At most so many.
    pub limit: u64,
}

impl UsageQuery {
    fn condition(&self) -> Condition {
        let mut all = Condition::all().add(usage::Column::CustomerId.eq(self.customer.as_str()));
        if let Some(service) = &self.service {
            all = all.add(usage::Column::Service.eq(service));
        }
        if let Some(metric) = &self.metric {
            all = all.add(usage::Column::Metric.eq(metric));
        }
        if let Some(from) = self.from {
            all = all.add(usage::Column::Day.gte(from.to_string()));
        }
        if let Some(to) = self.to {
            all = all.add(usage::Column::Day.lte(to.to_string()));
        }
        if let Some((service, metric, day)) = &self.after {
            let columns = [usage::Column::Service, usage::Column::Metric, usage::Column::Day];
            let place = Expr::tuple(columns.map(Expr::col));
            let last = Expr::tuple([service, metric, day].map(|part| Expr::value(part.as_str())));
            all = all.add(place.gt(last));
        }
        if let Some(windows) = &self.windows {
            all = all.add(windows.iter().fold(Condition::any(), |any, one| any.add(within(one))));
        }
        all
    }

    /// Without windows nothing is anybody's business; an empty condition would let everything through.
    fn is_empty(&self) -> bool {
        self.windows.as_ref().is_some_and(Vec::is_empty)
    }
}

fn within(window: &Window) -> Condition {
    let days = Condition::all()
        .add(usage::Column::Service.is_in(window.services.iter().map(String::as_str)))
        .add(usage::Column::Day.gte(window.from.to_string()));
    match window.to {
        Some(to) => days.add(usage::Column::Day.lte(to.to_string())),
        None => days,
    }
}

impl Reads<'_> {
    /// Figures, by service, metric and day.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn usage(&self, query: &UsageQuery) -> Result<Vec<Figure>, StoreError> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let rows = usage::Entity::find()
            .filter(query.condition())
            .order_by_asc(usage::Column::Service)
            .order_by_asc(usage::Column::Metric)
            .order_by_asc(usage::Column::Day)
            .limit(query.limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Services of which something was reported.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn used_services(&self, customer: &OrgId) -> Result<BTreeSet<String>, StoreError> {
        let rows = usage::Entity::find()
            .select_only()
            .column(usage::Column::Service)
            .distinct()
            .filter(usage::Column::CustomerId.eq(customer.as_str()));
        Ok(rows.into_tuple::<String>().all(&self.on).await?.into_iter().collect())
    }
}

impl Tx {
    /// Writes figures of a customer that is locked: the last one said counts. How many are new or another.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_usage(&self, customer: &OrgId, figures: &[Figure], at: Timestamp) -> Result<usize, StoreError> {
        let there = self.usage_there(customer, figures).await?;
        let key = |one: &Figure| (one.service.clone(), one.metric.clone(), one.on);
        let known = |one: &&Figure| there.get(&key(one)) != Some(&one.value);
        let changed: Vec<&Figure> = figures.iter().filter(known).collect();
        let columns = [
            usage::Column::CustomerId,
            usage::Column::Service,
            usage::Column::Metric,
            usage::Column::Day,
        ];
        for part in changed.chunks(AT_ONCE) {
            let rows = part.iter().map(|figure| usage::ActiveModel {
                customer_id: Set(customer.0.clone()),
                service: Set(figure.service.clone()),
                metric: Set(figure.metric.clone()),
                day: Set(figure.on.to_string()),
                value: Set(figure.value),
                reported_at: Set(micros(at)),
            });
            let put = OnConflict::columns(columns)
                .update_columns([usage::Column::Value, usage::Column::ReportedAt])
                .to_owned();
            let insert = usage::Entity::insert_many(rows).on_conflict(put);
            insert.exec_without_returning(&self.on).await?;
        }
        Ok(changed.len())
    }

    /// What is kept already, read at once: a night's report is of very many customers.
    async fn usage_there(
        &self,
        customer: &OrgId,
        figures: &[Figure],
    ) -> Result<BTreeMap<(String, String, Date), i64>, StoreError> {
        let days = figures.iter().map(|figure| figure.on);
        let (Some(from), Some(to)) = (days.clone().min(), days.max()) else {
            return Ok(BTreeMap::new());
        };
        let (services, metrics): (BTreeSet<&str>, BTreeSet<&str>) =
            figures.iter().map(|one| (&*one.service, &*one.metric)).unzip();
        let rows = usage::Entity::find()
            .filter(usage::Column::CustomerId.eq(customer.as_str()))
            .filter(usage::Column::Service.is_in(services))
            .filter(usage::Column::Metric.is_in(metrics))
            .filter(usage::Column::Day.between(from.to_string(), to.to_string()));
        let found = rows.all(&self.on).await?.into_iter().map(read);
        let keyed = |one: Figure| ((one.service, one.metric, one.on), one.value);
        found.map(|one| one.map(keyed)).collect()
    }

    /// Removes what a customer used (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_usage(&self, customer: &OrgId) -> Result<(), StoreError> {
        usage::Entity::delete_many()
            .filter(usage::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

fn read(row: usage::Model) -> Result<Figure, StoreError> {
    let day = row.day.parse();
    Ok(Figure {
        service: row.service,
        metric: row.metric,
        on: day.map_err(|_| StoreError::Corrupt(format!("a day of usage: {}", row.day)))?,
        value: row.value,
    })
}
