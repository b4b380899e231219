//! Whole lives, counted.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

#[test]
fn rel_1_every_life_is_lived_once() {
    let lives = simulation::lives(30).unwrap();
    lives.check().unwrap();
    assert_eq!(lives.mails.values().sum::<u64>(), 6 * 30);
}
