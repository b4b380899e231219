//! Made-up orders to a provisioner.

use super::world::{now, start};
use app::provisioning::ProvisioningOrderView;
use domain::{
    ids::{OrgId, ProvisioningId, TrialId},
    trial::{Act, ProvisioningOrderState},
};
use store::region::provisioning::ProvisioningOrder;

/// One of each state, and of each thing that can be asked and heard.
pub(crate) fn orders() -> Vec<ProvisioningOrderView> {
    let heard = [
        None,
        Some("taken"),
        Some("refused"),
        Some("unreachable"),
        Some("private_address"),
        Some("late"),
        Some("gone"),
        Some("store"),
    ];
    let view = |(index, heard): (usize, Option<&str>)| ProvisioningOrderView {
        order: ProvisioningOrder {
            id: ProvisioningId::new("eu", &format!("{index}")),
            trial: TrialId::new("eu", "1"),
            customer: OrgId::new("eu", "2"),
            service: "messaging".to_owned(),
            act: Act::ALL[index % Act::ALL.len()],
            state: ProvisioningOrderState::ALL[index % ProvisioningOrderState::ALL.len()],
            asked_at: start(),
            attempts: 3,
            misses: 3,
            taken: 0,
            called_at: Some(start()),
            heard: heard.map(str::to_owned),
            next_at: now(),
            late_at: now(),
            answered_at: None,
            answered_by: None,
            by_hand: false,
            reason: Some("<b>Pas de numéros</b>".to_owned()),
            version: 1,
        },
        stuck: index < 4,
        customer_name: "Société Lumière <script>".to_owned(),
        customer_country: "FR".to_owned(),
        partner: OrgId::new("eu", "1"),
        partner_name: "Studio Nord & Fils".to_owned(),
        quantity: Some(100),
    };
    heard.into_iter().enumerate().map(view).collect()
}
