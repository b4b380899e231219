//! Closing an organization in steps (EXP-4, EXP-9): what goes in which order, and what becomes of a person.

use crate::person::{Person, Role};
use serde::{Deserialize, Serialize};

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// How far a closing has come. The order is that of the variants; none is taken twice.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Step { $($(#[$doc])* $name,)* }

        impl Step {
            /// All of them, in order.
            pub const ALL: &'static [Step] = &[$(Step::$name,)*];

            /// The step's stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Step::$name => $text,)* }
            }

            /// The step of that name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Step::$name),)* _ => None }
            }
        }
    };
}

steps! {
    /// Users lose access, licences and roles, and move to the free plan.
    Users = "users",
    /// How it was set up goes: company sign-in, calling.
    Configuration = "configuration",
    /// Whatever was personal is erased, as soon as no email is on its way to anybody and nothing holds it.
    Erasing = "erasing",
    /// A tombstone with dates and counts is left.
    Done = "done",
}

impl Step {
    /// The one that follows; the last one follows itself.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Step::Users => Step::Configuration,
            Step::Configuration => Step::Erasing,
            Step::Erasing | Step::Done => Step::Done,
        }
    }

    /// EXP-9: whether a hold, or EXP-8's, stops it. What has begun goes on; what is still there to be erased is kept.
    pub fn is_held(self) -> bool {
        self == Step::Erasing
    }
}

/// EXP-4: the person moves to the free plan. Roles and licences are gone; the address stays until the last email to it is
/// delivered or given up. How many licences were taken.
pub fn move_to_free_plan(person: &mut Person) -> u32 {
    person.roles = vec![Role::User];
    let taken = std::mem::take(&mut person.licenses);
    u32::try_from(taken.len()).unwrap_or(u32::MAX)
}

/// Takes the licences of services that nothing gives any more; how many.
pub fn take_licenses(person: &mut Person, lost: &[String]) -> u32 {
    let before = person.licenses.len();
    person.licenses.retain(|service| !lost.contains(service));
    u32::try_from(before - person.licenses.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_4_every_step_is_followed_by_a_later_one_until_the_end() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(*step));
            assert!(step.next() > *step || *step == Step::Done, "{step:?}");
        }
        assert_eq!(Step::parse("anything"), None);
    }

    #[test]
    fn exp_9_a_hold_keeps_what_is_not_erased_yet() {
        assert!(Step::Erasing.is_held());
        assert!(!Step::Users.is_held() && !Step::Configuration.is_held());
    }
}
