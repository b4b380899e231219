//! USE-1: what services report. All of it is checked before any of it is written.

use crate::{
    Actor, App, Error, Guard,
    load::zone,
    policy::{Action, allow},
};
use domain::{
    ids::OrgId,
    program::Program,
    usage::{self, Figure, Known, Line},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// What came of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Figures that were sent.
    pub received: usize,
    /// Those of them that are new or another than before.
    pub changed: usize,
}

/// Customers of one transaction.
const AT_ONCE: usize = 100;

type ByCustomer = BTreeMap<OrgId, Vec<Figure>>;

impl App {
    /// Takes a report. The same again changes nothing; another value for the same day replaces it.
    ///
    /// # Errors
    /// `role_required`, `scope_required`, wrong input by its line.
    pub async fn report_usage(&self, actor: &Actor, lines: &[Line], guard: &Guard) -> Result<Reported, Error> {
        allow(actor, Action::ReportUsage, self.clock.now())?;
        self.once(actor, guard.idem.as_ref(), self.take_report(actor, lines, guard))
            .await
    }

    async fn take_report(&self, actor: &Actor, lines: &[Line], guard: &Guard) -> Result<Reported, Error> {
        let _moment = self.moment().await;
        let program = self.program()?;
        let known = match lines.len() <= usage::MOST {
            true => self.reported_of(lines, &program).await?,
            false => BTreeMap::new(),
        };
        let figures = usage::check(lines, |id| known.get(id), &program, self.clock.now())?;
        let mut reported = Reported {
            received: figures.len(),
            changed: 0,
        };
        let mut regions: BTreeMap<String, ByCustomer> = BTreeMap::new();
        for (customer, figure) in figures {
            let of = regions.entry(customer.region().to_owned()).or_default();
            of.entry(customer).or_default().push(figure);
        }
        for (region, figures) in &regions {
            let all: Vec<(&OrgId, &Vec<Figure>)> = figures.iter().collect();
            // Nobody else waits for a whole night's report; the same report again completes what was cut off.
            for part in all.chunks(AT_ONCE) {
                let tx = self.region(region)?.begin().await?;
                reported.changed += self.keep_usage(&tx, actor, part).await?;
                if guard.dry_run {
                    tx.rollback().await?;
                } else {
                    tx.commit().await?;
                }
            }
        }
        Ok(reported)
    }

    /// A part of one region; how many figures changed. In the order of their ids, so that two reports do not wait for each
    /// other for ever.
    async fn keep_usage(&self, tx: &Tx, actor: &Actor, figures: &[(&OrgId, &Vec<Figure>)]) -> Result<usize, Error> {
        let mut all = 0;
        for (customer, figures) in figures {
            tx.lock(customer).await?;
            // EXP-9: of a customer that was closed meanwhile nothing is kept any more.
            let found = tx.read().organization(customer).await?;
            let open = |facts: &domain::organization::Customer| facts.closed_on.is_none();
            if !found.is_some_and(|found| found.value.customer().is_some_and(open)) {
                continue;
            }
            let changed = tx.put_usage(customer, figures, self.clock.real()).await?;
            if changed > 0 {
                let body = serde_json::json!({"figures": figures.len(), "changed": changed});
                self.note(tx, actor, customer, "usage_reported", body).await?;
            }
            all += changed;
        }
        Ok(all)
    }

    /// What is known of the customers that a report names; of one that is not there nothing.
    async fn reported_of<'l>(&self, lines: &'l [Line], program: &Program) -> Result<BTreeMap<&'l str, Known>, Error> {
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for line in lines {
            let of = ids.entry(line.customer.as_str()).or_default();
            of.insert(usage::present(program, &line.service));
        }
        let mut known = BTreeMap::new();
        for (name, reported) in ids {
            let Some(id) = OrgId::parse(name) else { continue };
            let Some(region) = self.stores.region(id.region()) else {
                continue;
            };
            let reads = region.read();
            let Some(found) = reads.organization(&id).await? else {
                continue;
            };
            let Some(facts) = found.value.customer().filter(|facts| facts.closed_on.is_none()) else {
                continue;
            };
            let trials = reads.trials_of(&id).await?;
            let trials = trials.iter().map(|record| &record.trial);
            let mut services = Known::of(&facts.purchased, trials, program);
            // All of a customer's figures are asked only where nothing else explains a line.
            if !reported.is_subset(&services) {
                let used = reads.used_services(&id).await?;
                services.extend(used.iter().map(|name| usage::present(program, name)));
            }
            let one = Known {
                services,
                since: found.value.created_at,
                zone: zone(&facts.zone)?,
            };
            known.insert(name, one);
        }
        Ok(known)
    }
}
