//! Services of a trial that are being set up, or cannot be: why, and who acts (PROV-1, 2).

use crate::words::Words;
use app::view::TrialView;
use domain::{
    program::Program,
    trial::{Provisioning, ServiceState, TrialService},
};
use serde::Serialize;

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Making {
    service: String,
    /// What is the matter, and who does something about it.
    text: String,
    /// In the provisioner's words.
    reason: Option<String>,
    failed: bool,
}

/// Those of a trial.
pub(crate) fn of(words: &Words, view: &TrialView, program: &Program) -> Vec<Making> {
    if !view.trial.status().is_open() {
        return Vec::new();
    }
    let reasons = app::provisioning::reasons_shown(&view.trial, &view.texts);
    let one = |service: &TrialService| {
        let id = match service.state {
            ServiceState::Failed => "making-failed",
            ServiceState::Provisioning if view.provisioning == Some(Provisioning::Manual) => "making-by-hand",
            ServiceState::Provisioning => "making-going",
            ServiceState::Waiting
            | ServiceState::AwaitingApproval
            | ServiceState::Provisioned
            | ServiceState::Suspended
            | ServiceState::Withdrawn => return None,
        };
        Some(Making {
            service: words.service(&service.id, program),
            text: words.say(id),
            reason: reasons.get(&service.id).map(|reason| i18n::tame(reason)),
            failed: service.state == ServiceState::Failed,
        })
    };
    view.trial.services.iter().filter_map(one).collect()
}

/// How the provisioning of all of a customer's trials stands (PROV-2).
pub(crate) fn standing(provisioning: Provisioning) -> &'static str {
    match provisioning {
        Provisioning::Provisioned => "making-is-provisioned",
        Provisioning::Provisioning => "making-is-provisioning",
        Provisioning::PendingDetails => "making-is-pending-details",
        Provisioning::Manual => "making-is-manual",
        Provisioning::Unable => "making-is-unable",
    }
}
