//! The port to a provider of phone numbers (SETUP-2).

use domain::number::drawn;

/// Whoever gives phone numbers. What it offers is reserved and written by the one who asks, and may turn out to be
/// somebody's: then another one is asked for.
pub trait NumberSource: Send + Sync {
    /// A number of a country in E.164; `draw` tells one request from the next. None where it has none to give.
    fn offer(&self, provider: &str, country: &str, draw: u64) -> Option<String>;
}

/// Stands in for a real provider: it has every valid number of a country, and gives them by lot.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmbeddedNumbers;

impl NumberSource for EmbeddedNumbers {
    fn offer(&self, _provider: &str, country: &str, draw: u64) -> Option<String> {
        drawn(country, draw)
    }
}
