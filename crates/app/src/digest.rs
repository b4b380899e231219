//! NOTE-4: one email a day instead of single reminders. Each waits in its trial's region, with an alarm there; when one of
//! these rings, all that waits anywhere leaves together, from the reader's own region.

use crate::{App, Error, audience::reads_mail, load::zone};
use domain::{
    alarm::AlarmKind,
    digest::{Gathered, MOST, leaves_at, leaves_tomorrow},
    ids::{MessageId, PersonId},
    notify::{Audience, Facts, Message, MessageKind},
    person::Person,
    time::civil_day,
    trial::Trial,
};
use jiff::{Timestamp, civil::Time};
use store::{
    Region, Tx,
    region::{Reads, alarm::Alarm, digest::Told, outbox::Letter},
};

impl App {
    /// Whether a reminder waits for this person's digest; then it does.
    pub(crate) async fn waits(
        &self,
        tx: &Tx,
        trial: &Trial,
        message: &Message,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(ends_on) = message.facts.ends_on.filter(|_| domain::digest::can_wait(message)) else {
            return Ok(false);
        };
        let found = match person.region() == tx.region() {
            true => tx.read().person(person).await?,
            false => self.region(person.region())?.read().person(person).await?,
        };
        let Some(reader) = found.map(|found| found.value).filter(|reader| reader.digest) else {
            return Ok(false);
        };
        let line = Gathered {
            ends_on,
            trial: trial.id.clone(),
            customer: trial.customer.clone(),
            kind: message.kind,
            at: now,
        };
        tx.gather(person, &line).await?;
        let at = leaves_at(now, self.hour()?, &zone(&reader.zone)?);
        tx.set_alarm(&alarm(person, at)).await?;
        Ok(true)
    }

    /// TIME-3: the time of day at which day emails leave.
    fn hour(&self) -> Result<Time, Error> {
        Ok(self.program()?.policy.day_email_time)
    }

    /// What waits for a person leaves, once on a day of the reader's; whether it did.
    pub(crate) async fn ring_digest(&self, tx: &Tx, ringing: &Alarm) -> Result<bool, Error> {
        let Some(id) = PersonId::parse(&ringing.subject) else {
            return Ok(false);
        };
        let waiting = tx.read().gathered(&id).await?;
        let home = self.region(id.region())?;
        let reads = self.at_home(tx, home, &id);
        let reader = reads.person(&id).await?.map(|found| found.value).filter(reads_mail);
        let Some(reader) = reader else {
            tx.drop_gathered(&id, &waiting).await?;
            return Ok(false);
        };
        let told = reads.told_last(&id).await?;
        // What has left already was only not taken away yet: a crash came between, or it lay in another region.
        let (gone, waiting): (Vec<Gathered>, Vec<Gathered>) =
            waiting.into_iter().partition(|line| was_told(told.as_ref(), line));
        tx.drop_gathered(&id, &gone).await?;
        if waiting.is_empty() {
            return Ok(false);
        }
        let (now, zone) = (self.clock.now(), zone(&reader.zone)?);
        let today = civil_day(now, &zone);
        if told.as_ref().is_some_and(|told| told.on >= today) {
            let next = leaves_tomorrow(now, self.hour()?, &zone);
            tx.set_alarm(&alarm(&id, next)).await?;
            return Ok(false);
        }
        let (all, earlier) = self.waiting_everywhere(tx, &id, waiting.clone(), told.as_ref()).await?;
        let lines = self.true_of(tx, &reader, &all).await?;
        let sent = !lines.is_empty();
        if sent {
            let from_now = Told {
                on: today,
                lines: [all, earlier].concat(),
            };
            let told = (told.as_ref(), &from_now);
            if home.id() == tx.region() {
                self.tell_gathered(tx, &reader, lines, told).await?;
            } else {
                let there = home.begin().await?;
                self.tell_gathered(&there, &reader, lines, told).await?;
                there.commit().await?;
            }
        }
        tx.drop_gathered(&id, &waiting).await?;
        Ok(sent)
    }

