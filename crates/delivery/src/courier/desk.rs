//! From a message in the outbox to an email in words: names, zones and addresses are read where they live, at the moment
//! of sending.

use super::{Courier, link};
use crate::{
    context::web_address,
    letter::{Devices, Letter, Rendered},
    wording::shows_the_way,
};
use domain::{
    ids::{OrderId, OrgId, PersonId, TrialId},
    notify::{Audience, MessageKind},
    organization::Organization,
    person::{Person, Role},
    program::{Localized, Program},
    shipment::text_key,
};
use i18n::Language;
use jiff::tz::TimeZone;
use std::{collections::HashMap, sync::Arc};
use store::{
    Region, StoreError,
    region::{outbox, trial::TrialRecord},
};

/// An email in words, and to whom.
pub(super) struct Written {
    pub(super) to: String,
    pub(super) language: Language,
    pub(super) rendered: Rendered,
}

/// Why there is none.
pub(super) enum Unwritten {
    /// A store does not answer: again later.
    Later(StoreError),
    /// It will never be.
    Never(String),
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        Unwritten::Later(error)
    }
}

pub(super) fn never(why: &str) -> Unwritten {
    Unwritten::Never(why.to_owned())
}

/// What a letter's ids stand for.
struct Known {
    reader: Person,
    customer: Organization,
    partner: Organization,
    actor: Option<String>,
    program: Option<Arc<Program>>,
    /// The customer's.
    zone: TimeZone,
    /// DEV-4: of a shipment.
    tracking: Option<String>,
}

