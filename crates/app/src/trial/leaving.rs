//! EDIT-2: what goes with the services that an edit takes away, shown before one confirms.

use crate::{
    Actor, App, Error,
    load::Loaded,
    policy::{Action, authorize},
    save::after,
};
use domain::{
    ids::PersonId,
    notify::MessageKind,
    time::plus_days,
    trial::{Change, Trial, TrialEvent, lost},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::region::Reads;

/// A service whose licences people lose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostLicenses {
    /// The service's id.
    pub service: String,
    /// How many people lose one.
    pub count: u32,
    /// Who; none where the reader may not see the customer's people (ORG-4).
    pub people: Option<Vec<(PersonId, String)>>,
}

/// What goes with services that are taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// Licences, by service.
    pub licenses: Vec<LostLicenses>,
    /// Phone numbers, and the last day for which they are kept.
    pub numbers: Option<(u32, Date)>,
    /// The meetings site, and the last day on which nobody else gets its name.
    pub site: Option<(String, Date)>,
    /// Devices that were asked for will not be shipped.
    pub not_shipped: bool,
    /// Devices on loan stay as agreed: how many, and by when they are due.
    pub lent: Vec<(u32, Date)>,
}

impl App {
    /// What a change of services takes from the customer; none where it takes no service away.
    pub(crate) async fn leaving(
        &self,
        reads: &Reads<'_>,
        loaded: &Loaded,
        change: &Change,
    ) -> Result<Option<Leaving>, Error> {
        let removed = change.events.iter().find_map(|event| match event {
            TrialEvent::ServicesChanged { removed, .. } if !removed.is_empty() => Some(removed),
            _ => None,
        });
        let Some(removed) = removed else { return Ok(None) };
        let (before, program) = (&loaded.record.trial, &loaded.program);
        let is = |what: fn(&domain::program::Service) -> bool| {
            let mut all = removed.iter().filter_map(|id| program.service(id));
            all.any(what)
        };
        let kept_for = |days: u32| plus_days(loaded.at().today(), i64::from(days));
        let numbers = match is(|service| service.numbers) {
            true => u32::try_from(reads.count_numbers(&before.customer).await?).unwrap_or(u32::MAX),
            false => 0,
        };
        let site = loaded.record.texts.get("site").filter(|_| is(|service| service.site));
        let devices = is(|service| service.devices);
        let lent = before.loans_out().filter(|_| devices);
        Ok(Some(Leaving {
            licenses: self.licenses_lost(reads, loaded, change).await?,
            numbers: (numbers > 0).then(|| (numbers, kept_for(program.policy.number_rest_days))),
            site: site.map(|site| (site.clone(), kept_for(program.policy.site_rest_days))),
            not_shipped: devices && before.shipments.iter().any(domain::shipment::Shipment::is_wanted),
            lent: lent
                .map(|(_, loan)| {
                    let count = u32::try_from(loan.missing().count()).unwrap_or(u32::MAX);
                    (count, loan.return_due_on(&program.policy))
                })
                .collect(),
        }))
    }

    async fn licenses_lost(
        &self,
        reads: &Reads<'_>,
        loaded: &Loaded,
        change: &Change,
    ) -> Result<Vec<LostLicenses>, Error> {
        let others: Vec<&Trial> = loaded.others.iter().map(|other| &other.trial).collect();
        let (bought, program) = (&loaded.facts()?.purchased, &loaded.program);
        let then = after(Some(&loaded.record), change)?.trial;
        let services = lost(&loaded.record.trial, &then, &others, bought, program);
        let everybody = reads.people_of(&loaded.record.trial.customer).await?;
        let line = |service: String| {
            let has = everybody.iter().filter(|person| person.licenses.contains(&service));
            let people: Vec<(PersonId, String)> = has.map(|person| (person.id.clone(), shown(person))).collect();
            LostLicenses {
                count: u32::try_from(people.len()).unwrap_or(u32::MAX),
                people: Some(people),
                service,
            }
        };
        Ok(services.into_iter().map(line).filter(|line| line.count > 0).collect())
    }
}

fn shown(person: &domain::person::Person) -> String {
    match person.name.is_empty() {
        true => person.email.clone(),
        false => person.name.clone(),
    }
}

impl Leaving {
    /// The email names it too.
    pub(crate) fn tell(&self, change: &mut Change) {
        let changed = |message: &&mut domain::notify::Message| message.kind == MessageKind::ServicesChanged;
        for message in change.messages.iter_mut().filter(changed) {
            let ids = |line: &LostLicenses| line.people.iter().flatten().map(|(id, _)| id.clone()).collect();
            let surplus = self.licenses.iter().map(|line| (line.service.clone(), ids(line)));
            message.facts.surplus = surplus.collect();
            message.facts.numbers_until = self.numbers.map(|(_, until)| until);
            message.facts.site_until = self.site.as_ref().map(|(_, until)| *until);
        }
    }

    /// ORG-4: names are for those who may see the customer's people.
    pub(crate) fn seen_by(mut self, actor: &Actor, loaded: &Loaded) -> Self {
        if authorize(actor, Action::ReadUsers, &loaded.tie(), loaded.now).is_err() {
            for line in &mut self.licenses {
                line.people = None;
            }
        }
        self
    }
}
