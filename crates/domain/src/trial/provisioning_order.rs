//! What a change asks of the provisioner, what may be answered, and how a trial stands by that (PROV-2).

use super::{Change, ServiceState, Status, Trial, TrialEvent, TrialService};
use crate::{
    eligibility::is_owned,
    ids::TrialId,
    organization::Purchase,
    program::Program,
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};

/// What is asked for one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// To set it up, with so many licences; again where that number has changed.
    Provision,
    /// To stop it for the time of grace (EXP-3).
    Suspend,
    /// To let it go on (EXT-3, CONV-7).
    Resume,
    /// To take it away for good.
    Withdraw,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 4] = [Act::Provision, Act::Suspend, Act::Resume, Act::Withdraw];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Provision => "provision",
            Act::Suspend => "suspend",
            Act::Resume => "resume",
            Act::Withdraw => "withdraw",
        }
    }

    /// The act of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == text)
    }
}

/// Where an order to the provisioner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvisioningOrderState {
    /// Asked, or to be asked (again).
    Open,
    /// Not asked any more: it is up to people.
    Manual,
    /// Answered: it is so.
    Done,
    /// Answered: it cannot be.
    Failed,
    /// No longer wanted.
    Void,
}

impl ProvisioningOrderState {
    /// All of them.
    pub const ALL: [ProvisioningOrderState; 5] = [
        ProvisioningOrderState::Open,
        ProvisioningOrderState::Manual,
        ProvisioningOrderState::Done,
        ProvisioningOrderState::Failed,
        ProvisioningOrderState::Void,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ProvisioningOrderState::Open => "open",
            ProvisioningOrderState::Manual => "manual",
            ProvisioningOrderState::Done => "done",
            ProvisioningOrderState::Failed => "failed",
            ProvisioningOrderState::Void => "void",
        }
    }

    /// The state of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// What an answer makes of it; none where it says nothing new. What is no longer wanted takes every answer and is
    /// moved by none: a late one finds nothing to do.
    ///
    /// # Errors
    /// `wrong_status` for an answer that contradicts an earlier one.
    pub fn answered(self, answer: Answer) -> Result<Option<ProvisioningOrderState>, Refusal> {
        match (self, answer) {
            (ProvisioningOrderState::Void, Answer::Done | Answer::Failed | Answer::NotYet)
            | (ProvisioningOrderState::Done, Answer::Done)
            | (ProvisioningOrderState::Failed, Answer::Failed) => Ok(None),
            (
                ProvisioningOrderState::Open | ProvisioningOrderState::Manual | ProvisioningOrderState::Failed,
                Answer::Done,
            ) => Ok(Some(ProvisioningOrderState::Done)),
            (ProvisioningOrderState::Open | ProvisioningOrderState::Manual, Answer::Failed) => {
                Ok(Some(ProvisioningOrderState::Failed))
            }
            (ProvisioningOrderState::Open | ProvisioningOrderState::Manual, Answer::NotYet)
            | (
                ProvisioningOrderState::Open | ProvisioningOrderState::Manual | ProvisioningOrderState::Failed,
                Answer::Again,
            ) => Ok(Some(ProvisioningOrderState::Open)),
            (ProvisioningOrderState::Done, Answer::Failed)
            | (ProvisioningOrderState::Done | ProvisioningOrderState::Failed, Answer::NotYet)
            | (ProvisioningOrderState::Done | ProvisioningOrderState::Void, Answer::Again) => {
                Err(Refusal::new(Code::WrongStatus).with("status", self.as_str()))
            }
        }
    }
}

/// What is said about an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Done,
    /// It cannot be.
    Failed,
    /// It takes longer.
    NotYet,
    /// By the trials team: ask once more.
    Again,
}

/// How the provisioning of a trial, or of all of a customer's, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provisioning {
    /// Everything that was asked for runs, or ran.
    Provisioned,
    /// The provisioner is at it.
    Provisioning,
    /// The partner confirms the details first (PROV-1).
    PendingDetails,
    /// The trials team does it by hand.
    Manual,
    /// Something cannot be provisioned.
    Unable,
}

impl Provisioning {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Provisioning::Provisioned => "provisioned",
            Provisioning::Provisioning => "provisioning",
            Provisioning::PendingDetails => "pending_details",
            Provisioning::Manual => "manual",
            Provisioning::Unable => "unable",
        }
    }
}

