//! From audiences to people (ORG-5, CONS-1, EXP-1): resolved where a message is written down; addresses only when sent.

use crate::{App, Error};
use domain::{
    ids::{MessageId, OrgId, PersonId},
    notify::{Audience, Message, MessageKind},
    person::{Person, Role},
    trial::Trial,
};
use jiff::Timestamp;
use store::{
    Tx,
    region::{Reads, outbox::Letter},
};

impl App {
    /// The people whom a message about a trial reaches.
    pub(crate) async fn people_for(
        &self,
        reads: &Reads<'_>,
        trial: &Trial,
        audience: Audience,
    ) -> Result<Vec<PersonId>, Error> {
        let ids = |people: Vec<Person>| people.into_iter().map(|person| person.id).collect();
        Ok(match audience {
            Audience::CustomerAdministrators => {
                let people = reads.administrators_of(&trial.customer).await?;
                ids(people
                    .into_iter()
                    .filter(|p| reads_mail(p) && p.roles.iter().any(|role| role.is_customer_administrator()))
                    .collect())
            }
            Audience::ConsentRecipients => {
                let all = reads.administrators_of(&trial.customer).await?;
                let is_given = |person: &Person| person.id == trial.administrator;
                let blocked = all.iter().any(|person| is_given(person) && !reads_mail(person));
                let mut full: Vec<PersonId> = ids(all
                    .into_iter()
                    .filter(|p| p.has(Role::FullAdministrator) && reads_mail(p))
                    .collect());
                // CONS-1: a full administrator whose address was given is asked alone.
                if full.contains(&trial.administrator) {
                    full = Vec::new();
                }
                if !blocked {
                    full.insert(0, trial.administrator.clone());
                }
                full
            }
            Audience::CustomerUsers => ids(reads
                .people_of(&trial.customer)
                .await?
                .into_iter()
                .filter(reads_mail)
                .collect()),
            Audience::PartnerAdministrators => {
                let assigned = reads.assigned(&trial.customer, &trial.partner).await?;
                self.partner_administrators(reads, &trial.partner, &trial.started_by, &assigned)
                    .await?
            }
            Audience::TrialsTeam => self.trials_team().await?,
            // CONV-2: whoever sets its order up; else it is about an account, never about a trial.
            Audience::Person => trial.order.iter().map(|mark| mark.contact.clone()).collect(),
        })
    }

    /// EXP-1: who started it, and those with a sales role who may see that customer.
    pub(crate) async fn partner_administrators(
        &self,
        reads: &Reads<'_>,
        partner: &OrgId,
        started_by: &PersonId,
        assigned: &[PersonId],
    ) -> Result<Vec<PersonId>, Error> {
        // Within a transaction of the same region its own eyes are used.
        let people = if partner.region() == reads.region() {
            reads.administrators_of(partner).await?
        } else {
            self.region(partner.region())?.read().administrators_of(partner).await?
        };
        let meant = |person: &Person| {
            let role = person.id == *started_by
                || person.has(Role::SalesFullAdministrator)
                || (person.has(Role::SalesAdministrator) && assigned.contains(&person.id));
            role && reads_mail(person)
        };
        Ok(people.into_iter().filter(meant).map(|person| person.id).collect())
    }

    /// CONV-1: those of the distributor who can order what was handed over to it.
    async fn sellers_of_distributor(&self, reads: &Reads<'_>, trial: &Trial) -> Result<Vec<PersonId>, Error> {
        let Some(to) = &trial.handed_over else {
            return Ok(Vec::new());
        };
        let home = &to.distributor;
        let people = if home.region() == reads.region() {
            reads.administrators_of(home).await?
        } else {
            self.region(home.region())?.read().administrators_of(home).await?
        };
        let sells = |person: &Person| person.has(Role::SalesFullAdministrator) || person.has(Role::SalesAdministrator);
        let meant = people.into_iter().filter(|person| sells(person) && reads_mail(person));
        Ok(meant.map(|person| person.id).collect())
    }

