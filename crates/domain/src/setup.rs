//! First-time set-up (SETUP-1): a list of steps that can be left and taken up again. Where each stands follows from
//! what is there; only what was put off, and that somebody has finished, is remembered.

use crate::refusal::{Code, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// SETUP-2: so many numbers for each location, besides those of the people who call.
const PER_LOCATION: u32 = 2;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The company.
    Profile,
    /// The meetings site.
    Site,
    /// Locations and numbers.
    Calling,
    /// Users and licences.
    Users,
    /// What is next.
    Summary,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Step; 5] = [Step::Profile, Step::Site, Step::Calling, Step::Users, Step::Summary];

    /// The step's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Profile => "profile",
            Step::Site => "site",
            Step::Calling => "calling",
            Step::Users => "users",
            Step::Summary => "summary",
        }
    }

    /// The step of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// To do.
    Open,
    /// Done.
    Done,
    /// Put off.
    Later,
    /// No service asks for it.
    NotNeeded,
}

impl StepState {
    /// The state's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            StepState::Open => "open",
            StepState::Done => "done",
            StepState::Later => "later",
            StepState::NotNeeded => "not_needed",
        }
    }
}

/// SETUP-2: which of the two cases holds for a country.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumbersCase {
    /// Set-up ends without numbers; they are added at any time.
    #[default]
    Open,
    /// Set-up ends once the numbers are there.
    First,
}

impl NumbersCase {
    /// Its name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            NumbersCase::Open => "open",
            NumbersCase::First => "numbers_first",
        }
    }
}

/// What is remembered of a customer's set-up. Personal: it is erased with the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Whether somebody has looked through the company's profile.
    #[serde(default)]
    pub profile_seen: bool,
    /// The company's own page.
    #[serde(default)]
    pub website: Option<String>,
    /// Where the company is reached.
    #[serde(default)]
    pub phone: Option<String>,
    /// SETUP-2: the provider that is connected, by the program's id.
    #[serde(default)]
    pub provider: Option<String>,
    /// What was put off.
    #[serde(default)]
    pub later: Vec<Step>,
    /// When somebody finished it.
    #[serde(default)]
    pub finished_at: Option<Timestamp>,
}

/// What stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// A service asks for a site; whether it is there.
    pub site: Option<bool>,
    /// Calling is tried or bought; by which case.
    pub calling: Option<NumbersCase>,
    /// Locations.
    pub locations: u32,
    /// Those of them in whose countries the numbers come first.
    pub locations_first: u32,
    /// Numbers that are the customer's and in use.
    pub numbers: u32,
    /// Those of them that ring where the numbers come first.
    pub numbers_first: u32,
    /// People who have a calling licence.
    pub callers: u32,
    /// People who have any licence.
    pub licensed: u32,
}

impl Around {
    /// SETUP-2: numbers first: for the calling users plus 2 per location of such a country.
    pub fn numbers_needed(&self) -> u32 {
        match self.calling {
            Some(NumbersCase::First) => self.callers.saturating_add(self.needed_there()),
            Some(NumbersCase::Open) | None => 0,
        }
    }

    /// How many of them are missing. Who calls may call from anywhere; a location's own ring there.
    pub fn numbers_missing(&self) -> u32 {
        let there = match self.calling {
            Some(NumbersCase::First) => self.needed_there().saturating_sub(self.numbers_first),
            Some(NumbersCase::Open) | None => 0,
        };
        self.numbers_needed().saturating_sub(self.numbers).max(there)
    }

    fn needed_there(&self) -> u32 {
        self.locations_first.saturating_mul(PER_LOCATION)
    }

    fn has_calling(&self) -> bool {
        self.locations > 0 && self.numbers_missing() == 0
    }
}

impl Setup {
    /// Where each step stands.
    pub fn steps(&self, around: &Around) -> [(Step, StepState); 5] {
        Step::ALL.map(|step| (step, self.state(step, around)))
    }

    fn state(&self, step: Step, around: &Around) -> StepState {
        let done = match step {
            Step::Profile => self.profile_seen,
            Step::Site => match around.site {
                None => return StepState::NotNeeded,
                Some(there) => there,
            },
            Step::Calling if around.calling.is_none() => return StepState::NotNeeded,
            Step::Calling => around.has_calling(),
            Step::Users => around.licensed > 0,
            Step::Summary => self.finished_at.is_some(),
        };
        match done {
            true => StepState::Done,
            false if self.later.contains(&step) => StepState::Later,
            false => StepState::Open,
        }
    }

