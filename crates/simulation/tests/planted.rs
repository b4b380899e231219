//! The simulation can fail: bugs that are planted are found, each by what it breaks.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use simulation::{Bug, Failure, Plan, Simulator};

/// What is found first, in a few runs.
fn found(bug: Bug) -> Failure {
    let simulator = Simulator::new().unwrap();
    let plans = (1..=4).map(|seed| Plan {
        seed,
        days: 60,
        bug: Some(bug),
    });
    let mut found = plans.filter_map(|plan| simulator.run(&plan).unwrap().failure);
    found.next().unwrap_or_else(|| panic!("{} was not found", bug.name()))
}

#[test]
fn rel_1_a_key_that_nobody_looks_at_is_found() {
    let failure = found(Bug::KeyForgotten);
    let by = [
        "the same key gives the same answer",
        "what was asked for once is done once",
    ];
    assert!(by.contains(&failure.invariant.as_str()), "{failure}");
}

#[test]
fn rel_1_an_email_outside_of_its_transaction_is_found() {
    let failure = found(Bug::MailOutside);
    assert_eq!(failure.invariant, "every email has a cause", "{failure}");
}

#[test]
fn rel_1_a_milestone_that_is_done_twice_is_found() {
    let failure = found(Bug::MilestoneAgain);
    assert!(failure.what.contains("expiry_reminder twice"), "{failure}");
}

#[test]
fn rel_1_an_email_with_another_identity_at_every_attempt_is_found() {
    let failure = found(Bug::NewIdentity);
    assert_eq!(failure.invariant, "every email has one identity", "{failure}");
}

#[test]
fn rel_1_an_email_that_counts_as_sent_and_was_not_is_found() {
    let failure = found(Bug::SaysSent);
    assert_eq!(failure.invariant, "what counts as sent was taken", "{failure}");
}
