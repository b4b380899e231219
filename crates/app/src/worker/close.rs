//! EXP-4 and 9: an organization is closed, and what was personal of it erased.

use crate::{App, Error, load::Loaded};
use domain::{
    ids::OrgId,
    organization::Kind,
    time::civil_day,
    trial::{MilestoneKind, MilestoneState},
};
use store::{
    Region, Tx,
    region::{Versioned, directory_task::Action as Tell, event::By},
};

impl App {
    /// EXP-4: the organization is closed: nobody signs in any more, no partner sees it, its addresses are free. What was
    /// personal is erased once its last email is delivered or given up (EXP-9).
    pub(super) async fn close_organization(&self, tx: &Tx, by: &By, loaded: &Loaded) -> Result<(), Error> {
        let id = &loaded.customer.value.id;
        let mut customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        if let Kind::Customer(facts) = &mut customer.value.kind {
            facts.closed_on = Some(civil_day(loaded.now, &loaded.zone));
        }
        for other in &loaded.others {
            let program = self.program_version(other.trial.program_version).await?;
            let at = domain::trial::At {
                program: &program,
                ..loaded.at()
            };
            let Some(change) = other.trial.close_request_of_closed(&at) else {
                continue;
            };
            let closing = self.load(&tx.read(), &other.trial.id, None).await?;
            self.save_loaded(tx, by, &closing, &change, None).await?;
        }
        for line in tx.read().relationships(id).await? {
            tx.end_relationship(id, &line.relationship.partner).await?;
        }
        tx.revoke_all_tokens(id, self.clock.real()).await?;
        tx.put_organization(&Versioned {
            value: customer.value,
            version: customer.version,
        })
        .await?;
        Ok(tx
            .tell_directory(&[self.directory_task(Tell::ForgetAll, "", "", id)])
            .await?)
    }

    /// EXP-9: erases what was personal of closed organizations whose last email has left.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn erase_closed(&self) -> Result<usize, Error> {
        let mut erased = 0;
        for region in self.stores.regions.values() {
            for closed in region.read().closed_organizations(50).await? {
                erased += usize::from(self.erase_one(region, &closed.value.id).await?);
            }
        }
        Ok(erased)
    }

    async fn erase_one(&self, region: &Region, id: &OrgId) -> Result<bool, Error> {
        let tx = region.begin().await?;
        tx.lock(id).await?;
        if tx.read().open_letters(id).await? > 0 || tx.read().is_held(id).await? {
            return Ok(false);
        }
        for record in tx.read().trials_of(id).await? {
            let rows = tx.read().milestones(&record.trial.id).await?;
            let told = |row: &domain::trial::Row| {
                row.kind == MilestoneKind::AccessEndedNotice && row.state == MilestoneState::Planned
            };
            if rows.iter().any(told) {
                return Ok(false);
            }
        }
        let mut customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        customer.value.name = String::new();
        tx.put_organization(&customer).await?;
        tx.erase_people(id).await?;
        tx.erase_asked(id).await?;
        tx.erase_texts(id).await?;
        tx.erase_lines(id).await?;
        tx.erase_words(id).await?;
        tx.commit().await?;
        Ok(true)
    }
}