    /// What is true of it now, by its end, each trial once.
    async fn true_of(&self, tx: &Tx, reader: &Person, all: &[Gathered]) -> Result<Vec<Gathered>, Error> {
        let mut lines = Vec::new();
        for line in all {
            if self.is_true(tx, reader, line).await? {
                lines.push(line.clone());
            }
        }
        lines.sort();
        lines.dedup_by(|one, other| one.trial == other.trial);
        lines.truncate(MOST);
        Ok(lines)
    }

    /// The reader's own region, seen from within the transaction where that is the same.
    fn at_home<'t>(&self, tx: &'t Tx, home: &'t Region, id: &PersonId) -> Reads<'t> {
        match id.region() == tx.region() {
            true => tx.read(),
            false => home.read(),
        }
    }

    /// REG-4: what waits here, and in every other region; that of one that is down leaves another day. Beside it what was
    /// told before and may still lie there.
    async fn waiting_everywhere(
        &self,
        tx: &Tx,
        id: &PersonId,
        here: Vec<Gathered>,
        told: Option<&Told>,
    ) -> Result<(Vec<Gathered>, Vec<Gathered>), Error> {
        let (mut all, mut earlier) = (here, Vec::new());
        for region in self.stores.regions.values().filter(|region| region.id() != tx.region()) {
            match region.read().gathered(id).await {
                Ok(found) => {
                    let (again, new): (Vec<Gathered>, Vec<Gathered>) =
                        found.into_iter().partition(|line| was_told(told, line));
                    all.extend(new);
                    earlier.extend(again);
                }
                Err(error) => {
                    tracing::warn!(region = region.id(), %error, "what waits there leaves later");
                    let there = |line: &&Gathered| line.trial.region() == region.id();
                    let lines = told.into_iter().flat_map(|told| &told.lines);
                    earlier.extend(lines.filter(there).cloned());
                }
            }
        }
        Ok((all, earlier))
    }

    /// EXP-7: whether it is so now, and still the reader's affair.
    async fn is_true(&self, tx: &Tx, reader: &Person, line: &Gathered) -> Result<bool, Error> {
        let reads = match line.trial.region() == tx.region() {
            true => tx.read(),
            false => self.region(line.trial.region())?.read(),
        };
        let Some(record) = reads.trial(&line.trial).await? else {
            return Ok(false);
        };
        let trial = &record.trial;
        let today = civil_day(self.clock.now(), &zone(&trial.zone)?);
        if line.days_left(trial, today).is_none() {
            return Ok(false);
        }
        let concerned = self.people_for(&reads, trial, Audience::PartnerAdministrators).await?;
        Ok(concerned.contains(&reader.id))
    }

    /// The letter, and what it tells: in one transaction of the reader's region.
    async fn tell_gathered(
        &self,
        tx: &Tx,
        reader: &Person,
        lines: Vec<Gathered>,
        (before, from_now): (Option<&Told>, &Told),
    ) -> Result<(), Error> {
        tx.tell_today(&reader.id, before, from_now).await?;
        let letter = Letter {
            id: MessageId::new(tx.region(), &self.unique()),
            kind: MessageKind::Digest,
            trial: None,
            customer: None,
            person: reader.id.clone(),
            audience: Audience::PartnerAdministrators,
            facts: Facts {
                gathered: lines,
                ..Facts::default()
            },
            line: None,
            link: None,
            created_at: self.clock.now(),
        };
        Ok(tx.post(&[letter], self.clock.real()).await?)
    }
}

fn was_told(told: Option<&Told>, line: &Gathered) -> bool {
    told.is_some_and(|told| told.lines.contains(line))
}

fn alarm(person: &PersonId, at: Timestamp) -> Alarm {
    Alarm {
        at,
        kind: AlarmKind::Digest,
        subject: person.0.clone(),
    }
}
