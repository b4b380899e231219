//! The ports to the world: what time it is, and chance. Everything else gets them as arguments.

use jiff::Timestamp;
use std::sync::Arc;

/// Real time.
#[expect(clippy::disallowed_methods, reason = "port")]
pub(crate) fn real_now() -> Timestamp {
    Timestamp::now()
}

/// Fills octets with randomness. Without it nothing that must be secret can be made, so there is no going on.
#[expect(clippy::disallowed_methods, reason = "port")]
pub(crate) fn randomness(octets: &mut [u8]) {
    if let Err(error) = getrandom::fill(octets) {
        eprintln!("foretaste: the system gives no randomness: {error}");
        std::process::abort();
    }
}

/// A number from 0 to 1.
pub(crate) fn jitter() -> f64 {
    let mut octets = [0u8; 4];
    randomness(&mut octets);
    f64::from(u32::from_le_bytes(octets)) / f64::from(u32::MAX)
}

/// The port of randomness, as the stores take it.
pub(crate) fn random() -> store::Random {
    Arc::new(randomness)
}
