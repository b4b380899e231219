//! How a trial begins in these tests: given these services, in that zone, from then on.

use crate::{
    support::{form, is_zone, org, person, program, utc, zone},
    world::World,
};
use domain::{
    ids::TrialId,
    organization::AccessLevel,
    program::Program,
    trial::{At, ConsentGiven, Details, Origin, Parties, Provisioner, StartInput, Wish, Wording, validate},
};
use jiff::Timestamp;

/// What a trial is started with.
pub(crate) struct Given {
    pub(crate) program: Program,
    pub(crate) input: StartInput,
    pub(crate) origin: Origin,
    pub(crate) provisioner: Provisioner,
    pub(crate) zone: String,
    pub(crate) now: Timestamp,
}

/// A new customer's trial for 30 days that starts at an instant in a zone.
pub(crate) fn given(services: &[&str], zone_name: &str, now: Timestamp) -> Given {
    Given {
        program: program(),
        input: form(services),
        origin: Origin::New,
        provisioner: Provisioner::Embedded,
        zone: zone_name.to_owned(),
        now,
    }
}

/// The trial of the rules' own example: messaging and calling, Paris, 2027-01-15, 30 days.
pub(crate) fn example() -> Given {
    given(&["messaging", "calling"], "Europe/Paris", utc("2027-01-15T09:30:00Z"))
}

impl Given {
    pub(crate) fn days(mut self, days: i64) -> Self {
        self.input.duration_days = Some(days);
        self
    }

    pub(crate) fn quantity(mut self, quantity: i64) -> Self {
        self.input.license_quantity = Some(quantity);
        self
    }

    pub(crate) fn origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// START-6: asked of an existing customer.
    pub(crate) fn asked(self) -> Self {
        self.origin(Origin::Request)
    }

    /// PROV-2: an external provisioner answers later.
    pub(crate) fn external(mut self) -> Self {
        self.provisioner = Provisioner::External;
        self
    }

    pub(crate) fn program(mut self, change: impl FnOnce(&mut Program)) -> Self {
        change(&mut self.program);
        self
    }

    pub(crate) fn form(mut self, change: impl FnOnce(&mut StartInput)) -> Self {
        change(&mut self.input);
        self
    }

    pub(crate) fn wish(&self) -> Wish {
        validate(&self.input, &self.program, &is_zone).expect("a start in order")
    }

    pub(crate) fn parties(&self) -> Parties {
        Parties {
            id: TrialId::new("eu", "1"),
            partner: org("partner"),
            customer: org("customer"),
            started_by: person("seller"),
            administrator: person("administrator"),
            zone: self.zone.clone(),
        }
    }

    pub(crate) fn start(self) -> World {
        let zone = zone(&self.zone);
        let at = At {
            now: self.now,
            zone: &zone,
            program: &self.program,
            provisioner: self.provisioner,
        };
        let change = self.wish().start(self.parties(), self.origin, &at);
        World::begin(zone.clone(), self.program, self.provisioner, self.now, change)
    }
}

/// A yes of a full administrator, the box not ticked (CONS-3).
pub(crate) fn yes() -> ConsentGiven {
    ConsentGiven {
        by: person("full"),
        grant_full_admin: false,
        accept_reduced: false,
        wording: Wording {
            version: 3,
            language: "fr".to_owned(),
        },
        from: Some("192.0.2.7".to_owned()),
    }
}

impl World {
    /// A request that was accepted.
    pub(crate) fn accepted(mut self) -> Self {
        self.must(|trial, at| trial.accept(&yes(), Vec::new(), at));
        assert_eq!(
            self.trial.consent.as_ref().map(|c| c.level),
            Some(AccessLevel::ProvisioningAdministrator)
        );
        self
    }

    /// PROV-1: the details confirmed as they are.
    pub(crate) fn confirmed(mut self) -> Self {
        let has_site = self.first.texts.contains_key("site");
        self.must(|trial, at| trial.confirm_details(Details::default(), has_site, at));
        self
    }
}
