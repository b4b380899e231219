//! DEV-7: what the printable return sheet says.

use super::{LineView, Way};
use crate::{Actor, App, Error};
use domain::{
    ids::ReturnId,
    shipment::{Device, Received},
};
use jiff::civil::Date;

/// Everything that stands on a return sheet.
#[derive(Clone, Debug)]
pub struct ReturnSheet {
    /// What is written on the parcel.
    pub rma: String,
    /// The demo order number.
    pub order_number: String,
    /// Types and how many.
    pub lines: Vec<LineView>,
    /// What left.
    pub expected: Vec<Device>,
    /// What is back.
    pub received: Vec<Received>,
    /// What is still to go back.
    pub missing: Vec<Device>,
    /// How; none where the program names none for that country.
    pub way: Option<Way>,
    /// The customer's name; empty once erased.
    pub customer_name: String,
    /// The partner's name.
    pub partner_name: String,
    /// Where to ask.
    pub contact: String,
    /// When they left.
    pub shipped_on: Date,
    /// DEV-5: the device end date.
    pub device_ends_on: Date,
    /// From when they can go back.
    pub opens_on: Date,
    /// The last day on which they may.
    pub due_on: Date,
}

impl App {
    /// DEV-7: the sheet of a return that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn return_sheet(&self, actor: &Actor, id: &ReturnId) -> Result<ReturnSheet, Error> {
        let view = self.device_return(actor, id).await?;
        let contact = match &view.way {
            Some(way) => way.contact.clone(),
            None => self.program()?.contacts.information.clone(),
        };
        Ok(ReturnSheet {
            rma: view.rma,
            order_number: view.order_number,
            lines: view.lines,
            expected: view.expected,
            received: view.received,
            missing: view.missing,
            way: view.way,
            customer_name: view.customer.1,
            partner_name: view.partner.1,
            contact,
            shipped_on: view.shipped_on,
            device_ends_on: view.device_ends_on,
            opens_on: view.opens_on,
            due_on: view.due_on,
        })
    }
}
