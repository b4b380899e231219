//! The trial as it begins.

use super::{Target, Wish};
use crate::{
    ids::{OrgId, PersonId, TrialId},
    notify::MessageKind,
    trial::{At, Change, Meetings, Origin, State, Trial, TrialEvent},
};

/// Who and what a start belongs to.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The new trial's id.
    pub id: TrialId,
    /// Who starts it.
    pub partner: OrgId,
    /// For whom.
    pub customer: OrgId,
    /// The person at the partner.
    pub started_by: PersonId,
    /// The person at the customer.
    pub administrator: PersonId,
    /// The customer's zone.
    pub zone: String,
}

impl Wish {
    /// The trial as it begins, and everything that follows at once: consent is asked, approval awaited, or services
    /// provisioned. The same for a dry run (START-9).
    pub fn start(&self, parties: Parties, origin: Origin, at: &At<'_>) -> Change {
        let review = matches!(&self.target, Target::Form { review: true, .. });
        let trial = Trial {
            id: parties.id,
            partner: parties.partner,
            customer: parties.customer,
            started_by: parties.started_by,
            administrator: parties.administrator,
            origin,
            program_version: at.program.version,
            zone: parties.zone.clone(),
            services: self.services.clone(),
            license_quantity: self.license_quantity,
            duration_days: self.duration_days,
            meetings: self.site.as_ref().map(|(_, meetings)| Meetings {
                time_zone: if meetings.time_zone.is_empty() {
                    parties.zone
                } else {
                    meetings.time_zone.clone()
                },
            }),
            devices: self.devices.as_ref().map(|(devices, _)| devices.clone()),
            country_review: review,
            consent: None,
            provisioned_at: None,
            extensions: 0,
            extension_asked: None,
            order: None,
            bought_by: None,
            handed_over: None,
            purchase_wanted_on: None,
            numbers_left_on: None,
            tried: Vec::new(),
            shipments: Vec::new(),
            reminded_on: None,
            state: match origin {
                Origin::Request => State::PendingConsent { sendings: vec![at.now] },
                Origin::New | Origin::Own => State::Provisioning,
            },
            created_at: at.now,
        };
        let mut change = Change::default().event(TrialEvent::Started {
            trial: Box::new(trial.clone()),
        });
        if origin == Origin::Request {
            let deadline = trial.consent_deadline(at.program);
            change = change.tell(trial.request_message(MessageKind::ConsentRequest, deadline));
        } else {
            change.merge(trial.proceed(at));
        }
        change
            .text("site", self.site.as_ref().map(|(site, _)| site.clone()))
            .text(
                "ship_to",
                self.devices.as_ref().and_then(|(_, ship_to)| ship_to.clone()),
            )
    }
}