    /// Whether something of it is still to do.
    pub fn is_open(&self, around: &Around) -> bool {
        let waits = |(_, state): &(Step, StepState)| *state == StepState::Open;
        self.finished_at.is_none() && self.steps(around).iter().any(waits)
    }

    /// SETUP-2: finishes it; in the numbers-first case not before the numbers are there.
    ///
    /// # Errors
    /// `numbers_required`, with how many are missing.
    pub fn finish(&mut self, around: &Around, now: Timestamp) -> Result<(), Refusal> {
        let locations = around.calling == Some(NumbersCase::First) && around.locations == 0;
        let missing = around.numbers_missing();
        if missing > 0 || locations {
            let refusal = Refusal::new(Code::NumbersRequired).with("missing", missing);
            return Err(refusal.with("needed", around.numbers_needed()));
        }
        self.finished_at = self.finished_at.or(Some(now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(setup: &Setup, around: &Around) -> [&'static str; 5] {
        setup.steps(around).map(|(_, state)| state.as_str())
    }

    #[test]
    fn setup_1_each_step_follows_from_what_is_there() {
        let mut setup = Setup::default();
        let mut around = Around::default();
        let none = ["open", "not_needed", "not_needed", "open", "open"];
        assert_eq!(states(&setup, &around), none, "SETUP-1");
        around.site = Some(false);
        around.calling = Some(NumbersCase::Open);
        assert_eq!(states(&setup, &around), ["open"; 5], "SETUP-1");
        setup.later = Step::ALL.to_vec();
        assert_eq!(states(&setup, &around), ["later"; 5], "SETUP-1: put off, not lost");
        assert!(!setup.is_open(&around), "SETUP-1");
        setup.profile_seen = true;
        around = Around {
            site: Some(true),
            locations: 1,
            licensed: 1,
            ..around
        };
        let done = ["done", "done", "done", "done", "later"];
        assert_eq!(
            states(&setup, &around),
            done,
            "SETUP-1: what is done is not put off any more"
        );
    }

    #[test]
    fn setup_2_in_the_open_case_it_ends_without_numbers() {
        let around = Around {
            calling: Some(NumbersCase::Open),
            callers: 25,
            locations: 3,
            ..Around::default()
        };
        assert_eq!((around.numbers_needed(), around.numbers_missing()), (0, 0), "SETUP-2");
        assert!(
            Setup::default().finish(&around, Timestamp::UNIX_EPOCH).is_ok(),
            "SETUP-2"
        );
    }

    #[test]
    fn setup_2_numbers_first_asks_for_the_callers_and_two_a_location() {
        let mut around = Around {
            calling: Some(NumbersCase::First),
            callers: 3,
            locations: 2,
            locations_first: 2,
            numbers: 6,
            numbers_first: 6,
            ..Around::default()
        };
        let mut setup = Setup::default();
        assert_eq!((around.numbers_needed(), around.numbers_missing()), (7, 1), "SETUP-2");
        let refusal = setup
            .finish(&around, Timestamp::UNIX_EPOCH)
            .expect_err("one is missing");
        assert_eq!(refusal.code, Code::NumbersRequired, "SETUP-2");
        assert_eq!(refusal.extra["missing"], 1, "SETUP-2");
        assert_eq!(setup.finished_at, None, "SETUP-2");
        around.numbers = 7;
        around.numbers_first = 7;
        assert!(setup.finish(&around, Timestamp::UNIX_EPOCH).is_ok(), "SETUP-2");
        let nowhere = Around {
            calling: Some(NumbersCase::First),
            ..Around::default()
        };
        assert!(
            Setup::default().finish(&nowhere, Timestamp::UNIX_EPOCH).is_err(),
            "SETUP-2"
        );
    }

    #[test]
    fn setup_2_a_location_elsewhere_asks_for_nothing_and_lends_it_nothing() {
        let around = Around {
            calling: Some(NumbersCase::First),
            callers: 3,
            locations: 2,
            locations_first: 1,
            numbers: 10,
            numbers_first: 1,
            ..Around::default()
        };
        assert_eq!(around.numbers_needed(), 5, "SETUP-2: two for the one location");
        assert_eq!(around.numbers_missing(), 1, "SETUP-2: the second of the location's own");
        let there = Around {
            numbers: 4,
            numbers_first: 2,
            ..around
        };
        assert_eq!(there.numbers_missing(), 1, "SETUP-2: that of a caller");
    }
}
