//! Customers: list, read, change, remove from a list, users, administrator.

mod administrator;
mod change;
mod colleagues;
mod count;
mod list;
mod users;

pub use change::CustomerPatch;
pub use list::{CustomerFilter, CustomerView, PartnerTie};
pub use users::UserView;
