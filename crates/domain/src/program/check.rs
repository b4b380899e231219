//! What a program must fulfil before trials can start under it. Looks at the value only.

use std::collections::BTreeMap;

use jiff::tz::TimeZoneDatabase;

use crate::setup::NumbersCase;

use super::finding::{COUNTRY, Findings, MOST_DAYS, REGION, SLUG, is_slug, known};
use super::{Country, Finding, Program, Service};

impl Program {
    /// Everything that must be mended before this program can be published; the positions are not
    /// known here. A program that was read from a text goes through [`super::parse()`] instead.
    pub fn check(&self) -> Vec<Finding> {
        let mut found = Findings::default();
        if !is_slug(&self.id) {
            let problem = format!("`{}` cannot be an id", self.id);
            found.add("/id", problem, format!("use {}", SLUG.words));
        }
        if self.version == 0 {
            found.add("/version", "there is no version 0", "count from 1");
        }
        self.check_lengths(&mut found);
        self.check_lists(&mut found);
        self.check_contacts(&mut found);
        self.check_numbers(&mut found);
        for (index, country) in self.countries.iter().enumerate() {
            self.check_country(&mut found, &format!("/countries/{index}"), country);
        }
        for (index, service) in self.services.iter().enumerate() {
            self.check_service(&mut found, &format!("/services/{index}"), service);
        }
        self.check_circles(&mut found);
        self.check_fixed_durations(&mut found);
        self.policy.check(&mut found);
        found.0
    }

    /// START-3, START-4, EXT-1.
    fn check_lengths(&self, found: &mut Findings) {
        found.some_of("durations", self.durations.is_empty());
        found.day_list("/durations", &self.durations);
        if !self.durations.is_empty() && !self.durations.contains(&self.default_duration) {
            let offered: Vec<String> = self.durations.iter().map(u32::to_string).collect();
            let problem = format!("{} is not one of the durations", self.default_duration);
            found.add(
                "/default_duration",
                problem,
                format!("write one of {}", offered.join(", ")),
            );
        }
        found.some_of("extension_days", self.extension_days.is_empty());
        found.day_list("/extension_days", &self.extension_days);
        let quantity = &self.license_quantity;
        found.bounds("/license_quantity/min", quantity.min, 1, u32::MAX);
        if quantity.max < quantity.min {
            let problem = format!("{} is below min, {}", quantity.max, quantity.min);
            found.add("/license_quantity/max", problem, "write min or more");
        } else {
            let path = "/license_quantity/default";
            found.bounds(path, quantity.default, quantity.min, quantity.max);
        }
    }

    /// Ids, names and texts of everything that is listed.
    fn check_lists(&self, found: &mut Findings) {
        found.some_of("services", self.services.is_empty());
        found.some_of("regions", self.regions.is_empty());
        found.some_of("verticals", self.verticals.is_empty());
        found.some_of("countries", self.countries.is_empty());
        found.ids("services", &SLUG, self.services.iter().map(|s| s.id.as_str()));
        // PROG-1: region ids are lower case.
        found.ids("regions", &REGION, self.regions.iter().map(|r| r.id.as_str()));
        found.ids("verticals", &SLUG, self.verticals.iter().map(|v| v.id.as_str()));
        found.ids("countries", &COUNTRY, self.countries.iter().map(|c| c.id.as_str()));
        found.ids("device_types", &SLUG, self.device_types.iter().map(|d| d.id.as_str()));
        found.ids("carriers", &SLUG, self.carriers.iter().map(|c| c.id.as_str()));
        let providers = self.number_providers.iter();
        found.ids("number_providers", &SLUG, providers.map(|p| p.id.as_str()));
        for (index, region) in self.regions.iter().enumerate() {
            found.texts(&format!("/regions/{index}/name"), &region.name);
        }
        for (index, vertical) in self.verticals.iter().enumerate() {
            found.texts(&format!("/verticals/{index}/name"), &vertical.name);
        }
        for (index, device) in self.device_types.iter().enumerate() {
            found.text(format!("/device_types/{index}/name"), &device.name);
            found.bounds(format!("/device_types/{index}/max"), device.max, 1, u32::MAX);
        }
        for (index, carrier) in self.carriers.iter().enumerate() {
            found.text(format!("/carriers/{index}/name"), &carrier.name);
            for (step, text) in carrier.steps.iter().enumerate() {
                found.texts(&format!("/carriers/{index}/steps/{step}"), text);
            }
        }
    }