/// Reads each person, organization and trial once for a batch of letters of one region.
pub(super) struct Desk<'a> {
    pub(super) courier: &'a Courier,
    region: &'a Region,
    people: HashMap<PersonId, Option<Person>>,
    organizations: HashMap<OrgId, Option<Organization>>,
    trials: HashMap<TrialId, Option<TrialRecord>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(courier: &'a Courier, region: &'a Region) -> Self {
        Self {
            courier,
            region,
            people: HashMap::new(),
            organizations: HashMap::new(),
            trials: HashMap::new(),
        }
    }

    pub(super) async fn write(&mut self, letter: &outbox::Letter) -> Result<Written, Unwritten> {
        let known = self.gather(letter).await?;
        let action_url = self.action_url(letter, known.customer.name.is_empty())?;
        self.put(letter, known, action_url).await
    }

    /// In words, with a button that leads there.
    pub(super) async fn write_with(
        &mut self,
        letter: &outbox::Letter,
        action_url: Option<String>,
    ) -> Result<Written, Unwritten> {
        let known = self.gather(letter).await?;
        let action_url = if says_farewell(letter) {
            self.free_plan()
        } else {
            action_url
        };
        self.put(letter, known, action_url).await
    }

    async fn put(
        &mut self,
        letter: &outbox::Letter,
        known: Known,
        action_url: Option<String>,
    ) -> Result<Written, Unwritten> {
        let erased = known.customer.name.is_empty();
        let language = Language::parse(&known.reader.language).unwrap_or_default();
        let names = |ids: &[String]| ids.iter().map(|id| product(known.program.as_deref(), id)).collect();
        let email = Letter {
            kind: letter.kind,
            audience: letter.audience,
            language,
            zone: TimeZone::get(&known.reader.zone).unwrap_or(known.zone.clone()),
            customer_zone: known.zone,
            recipient_name: Some(known.reader.name).filter(|name| !name.is_empty()),
            trial_id: letter.trial.clone(),
            reference: reference(letter),
            decides: known.reader.roles.contains(&Role::FullAdministrator),
            erased,
            customer_name: customer_name(letter, known.customer.name, language),
            partner_name: known.partner.name,
            actor_name: known.actor,
            services: match letter.facts.ordered.as_slice() {
                [] => names(&letter.facts.services),
                ordered => ordered
                    .iter()
                    .map(|(id, _)| product(known.program.as_deref(), id))
                    .collect(),
            },
            dropped: self.dropped(letter, known.program.as_deref()).await?,
            gathered: self.gathered(letter).await?,
            added: names(&letter.facts.added),
            removed: names(&letter.facts.removed),
            at: letter.created_at,
            facts: &letter.facts,
            devices: Devices {
                tracking: known.tracking,
                ..devices(letter, known.program.as_deref(), language, &self.courier.public_url)
            },
            line: letter.line.as_deref(),
            action_url,
            brand: &self.courier.brand,
        };
        let rendered = self.courier.templates.render(&email);
        let rendered = rendered.map_err(|error| Unwritten::Never(error.to_string()))?;
        let to = known.reader.email;
        Ok(Written { to, language, rendered })
    }

    fn free_plan(&self) -> Option<String> {
        self.courier.brand.free_plan_url.clone().filter(|url| web_address(url))
    }

    fn action_url(&self, letter: &outbox::Letter, erased: bool) -> Result<Option<String>, Unwritten> {
        if says_farewell(letter) {
            return Ok(self.free_plan());
        }
        // EXP-9: the trial of a customer that is gone is shown to no partner; what it lent is.
        let lent = letter.audience == Audience::PartnerAdministrators && letter.facts.devices.is_some();
        let url = match erased && lent {
            true => Some(link::lent(&self.courier.public_url)),
            false => link::action_url(&self.courier.public_url, letter, &self.courier.stores.keys),
        };
        Ok(Some(url.ok_or_else(|| never("nothing leads to what it is about"))?))
    }

    async fn gather(&mut self, letter: &outbox::Letter) -> Result<Known, Unwritten> {
        let reader = self.person(&letter.person).await?;
        let reader = reader.filter(|person| !person.email.is_empty());
        let reader = reader.ok_or_else(|| never("its reader has no address any more"))?;
        if reader.disabled_at.is_some() {
            return Err(never("its reader may not sign in any more"));
        }
        let trial = match &letter.trial {
            Some(id) => Some(self.trial(id).await?.ok_or_else(|| never("its trial is missing"))?),
            None => None,
        };
        let tracking = trial.as_ref().and_then(|record| tracking(letter, record));
        let trial = trial.as_ref().map(|record| &record.trial);
        let customer = trial.map(|trial| &trial.customer).or(letter.customer.as_ref());
        // Nobody knows yet whose an order from outside is.
        let own = letter.kind.is_of_order() || letter.kind == MessageKind::Digest;
        let own = own.then_some(&reader.organization);
        let customer = customer.or(own).ok_or_else(|| never("it names no customer"))?;
        let customer = self.organization(customer).await?;
        let customer = customer.ok_or_else(|| never("its customer is missing"))?;
        // CONS-8: without a trial, and where nothing else is said, it is the reader's own company that it is about.
        let named = letter.facts.partner.as_ref().unwrap_or(&reader.organization);
        // An order stays with its partner, whoever has the trial by now.
        let of_order = letter.kind.is_of_order() && letter.facts.partner.is_some();
        let partner = trial.filter(|_| !of_order).map_or(named, |trial| &trial.partner);
        let partner = self.organization(partner).await?;
        let partner = partner.ok_or_else(|| never("its partner is missing"))?;
        let actor = match &letter.facts.actor {
            Some(id) => self.person(id).await?.map(called),
            None => None,
        };
        let actor = actor.filter(|name| !name.is_empty());
        let program = match trial {
            Some(trial) => Some(self.courier.program(trial.program_version).await?),
            None if !letter.facts.ordered.is_empty() => self.courier.newest_program().await?,
            None => None,
        };
        // Of an order from outside its own days count.
        let order = match letter.facts.order.as_ref().filter(|_| trial.is_none()) {
            Some(id) => self.region.read().order(id).await?.map(|found| found.value.zone),
            None => None,
        };
        let zone = trial
            .map(|trial| trial.zone.as_str())
            .or(order.as_deref())
            .or(customer.customer().map(|c| c.zone.as_str()));
        let zone = zone.and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
        Ok(Known {
            reader,
            customer,
            partner,
            actor,
            program,
            zone,
            tracking,
        })
    }

    /// CONV-5: whose licences went, by service; those who are no more are not named.
    async fn dropped(
        &mut self,
        letter: &outbox::Letter,
        program: Option<&Program>,
    ) -> Result<Vec<(String, Vec<String>)>, StoreError> {
        let mut dropped = Vec::new();
        for (service, people) in &letter.facts.surplus {
            let mut names = Vec::new();
            for id in people.iter().take(NAMED) {
                let found = self.person(id).await?.map(called);
                names.extend(found.filter(|name| !name.is_empty()));
            }
            dropped.push((product(program, service), names));
        }
        Ok(dropped)
    }

    async fn person(&mut self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        if let Some(known) = self.people.get(id) {
            return Ok(known.clone());
        }
        let found = match self.courier.stores.region(id.region()) {
            Some(region) => region.read().person(id).await?.map(|person| person.value),
            None => None,
        };
        self.people.insert(id.clone(), found.clone());
        Ok(found)
    }

    pub(super) async fn organization(&mut self, id: &OrgId) -> Result<Option<Organization>, StoreError> {
        if let Some(known) = self.organizations.get(id) {
            return Ok(known.clone());
        }
        let found = match self.courier.stores.region(id.region()) {
            Some(region) => region
                .read()
                .organization(id)
                .await?
                .map(|organization| organization.value),
            None => None,
        };
        self.organizations.insert(id.clone(), found.clone());
        Ok(found)
    }

    async fn trial(&mut self, id: &TrialId) -> Result<Option<TrialRecord>, StoreError> {
        if let Some(known) = self.trials.get(id) {
            return Ok(known.clone());
        }
        let found = self.region.read().trial(id).await?;
        self.trials.insert(id.clone(), found.clone());
        Ok(found)
    }
}

