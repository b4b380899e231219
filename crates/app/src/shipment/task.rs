//! What waits for somebody about devices.

use super::{ExtensionFilter, ReturnFilter, ShipmentFilter, ShipmentView};
use crate::{Actor, App, Error, PageRequest, load::zone, task::Task};
use domain::{person::Role, time::end_of};
use jiff::{SignedDuration, Timestamp};
use store::region::shipment::Returns;

/// So many of a kind are looked for at most; there are lists of all of them.
const MOST: usize = 50;

impl App {
    /// DEV-4, EXT-4, DEV-6: of the trials team, and of a partner's sales people.
    pub(crate) async fn tasks_about_devices(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        let page = PageRequest {
            after: None,
            limit: MOST,
        };
        if actor.has(Role::TrialsTeam) {
            let filter = ShipmentFilter {
                statuses: vec!["requested".to_owned(), "approved".to_owned()],
                ..ShipmentFilter::default()
            };
            let found = self.shipments(actor, &filter, &page).await?;
            all.extend(found.items.iter().map(|view| task("shipment", view, None)));
            let filter = ExtensionFilter {
                state: Some("pending".to_owned()),
                ..ExtensionFilter::default()
            };
            let found = self.device_extensions(actor, &filter, &page).await?;
            all.extend(found.items.into_iter().map(|view| Task {
                kind: "device_extension",
                subject: view.extension.id.0,
                customer: Some(view.customer),
                trial: Some(view.trial_id),
                due_at: None,
                conversion: None,
            }));
        }
        let now = self.clock.now();
        let every = ReturnFilter::default();
        let overdue = self.returns_of(actor, Returns::Overdue(now), &every, &page).await?;
        for view in &overdue.items {
            all.push(task("return_overdue", view, self.due_at(view).await?));
        }
        if actor.is_partner() {
            let soon = now
                .checked_add(SignedDuration::from_hours(7 * 24))
                .unwrap_or(Timestamp::MAX);
            let due = self
                .returns_of(actor, Returns::DueSoon(now, soon), &every, &page)
                .await?;
            for view in &due.items {
                all.push(task("devices_due", view, self.due_at(view).await?));
            }
        }
        Ok(())
    }

    async fn due_at(&self, view: &ShipmentView) -> Result<Option<Timestamp>, Error> {
        let Some(due_on) = view.returned.as_ref().map(|one| one.due_on) else {
            return Ok(None);
        };
        let reads = self.region(view.trial_id.region())?.read();
        let record = reads.trial(&view.trial_id).await?.ok_or_else(Error::not_found)?;
        Ok(Some(end_of(due_on, &zone(&record.trial.zone)?)))
    }
}

fn task(kind: &'static str, view: &ShipmentView, due_at: Option<Timestamp>) -> Task {
    let shipment = &view.shipment.id;
    Task {
        kind,
        subject: match view.returned {
            Some(_) => shipment.return_id().0,
            None => shipment.0.clone(),
        },
        customer: Some(view.customer.clone()),
        trial: Some(view.trial_id.clone()),
        due_at,
        conversion: None,
    }
}
