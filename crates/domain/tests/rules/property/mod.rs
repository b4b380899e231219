//! Random lives of a trial, played on the domain and on a small model of the rules (TIME, CONS, PROV, EXT, EDIT, CANC,
//! EXP). The model knows dates from jiff's own calendar and nothing of `plan` and `reconcile`.

mod check;
mod model;
mod story;

use check::check;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use std::collections::BTreeSet;
use story::{Play, Story, story};

fn play(story: &Story) -> Result<Play, TestCaseError> {
    let mut play = Play::begin(story);
    check(&play)?;
    for step in &story.steps {
        let (found, expected) = play.step(step);
        prop_assert_eq!(found, expected, "whether it may be done: {:?}", step);
        check(&play)?;
    }
    Ok(play)
}

proptest! {
    #![proptest_config(Config { cases: Config::default().cases.max(512), failure_persistence: None, ..Config::default() })]

    /// TIME-2, TIME-3, TIME-4, PROG-1, ELIG-2, CONS-2, PROV-1, EXT-1, CANC-2, EXP-1 to EXP-9, CONV-7.
    #[test]
    fn exp_7_every_life_is_the_one_that_the_rules_say(story in story()) {
        play(&story)?;
    }
}

/// The lives above would prove nothing of what they never reach.
#[test]
fn exp_7_the_lives_reach_every_status_and_every_milestone() {
    let mut runner = TestRunner::deterministic();
    let (mut statuses, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let (mut late, mut held) = (0, 0);
    for _ in 0..512 {
        let story = story().new_tree(&mut runner).expect("a story").current();
        let play = play(&story).expect("as the rules say");
        statuses.insert(play.world.status().as_str());
        kinds.extend(play.world.done.iter().map(|(_, kind)| kind.as_str()));
        late += play
            .world
            .sent
            .iter()
            .filter(|sent| sent.by.is_some() && sent.message.facts.late)
            .count();
        held += usize::from(
            play.world
                .rows
                .iter()
                .any(|row| row.done_at.is_some_and(|done| done > row.at)),
        );
    }
    assert_eq!(statuses.len(), 11, "{statuses:?}");
    assert_eq!(
        kinds.len(),
        7,
        "all but `started`, which the start itself does: {kinds:?}"
    );
    assert!(
        late > 5 && held > 50,
        "EXP-7: late emails {late}; lives with something done late {held}"
    );
}
