//! SEC-2: signing in through a company's own OpenID provider.

mod provider;
mod settings;
mod sign_in;

pub use settings::{Change, SingleSignOnView};
pub use sign_in::{Returned, Way};

pub(crate) use provider::Providers;

/// The page to which providers send people back.
pub const BACK: &str = "/sign-in/single-sign-on/back";
