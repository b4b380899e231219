//! SETUP-3: which licences a customer can give to its people: up to the quantity of its trials and of what it bought, and
//! no licence is lost.

use crate::{
    organization::Purchase,
    program::Program,
    refusal::{Code, FieldError},
    trial::{ServiceState, Status, Trial},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The licences of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licensed {
    /// The service's id.
    pub service: String,
    /// How many there are.
    pub quantity: u32,
    /// How many of them people have.
    pub assigned: u32,
}

/// The licences of a customer, as they are given out.
#[derive(Clone, Debug, Default)]
pub struct Licenses {
    of: BTreeMap<String, (u32, u32)>,
    known: Vec<String>,
}

impl Licenses {
    /// What a customer can give: of its trials the services that run, are stopped for the time of grace or are being
    /// provisioned; and what it has bought, under whatever name. Devices are registered, and given to nobody.
    pub fn of<'t>(
        purchased: &[Purchase],
        trials: impl IntoIterator<Item = (&'t Trial, &'t Program)>,
        program: &Program,
        assigned: &BTreeMap<String, u32>,
    ) -> Self {
        let mut of: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let mut add = |service: &str, quantity: u32| {
            let line = of.entry(service.to_owned()).or_default();
            line.0 = line.0.saturating_add(quantity);
        };
        for bought in purchased {
            add(&today(&bought.service, program), bought.quantity);
        }
        let mut known: Vec<String> = program.services.iter().map(|service| service.id.clone()).collect();
        for (trial, program) in trials {
            for service in &trial.services {
                let devices = program.service(&service.id).is_some_and(|one| one.devices);
                if runs(trial, service.state) && !devices {
                    add(&service.id, service.quantity);
                }
                known.push(service.id.clone());
            }
        }
        for (service, count) in assigned {
            of.entry(service.clone()).or_default().1 = *count;
        }
        known.retain(|id| program.service(id).is_none_or(|service| !service.devices));
        Self { of, known }
    }

    /// Each service of which there are licences, or people who have one.
    pub fn lines(&self) -> Vec<Licensed> {
        let line = |(service, (quantity, assigned)): (&String, &(u32, u32))| Licensed {
            service: service.clone(),
            quantity: *quantity,
            assigned: *assigned,
        };
        self.of.iter().map(line).collect()
    }

    /// One person's licences change: what is new is taken, what is gone comes back, all or nothing. What somebody has
    /// stays, whatever became of the service. Positions are those in `wanted`.
    ///
    /// # Errors
    /// `unknown_service`, `service_not_held`, `licenses_exhausted`, each with the position.
    pub fn change(&mut self, before: &[String], wanted: &[String]) -> Result<(), Vec<(usize, FieldError)>> {
        let mut errors = Vec::new();
        for (index, service) in wanted.iter().enumerate().filter(|(_, id)| !before.contains(id)) {
            let error = |code| FieldError::new("", code).with("service", service);
            let (quantity, assigned) = self.of.get(service).copied().unwrap_or_default();
            if !self.known.contains(service) && quantity == 0 {
                let allowed: Vec<&str> = self
                    .of
                    .iter()
                    .filter(|(_, of)| of.0 > 0)
                    .map(|(id, _)| id.as_str())
                    .collect();
                let error = FieldError::new("", Code::UnknownService).with("value", service);
                errors.push((index, error.with("allowed", allowed.join(", "))));
            } else if quantity == 0 {
                errors.push((index, error(Code::ServiceNotHeld)));
            } else if assigned >= quantity {
                let error = error(Code::LicensesExhausted).with("quantity", quantity);
                errors.push((index, error.with("assigned", assigned)));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for service in wanted.iter().filter(|id| !before.contains(id)) {
            self.of.entry(service.clone()).or_default().1 += 1;
        }
        self.give_back(before.iter().filter(|id| !wanted.contains(id)));
        Ok(())
    }

    fn give_back<'s>(&mut self, services: impl Iterator<Item = &'s String>) {
        for service in services {
            if let Some(line) = self.of.get_mut(service) {
                line.1 = line.1.saturating_sub(1);
            }
        }
    }
}

/// A service by the name it has today.
fn today(id: &str, program: &Program) -> String {
    let named = |service: &&crate::program::Service| service.id == id || service.also_known_as.iter().any(|n| n == id);
    program
        .services
        .iter()
        .find(named)
        .map_or(id, |service| service.id.as_str())
        .to_owned()
}

fn runs(trial: &Trial, state: ServiceState) -> bool {
    let open = matches!(trial.status(), Status::Provisioning | Status::Active | Status::Expired);
    let there = match state {
        ServiceState::Provisioning | ServiceState::Provisioned | ServiceState::Suspended => true,
        ServiceState::Waiting | ServiceState::AwaitingApproval | ServiceState::Failed | ServiceState::Withdrawn => {
            false
        }
    };
    open && there
}

#[cfg(test)]
mod tests {
    use super::Licenses;
    use crate::{
        organization::Purchase,
        program::Program,
        refusal::{Code, FieldError},
    };
    use std::collections::BTreeMap;

    const SHIPPED: &str = include_str!("../../../programs/webex-enterprise.toml");

    fn program() -> Program {
        crate::program::parse(SHIPPED).expect("the shipped program")
    }

    fn bought(service: &str, quantity: u32) -> Purchase {
        Purchase {
            service: service.to_owned(),
            quantity,
            partner: None,
            since: jiff::civil::date(2027, 1, 1),
        }
    }

    fn licenses(purchased: &[Purchase], assigned: &[(&str, u32)]) -> Licenses {
        let assigned: BTreeMap<String, u32> = assigned.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
        Licenses::of(purchased, [], &program(), &assigned)
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    fn codes(refused: Result<(), Vec<(usize, FieldError)>>) -> Vec<(usize, Code)> {
        let errors = refused.expect_err("refused");
        errors.into_iter().map(|(index, error)| (index, error.code)).collect()
    }

    fn assigned(of: &Licenses) -> Vec<u32> {
        of.lines().iter().map(|line| line.assigned).collect()
    }

    #[test]
    fn setup_3_all_or_nothing_up_to_the_quantity() {
        let mut of = licenses(&[bought("meetings", 2), bought("messaging", 1)], &[("messaging", 1)]);
        let wanted = ids(&["meetings", "messaging", "calling", "telepathy"]);
        let expected = [
            (1, Code::LicensesExhausted),
            (2, Code::ServiceNotHeld),
            (3, Code::UnknownService),
        ];
        assert_eq!(codes(of.change(&[], &wanted)), expected);
        assert_eq!(assigned(&of), [0, 1], "nothing was taken");
        assert_eq!(of.change(&[], &ids(&["meetings"])), Ok(()));
        assert_eq!(of.change(&ids(&["messaging"]), &ids(&["meetings"])), Ok(()));
        assert_eq!(assigned(&of), [2, 0], "one was taken, one came back");
        assert_eq!(
            codes(of.change(&[], &ids(&["meetings"]))),
            [(0, Code::LicensesExhausted)]
        );
    }

    #[test]
    fn setup_3_what_somebody_has_stays() {
        let mut of = licenses(&[], &[("messaging", 3)]);
        let has = ids(&["messaging"]);
        assert_eq!(of.change(&has, &has), Ok(()), "also of a service that is gone");
        assert_eq!(codes(of.change(&[], &has)), [(0, Code::ServiceNotHeld)]);
        assert_eq!(of.change(&has, &[]), Ok(()));
        assert_eq!(assigned(&of), [2]);
    }

    #[test]
    fn elig_1_an_older_name_is_the_same_service() {
        let program = program();
        let renamed = program
            .services
            .iter()
            .find(|service| !service.also_known_as.is_empty());
        let renamed = renamed.expect("the program knows older names");
        let of = licenses(&[bought(&renamed.also_known_as[0], 4), bought(&renamed.id, 1)], &[]);
        let lines = of.lines();
        assert_eq!(
            (lines.len(), lines[0].service.as_str(), lines[0].quantity),
            (1, renamed.id.as_str(), 5)
        );
    }
}