    /// SETUP-2: whoever is asked for numbers serves countries that there are; where numbers come first somebody can
    /// be asked.
    fn check_numbers(&self, found: &mut Findings) {
        for (index, provider) in self.number_providers.iter().enumerate() {
            let path = format!("/number_providers/{index}");
            found.text(format!("{path}/name"), &provider.name);
            for (at, id) in provider.countries.iter().enumerate() {
                if self.country(id).is_none() {
                    let mend = "write the id of a country of this file";
                    found.add(format!("{path}/countries/{at}"), format!("no country `{id}`"), mend);
                }
            }
        }
        for (index, country) in self.countries.iter().enumerate() {
            let first = country.numbers == NumbersCase::First;
            if first && self.number_providers(&country.id).next().is_none() {
                let problem = format!("set-up in `{}` waits for numbers that nobody gives", country.id);
                let mend = "name the country with one of the number_providers, or write \"open\"";
                found.add(format!("/countries/{index}/numbers"), problem, mend);
            }
        }
    }

    /// EXT-4, DEV-9: addresses to which people write.
    fn check_contacts(&self, found: &mut Findings) {
        let contacts = &self.contacts;
        let addresses = [
            ("device_extensions", &contacts.device_extensions),
            ("information", &contacts.information),
        ];
        for (key, address) in addresses {
            let is_address = |(name, host): (&str, &str)| !name.is_empty() && !host.is_empty() && !host.contains('@');
            if !address.split_once('@').is_some_and(is_address) || address.contains(char::is_whitespace) {
                let problem = format!("`{address}` is not an email address");
                found.add(
                    format!("/contacts/{key}"),
                    problem,
                    "write one, such as `team@example.com`",
                );
            }
        }
    }

    /// REG-1, TIME-1, DEV-7: a country leads to a region, a zone and a carrier that exist.
    fn check_country(&self, found: &mut Findings, path: &str, country: &Country) {
        found.text(format!("{path}/name"), &country.name);
        if !self.regions.iter().any(|region| region.id == country.region) {
            let mend = format!("known: {}", self.region_ids());
            found.add(
                format!("{path}/region"),
                format!("no region `{}`", country.region),
                mend,
            );
        }
        let wanted = &country.return_carrier;
        if !self.carriers.iter().any(|carrier| carrier.id == *wanted) {
            let mend = format!("known: {}", known(self.carriers.iter().map(|c| c.id.as_str())));
            found.add(format!("{path}/return_carrier"), format!("no carrier `{wanted}`"), mend);
        }
        // The bundled zones, so that the answer does not depend on the machine.
        let zone = TimeZoneDatabase::bundled().get(&country.time_zone).ok();
        let name = zone
            .as_ref()
            .filter(|zone| !zone.is_unknown())
            .and_then(|zone| zone.iana_name());
        if name != Some(&country.time_zone) {
            let mend = match name {
                Some(name) => format!("write `{name}`"),
                None => "use a name of the IANA database, such as `Europe/Paris`".to_owned(),
            };
            found.add(
                format!("{path}/time_zone"),
                format!("no zone `{}`", country.time_zone),
                mend,
            );
        }
    }

