//! When a message that could not be delivered is tried again (NOTE-1).

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);

/// How often a message is tried at most; with the pauses between them the attempts cover about three days.
pub const ATTEMPTS: u32 = 26;

/// How long to wait after the failed attempt of that number (the first is 1): a minute, doubling up to four hours.
/// `jitter`, from 0 to 1, spreads messages that failed together over a tenth around it.
pub fn pause(attempt: u32, jitter: f64) -> Duration {
    let doubled = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(20));
    let spread = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.5
    };
    doubled.min(LONGEST).mul_f64(0.9 + 0.2 * spread).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::{ATTEMPTS, LONGEST, pause};
    use std::time::Duration;

    #[test]
    fn note_1_pauses_grow_from_a_minute_to_four_hours() {
        assert_eq!(pause(1, 0.5), Duration::from_secs(60));
        assert_eq!(pause(2, 0.5), Duration::from_secs(120));
        assert!(pause(0, 0.5) == pause(1, 0.5) && pause(u32::MAX, 1.0) == LONGEST);
        for attempt in 1..ATTEMPTS {
            assert!(pause(attempt + 1, 0.0) >= pause(attempt, 0.0) && pause(attempt, 1.0) <= LONGEST);
            assert!(pause(attempt, 0.0) < pause(attempt, 1.0));
        }
        assert_eq!(pause(3, f64::NAN), pause(3, 0.5));
        assert_eq!(pause(3, 7.0), pause(3, 1.0));
    }

    #[test]
    fn note_1_attempts_cover_about_three_days() {
        for jitter in [0.0, 0.5, 1.0] {
            let hours = (1..ATTEMPTS)
                .map(|attempt| pause(attempt, jitter))
                .sum::<Duration>()
                .as_secs()
                / 3600;
            assert!((64..=76).contains(&hours), "{hours} h at {jitter}");
        }
    }
}
