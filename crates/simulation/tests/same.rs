//! A seed repeats a run exactly.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use simulation::{Plan, Report, Simulator};

fn run(seed: u64) -> Report {
    // A place of its own for each, so that nothing but the seed is the same.
    let simulator = Simulator::new().unwrap();
    let plan = Plan {
        seed,
        days: 12,
        bug: None,
    };
    simulator.run(&plan).unwrap()
}

#[test]
fn rel_1_a_seed_repeats_a_run_exactly_and_another_does_not() {
    let (first, second) = (run(5), run(5));
    assert!(first.failure.is_none(), "{:?}", first.failure);
    assert!(first.steps > 500 && first.faults > 0, "{} steps", first.steps);
    for (left, right) in first.trace.iter().zip(&second.trace) {
        assert_eq!(left, right);
    }
    assert!(first == second, "the one ends before the other");
    assert_ne!(run(6).trace, first.trace);
}
