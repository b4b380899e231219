//! SEC-2: what the log tells about ways in: which one, how it went, and the person's id. Never an address, a name or a
//! secret (SEC-2b, SEC-4).

use crate::Error;
use domain::ids::PersonId;

/// How it went.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// Who came is in.
    Success,
    /// The first half was right; a code is owed.
    CodeOwed,
    /// It did not prove anybody.
    Wrong,
    /// There were too many attempts before; it was not looked at.
    Throttled,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::CodeOwed => "code_owed",
            Outcome::Wrong => "wrong",
            Outcome::Throttled => "throttled",
        }
    }
}

/// Somebody came by a way to sign in.
pub(crate) fn sign_in(way: &str, outcome: Outcome, person: Option<&PersonId>) {
    told("sign_in", way, outcome, person);
}

/// Somebody who is signed in was asked once more who he is.
pub(crate) fn proof(way: &str, outcome: Outcome, person: Option<&PersonId>) {
    told("proof", way, outcome, person);
}

/// A program came with a token. That one was right stands in the line of its request.
pub(crate) fn token(outcome: Outcome) {
    told("token", "token", outcome, None);
}

fn told(kind: &str, way: &str, outcome: Outcome, person: Option<&PersonId>) {
    let person = person.map(PersonId::as_str);
    tracing::info!(kind, way, outcome = outcome.as_str(), person, "who comes");
}

/// Tells of what was refused; faults of ours and of stores are told elsewhere.
pub(crate) fn refused<T>(done: Result<T, Error>, tell: impl FnOnce(Outcome)) -> Result<T, Error> {
    if let Err(Error::Refused(refusal)) = &done {
        let throttled = refusal.code == domain::refusal::Code::TooManyRequests;
        tell(if throttled { Outcome::Throttled } else { Outcome::Wrong });
    }
    done
}
