//! A set-up as it is shown: each step with what is there, and what is next.

use super::Site;
use crate::{Actor, App, Error, load::customer_of, policy::Action};
use domain::{
    ids::{LocationId, OrgId},
    location::Location,
    program::NumberProvider,
    setup::{Around, NumbersCase, Setup, Step, StepState},
    trial::{ServiceState, Status, Trial},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::{Reads, Versioned};

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
    /// Approved providers for the customer's country and those of its locations: id and name.
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
        let people = reads.count_license_sets(id).await?;
        let shown = meetings(site);
        let places = reads.locations(id).await?;
        let around = match site.shows_calling() {
            true => self.around(reads, site, &people, &places, site.has_calling()).await?,
            false => self.around(reads, site, &people, &[], false).await?,
        };
        let calling = match around.calling {
            Some(case) => {
                let providers = providers(site, &places);
                Some(
                    self.calling_view(reads, site, &setup.value, (case, &around), providers)
                        .await?,
                )
            }
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

    /// SETUP-2: what must be there before the set-up ends is asked of the whole customer, whoever finishes it.
    pub(super) async fn around_whole(&self, reads: &Reads<'_>, site: &Site) -> Result<Around, Error> {
        let id = &site.customer.value.id;
        let (people, places) = (reads.count_license_sets(id).await?, reads.locations(id).await?);
        self.around(reads, site, &people, &places, site.calls).await
    }

    async fn around(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        people: &[Alike],
        places: &[Versioned<Location>],
        calls: bool,
    ) -> Result<Around, Error> {
        let id = &site.customer.value.id;
        let has = |id: &String| site.program.service(id).is_some_and(|service| service.numbers);
        let is_first = |country: &str| {
            let known = site.program.country(country);
            known.is_some_and(|country| country.numbers == NumbersCase::First)
        };
        let first = places.iter().filter(|place| is_first(&place.value.place.country));
        let first: Vec<&LocationId> = first.map(|place| &place.value.id).collect();
        let case = match !first.is_empty() || places.is_empty() && is_first(site.country()) {
            true => NumbersCase::First,
            false => NumbersCase::Open,
        };
        let numbers = if places.is_empty() {
            0
        } else {
            reads.count_numbers(id).await?
        };
        let there = match first.len() == places.len() {
            true => numbers,
            false => reads.count_numbers_at(id, &first).await?,
        };
        Ok(Around {
            site: meetings(site).map(|site| site.ready),
            calling: calls.then_some(case),
            locations: small(places.len()),
            locations_first: small(first.len()),
            numbers: small(numbers),
            numbers_first: small(there),
            callers: sum(people, |licenses| licenses.iter().any(has)),
            licensed: sum(people, |licenses| !licenses.is_empty()),
        })
    }

    async fn calling_view(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        setup: &Setup,
        (case, around): (NumbersCase, &Around),
        providers: Vec<(String, String)>,
    ) -> Result<CallingView, Error> {
        let orderable_left = match site.calling_trial() {
            Some((trial, program)) => {
                let ordered = reads.ordered_numbers(&trial.id).await?;
                Some(program.policy.new_numbers_limit.saturating_sub(ordered))
            }
            None => None,
        };
        Ok(CallingView {
            case,
            providers,
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

/// Licences, and how many people have just these.
type Alike = (Vec<String>, u32);

fn sum(people: &[Alike], which: impl Fn(&[String]) -> bool) -> u32 {
    let counts = people.iter().filter(|(licenses, _)| which(licenses));
    counts.fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

fn small(many: impl TryInto<u32>) -> u32 {
    many.try_into().unwrap_or(u32::MAX)
}

/// SETUP-2: who serves the customer's country, or that of one of its locations.
pub(super) fn providers(site: &Site, places: &[Versioned<Location>]) -> Vec<(String, String)> {
    let mut countries: Vec<&str> = places.iter().map(|place| place.value.place.country.as_str()).collect();
    countries.push(site.country());
    let serves = |provider: &&NumberProvider| {
        countries
            .iter()
            .any(|id| provider.countries.iter().any(|one| one == id))
    };
    let serving = site.program.number_providers.iter().filter(serves);
    serving.map(|one| (one.id.clone(), one.name.clone())).collect()
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

fn users(site: &Site, people: &[Alike]) -> UsersView {
    let open = |trial: &Trial| trial.status().is_open() && trial.status() != Status::PendingConsent;
    let mut services: Vec<ServiceUse> = Vec::new();
    let tried = site.trials.iter().filter(|(record, _)| open(&record.trial));
    let tried = tried.flat_map(|(record, _)| record.trial.services.iter().map(|one| (one.id.clone(), one.quantity)));
    let facts = site.customer.value.customer();
    let bought = facts.into_iter().flat_map(|facts| facts.purchased.iter());
    for (service, quantity) in tried.chain(bought.map(|one| (one.service.clone(), one.quantity))) {
        let assigned = sum(people, |licenses| licenses.contains(&service));
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
        people: sum(people, |_| true),
        licensed: sum(people, |licenses| !licenses.is_empty()),
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
