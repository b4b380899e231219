//! ORG-11: a customer moves to another partner, by consent of both.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    idempotency::Held,
    page::{Place, newest_first, part},
    policy::{self, Action, Tie, authorize},
    tell::Note,
};
use domain::{
    handover::{Handover, Side, Yes},
    ids::{HandoverId, OrgId},
    notify::{Audience, Facts, MessageKind},
    organization::{Kind, Relationship},
    person::Role,
    refusal::{Code, FieldError, Refusal},
    text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    region::{Versioned, asked::Of, relationship::Line},
};

/// A move as those whom it concerns see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandoverView {
    /// Its id; none for one that a dry run would make.
    pub id: Option<HandoverId>,
    /// Who moves.
    pub customer: (OrgId, String),
    /// From which partner.
    pub from: (OrgId, String),
    /// To which partner.
    pub to: (OrgId, String),
    /// Why; empty where nothing was said.
    pub reason: String,
    /// `pending`, `done`, `declined`, `lapsed`.
    pub status: String,
    /// Whether the customer has agreed.
    pub customer_agreed: bool,
    /// Whether the new partner has agreed.
    pub partner_agreed: bool,
    /// Whether the reader is to answer.
    pub waits_for_me: bool,
    /// How many trials would go with the customer.
    pub trials: usize,
    /// When.
    pub requested_at: Timestamp,
    /// The first instant at which it can be agreed to no more.
    pub expires_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Move {
    /// Who moves.
    pub customer: Option<String>,
    /// From which partner; needed where the customer has several.
    pub from: Option<String>,
    /// To which partner.
    pub to: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl App {
    /// Begins a move: by the customer, which agrees with it, by its partner, or by the vendor.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status` while one is open, wrong input.
    pub async fn begin_handover(&self, actor: &Actor, wish: &Move, guard: &Guard) -> Result<HandoverView, Error> {
        policy::allow(actor, Action::DecideHandover, self.clock.now())?;
        let customer = match &wish.customer {
            Some(id) => OrgId::parse(id).ok_or_else(|| Error::field("/customer_id", Code::InvalidId))?,
            None if actor.is_customer() => actor.org().clone(),
            None => return Err(Error::field("/customer_id", Code::Required)),
        };
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = self.region(customer.region())?.begin().await?;
            tx.lock(&customer).await?;
            let value = self.wished(&tx, actor, &customer, wish).await?;
            tx.add_asked(&value).await?;
            let body = serde_json::json!({"handover": value.id, "partner": value.from, "to": value.to});
            let words = Some(&value.reason).filter(|reason| !reason.is_empty());
            let words = words.map(|reason| ("reason", reason.clone()));
            self.note_with(&tx, actor, &customer, "handover_requested", body, words)
                .await?;
            self.ask_next(&tx, actor, &value).await?;
            let view = self.handover_view(actor, Versioned { value, version: 1 }).await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(HandoverView { id: None, ..view });
            }
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            tx.commit().await?;
            self.rang();
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    async fn wished(&self, tx: &Tx, actor: &Actor, customer: &OrgId, wish: &Move) -> Result<Handover, Error> {
        let lines = tx.read().relationships(customer).await?;
        let lines: Vec<&Line> = lines.iter().filter(|line| !line.pending).collect();
        let mine = lines.iter().find(|line| line.relationship.partner == *actor.org());
        let tie = Tie {
            customer,
            partner: mine.map(|line| &line.relationship.partner),
            level: None,
            looks_after: false,
            granted: false,
        };
        authorize(actor, Action::DecideHandover, &tie, self.clock.now())?;
        let found = tx.read().organization(customer).await?.ok_or_else(Error::not_found)?;
        if found.value.customer().is_none_or(|facts| facts.closed_on.is_some()) {
            return Err(Error::not_found());
        }
        let from = match (mine, &wish.from, lines.as_slice()) {
            (Some(line), None, _) | (None, None, [line]) => line.relationship.partner.clone(),
            (_, None, _) => return Err(Error::field("/from_partner_id", Code::Required)),
            (mine, Some(given), lines) => {
                let given = OrgId::parse(given);
                let known = lines
                    .iter()
                    .find(|line| Some(&line.relationship.partner) == given.as_ref());
                let own =
                    known.filter(|line| mine.is_none_or(|mine| mine.relationship.partner == line.relationship.partner));
                let own = own.ok_or_else(|| Error::field("/from_partner_id", Code::InvalidId))?;
                own.relationship.partner.clone()
            }
        };
        let to = wish
            .to
            .as_deref()
            .ok_or_else(|| Error::field("/to_partner_id", Code::Required))?;
        let to = self.taker(to, &from).await?;
        let reason = match &wish.reason {
            Some(reason) => text::note(reason).map_err(|code| Error::field("/reason", code))?,
            None => String::new(),
        };
        let now = self.clock.now();
        for other in tx.read().asked_of::<Handover>(Of::Customer(customer)).await? {
            if other.value.from == from && other.value.status(now) == "pending" {
                return Err(Refusal::new(Code::WrongStatus).with("status", "pending").into());
            }
        }
        let yes = Yes {
            by: actor.id().clone(),
            at: now,
        };
        Ok(Handover {
            id: HandoverId::new(customer.region(), &self.unique()),
            customer: customer.clone(),
            from,
            to,
            requested_by: actor.id().clone(),
            reason,
            requested_at: now,
            customer_agreed: actor.is_customer().then_some(yes),
            partner_agreed: None,
            declined: None,
        })
    }

    /// A certified partner that is another one.
    async fn taker(&self, given: &str, from: &OrgId) -> Result<OrgId, Error> {
        let wrong = || {
            Error::from(vec![
                FieldError::new("/to_partner_id", Code::InvalidId).with("value", given),
            ])
        };
        let id = OrgId::parse(given).filter(|id| id != from).ok_or_else(wrong)?;
        let region = self.stores.region(id.region()).ok_or_else(wrong)?;
        let found = region.read().organization(&id).await?.ok_or_else(wrong)?.value;
        let now = self.clock.now();
        let fits = found.partner().is_some_and(|partner| partner.is_certified(now));
        if fits { Ok(id) } else { Err(wrong()) }
    }

    /// The customer is asked first; the new partner only hears of it then.
    async fn ask_next(&self, tx: &Tx, actor: &Actor, value: &Handover) -> Result<(), Error> {
        let (organization, role, audience, outcome) = if value.customer_agreed.is_none() {
            let role = Role::FullAdministrator;
            (&value.customer, role, Audience::CustomerAdministrators, "move")
        } else {
            let role = Role::SalesFullAdministrator;
            (&value.to, role, Audience::PartnerAdministrators, "move")
        };
        let note = Note {
            kind: MessageKind::AccessRequested,
            audience,
            customer: value.customer.clone(),
            facts: Facts {
                outcome: Some(outcome.to_owned()),
                actor: Some(actor.id().clone()),
                partner: Some(value.to.clone()),
                deadline: Some(value.expires_at()),
                has_line: !value.reason.is_empty(),
                ..Facts::default()
            },
            line: Some(value.reason.clone()).filter(|reason| !reason.is_empty()),
        };
        self.tell(tx, &note, self.who_has(organization, role).await?).await
    }

    /// The moves that concern the caller; the new partner hears of one when the customer has agreed.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn handovers(&self, actor: &Actor, page: &PageRequest) -> Result<Page<HandoverView>, Error> {
        policy::allow(actor, Action::ReadHandovers, self.clock.now())?;
        let of = match (actor.is_customer(), actor.is_vendor()) {
            (true, _) => Of::Customer(actor.org()),
            (_, true) => Of::Everybody,
            _ => Of::Partner(actor.org()),
        };
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().asked_of::<Handover>(of).await {
                Ok(found) => all.extend(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        all.retain(|one| knows(actor, &one.value));
        let place = |one: &Versioned<Handover>| Place(newest_first(one.value.requested_at), one.value.id.0.clone());
        let found = part(all.into_iter().map(|one| (place(&one), one)).collect(), page);
        let mut items = Vec::with_capacity(found.items.len());
        for one in found.items {
            items.push(self.handover_view(actor, one).await?);
        }
        Ok(Page {
            items,
            next: found.next,
            unavailable_regions: down,
        })
    }

    /// One side's answer; with the second yes the customer moves, at once and whole.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `already_decided`, `consent_expired`.
    pub async fn decide_handover(
        &self,
        actor: &Actor,
        id: &HandoverId,
        accept: bool,
        guard: &Guard,
    ) -> Result<HandoverView, Error> {
        policy::certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let seen = reads.asked::<Handover>(id).await?.ok_or_else(Error::not_found)?.value;
        if !knows(actor, &seen) {
            return Err(Error::not_found());
        }
        policy::allow(actor, Action::DecideHandover, self.clock.now())?;
        let side = match (seen.customer == *actor.org(), seen.to == *actor.org()) {
            (true, _) => Side::Customer,
            (_, true) => Side::Partner,
            _ => return Err(Error::code(Code::Forbidden)),
        };
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &seen.customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let _moment = self.moment().await;
            let tx = self.region(id.region())?.begin().await?;
            tx.lock(&seen.customer).await?;
            let found = tx.read().asked::<Handover>(id).await?.ok_or_else(Error::not_found)?;
            if let Some(known) = &guard.if_match
                && !known.contains(&found.version)
            {
                return Err(Refusal::new(Code::VersionConflict)
                    .with("version", found.version)
                    .into());
            }
            let value = found.value.decide(side, actor.id(), accept, self.clock.now())?;
            tx.put_asked(&Versioned {
                value: value.clone(),
                version: found.version,
            })
            .await?;
            let name = if accept { "handover_agreed" } else { "handover_declined" };
            let body = serde_json::json!({"handover": id, "partner": value.from, "to": value.to});
            self.note(&tx, actor, &value.customer, name, body).await?;
            if value.is_agreed() {
                self.move_customer(&tx, actor, &value).await?;
            } else if accept {
                self.ask_next(&tx, actor, &value).await?;
            }
            let version = found.version + 1;
            let view = self.handover_view(actor, Versioned { value, version }).await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(view);
            }
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            tx.commit().await?;
            self.rang();
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    /// Trials, purchases and the relationship go; the old partner's tags and assignments do not.
    async fn move_customer(&self, tx: &Tx, actor: &Actor, value: &Handover) -> Result<(), Error> {
        let (customer, from, to) = (&value.customer, &value.from, &value.to);
        let old = tx.read().relationship(customer, from).await?;
        let old = old.ok_or_else(|| Refusal::new(Code::WrongStatus).with("status", "ended"))?;
        let person = match &value.partner_agreed {
            Some(yes) => yes.by.clone(),
            None => actor.id().clone(),
        };
        let known = tx.read().relationship(customer, to).await?;
        let relationship = Relationship {
            customer: customer.clone(),
            partner: to.clone(),
            level: known
                .as_ref()
                .filter(|line| !line.pending)
                .map_or(old.relationship.level, |line| {
                    line.relationship.level.max(old.relationship.level)
                }),
            since: self.clock.now(),
            tags: known
                .as_ref()
                .map(|line| line.relationship.tags.clone())
                .unwrap_or_default(),
            assigned: Vec::new(),
        };
        let (level, version) = (relationship.level, known.map_or(1, |line| line.version + 1));
        let line = Line {
            relationship,
            pending: false,
            version,
            ..old.clone()
        };
        tx.put_relationship(&line).await?;
        tx.assign(customer, to, &person).await?;
        self.move_purchases(tx, value).await?;
        let all = tx.read().trials_of(customer).await?;
        for record in all
            .iter()
            .filter(|one| one.trial.partner == *from && one.trial.status().is_open())
        {
            let loaded = self.load(&tx.read(), &record.trial.id, None).await?;
            let empty = loaded.left_empty()?;
            let change = record.trial.hand_over(to, &person, empty, &loaded.at())?;
            let after = self.save_loaded(tx, &actor.by(), &loaded, &change, None).await?;
            tx.give_trial(&after.trial).await?;
        }
        tx.end_relationship(customer, from).await?;
        self.tell_moved(tx, actor, value, level).await
    }

    async fn move_purchases(&self, tx: &Tx, value: &Handover) -> Result<(), Error> {
        let found = tx.read().organization(&value.customer).await?;
        let mut found = found.ok_or_else(Error::not_found)?;
        let Kind::Customer(facts) = &mut found.value.kind else {
            return Err(Error::not_found());
        };
        let mut moved = false;
        for purchase in &mut facts.purchased {
            if purchase.partner.as_ref() == Some(&value.from) {
                purchase.partner = Some(value.to.clone());
                moved = true;
            }
        }
        if moved {
            tx.put_organization(&found).await?;
        }
        Ok(())
    }

    async fn tell_moved(
        &self,
        tx: &Tx,
        actor: &Actor,
        value: &Handover,
        level: domain::organization::AccessLevel,
    ) -> Result<(), Error> {
        let full = level == domain::organization::AccessLevel::FullAdministrator;
        let new = if full { "full" } else { "provisioning" };
        for (partner, outcome) in [(&value.from, "withdrawn"), (&value.to, new)] {
            let note = Note {
                kind: MessageKind::AccessChanged,
                audience: Audience::PartnerAdministrators,
                customer: value.customer.clone(),
                facts: Facts {
                    outcome: Some(outcome.to_owned()),
                    actor: Some(actor.id().clone()),
                    partner: Some(partner.clone()),
                    ..Facts::default()
                },
                line: None,
            };
            let people = self.who_has(partner, Role::SalesFullAdministrator).await?;
            self.tell(tx, &note, people).await?;
        }
        Ok(())
    }

    async fn handover_view(&self, actor: &Actor, found: Versioned<Handover>) -> Result<HandoverView, Error> {
        let (value, now) = (found.value, self.clock.now());
        let side = if value.customer == *actor.org() {
            Some(Side::Customer)
        } else {
            (value.to == *actor.org()).then_some(Side::Partner)
        };
        let reads = self.region(value.customer.region())?.read();
        let trials = reads.trials_of(&value.customer).await?;
        let goes = trials
            .iter()
            .filter(|one| one.trial.partner == value.from && one.trial.status().is_open());
        Ok(HandoverView {
            status: value.status(now).to_owned(),
            waits_for_me: side.is_some_and(|side| value.waits_for(side, now)),
            customer_agreed: value.customer_agreed.is_some(),
            partner_agreed: value.partner_agreed.is_some(),
            trials: goes.count(),
            requested_at: value.requested_at,
            expires_at: value.expires_at(),
            customer: (
                value.customer.clone(),
                self.organization(&value.customer).await?.value.name,
            ),
            from: (value.from.clone(), self.company_name(&value.from).await?),
            to: (value.to.clone(), self.company_name(&value.to).await?),
            reason: value.reason,
            version: found.version,
            id: Some(value.id),
        })
    }
}

/// ORG-9: the new partner knows nothing of it before the customer has agreed.
fn knows(actor: &Actor, value: &Handover) -> bool {
    actor.is_vendor()
        || value.customer == *actor.org()
        || value.from == *actor.org()
        || (value.to == *actor.org() && value.customer_agreed.is_some())
}