    /// START-2, ELIG-1.
    fn check_service(&self, found: &mut Findings, path: &str, service: &Service) {
        found.text(format!("{path}/name"), &service.name);
        found.texts(&format!("{path}/good_for"), &service.good_for);
        for (index, text) in service.includes.iter().enumerate() {
            found.texts(&format!("{path}/includes/{index}"), text);
        }
        for (index, alias) in service.also_known_as.iter().enumerate() {
            let here = format!("{path}/also_known_as/{index}");
            if !is_slug(alias) {
                found.add(
                    here,
                    format!("`{alias}` cannot be an id"),
                    format!("use {}", SLUG.words),
                );
            } else if self.service(alias).is_some() {
                let problem = format!("`{alias}` is itself a service");
                found.add(here, problem, "remove it here, or rename that service");
            }
        }
        for (index, id) in service.requires.iter().enumerate() {
            if self.service(id).is_none() {
                let mend = format!("known: {}", known(self.services.iter().map(|s| s.id.as_str())));
                found.add(format!("{path}/requires/{index}"), format!("no service `{id}`"), mend);
            }
        }
        if let Some(quantity) = service.quantity {
            found.bounds(format!("{path}/quantity"), quantity, 1, u32::MAX);
        }
        if let Some(days) = service.duration_days {
            found.bounds(format!("{path}/duration_days"), days, 1, MOST_DAYS);
        }
    }

    /// START-2: a service that comes back to itself through what it requires; each circle once.
    fn check_circles(&self, found: &mut Findings) {
        let mut told: Vec<&str> = Vec::new();
        for (index, service) in self.services.iter().enumerate() {
            if told.contains(&service.id.as_str()) {
                continue;
            }
            if let Some(way) = self.way_back(&service.id) {
                let ways: Vec<String> = way.iter().map(|id| format!("`{id}`")).collect();
                let problem = format!("`{}` requires itself: {}", service.id, ways.join(" → "));
                let mend = "remove one of these from `requires`";
                found.add(format!("/services/{index}/requires"), problem, mend);
                told.extend(way);
            }
        }
    }

    /// The shortest way from a service back to itself, if there is one.
    fn way_back<'a>(&'a self, id: &'a str) -> Option<Vec<&'a str>> {
        let mut seen: Vec<&str> = Vec::new();
        let mut ways = vec![vec![id]];
        while !ways.is_empty() {
            let mut longer = Vec::new();
            for way in ways {
                let last = way.last().and_then(|last| self.service(last));
                for next in last.into_iter().flat_map(|service| &service.requires) {
                    let way = [way.as_slice(), &[next.as_str()]].concat();
                    if next == id {
                        return Some(way);
                    }
                    if !seen.contains(&next.as_str()) {
                        seen.push(next);
                        longer.push(way);
                    }
                }
            }
            ways = longer;
        }
        None
    }

    /// START-2: two different fixed durations cannot share a trial.
    fn check_fixed_durations(&self, found: &mut Findings) {
        for (index, service) in self.services.iter().enumerate() {
            let fixed = self.fixed_durations(&service.id);
            // What it requires is told there already.
            let told = service.requires.iter().any(|id| self.fixed_durations(id).len() > 1);
            if fixed.len() > 1 && !told {
                let key = if service.duration_days.is_some() {
                    "duration_days"
                } else {
                    "requires"
                };
                let sum: Vec<String> = fixed.iter().map(|(days, id)| format!("`{id}` {days} days")).collect();
                let problem = format!("a trial cannot have two fixed durations: {}", sum.join(", "));
                let mend = "give them the same duration_days, or take it from all but one";
                found.add(format!("/services/{index}/{key}"), problem, mend);
            }
        }
    }

    /// The fixed durations that meet in a trial of this service, each with one that asks for it.
    fn fixed_durations(&self, id: &str) -> BTreeMap<u32, String> {
        let together = self.with_required(&[id.to_owned()]);
        let services = together.iter().filter_map(|id| self.service(id));
        services
            .filter_map(|s| Some((s.duration_days?, s.id.clone())))
            .collect()
    }
}
