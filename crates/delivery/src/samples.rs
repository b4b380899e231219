//! One letter of every kind to every reader, for previews and tests.

mod devices;
mod world;

use crate::letter::Letter;
use domain::ids::TrialId;
use domain::notify::{Audience, Facts, MessageKind};
use i18n::Language;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use world::{BRAND, world};

/// A made-up letter that owns what it says.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Tells it from the others of its language; fit for a file name.
    pub name: String,
    facts: Facts,
    line: Option<String>,
    kind: MessageKind,
    audience: Audience,
    language: Language,
}

impl Sample {
    /// The letter that it stands for.
    pub fn letter(&self) -> Letter<'_> {
        let world = world(self.language);
        let zone = |id: &str| TimeZone::get(id).unwrap_or(TimeZone::UTC);
        // A partner elsewhere: its reader sees the customer's zone named.
        let here = if self.audience == Audience::PartnerAdministrators {
            "America/New_York"
        } else {
            world.zone
        };
        let acted = matches!(
            self.kind,
            MessageKind::Extended
                | MessageKind::ServicesChanged
                | MessageKind::Cancelled
                | MessageKind::Invitation
                | MessageKind::AccessRequested
                | MessageKind::PurchaseWanted
        );
        // About an account, not about a trial: the company is the reader's own.
        let account = self.audience == Audience::Person && !self.kind.is_of_order();
        // NOTE-4: about many trials, not about one.
        let account = account || self.kind == MessageKind::Digest;
        let erased = self.name.ends_with("erased");
        // EXP-4: nothing is left to be done where nobody said where the free plan is.
        let alone = self.kind == MessageKind::AccessEnded && self.name.ends_with("closed");
        // About an order that belongs to no trial.
        let outside = self.name.ends_with("outside") || self.name.ends_with("outside-withdrawn");
        Letter {
            kind: self.kind,
            audience: self.audience,
            language: self.language,
            zone: zone(here),
            customer_zone: zone(world.zone),
            recipient_name: (self.audience != Audience::TrialsTeam).then(|| world.person.to_owned()),
            trial_id: (!account && !outside).then(|| TrialId::new("eu", "01jd9k2m4v")),
            reference: if account { String::new() } else { "01JD-9K2M".to_owned() },
            decides: !self.name.ends_with("pass-on"),
            customer_name: if erased {
                i18n::text(self.language, "customer-erased", &[])
            } else {
                world.customer.to_owned()
            },
            erased,
            partner_name: if account { world.customer } else { world.partner }.to_owned(),
            actor_name: acted.then(|| world.actor.to_owned()),
            services: match self.facts.ordered.as_slice() {
                [] => names(&self.facts.services),
                ordered => ordered.iter().map(|(id, _)| name(id)).collect(),
            },
            dropped: self
                .facts
                .surplus
                .iter()
                .map(|(id, _)| (name(id), vec![world.actor.to_owned(), world.person.to_owned()]))
                .collect(),
            gathered: self.gathered(world.customer),
            added: names(&self.facts.added),
            removed: names(&self.facts.removed),
            at: Timestamp::from_second(1_802_595_600).unwrap_or_default(),
            devices: devices::names(self.kind, &self.facts, self.language),
            facts: &self.facts,
            line: self.line.as_deref(),
            action_url: (!alone).then(|| {
                format!(
                    "https://trials.vela.example/go/{}?from=email&trial=trial_eu_01jd9k2m4v",
                    self.name
                )
            }),
            brand: &BRAND,
        }
    }
}

fn name(id: &str) -> String {
    match id {
        "messaging" => "Messaging",
        "meetings" => "Meetings",
        _ => "Calling",
    }
    .to_owned()
}

impl Sample {
    fn gathered(&self, customer: &str) -> Vec<(String, jiff::civil::Date, i64)> {
        let (first, lines) = (date(2027, 2, 13), self.facts.gathered.iter().zip(0..));
        lines
            .map(|(line, at)| {
                let days = i64::from(line.ends_on.day()) - i64::from(first.day());
                (format!("{customer} {}", at + 1), line.ends_on, days)
            })
            .collect()
    }
}

fn names(ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| name(id)).collect()
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// A trial from 16 December 2026 for 60 days.
fn trial() -> Facts {
    let ends_on = date(2027, 2, 14);
    Facts {
        services: ids(&["messaging", "meetings", "calling"]),
        license_quantity: Some(1200),
        duration_days: Some(60),
        ends_on: Some(ends_on),
        grace_ends_on: ends_on.checked_add(30.days()).ok(),
        ..Facts::default()
    }
}

/// The same before it has dates.
fn request() -> Facts {
    Facts {
        ends_on: None,
        grace_ends_on: None,
        ..trial()
    }
}

fn outcome(facts: Facts, outcome: &str) -> Facts {
    Facts {
        outcome: Some(outcome.to_owned()),
        ..facts
    }
}

