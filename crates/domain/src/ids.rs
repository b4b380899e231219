//! Identifiers: opaque strings with their kind in front and, for what lives in a region, the region behind it
//! (`trial_eu_01jd…`), so that one request reads one store.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// What stands in front of every id of this kind.
            pub const PREFIX: &'static str = $prefix;

            /// Puts an id together from its region and a unique tail.
            pub fn new(region: &str, unique: &str) -> Self {
                Self(format!("{}_{region}_{unique}", $prefix))
            }

            /// The id, when the text has the shape of one of this kind; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                region_of($prefix, text).map(|_| Self(text.to_owned()))
            }

            /// The region whose store holds it.
            pub fn region(&self) -> &str {
                region_of($prefix, &self.0).unwrap_or_default()
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A vendor, partner or customer.
    OrgId = "org";
    /// A person of an organization.
    PersonId = "person";
    /// A trial.
    TrialId = "trial";
    /// A customer's view of a trial that awaits its consent; shares region and tail with its trial.
    RequestId = "request";
    /// Something that waits for the trials team.
    ApprovalId = "approval";
    /// A hold that the vendor put on a customer (EXP-9).
    HoldId = "hold";
    /// An exception from a rest between trials (ELIG-4).
    ExceptionId = "exception";
    /// A half-filled start (START-10).
    DraftId = "draft";
    /// A help desk's request for access to a customer (ORG-3).
    AccessRequestId = "access";
    /// A customer's move from one partner to another (ORG-11).
    HandoverId = "handover";
    /// A message to one person.
    MessageId = "msg";
    /// An entry of the record of changes.
    EventId = "event";
    /// Where a customer calls from.
    LocationId = "location";
    /// A phone number of a customer.
    NumberId = "number";
    /// An order of numbers with a provider.
    NumberOrderId = "numorder";
    /// A passkey of a person.
    PasskeyId = "passkey";
    /// A call to the provisioner about one service.
    ProvisioningId = "prov";
    /// Work in the background, row by row.
    JobId = "job";
    /// An order (CONV).
    OrderId = "order";
    /// Devices that go to a customer (DEV-2).
    ShipmentId = "ship";
    /// A request to keep devices longer (EXT-4).
    DeviceExtensionId = "devext";
    /// Devices that come back; shares region and tail with its shipment.
    ReturnId = "return";
}

impl TrialId {
    /// DEV-2: the shipment that its start asked for.
    pub fn first_shipment(&self) -> ShipmentId {
        ShipmentId(self.0.replacen(Self::PREFIX, ShipmentId::PREFIX, 1))
    }
}

impl ShipmentId {
    /// The same devices on their way back.
    pub fn return_id(&self) -> ReturnId {
        ReturnId(self.0.replacen(Self::PREFIX, ReturnId::PREFIX, 1))
    }
}

impl ReturnId {
    /// The shipment that comes back.
    pub fn shipment(&self) -> ShipmentId {
        ShipmentId(self.0.replacen(Self::PREFIX, ShipmentId::PREFIX, 1))
    }

    /// DEV-7: what is written on the parcel.
    pub fn rma(&self) -> String {
        let tail = self.0.rsplit('_').next().unwrap_or_default();
        // A tail begins with the time; what tells apart what began together stands at its end.
        format!("RMA-{}", tail[tail.len().saturating_sub(10)..].to_uppercase())
    }
}

impl TrialId {
    /// The same trial as its customer meets it.
    pub fn request(&self) -> RequestId {
        RequestId(self.0.replacen(Self::PREFIX, RequestId::PREFIX, 1))
    }
}

impl RequestId {
    /// The trial behind the request.
    pub fn trial(&self) -> TrialId {
        TrialId(self.0.replacen(Self::PREFIX, TrialId::PREFIX, 1))
    }
}

fn region_of<'t>(prefix: &str, text: &'t str) -> Option<&'t str> {
    let rest = text.strip_prefix(prefix)?.strip_prefix('_')?;
    let (region, tail) = rest.split_once('_')?;
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (text.len() <= 80 && plain(region) && plain(tail)).then_some(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reg_2_an_id_tells_its_region() {
        let id = TrialId::new("eu", "01jd");
        assert_eq!(id.as_str(), "trial_eu_01jd");
        assert_eq!(id.region(), "eu");
        assert_eq!(TrialId::parse("trial_eu_01jd"), Some(id.clone()));
        assert_eq!(id.request().trial(), id);
        for wrong in [
            "",
            "trial",
            "trial_eu",
            "trial__x",
            "trial_eu_",
            "org_eu_1",
            "trial_EU_1",
            "trial_eu_1'",
        ] {
            assert_eq!(TrialId::parse(wrong), None, "{wrong}");
        }
    }
}
