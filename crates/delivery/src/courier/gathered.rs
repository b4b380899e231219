//! NOTE-4: what a digest tells, read where it lives at the moment of sending.

use super::desk::{Desk, Unwritten, never};
use domain::{digest::Gathered, time::civil_day};
use jiff::{civil::Date, tz::TimeZone};
use store::region::outbox;

impl Desk<'_> {
    /// Customer, expiry date and days left of each that is still true.
    pub(super) async fn gathered(&mut self, letter: &outbox::Letter) -> Result<Vec<(String, Date, i64)>, Unwritten> {
        let mut lines = Vec::new();
        for line in &letter.facts.gathered {
            lines.extend(self.gathered_one(line).await?);
        }
        if lines.is_empty() && !letter.facts.gathered.is_empty() {
            return Err(never("nothing of it is true any more"));
        }
        Ok(lines)
    }

    async fn gathered_one(&mut self, line: &Gathered) -> Result<Option<(String, Date, i64)>, Unwritten> {
        let Some(region) = self.courier.stores.region(line.trial.region()) else {
            return Ok(None);
        };
        let Some(record) = region.read().trial(&line.trial).await? else {
            return Ok(None);
        };
        let zone = TimeZone::get(&record.trial.zone).unwrap_or(TimeZone::UTC);
        let today = civil_day((self.courier.clocks.rules)(), &zone);
        let Some(days) = line.days_left(&record.trial, today) else {
            return Ok(None);
        };
        let customer = self.organization(&line.customer).await?;
        Ok(customer.map(|customer| (customer.name, line.ends_on, days)))
    }
}
