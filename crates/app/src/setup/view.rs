//! A set-up as it is shown: each step with what is there, and what is next.

use super::Site;
use crate::{Actor, App, Error, load::customer_of, policy::Action};
use domain::{
    ids::OrgId,
    setup::{Around, NumbersCase, Setup, Step, StepState},
    trial::{ServiceState, Status, Trial},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::Reads;

/// The company as its profile tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// Its name.
    pub name: String,
    /// Branch of business, by the program's id.
    pub vertical: String,
    /// BCP 47.
    pub language: String,
    /// IANA zone.
    pub time_zone: String,
    /// ISO 3166 alpha-2; never changes (REG-2).
    pub country: String,
    /// Its own page.
    pub website: Option<String>,
    /// Where it is reached.
    pub phone: Option<String>,
}

/// The meetings site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteView {
    /// Its name; none while the partner has not given it.
    pub name: Option<String>,
    /// The site's own IANA zone.
    pub time_zone: Option<String>,
    /// Whether it can be used.
    pub ready: bool,
}

/// Locations and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingView {
    /// SETUP-2.
    pub case: NumbersCase,
    /// Approved providers for the country: id and name.
    pub providers: Vec<(String, String)>,
    /// The one that is connected, by its id.
    pub provider: Option<String>,
    /// How many locations there are.
    pub locations: u32,
    /// How many numbers are in use.
    pub numbers: u32,
    /// Numbers first: how many there must be.
    pub numbers_needed: u32,
    /// How many of these are missing.
    pub numbers_missing: u32,
    /// How many can still be ordered in the trial; none where calling runs under no trial.
    pub orderable_left: Option<u32>,
    /// Whether numbers can be entered now: once calling runs.
    pub running: bool,
}

/// How many people have licences of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceUse {
    /// By the program's id.
    pub service: String,
    /// Licences that are assigned.
    pub assigned: u32,
    /// Licences that there are.
    pub quantity: u32,
}

/// Users and licences, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersView {
    /// People of the organization.
    pub people: u32,
    /// Those with any licence.
    pub licensed: u32,
    /// By service.
    pub services: Vec<ServiceUse>,
}

/// A customer's set-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    /// Whose.
    pub customer: OrgId,
    /// Where each step stands.
    pub steps: Vec<(Step, StepState)>,
    /// The company.
    pub profile: ProfileView,
    /// None where no service asks for one.
    pub site: Option<SiteView>,
    /// None without calling.
    pub calling: Option<CallingView>,
    /// ORG-4: none for a partner without full access.
    pub users: Option<UsersView>,
    /// What is next: steps that are left, then what can be done with what is there.
    pub next_steps: Vec<String>,
    /// When somebody finished it.
    pub finished_at: Option<Timestamp>,
    /// Counts up with every change of profile or set-up.
    pub version: i64,
}

impl App {
    /// SETUP-1: where a customer's set-up stands.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn setup(&self, actor: &Actor, id: &OrgId) -> Result<SetupView, Error> {
        let reads = self.region(id.region())?.read();
        let site = self.site(&reads, actor, id, Action::ReadSetup).await?;
        self.setup_view(&reads, &site).await
    }

    pub(super) async fn setup_view(&self, reads: &Reads<'_>, site: &Site) -> Result<SetupView, Error> {
        let id = &site.customer.value.id;
        let setup = reads.setup(id).await?;
        let people = reads.people_of(id).await?;
        let people: Vec<&[String]> = people.iter().map(|one| one.licenses.as_slice()).collect();
        let shown = meetings(site);
        let around = self.around(reads, site, &people).await?;
        let calling = match around.calling {
            Some(case) => Some(self.calling_view(reads, site, &setup.value, case, &around).await?),
            None => None,
        };
        let users = site.is_whole().then(|| users(site, &people));
        let next_steps = next(&setup.value, &around);
        Ok(SetupView {
            customer: id.clone(),
            steps: setup.value.steps(&around).to_vec(),
            profile: profile(site, &setup.value)?,
            site: shown,
            calling,
            users,
            next_steps,
            finished_at: setup.value.finished_at,
            version: setup.version + site.customer.version,
        })
    }

    pub(super) async fn around(&self, reads: &Reads<'_>, site: &Site, people: &[&[String]]) -> Result<Around, Error> {
        let id = &site.customer.value.id;
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let calls = |id: &String| site.program.service(id).is_some_and(|service| service.numbers);
        let callers = people.iter().filter(|licenses| licenses.iter().any(calls)).count();
        let licensed = people.iter().filter(|licenses| !licenses.is_empty()).count();
        let case = site.program.country(site.country()).map(|country| country.numbers);
        Ok(Around {
            site: meetings(site).map(|site| site.ready),
            calling: site.has_calling().then(|| case.unwrap_or_default()),
            locations: count(reads.locations(id).await?.len()),
            numbers: u32::try_from(reads.count_numbers(id).await?).unwrap_or(u32::MAX),
            callers: count(callers),
            licensed: count(licensed),
        })
    }

    async fn calling_view(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        setup: &Setup,
        case: NumbersCase,
        around: &Around,
    ) -> Result<CallingView, Error> {
        let providers = site.program.number_providers(site.country());
        let orderable_left = match site.calling_trial() {
            Some((trial, program)) => {
                let ordered = reads.ordered_numbers(&trial.id).await?;
                Some(program.policy.new_numbers_limit.saturating_sub(ordered))
            }
            None => None,
        };
        Ok(CallingView {
            case,
            providers: providers.map(|one| (one.id.clone(), one.name.clone())).collect(),
            provider: setup.provider.clone(),
            locations: around.locations,
            numbers: around.numbers,
            numbers_needed: around.numbers_needed(),
            numbers_missing: around.numbers_missing(),
            orderable_left,
            running: site.runs_calling(),
        })
    }
}

