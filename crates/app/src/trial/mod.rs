//! Trials: start, list, read, look ahead.

mod list;
mod read;
mod start;

pub use list::TrialFilter;
pub(crate) use list::scope;
pub use read::Removal;