impl Trial {
    /// How its provisioning stands, the most pressing first; `by_hand` says that something of it is up to people. None
    /// where nothing is asked of a provisioner: before consent, while approval is awaited, once it is over.
    pub fn provisioning(&self, by_hand: bool) -> Option<Provisioning> {
        match self.status() {
            Status::PendingProvisioningDetails => return Some(Provisioning::PendingDetails),
            Status::Provisioning | Status::Active | Status::Expired | Status::Converted => {}
            Status::PendingConsent
            | Status::PendingApproval
            | Status::Cancelled
            | Status::Declined
            | Status::Lapsed
            | Status::Removed => return None,
        }
        let any = |state: ServiceState| self.services.iter().any(|service| service.state == state);
        Some(if any(ServiceState::Failed) {
            Provisioning::Unable
        } else if by_hand {
            Provisioning::Manual
        } else if any(ServiceState::Provisioning) {
            Provisioning::Provisioning
        } else {
            Provisioning::Provisioned
        })
    }

    /// PROV-2: the trials team has a service that failed asked for once more; what did not fail stays as it is.
    pub fn retried(&self, service: &str) -> Change {
        let failed = |one: &TrialService| one.id == service && one.state == ServiceState::Failed;
        match self.takes_answers() && self.services.iter().any(failed) {
            true => Change::default().event(TrialEvent::ProvisioningRetried {
                service: service.to_owned(),
            }),
            false => Change::default(),
        }
    }

    /// Whether an answer still means something to its services: while it is open, and where it was bought.
    pub fn takes_answers(&self) -> bool {
        self.status().is_open() || self.status() == Status::Converted
    }
}

/// What events ask of the provisioner: for each service the last thing that was asked, in order. `before` is the trial
/// as it stood, none for one that begins.
pub fn asked(before: Option<&Trial>, events: &[TrialEvent]) -> Vec<(Act, String)> {
    let mut trial = before.cloned();
    let mut asked: Vec<(Act, String)> = Vec::new();
    for event in events {
        for (act, service) in trial.iter().flat_map(|trial| trial.asks(event)) {
            asked.retain(|(_, other)| *other != service);
            asked.push((act, service));
        }
        match (&mut trial, event) {
            (_, TrialEvent::Started { trial: begun }) => trial = Some(begun.as_ref().clone()),
            (Some(trial), event) => trial.apply(event),
            (None, _) => {}
        }
    }
    asked
}

/// What of that is asked in truth: nothing is taken from a customer, or paused, that it has by something else as well.
/// Where a part of it goes, the provisioner is told the number that is left.
pub fn sparing(
    asked: Vec<(Act, String)>,
    bought: &[Purchase],
    others: &[&Trial],
    program: &Program,
) -> Vec<(Act, String)> {
    let has = |service: &str, fits: fn(ServiceState) -> bool| {
        let mut all = others.iter().flat_map(|trial| trial.given());
        all.any(|one| one.id == service && fits(one.state))
    };
    let spared = |(act, service): (Act, String)| {
        let runs = is_owned(&service, bought, program) || has(&service, takes_quantity);
        let act = match act {
            Act::Withdraw if runs => Some(Act::Provision),
            Act::Withdraw if has(&service, |state| state == ServiceState::Suspended) => Some(Act::Suspend),
            Act::Suspend if runs => None,
            Act::Provision | Act::Suspend | Act::Resume | Act::Withdraw => Some(act),
        };
        act.map(|act| (act, service))
    };
    asked.into_iter().filter_map(spared).collect()
}

/// How many licences of a service the provisioner is told: all that the customer has, by its trials and by what it
/// bought, whichever of them asks. None where it has none.
pub fn number_told(
    service: &str,
    asking: &TrialId,
    bought: &[Purchase],
    trials: &[&Trial],
    program: &Program,
) -> Option<u32> {
    let bought = bought.iter();
    let bought = bought.filter(|purchase| is_owned(service, std::slice::from_ref(*purchase), program));
    let counts = |trial: &Trial, state| state != ServiceState::Failed || trial.id == *asking;
    let tried = trials.iter().flat_map(|trial| {
        let those = trial
            .given()
            .filter(|one| one.id == service && counts(trial, one.state));
        those.map(|one| one.quantity)
    });
    let all = bought.map(|purchase| purchase.quantity).chain(tried);
    all.reduce(u32::saturating_add)
}

impl Trial {
    /// What a provisioner may have of it, while it is open: what was bought of it is a purchase.
    fn given(&self) -> impl Iterator<Item = &TrialService> {
        let open = self.status().is_open();
        self.services.iter().filter(move |one| open && was_asked(one.state))
    }

    /// Whether a service is the customer's by this trial, tried or bought.
    pub fn gives(&self, service: &str) -> bool {
        let mut all = self.services.iter();
        self.takes_answers() && all.any(|one| one.id == service && one.state != ServiceState::Withdrawn)
    }