fn profile(site: &Site, setup: &Setup) -> Result<ProfileView, Error> {
    let facts = customer_of(&site.customer.value)?;
    Ok(ProfileView {
        name: site.customer.value.name.clone(),
        vertical: facts.vertical.clone(),
        language: facts.language.clone(),
        time_zone: facts.zone.clone(),
        country: facts.country.clone(),
        website: setup.website.clone(),
        phone: setup.phone.clone(),
    })
}

/// START-5: the site of the trial that asks for one.
fn meetings(site: &Site) -> Option<SiteView> {
    let open = |trial: &Trial| trial.status().is_open() && trial.status() != Status::PendingConsent;
    site.trials
        .iter()
        .filter(|(record, _)| open(&record.trial))
        .find_map(|(record, program)| {
            let mut services = record.trial.services.iter();
            let asks = |id: &str| program.service(id).is_some_and(|service| service.site);
            let service = services.find(|service| asks(&service.id))?;
            let name = record.texts.get("site").cloned();
            let runs = matches!(service.state, ServiceState::Provisioned | ServiceState::Suspended);
            Some(SiteView {
                ready: runs && name.is_some(),
                name,
                time_zone: record
                    .trial
                    .meetings
                    .as_ref()
                    .map(|meetings| meetings.time_zone.clone()),
            })
        })
}

fn users(site: &Site, people: &[&[String]]) -> UsersView {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let open = |trial: &Trial| trial.status().is_open() && trial.status() != Status::PendingConsent;
    let mut services: Vec<ServiceUse> = Vec::new();
    let tried = site.trials.iter().filter(|(record, _)| open(&record.trial));
    let tried = tried.flat_map(|(record, _)| record.trial.services.iter().map(|one| (one.id.clone(), one.quantity)));
    let facts = site.customer.value.customer();
    let bought = facts.into_iter().flat_map(|facts| facts.purchased.iter());
    for (service, quantity) in tried.chain(bought.map(|one| (one.service.clone(), one.quantity))) {
        let has = |licenses: &&&[String]| licenses.contains(&service);
        let assigned = count(people.iter().filter(has).count());
        match services.iter_mut().find(|known| known.service == service) {
            Some(known) => known.quantity = known.quantity.saturating_add(quantity),
            None => services.push(ServiceUse {
                service,
                assigned,
                quantity,
            }),
        }
    }
    UsersView {
        people: count(people.len()),
        licensed: count(people.iter().filter(|licenses| !licenses.is_empty()).count()),
        services,
    }
}

fn next(setup: &Setup, around: &Around) -> Vec<String> {
    let left = |(step, state): &(Step, StepState)| {
        *step != Step::Summary && matches!(state, StepState::Open | StepState::Later)
    };
    let steps = setup.steps(around);
    let mut next: Vec<String> = steps
        .iter()
        .filter(|one| left(one))
        .map(|(step, _)| step.as_str().to_owned())
        .collect();
    let can = [
        (
            around.calling.is_some() && around.locations > 0 && around.numbers == 0,
            "numbers",
        ),
        (around.site == Some(true), "first_meeting"),
        (around.numbers > 0, "first_call"),
        (around.licensed > 0, "tell_users"),
    ];
    next.extend(can.iter().filter(|(is, _)| *is).map(|(_, name)| (*name).to_owned()));
    next
}
