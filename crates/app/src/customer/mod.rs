//! Customers: list, read, change, remove from a list, administrator.

mod administrator;
mod change;
mod colleagues;
mod count;
mod list;
mod view;

pub use administrator::{Administrator, Unreached};
pub use change::CustomerPatch;
pub use list::CustomerFilter;
pub use view::{CustomerView, PartnerTie};

pub(crate) use view::tie;
