//! Telling people what is not about one trial.

use crate::{App, Error};
use domain::{
    ids::{MessageId, OrgId, PersonId},
    notify::{Audience, Facts, MessageKind},
    person::Role,
};
use store::{Tx, region::outbox::Letter};

/// What people are told.
pub(crate) struct Note {
    pub(crate) kind: MessageKind,
    pub(crate) audience: Audience,
    pub(crate) customer: OrgId,
    pub(crate) facts: Facts,
    pub(crate) line: Option<String>,
}

impl App {
    /// Writes a message to each of them into the outbox.
    pub(crate) async fn tell(&self, tx: &Tx, note: &Note, people: Vec<PersonId>) -> Result<(), Error> {
        let letter = |person| Letter {
            id: MessageId::new(tx.region(), &self.unique()),
            kind: note.kind,
            trial: None,
            customer: Some(note.customer.clone()),
            person,
            audience: note.audience,
            facts: note.facts.clone(),
            line: note.line.clone(),
            link: None,
            created_at: self.clock.now(),
        };
        let letters: Vec<Letter> = people.into_iter().map(letter).collect();
        if !letters.is_empty() {
            tx.post(&letters, self.clock.real()).await?;
        }
        Ok(())
    }

    /// Those of an organization who have a role and may sign in.
    pub(crate) async fn who_has(&self, id: &OrgId, role: Role) -> Result<Vec<PersonId>, Error> {
        let people = self.region(id.region())?.read().administrators_of(id).await?;
        let meant = |person: &domain::person::Person| person.has(role) && crate::audience::reads_mail(person);
        Ok(people.into_iter().filter(meant).map(|person| person.id).collect())
    }
}