/// Every kind for every reader it is written for, in every wording.
pub fn samples(language: Language) -> Vec<Sample> {
    use Audience::{ConsentRecipients, CustomerAdministrators, CustomerUsers, PartnerAdministrators, TrialsTeam};
    use MessageKind as Kind;
    let both = [CustomerAdministrators, PartnerAdministrators];
    let mut all = Collection {
        language,
        samples: Vec::new(),
    };
    consent(&mut all);
    for audience in both {
        all.add("", Kind::TrialStarted, audience, trial());
        running(&mut all, audience);
        for level in ["full", "provisioning", "withdrawn"] {
            all.add(level, Kind::AccessChanged, audience, outcome(request(), level));
        }
    }
    accounts(&mut all);
    access(&mut all);
    devices::add(&mut all);
    for audience in [PartnerAdministrators, TrialsTeam] {
        all.add(
            "",
            Kind::ProvisioningFailed,
            audience,
            Facts {
                removed: ids(&["calling"]),
                ..request()
            },
        )
        .quote();
        all.add("", Kind::ApprovalRequested, audience, request());
    }
    all.add(
        "",
        Kind::ApprovalDecided,
        PartnerAdministrators,
        outcome(request(), "approved"),
    );
    all.add(
        "refused",
        Kind::ApprovalDecided,
        PartnerAdministrators,
        outcome(request(), "refused"),
    )
    .quote();
    all.add("", Kind::AccessEnded, CustomerUsers, trial());
    for name in ["closed", "closed-free-plan"] {
        let facts = Facts {
            organization_closed: true,
            ..trial()
        };
        all.add(name, Kind::AccessEnded, CustomerUsers, facts);
    }
    let cancelled = Facts {
        ends_on: None,
        cancelled_on: Some(date(2027, 1, 20)),
        organization_closed: true,
        ..trial()
    };
    all.add("cancelled-closed", Kind::AccessEnded, CustomerUsers, cancelled);
    all.add("", Kind::Cancelled, ConsentRecipients, request());
    orders(&mut all);
    digest(&mut all);
    all.samples
}

/// NOTE-4: one trial, and several.
fn digest(all: &mut Collection) {
    let line = |day: i8| domain::digest::Gathered {
        ends_on: date(2027, 2, day),
        trial: TrialId::new("eu", "01jd9k2m4v"),
        customer: domain::ids::OrgId::new("eu", "01jd9k2m4v"),
        kind: MessageKind::ExpiryNotice,
        at: Timestamp::UNIX_EPOCH,
    };
    for (name, days) in [("", vec![12, 13, 14, 20]), ("one", vec![20])] {
        let gathered = days.into_iter().map(line).collect();
        let facts = Facts {
            gathered,
            ..Facts::default()
        };
        all.add(name, MessageKind::Digest, Audience::PartnerAdministrators, facts);
    }
}

/// CONV: what was ordered, who sets it up, what became of it.
fn orders(all: &mut Collection) {
    use Audience::{CustomerAdministrators, PartnerAdministrators, Person};
    use MessageKind as Kind;
    let order = || Facts {
        ordered: vec![("messaging".to_owned(), 1200), ("calling".to_owned(), 300)],
        closes_on: Some(date(2027, 2, 25)),
        ..Facts::default()
    };
    for place in ["", "outside"] {
        all.add(place, Kind::OrderSetUp, Person, order());
        all.add(place, Kind::OrderReminder, Person, order());
        all.add(place, Kind::OrderClosed, Person, order());
        let withdrawn = [place, "withdrawn"].join(if place.is_empty() { "" } else { "_" });
        all.add(&withdrawn, Kind::OrderClosed, Person, outcome(order(), "withdrawn"))
            .quote();
    }
    for audience in [CustomerAdministrators, PartnerAdministrators] {
        let bought = || Facts {
            closes_on: None,
            removed: ids(&["meetings"]),
            ..order()
        };
        all.add("", Kind::Converted, audience, bought());
        let surplus = vec![("meetings".to_owned(), Vec::new())];
        all.add("reduced", Kind::Converted, audience, Facts { surplus, ..bought() });
    }
    all.add("", Kind::PurchaseWanted, PartnerAdministrators, trial())
        .quote();
    all.add("", Kind::ConversionHandedOver, PartnerAdministrators, trial());
}

fn consent(all: &mut Collection) {
    use Audience::{ConsentRecipients, PartnerAdministrators};
    use MessageKind as Kind;
    let asked = Facts {
        deadline: Timestamp::from_second(1_797_930_000).ok(),
        ..request()
    };
    all.add("", Kind::ConsentRequest, ConsentRecipients, asked.clone());
    all.add("", Kind::ConsentResent, ConsentRecipients, asked.clone());
    for kind in [Kind::ConsentRequest, Kind::ConsentResent] {
        all.add("pass-on", kind, ConsentRecipients, asked.clone());
    }
    all.add(
        "",
        Kind::ConsentAccepted,
        PartnerAdministrators,
        outcome(request(), "provisioning"),
    );
    let reduced = Facts {
        services: ids(&["messaging", "meetings"]),
        removed: ids(&["calling"]),
        ..request()
    };
    all.add(
        "reduced",
        Kind::ConsentAccepted,
        PartnerAdministrators,
        outcome(reduced, "full"),
    );
    all.add("", Kind::ConsentDeclined, PartnerAdministrators, request())
        .quote();
    all.add(
        "taken",
        Kind::ConsentDeclined,
        PartnerAdministrators,
        outcome(request(), "services_taken"),
    );
    all.add(
        "closed",
        Kind::ConsentDeclined,
        PartnerAdministrators,
        outcome(request(), "organization_closed"),
    );
    all.add("", Kind::ConsentLapsed, PartnerAdministrators, asked);
}

