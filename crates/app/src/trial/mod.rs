//! Trials: start, list, read, look ahead to their ends.

mod ends;
mod list;
mod read;
mod removal;
mod start;

pub use ends::Going;
pub use list::TrialFilter;
pub(crate) use list::scope;
pub use removal::{Calling, Removal, RemovedService, Stays};
