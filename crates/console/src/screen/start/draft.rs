//! A half-filled start (START-10): kept for its author, and sealed in the address besides, so that back never loses, and
//! no name or address stands there in clear.

use crate::{
    Console,
    web::{Fields, open, seal},
};
use app::Actor;
use domain::{
    ids::DraftId,
    program::Program,
    trial::{CustomerInput, DeviceLine, DevicesInput, MeetingsInput, ShipTo, StartInput},
};
use serde::{Deserialize, Serialize};

/// What an address belongs to (START-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Belongs {
    /// Nobody: a new customer.
    Nobody,
    /// An organization, by name and country; its yes is asked.
    Existing(String, String),
    /// An own customer, by id, name and country.
    Own(String, String, String),
}

/// What was said about devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Devices {
    pub(crate) skip: Option<String>,
    pub(crate) ship: Vec<(String, i64)>,
    pub(crate) poe: Option<bool>,
    pub(crate) registrations: Option<i64>,
    pub(crate) to: Option<Address>,
}

/// Where devices go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) name: Option<String>,
    pub(crate) lines: Vec<String>,
    /// Written after the city: `Portland, OR`.
    pub(crate) state: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) phone: Option<String>,
}

impl Address {
    /// The city with its state, where there is one.
    pub(crate) fn town(&self) -> Option<String> {
        match (&self.city, &self.state) {
            (Some(city), Some(state)) => Some(format!("{city}, {state}")),
            (city, _) => city.clone(),
        }
    }

    /// As it is kept: what stands after the last comma of a town is its state, and comes to stand there again.
    fn of(to: ShipTo) -> Self {
        let parts = to.city.as_deref().and_then(|town| town.rsplit_once(", "));
        let state = parts.map(|(_, state)| state.to_owned());
        Self {
            name: to.name,
            lines: to.lines.unwrap_or_default(),
            city: parts.map(|(city, _)| city.to_owned()).or(to.city),
            state,
            postal_code: to.postal_code,
            country: to.country,
            phone: to.phone,
        }
    }
}

/// Answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    pub(crate) name: Option<String>,
    pub(crate) admin_email: Option<String>,
    pub(crate) vertical: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) acknowledged: bool,
    pub(crate) belongs: Option<Belongs>,
    /// START-6: the organization that was found is the right one.
    pub(crate) confirmed: bool,
    pub(crate) services: Option<Vec<String>>,
    pub(crate) quantity: Option<i64>,
    pub(crate) duration: Option<i64>,
    pub(crate) site: Option<(Option<String>, Option<String>)>,
    pub(crate) devices: Option<Devices>,
    /// Makes a start that is sent twice one start, and names this visit to the form.
    pub(crate) key: String,
    /// START-10: where it is kept, and the version with which this visit began or that it wrote.
    pub(crate) kept: Option<(String, i64)>,
}

/// What it is where it is sealed.
const WHAT: &str = "draft";

impl Draft {
    /// As it stands in the address.
    pub(crate) fn seal(&self, console: &Console, actor: &Actor) -> String {
        seal(console, actor, WHAT, self)
    }

    /// Back from the address; a new one where it was somebody else's, or is none.
    pub(crate) fn open(console: &Console, actor: &Actor, text: Option<&str>) -> Self {
        open(console, actor, WHAT, text).unwrap_or_else(|| Self {
            key: console.secret(),
            ..Self::default()
        })
    }

    /// Back from where it is kept; what its address belongs to is asked anew.
    pub(crate) fn resumed(input: StartInput, kept: (String, i64), key: String) -> Self {
        let customer = input.customer.unwrap_or_default();
        Self {
            name: customer.name,
            admin_email: customer.admin_email,
            vertical: customer.vertical,
            country: customer.country,
            language: customer.language,
            acknowledged: customer.supported_location_acknowledged.unwrap_or_default(),
            services: input.services,
            quantity: input.license_quantity,
            duration: input.duration_days,
            site: input.meetings.map(|meetings| (meetings.site, meetings.time_zone)),
            devices: input.devices.map(Devices::resumed),
            key,
            kept: Some(kept),
            ..Self::default()
        }
    }

    /// The draft in which it is kept.
    pub(crate) fn kept(&self) -> Option<(DraftId, i64)> {
        let (id, version) = self.kept.as_ref()?;
        Some((DraftId::parse(id)?, *version))
    }

    /// For an own customer (START-7).
    pub(crate) fn own(&self) -> Option<&str> {
        match &self.belongs {
            Some(Belongs::Own(id, ..)) => Some(id),
            _ => None,
        }
    }

    /// Where the customer is: a known one's own country counts, not the one typed (START-6).
    pub(crate) fn place(&self) -> Option<&str> {
        match &self.belongs {
            Some(Belongs::Own(_, _, country) | Belongs::Existing(_, country)) => Some(country),
            _ => self.country.as_deref(),
        }
    }

    /// Whether an organization is asked first.
    pub(crate) fn is_request(&self) -> bool {
        matches!(self.belongs, Some(Belongs::Existing(..)))
    }

    /// All services, required ones included.
    pub(crate) fn all_services(&self, program: &Program) -> Vec<String> {
        program.with_required(self.services.as_deref().unwrap_or_default())
    }

    /// Whether one of its services asks for something.
    pub(crate) fn asks(&self, program: &Program, what: fn(&domain::program::Service) -> bool) -> bool {
        self.all_services(program)
            .iter()
            .any(|id| program.service(id).is_some_and(what))
    }