/// EXP-4: those whose organization is closed have nothing left here.
fn says_farewell(letter: &outbox::Letter) -> bool {
    letter.kind == MessageKind::AccessEnded && letter.facts.organization_closed
}

/// DEV-4: where the carrier tells how far they are; personal, so it is kept beside the trial and read when it is sent.
fn tracking(letter: &outbox::Letter, record: &TrialRecord) -> Option<String> {
    let facts = letter.facts.devices.as_deref();
    let facts = facts.filter(|_| letter.kind == MessageKind::DeviceShipped)?;
    record.texts.get(&text_key("tracking", &facts.shipment)).cloned()
}

/// EXP-9: devices may be out when their customer's name is erased.
fn customer_name(letter: &outbox::Letter, name: String, language: Language) -> String {
    match name.is_empty() && letter.facts.devices.is_some() {
        true => i18n::text(language, "customer-erased", &[]),
        false => name,
    }
}

/// So many of those who lost a licence are named.
const NAMED: usize = 100;

/// Whoever has no name yet is called by the address.
fn called(person: Person) -> String {
    match person.name.is_empty() {
        true => person.email,
        false => person.name,
    }
}

/// What the program calls a service; its id stands for one that the program does not know.
fn product(program: Option<&Program>, id: &str) -> String {
    program
        .and_then(|program| program.service(id))
        .map_or_else(|| id.to_owned(), |service| service.name.clone())
}

/// DEV: types, carriers and the way back as the program names them.
fn devices(letter: &outbox::Letter, program: Option<&Program>, language: Language, public_url: &str) -> Devices {
    let (Some(facts), Some(program)) = (letter.facts.devices.as_deref(), program) else {
        return Devices::default();
    };
    let name = |id: &String| {
        program
            .device_type(id)
            .map_or_else(|| id.clone(), |device| device.name.clone())
    };
    let back = facts.return_carrier.as_deref().and_then(|id| program.carrier(id));
    let way = back.filter(|_| shows_the_way(letter.kind, facts));
    Devices {
        lines: facts.lines.iter().map(|(id, quantity)| (name(id), *quantity)).collect(),
        carrier: facts
            .carrier
            .as_deref()
            .and_then(|id| program.carrier(id))
            .map(|carrier| carrier.name.clone()),
        tracking: None,
        return_carrier: back.map(|carrier| carrier.name.clone()),
        steps: way.map_or_else(Vec::new, |way| {
            way.steps.iter().map(|step| said(step, language).to_owned()).collect()
        }),
        contact: Some(program.contacts.information.clone()),
        sheet_url: way.and_then(|_| link::sheet(public_url, facts)),
    }
}

fn said(text: &Localized, language: Language) -> &str {
    match language {
        Language::En => &text.en,
        Language::Fr => &text.fr,
        Language::ZhHant => &text.zh_hant,
    }
}

/// What people call an order, where it is about one, or the trial: the end of its id, which is random, in two groups.
fn reference(letter: &outbox::Letter) -> String {
    let order = letter.facts.order.as_ref().filter(|_| letter.kind.is_of_order());
    let trial = letter.trial.as_ref().map(TrialId::as_str);
    let id = order.map(OrderId::as_str).or(trial).unwrap_or_default();
    let tail: String = id.rsplit('_').next().unwrap_or_default().to_uppercase();
    let short = tail.get(tail.len().saturating_sub(8)..).unwrap_or(&tail);
    match short.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first}-{second}"),
        _ => short.to_owned(),
    }
}

impl Courier {
    /// PROG-1: the version under which a trial started.
    async fn program(&self, version: u32) -> Result<Arc<Program>, Unwritten> {
        let known = |courier: &Courier| {
            courier
                .programs
                .read()
                .ok()
                .and_then(|known| known.get(&version).cloned())
        };
        if let Some(program) = known(self) {
            return Ok(program);
        }
        let all = self.stores.directory.programs().await?;
        if let Ok(mut programs) = self.programs.write() {
            programs.extend(all.into_iter().map(|program| (program.version, Arc::new(program))));
        }
        known(self).ok_or_else(|| never("its program version is missing"))
    }

    /// The version that holds for what belongs to no trial.
    async fn newest_program(&self) -> Result<Option<Arc<Program>>, Unwritten> {
        let all = self.stores.directory.programs().await?;
        let newest = all.into_iter().max_by_key(|program| program.version);
        Ok(newest.map(Arc::new))
    }
}
