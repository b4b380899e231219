//! Customers: list, read, change, remove from a list, users, administrator.

mod administrator;
mod change;
mod colleagues;
mod count;
mod list;
mod users;
mod view;

pub use change::CustomerPatch;
pub use list::CustomerFilter;
pub use users::UserView;
pub use view::{CustomerView, PartnerTie};
