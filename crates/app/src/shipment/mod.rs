//! Devices that the vendor lends (DEV, EXT-4): asked for, decided, shipped, kept longer, brought back, found again.

mod act;
mod list;
mod look_up;
mod mark;
mod sheet;
mod sync;
mod task;
mod view;

pub use act::DeviceCommand;
pub use list::{ExtensionFilter, ReturnFilter, ShipmentFilter};
pub use look_up::{Found, LookedUp};
pub(crate) use mark::marks;
pub use mark::{ReturnMark, ShipmentMark};
pub use sheet::ReturnSheet;
pub use view::{DeviceExtensionView, LineView, ReturnView, ShipmentView, Way};