    async fn trials_team(&self) -> Result<Vec<PersonId>, Error> {
        let Some(vendor) = self.vendor().await? else {
            return Ok(Vec::new());
        };
        let people = self.region(vendor.region())?.read().administrators_of(&vendor).await?;
        Ok(people
            .into_iter()
            .filter(|person| person.has(Role::TrialsTeam) && reads_mail(person))
            .map(|person| person.id)
            .collect())
    }

    /// The vendor's organization.
    pub(crate) async fn vendor(&self) -> Result<Option<OrgId>, Error> {
        if let Some(known) = self.vendor.read().ok().and_then(|vendor| vendor.clone()) {
            return Ok(Some(known));
        }
        for region in self.stores.regions.values() {
            if let Some(found) = region.read().organizations_of_kind("vendor").await?.into_iter().next() {
                if let Ok(mut vendor) = self.vendor.write() {
                    *vendor = Some(found.id.clone());
                }
                return Ok(Some(found.id));
            }
        }
        Ok(None)
    }

    /// A partner's or the vendor's name; customers' names never leave their region's store.
    pub(crate) async fn company_name(&self, id: &OrgId) -> Result<String, Error> {
        if let Some(known) = self.names.read().ok().and_then(|names| names.get(id).cloned()) {
            return Ok(known);
        }
        let found = self
            .region(id.region())?
            .read()
            .organization(id)
            .await?
            .map(|found| found.value);
        let Some(organization) = found.filter(|organization| organization.customer().is_none()) else {
            return Ok(String::new());
        };
        if let Ok(mut names) = self.names.write() {
            names.insert(id.clone(), organization.name.clone());
        }
        Ok(organization.name)
    }

    /// Writes messages into the outbox, one for each person; a request's recipients get a link of their own (CONS-7).
    pub(crate) async fn post(
        &self,
        tx: &Tx,
        trial: &Trial,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<usize, Error> {
        let (mut letters, mut waiting) = (Vec::new(), 0);
        for message in messages {
            let asks = matches!(message.kind, MessageKind::ConsentRequest | MessageKind::ConsentResent);
            if asks {
                tx.supersede_links(&trial.id).await?;
            }
            let mut people = match message.kind {
                MessageKind::ConversionHandedOver => self.sellers_of_distributor(&tx.read(), trial).await?,
                _ => self.people_for(&tx.read(), trial, message.audience).await?,
            };
            if message.kind == MessageKind::OrderClosed {
                people.extend(trial.order.iter().map(|mark| mark.placed_by.clone()));
                people.dedup();
            }
            for person in people {
                if self.waits(tx, trial, message, &person, now).await? {
                    waiting += 1;
                    continue;
                }
                let mut facts = message.facts.clone();
                let mut link = asks.then(|| self.unique());
                if let Some(link) = &link {
                    tx.add_link(link, &trial.id, &person).await?;
                } else if message.kind == MessageKind::Welcome
                    && let Some((door, until)) = self.welcome_door(tx, &person).await?
                {
                    (link, facts.deadline) = (Some(door), Some(until));
                }
                letters.push(Letter {
                    id: MessageId::new(tx.region(), &self.unique()),
                    kind: message.kind,
                    trial: Some(trial.id.clone()),
                    customer: Some(trial.customer.clone()),
                    person,
                    audience: message.audience,
                    facts,
                    line: message.line.clone(),
                    link,
                    created_at: now,
                });
            }
        }
        if !letters.is_empty() {
            tx.post(&letters, self.clock.real()).await?;
        }
        Ok(letters.len() + waiting)
    }
}

/// Who may not sign in any more is told nothing any more, and a service account has no address.
pub(crate) fn reads_mail(person: &Person) -> bool {
    person.disabled_at.is_none() && !person.service
}
