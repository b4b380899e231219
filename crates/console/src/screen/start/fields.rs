//! Fields that the start shares with the details after consent (PROV-1).

use super::draft::{Address, Devices};
use crate::words::Words;
use domain::program::{Availability, Program};
use serde::Serialize;
use std::collections::BTreeSet;

/// One of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// The values of `parts/devices.html`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DeviceFields {
    pub(crate) what: String,
    skips: Vec<Choice>,
    /// Id, name, at most, without a power supply, how many.
    pub(crate) types: Vec<(String, String, u32, bool, i64)>,
    /// DEV-2: those that went already: name, and how many.
    pub(crate) gone: Vec<(String, String)>,
    poe: String,
    registrations: i64,
    to: Address,
    line1: String,
    line2: String,
    countries: Vec<Choice>,
    contact: String,
    days: u32,
}

/// Where business is done, by region, each list in the reader's order.
pub(crate) fn countries(words: &Words, program: &Program, current: Option<&str>) -> Vec<(String, Vec<Choice>)> {
    let open = |availability: Availability| matches!(availability, Availability::Supported | Availability::Review);
    let mut regions = Vec::new();
    for region in &program.regions {
        let here = program
            .countries
            .iter()
            .filter(|country| country.region == region.id && open(country.availability));
        let mut all: Vec<Choice> = here
            .map(|country| Choice {
                name: words.country(&country.id, Some(program)),
                chosen: current == Some(country.id.as_str()),
                value: country.id.clone(),
            })
            .collect();
        i18n::sort_by_name(words.language, &mut all, |country| &country.name);
        if !all.is_empty() {
            regions.push((words.pick(&region.name), all));
        }
    }
    regions
}

/// All zones, each by the place that stands for it, in the reader's order; those of the program by the program's names.
pub(crate) fn zones(words: &Words, program: &Program, current: Option<&str>) -> Vec<Choice> {
    let mut ids: Vec<&str> = program
        .countries
        .iter()
        .map(|country| country.time_zone.as_str())
        .chain(current)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let known: BTreeSet<&str> = ids.iter().map(|id| i18n::canonical_zone(id)).collect();
    ids.extend(i18n::zones().iter().filter(|id| !known.contains(*id)));
    let named: Vec<(&str, String)> = ids.into_iter().map(|id| (id, words.zone_place(id))).collect();
    let choice = |(id, name): &(&str, String)| {
        // Its id only where the name alone does not tell it from another.
        let alike = named.iter().filter(|(_, other)| other == name).count() > 1;
        Choice {
            value: (*id).to_owned(),
            name: if alike { format!("{name} ({id})") } else { name.clone() },
            chosen: current == Some(*id),
        }
    };
    let mut all: Vec<Choice> = named.iter().map(choice).collect();
    i18n::sort_by_name(words.language, &mut all, |zone| &zone.name);
    all
}

impl DeviceFields {
    pub(crate) fn of(
        words: &Words,
        program: &Program,
        said: Option<&Devices>,
        country: Option<&str>,
        new: bool,
    ) -> Self {
        let to = said.and_then(|devices| devices.to.clone()).unwrap_or_default();
        let what = match said {
            Some(devices) if devices.skip.is_some() => devices.skip.clone().unwrap_or_default(),
            Some(devices) if devices.to.is_some() => "ship".to_owned(),
            _ => String::new(),
        };
        let places = countries(words, program, to.country.as_deref().or(country)).into_iter();
        let poe = said
            .and_then(|devices| devices.poe)
            .map(|poe| if poe { "yes" } else { "no" });
        let registrations = said.and_then(|devices| devices.registrations);
        Self {
            skips: skips(words, &what, new),
            types: types(program, said),
            gone: Vec::new(),
            poe: poe.unwrap_or_default().to_owned(),
            registrations: registrations.unwrap_or(i64::from(program.policy.registration_licenses)),
            line1: to.lines.first().cloned().unwrap_or_default(),
            line2: to.lines.get(1).cloned().unwrap_or_default(),
            countries: places.flat_map(|(_, countries)| countries).collect(),
            contact: program.contacts.information.clone(),
            days: program.policy.device_days,
            what,
            to,
        }
    }
}

/// DEV-1: why nothing is shipped; a test is for an existing customer only.
fn skips(words: &Words, what: &str, new: bool) -> Vec<Choice> {
    let all = ["registration_only", "partner_supplies", "customer_has", "test_only"].into_iter();
    let choice = |skip: &str| Choice {
        value: skip.to_owned(),
        name: words.say(&format!("device-skip-{}", skip.replace('_', "-"))),
        chosen: what == skip,
    };
    all.filter(|skip| !new || *skip != "test_only").map(choice).collect()
}

fn types(program: &Program, said: Option<&Devices>) -> Vec<(String, String, u32, bool, i64)> {
    let count = |id: &str| {
        let known = said.and_then(|devices| devices.ship.iter().find(|(known, _)| known == id));
        known.map_or(0, |(_, count)| *count)
    };
    let all = program.device_types.iter();
    all.map(|one| (one.id.clone(), one.name.clone(), one.max, one.needs_poe, count(&one.id)))
        .collect()
}