    /// What one event asks, of the trial as it stood before it.
    fn asks(&self, event: &TrialEvent) -> Vec<(Act, String)> {
        let those = |act: Act, fits: &dyn Fn(ServiceState, &String) -> bool| {
            let services = self.services.iter().filter(|service| fits(service.state, &service.id));
            services.map(|service| (act, service.id.clone())).collect()
        };
        match event {
            TrialEvent::ProvisioningBegan { services } => those(Act::Provision, &|_, id| services.contains(id)),
            TrialEvent::Expired { suspended, .. } => those(Act::Suspend, &|_, id| suspended.contains(id)),
            TrialEvent::Suspended { service } => vec![(Act::Suspend, service.clone())],
            TrialEvent::Extended { .. } => those(Act::Resume, &|state, _| state == ServiceState::Suspended),
            TrialEvent::Converted { services, .. } => self.asks_of_bought(services),
            TrialEvent::ServicesChanged { services, removed, .. } => {
                let mut asks = those(Act::Withdraw, &|state, id| was_asked(state) && removed.contains(id));
                let other = self.services.iter().filter(|known| {
                    let is = |one: &&TrialService| one.id == known.id && one.quantity != known.quantity;
                    takes_quantity(known.state) && services.iter().any(|one| is(&one))
                });
                asks.extend(other.map(|service| (Act::Provision, service.id.clone())));
                asks
            }
            TrialEvent::Cancelled { .. } | TrialEvent::Removed { .. } => {
                those(Act::Withdraw, &|state, _| was_asked(state))
            }
            // CANC-2: an organization is closed long after its trial was cancelled, and then all was withdrawn.
            TrialEvent::OrganizationClosed { .. }
            | TrialEvent::Started { .. }
            | TrialEvent::ConsentResent { .. }
            | TrialEvent::Accepted { .. }
            | TrialEvent::Declined { .. }
            | TrialEvent::Lapsed { .. }
            | TrialEvent::RequestClosed { .. }
            | TrialEvent::DetailsConfirmed { .. }
            | TrialEvent::ApprovalAwaited
            | TrialEvent::ApprovalDecided { .. }
            | TrialEvent::Provisioned { .. }
            | TrialEvent::ProvisioningFailed { .. }
            // The order that failed is called again.
            | TrialEvent::ProvisioningRetried { .. }
            | TrialEvent::Activated { .. }
            | TrialEvent::ShipmentRequested { .. }
            | TrialEvent::ShipmentDecided { .. }
            | TrialEvent::ShipmentWithdrawn { .. }
            | TrialEvent::DevicesShipped { .. }
            | TrialEvent::DeviceExtensionAsked { .. }
            | TrialEvent::DeviceExtensionDecided { .. }
            | TrialEvent::ReturnOpened { .. }
            | TrialEvent::DevicesFallDue { .. }
            | TrialEvent::LabelRequested { .. }
            | TrialEvent::OverdueReminded { .. }
            | TrialEvent::DevicesReceived { .. }
            | TrialEvent::ReturnMismatched { .. }
            | TrialEvent::SerialCorrected { .. }
            | TrialEvent::ExtensionAsked { .. }
            | TrialEvent::NotesChanged
            | TrialEvent::AdministratorCorrected { .. }
            | TrialEvent::Reminded { .. }
            | TrialEvent::Notified { .. }
            | TrialEvent::NumbersReleased { .. }
            | TrialEvent::PartnerChanged { .. }
            | TrialEvent::OrderPlaced { .. }
            | TrialEvent::OrderRedirected { .. }
            | TrialEvent::OrderClosed { .. }
            | TrialEvent::ConversionHandedOver { .. }
            | TrialEvent::PurchaseWanted { .. } => Vec::new(),
        }
    }

    /// CONV-5: what is bought goes on, with the quantity that was bought; what is not is taken away.
    fn asks_of_bought(&self, services: &[(String, u32)]) -> Vec<(Act, String)> {
        let mut asks = Vec::new();
        for known in &self.services {
            let bought = services.iter().find(|(id, _)| *id == known.id);
            let act = match bought {
                None if !services.is_empty() => was_asked(known.state).then_some(Act::Withdraw),
                _ if known.state == ServiceState::Suspended => Some(Act::Resume),
                Some((_, quantity)) if *quantity != known.quantity && takes_quantity(known.state) => {
                    Some(Act::Provision)
                }
                Some(_) | None => None,
            };
            asks.extend(act.map(|act| (act, known.id.clone())));
        }
        asks
    }
}

/// EDIT-1: whether the provisioner is told of another number of licences.
fn takes_quantity(state: ServiceState) -> bool {
    matches!(state, ServiceState::Provisioning | ServiceState::Provisioned)
}

/// Whether the provisioner may have something of a service: also what failed half-way, or is under way.
fn was_asked(state: ServiceState) -> bool {
    match state {
        ServiceState::Provisioning | ServiceState::Provisioned | ServiceState::Failed | ServiceState::Suspended => true,
        ServiceState::Waiting | ServiceState::AwaitingApproval | ServiceState::Withdrawn => false,
    }
}
