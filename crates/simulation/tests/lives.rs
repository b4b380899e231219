//! Whole lives, counted.

#[test]
fn rel_1_every_life_is_lived_once() {
    let lives = simulation::lives(30).unwrap();
    lives.check().unwrap();
    assert_eq!(lives.mails.values().sum::<u64>(), 6 * 30);
}
