//! Where the one button of an email leads: below the configured public URL, never to what a request said.

use domain::ids::ShipmentId;
use domain::notify::{Audience, DeviceFacts, MessageKind};
use store::{Keys, region::outbox::Letter};

/// The address behind the button; none where the letter lacks what leads there.
pub(super) fn action_url(public_url: &str, letter: &Letter, keys: &Keys) -> Option<String> {
    path(letter, keys).map(|path| format!("{}{path}", public_url.trim_end_matches('/')))
}

fn path(letter: &Letter, keys: &Keys) -> Option<String> {
    match letter.audience {
        Audience::PartnerAdministrators => partner(letter),
        Audience::TrialsTeam => Some(team(letter)),
        Audience::CustomerAdministrators | Audience::ConsentRecipients | Audience::CustomerUsers => {
            customer(letter, keys)
        }
        // The address alone opens nothing: whoever comes by it signs in, and has to be the contact.
        Audience::Person if letter.kind.is_of_order() => {
            let order = letter.facts.order.as_ref()?;
            Some(format!("/orders/{order}/set-up"))
        }
        Audience::Person => door(letter, keys),
    }
}

/// The trials team's page for it.
fn team(letter: &Letter) -> String {
    match (letter.kind, letter.facts.devices.as_deref()) {
        (_, None) => "/vendor/approvals".to_owned(),
        (MessageKind::ApprovalRequested, Some(_)) => "/vendor/device-extensions".to_owned(),
        (MessageKind::ReturnOverdue | MessageKind::ReturnMismatch, Some(_)) => "/vendor/returns".to_owned(),
        (_, Some(devices)) => format!("/vendor/shipments/{}", devices.shipment),
    }
}

/// DEV-7: the sheet that goes with a return.
pub(super) fn sheet(public_url: &str, devices: &DeviceFacts) -> Option<String> {
    let id: ShipmentId = ShipmentId::parse(&devices.shipment)?;
    Some(format!(
        "{}/returns/{}/sheet.pdf",
        public_url.trim_end_matches('/'),
        id.return_id()
    ))
}

/// What a partner's customers have on loan.
pub(super) fn lent(public_url: &str) -> String {
    format!("{}/partner/devices", public_url.trim_end_matches('/'))
}

fn partner(letter: &Letter) -> Option<String> {
    if letter.facts.devices.is_some() {
        return letter.trial.as_ref().map(|id| format!("/partner/trials/{id}#devices"));
    }
    match letter.kind {
        MessageKind::AccessChanged if letter.facts.outcome.as_deref() == Some("withdrawn") => {
            Some("/partner/customers".to_owned())
        }
        MessageKind::AccessRequested => Some("/partner/handovers".to_owned()),
        MessageKind::AccessChanged => letter.customer.as_ref().map(|id| format!("/partner/customers/{id}")),
        MessageKind::Digest => Some("/partner/customers?sort=end".to_owned()),
        MessageKind::ConversionHandedOver => letter.trial.as_ref().map(|id| format!("/partner/conversions/{id}")),
        MessageKind::PurchaseWanted => letter.trial.as_ref().map(|id| format!("/partner/trials/{id}/convert")),
        MessageKind::ConsentAccepted => letter.trial.as_ref().map(|id| format!("/partner/trials/{id}/details")),
        _ => letter.trial.as_ref().map(|id| format!("/partner/trials/{id}")),
    }
}

fn customer(letter: &Letter, keys: &Keys) -> Option<String> {
    let request = || {
        letter
            .trial
            .as_ref()
            .map(|trial| format!("/requests/{}", trial.request()))
    };
    if letter.facts.devices.is_some() {
        return Some("/control/devices".to_owned());
    }
    match letter.kind {
        // CONS-7: the secret is made from the link's id here and stored nowhere.
        MessageKind::ConsentRequest | MessageKind::ConsentResent => {
            let link = keys.link(letter.link.as_ref()?);
            request().map(|request| format!("{request}?link={link}"))
        }
        MessageKind::Cancelled if letter.facts.outcome.as_deref() == Some("request") => request(),
        MessageKind::ExpiryReminder | MessageKind::ExpiryNotice => Some("/control/subscriptions#purchase".to_owned()),
        MessageKind::Converted => Some("/control/subscriptions".to_owned()),
        MessageKind::Welcome => door(letter, keys).or_else(|| Some("/welcome".to_owned())),
        MessageKind::AccessEnded => Some("/".to_owned()),
        MessageKind::AccessRequested => Some("/control/access".to_owned()),
        _ => Some("/control/overview".to_owned()),
    }
}

/// A door tells its region, so that one request reads one store; its secret is made here like a consent link's.
fn door(letter: &Letter, keys: &Keys) -> Option<String> {
    let secret = keys.link(letter.link.as_ref()?);
    Some(format!("/door/{}.{secret}", letter.person.region()))
}

/// What stands behind the `@` of our message ids: the host of the public URL, without its port.
pub(super) fn host(public_url: &str) -> &str {
    let rest = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let port = authority.get(end..).and_then(|after| after.find(':'));
    let host = port.and_then(|colon| authority.get(..end + colon)).unwrap_or(authority);
    if host.is_empty() { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn note_1_a_message_id_ends_with_the_host() {
        for (url, expected) in [
            ("https://trials.example", "trials.example"),
            ("https://trials.example:8443/base", "trials.example"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("http://[::1]:8080/", "[::1]"),
            ("http://[::1]", "[::1]"),
            ("", "localhost"),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