    /// What the rules are asked.
    pub(crate) fn input(&self, program: &Program) -> StartInput {
        let own = self.own().map(|id| CustomerInput {
            id: Some(id.to_owned()),
            ..CustomerInput::default()
        });
        let form = || CustomerInput {
            name: self.name.clone(),
            admin_email: self.admin_email.clone(),
            vertical: self.vertical.clone(),
            country: self.country.clone(),
            language: self.language.clone(),
            supported_location_acknowledged: Some(self.acknowledged),
            expect: self
                .belongs
                .as_ref()
                .map(|belongs| if *belongs == Belongs::Nobody { "new" } else { "existing" }.to_owned()),
            ..CustomerInput::default()
        };
        let site = self.site.clone().filter(|_| self.asks(program, |service| service.site));
        let devices = self
            .devices
            .as_ref()
            .filter(|_| self.asks(program, |service| service.devices));
        StartInput {
            customer: Some(own.unwrap_or_else(form)),
            services: self.services.clone(),
            license_quantity: self.quantity,
            duration_days: self.duration,
            meetings: site
                .filter(|(site, _)| site.is_some())
                .map(|(site, time_zone)| MeetingsInput { site, time_zone }),
            devices: devices.filter(|devices| devices.said()).map(Devices::input),
        }
    }
}

impl Devices {
    /// What a form says; the fields of `parts/devices.html`.
    pub(crate) fn of(fields: &Fields, program: &Program) -> Self {
        let ships = fields.get("what") == Some("ship");
        let count = |id: &String| {
            fields
                .number(&format!("device-{id}"))
                .filter(|count| *count != 0)
                .map(|count| (id.clone(), count))
        };
        let ship: Vec<(String, i64)> = program
            .device_types
            .iter()
            .filter_map(|device| count(&device.id))
            .filter(|_| ships)
            .collect();
        let lines = ["ship_line1", "ship_line2"]
            .iter()
            .filter_map(|name| fields.owned(name))
            .collect();
        Self {
            skip: fields.owned("what").filter(|what| what != "ship" && what != "later"),
            poe: fields.get("poe").filter(|_| ships).map(|poe| poe == "yes"),
            registrations: fields.number("registrations"),
            to: ships.then(|| Address {
                name: fields.owned("ship_name"),
                lines,
                state: fields.owned("ship_state"),
                city: fields.owned("ship_city"),
                postal_code: fields.owned("ship_postal_code"),
                country: fields.owned("ship_country"),
                phone: fields.owned("ship_phone"),
            }),
            ship,
        }
    }

    /// PROV-1: as it was said with the request.
    pub(crate) fn known(devices: &domain::trial::Devices, address: Option<&String>) -> Self {
        let line = |(id, quantity): &(String, u32)| DeviceLine {
            device_type: Some(id.clone()),
            quantity: Some(i64::from(*quantity)),
        };
        Self::resumed(DevicesInput {
            skip: devices.skip.clone(),
            ship: Some(devices.ship.iter().map(line).collect()),
            site_has_poe: devices.site_has_poe,
            registration_licenses: Some(i64::from(devices.registration_licenses)),
            ship_to: address.and_then(|text| serde_json::from_str(text).ok()),
        })
    }

    fn resumed(input: DevicesInput) -> Self {
        let line = |line: DeviceLine| Some((line.device_type?, line.quantity?));
        Self {
            skip: input.skip,
            ship: input.ship.unwrap_or_default().into_iter().filter_map(line).collect(),
            poe: input.site_has_poe,
            registrations: input.registration_licenses,
            to: input.ship_to.map(Address::of),
        }
    }

    /// Whether anything was said; a request leaves it for later (PROV-1).
    pub(crate) fn said(&self) -> bool {
        self.skip.is_some() || self.to.is_some()
    }

    pub(crate) fn input(&self) -> DevicesInput {
        let line = |(device, quantity): &(String, i64)| DeviceLine {
            device_type: Some(device.clone()),
            quantity: Some(*quantity),
        };
        DevicesInput {
            skip: self.skip.clone(),
            ship: self.skip.is_none().then(|| self.ship.iter().map(line).collect()),
            site_has_poe: self.poe,
            registration_licenses: self.registrations,
            ship_to: self.to.as_ref().filter(|_| self.skip.is_none()).map(|to| ShipTo {
                name: to.name.clone(),
                lines: Some(to.lines.clone()),
                city: to.town(),
                postal_code: to.postal_code.clone(),
                country: to.country.clone(),
                phone: to.phone.clone(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Devices;

    #[test]
    fn prov_1_what_was_given_with_a_request_stands_in_the_form() {
        let known = domain::trial::Devices {
            skip: None,
            ship: vec![("desk-phone".to_owned(), 2)],
            site_has_poe: Some(false),
            registration_licenses: 12,
            country: Some("FR".to_owned()),
        };
        let address = serde_json::json!({"name": "Zoe", "lines": ["1 Main Street", "Floor 2"], "city": "Portland, OR",
            "postal_code": "97201", "country": "US", "phone": "+15035550100"});
        let devices = Devices::known(&known, Some(&address.to_string()));
        let again = devices.input().ship_to.expect("an address");
        assert_eq!(again.city.as_deref(), Some("Portland, OR"));
        assert!(devices.said());
        assert_eq!(
            (devices.ship, devices.poe),
            (vec![("desk-phone".to_owned(), 2)], Some(false))
        );
        assert_eq!(devices.registrations, Some(12));
        let to = devices.to.expect("an address");
        assert_eq!(
            (to.city.as_deref(), to.state.as_deref()),
            (Some("Portland"), Some("OR"))
        );
        assert_eq!(to.lines.len(), 2);
        let skipped = domain::trial::Devices {
            skip: Some("customer_has".to_owned()),
            ship: Vec::new(),
            ..known
        };
        let devices = Devices::known(&skipped, None);
        assert_eq!(
            (devices.skip.as_deref(), devices.to.is_none()),
            (Some("customer_has"), true)
        );
    }
}
