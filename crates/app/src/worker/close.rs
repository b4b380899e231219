//! EXP-4 and 9: it is decided that an organization closes, and what was personal of it is erased in the end.

use crate::{App, Error, idempotency::gone, load::Loaded};
use domain::{
    closing::Step,
    ids::OrgId,
    organization::Kind,
    time::civil_day,
    trial::{MilestoneKind, MilestoneState},
};
use std::sync::atomic::Ordering;
use store::{
    Tx,
    region::{Reads, Versioned, closing::Closing, directory_task::Action as Tell, event::By},
};

impl App {
    /// EXP-4: the organization is closed: from this instant nobody signs in any more, and no partner sees it. What takes
    /// longer with many people follows in steps ([`App::carry_closings`]).
    pub(super) async fn close_organization(&self, tx: &Tx, by: &By, loaded: &Loaded, users: u32) -> Result<(), Error> {
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
        let closing = Closing {
            customer: id.clone(),
            trial: loaded.record.trial.id.clone(),
            began_at: loaded.now,
            step: Step::Users,
            place: String::new(),
            users,
            users_moved: 0,
            licenses: 0,
            erased_at: None,
            version: 1,
        };
        tx.begin_closing(&closing).await?;
        // Addresses and domains are free at once; the site rests since the trial ended (START-5).
        Ok(tx
            .tell_directory(&[self.directory_task(Tell::ForgetAll, "", "", id)])
            .await?)
    }

    /// EXP-9: whether what was personal has to stay for now: an email is on its way to somebody or will be, or the vendor
    /// or the clock holds it back (EXP-8).
    pub(super) async fn is_kept(&self, reads: &Reads<'_>, id: &OrgId) -> Result<bool, Error> {
        if self.fuse.load(Ordering::SeqCst) || reads.open_letters(id).await? > 0 || reads.is_held(id).await? {
            return Ok(true);
        }
        for record in reads.trials_of(id).await? {
            let rows = reads.milestones(&record.trial.id).await?;
            let told = |row: &domain::trial::Row| {
                row.kind == MilestoneKind::AccessEndedNotice && row.state == MilestoneState::Planned
            };
            if rows.iter().any(told) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// EXP-9: whatever was personal, but people, who are erased before: a table that holds any has its line here.
    pub(super) async fn erase_one(&self, tx: &Tx, id: &OrgId) -> Result<(), Error> {
        let mut customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        customer.value.name = String::new();
        tx.put_organization(&customer).await?;
        tx.erase_people(id).await?;
        tx.erase_asked(id).await?;
        tx.erase_holds(id).await?;
        tx.erase_answers(id, &gone()?).await?;
        tx.erase_jobs(id).await?;
        tx.erase_setup(id).await?;
        tx.erase_texts(id).await?;
        tx.erase_lines(id).await?;
        tx.erase_provisioning(id).await?;
        tx.erase_words(id).await?;
        tx.erase_drafts(id).await?;
        tx.erase_exceptions(id).await?;
        tx.erase_approval_reasons(id).await?;
        tx.erase_usage(id).await?;
        Ok(())
    }
}
