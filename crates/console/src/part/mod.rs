//! The parts of the design system: what several screens are made of.

pub(crate) mod chart;
pub(crate) mod chip;
pub(crate) mod fault;
pub(crate) mod making;
pub(crate) mod scale;
pub(crate) mod service;
pub(crate) mod timeline;

pub(crate) use chart::Chart;
pub(crate) use chip::Chip;
pub(crate) use fault::Faults;
pub(crate) use scale::Scale;
pub(crate) use service::{ServiceChoice, ServiceLine};
pub(crate) use timeline::Timeline;
