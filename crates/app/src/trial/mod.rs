//! Trials: start, list, read, look ahead to their ends.

mod ends;
mod leaving;
mod list;
mod read;
mod removal;
mod start;

pub use ends::Going;
pub use leaving::{Leaving, LostLicenses};
pub use list::TrialFilter;
pub(crate) use list::scope;
pub use removal::{Calling, Removal, RemovedService, Stays};
