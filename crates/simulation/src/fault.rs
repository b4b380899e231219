//! What goes wrong in a round, from the seed.

use crate::{
    chance::Chance,
    gate::{Verdict, Waiting},
    mail::NEVER,
};
use store::probe::Step;

/// What the system does when its disk is full, as SQLite says it.
const FULL: &str = "(code: 13) database or disk is full (simulated)";
const AWAY: &str = "the database went away (simulated)";
const LOST: &str = "the connection was lost (simulated)";

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// The node that takes a step is killed, or all of them, before the step or after it.
    Kill { all: bool, at: u64, after: bool },
    /// Whoever takes a step goes away, as a caller does who hangs up.
    Leave { at: u64, after: bool },
    /// A step fails.
    Refuse { at: u64 },
    /// A step is taken, and its answer is lost.
    LoseAnswer { at: u64 },
    /// Nothing can be written for so many steps.
    Full { at: u64, steps: u64 },
    /// Nothing can be asked for so many steps.
    Down { at: u64, steps: u64 },
}

/// What comes of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Pass(Verdict),
    /// The node, or all of them, end here; the step is taken first, if so.
    Kill {
        all: bool,
        after: bool,
    },
    /// Who takes the step ends here.
    Leave {
        after: bool,
    },
}

impl Fault {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        if chance.percent(50) {
            return Fault::None;
        }
        // Most rounds are short; a late step is reached in some.
        let reach = chance.of([15, 40, 90]);
        let (at, after) = (1 + chance.below(reach), chance.percent(50));
        match chance.below(10) {
            0..=1 => Fault::Kill { all: false, at, after },
            2..=3 => Fault::Kill { all: true, at, after },
            4..=5 => Fault::Leave { at, after },
            6 => Fault::Refuse { at },
            7 => Fault::LoseAnswer { at },
            8 => Fault::Full {
                at,
                steps: 1 + chance.below(30),
            },
            _ => Fault::Down {
                at,
                steps: 1 + chance.below(20),
            },
        }
    }

    /// What comes of the step of that number in its round.
    pub(crate) fn then(self, number: u64, step: &Waiting) -> Then {
        let within = |at: u64, steps: u64| (at..at + steps).contains(&number);
        let go = Then::Pass(Verdict::Go);
        match self {
            Fault::Kill { all, at, after } if at == number => Then::Kill { all, after },
            Fault::Leave { at, after } if at == number => Then::Leave { after },
            Fault::Refuse { at } if at == number => Then::Pass(Verdict::Refuse(FULL)),
            Fault::LoseAnswer { at } if at == number => Then::Pass(Verdict::LoseAnswer(LOST)),
            Fault::Full { at, steps } if within(at, steps) && writes(step) => Then::Pass(Verdict::Refuse(FULL)),
            Fault::Down { at, steps } if within(at, steps) => Then::Pass(Verdict::Refuse(AWAY)),
            _ => go,
        }
    }
}

fn writes(step: &Waiting) -> bool {
    match step.step {
        Some(Step::Write | Step::Commit) => true,
        Some(Step::Statement) => !step.what.trim_start().to_ascii_uppercase().starts_with("SELECT"),
        _ => false,
    }
}

/// How the mail server behaves in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    Fair,
    /// Nobody is there.
    Down,
    /// Now this, now that.
    Mixed,
    /// It answers in the next round only.
    Slow,
}

impl Weather {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        chance.of([
            Weather::Fair,
            Weather::Fair,
            Weather::Fair,
            Weather::Down,
            Weather::Mixed,
            Weather::Mixed,
            Weather::Slow,
        ])
    }

    /// What becomes of an email.
    pub(crate) fn verdict(self, chance: &mut Chance) -> Verdict {
        match self {
            Weather::Fair | Weather::Slow => Verdict::Go,
            Weather::Down => Verdict::Refuse("no connection (simulated)"),
            Weather::Mixed => match chance.below(10) {
                0..=2 => Verdict::Go,
                3..=4 => Verdict::Refuse("421 come again (simulated)"),
                5 => Verdict::Refuse(NEVER),
                _ => Verdict::LoseAnswer("taken, and hung up before saying so (simulated)"),
            },
        }
    }
}
