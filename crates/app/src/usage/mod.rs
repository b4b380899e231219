//! Daily figures of what customers use (USE-1): services report them, partner and customer see them.

mod picture;
mod read;
mod report;

pub use picture::{Picture, Series};
pub use read::UsageFilter;
pub use report::Reported;