fn accounts(all: &mut Collection) {
    use MessageKind as Kind;
    let until = |facts| Facts {
        deadline: Timestamp::from_second(1_803_200_400).ok(),
        ..facts
    };
    all.add("", Kind::Welcome, Audience::CustomerAdministrators, until(trial()));
    for kind in [Kind::Invitation, Kind::PasswordReset] {
        all.add("", kind, Audience::Person, until(Facts::default()));
    }
}

fn access(all: &mut Collection) {
    use Audience::{CustomerAdministrators, PartnerAdministrators};
    use MessageKind as Kind;
    let until = |outcome: Option<&str>| Facts {
        deadline: Timestamp::from_second(1_797_930_000).ok(),
        outcome: outcome.map(str::to_owned),
        ..Facts::default()
    };
    all.add("", Kind::AccessRequested, CustomerAdministrators, until(None))
        .quote();
    for audience in [CustomerAdministrators, PartnerAdministrators] {
        all.add("move", Kind::AccessRequested, audience, until(Some("move")))
            .quote();
    }
    all.add(
        "granted",
        Kind::AccessChanged,
        PartnerAdministrators,
        until(Some("granted")),
    );
    let refused = outcome(Facts::default(), "not_granted");
    all.add("not_granted", Kind::AccessChanged, PartnerAdministrators, refused);
}

fn running(all: &mut Collection, audience: Audience) {
    use MessageKind as Kind;
    let left = |days| Facts {
        days_left: Some(days),
        ..trial()
    };
    all.add("", Kind::ExpiryReminder, audience, left(7)).quote();
    all.add("late", Kind::ExpiryReminder, audience, Facts { late: true, ..left(3) });
    all.add(
        "tomorrow",
        Kind::ExpiryReminder,
        audience,
        Facts { late: true, ..left(1) },
    );
    all.add("", Kind::ExpiryNotice, audience, left(0));
    all.add("late", Kind::ExpiryNotice, audience, Facts { late: true, ..trial() });
    all.add(
        "",
        Kind::Extended,
        audience,
        Facts {
            previous_ends_on: Some(date(2027, 1, 31)),
            ..trial()
        },
    );
    let changed = Facts {
        added: ids(&["calling"]),
        removed: ids(&["meetings"]),
        ..trial()
    };
    all.add(
        "",
        Kind::ServicesChanged,
        audience,
        Facts {
            services: ids(&["messaging", "calling"]),
            ..changed
        },
    );
    all.add("", Kind::Cancelled, audience, trial()).quote();
}

struct Collection {
    language: Language,
    samples: Vec<Sample>,
}

impl Collection {
    fn add(&mut self, variant: &str, kind: MessageKind, audience: Audience, facts: Facts) -> &mut Sample {
        let name = [kind.as_str(), audience.as_str(), variant]
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| part.replace('_', "-"))
            .collect::<Vec<_>>()
            .join("-");
        let at = self.samples.len();
        self.samples.push(Sample {
            name,
            facts,
            line: None,
            kind,
            audience,
            language: self.language,
        });
        &mut self.samples[at]
    }
}

impl Sample {
    fn quote(&mut self) {
        let world = world(self.language);
        let talks = matches!(self.kind, MessageKind::ExpiryReminder);
        self.line = Some(if talks { world.line } else { world.reason }.to_owned());
        self.facts.has_line = true;
    }
}

#[cfg(test)]
mod tests {
    use super::samples;
    use crate::wording::message;
    use domain::notify::MessageKind;
    use i18n::Language;
    use std::collections::BTreeSet;

    #[test]
    fn note_3_every_kind_and_every_text_has_a_sample() {
        let samples = samples(Language::En);
        for kind in MessageKind::ALL {
            assert!(samples.iter().any(|sample| sample.kind == *kind), "{}", kind.as_str());
        }
        let said: BTreeSet<String> = samples.iter().map(|sample| message(&sample.letter())).collect();
        let english = concat!(
            include_str!("../../../locales/en/email.ftl"),
            include_str!("../../../locales/en/device-emails.ftl"),
            include_str!("../../../locales/en/usage.ftl")
        );
        let written = english
            .lines()
            .filter_map(|line| line.strip_suffix(" ="))
            .map(str::to_owned);
        assert_eq!(
            said,
            written
                .filter(|id| i18n::has(Language::En, &format!("{id}.subject")))
                .collect()
        );
        let names: BTreeSet<&String> = samples.iter().map(|sample| &sample.name).collect();
        assert_eq!(names.len(), samples.len());
    }
}
