//! What a partner sends; nothing of it is trusted, missing is `None`.

use serde::{Deserialize, Serialize};

/// `POST /trials`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StartInput {
    /// For whom.
    pub customer: Option<CustomerInput>,
    /// What is tried.
    pub services: Option<Vec<String>>,
    /// START-3.
    pub license_quantity: Option<i64>,
    /// START-4.
    pub duration_days: Option<i64>,
    /// START-5.
    pub meetings: Option<MeetingsInput>,
    /// DEV-1.
    pub devices: Option<DevicesInput>,
}

/// START-1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct CustomerInput {
    pub id: Option<String>,
    pub name: Option<String>,
    pub admin_email: Option<String>,
    pub vertical: Option<String>,
    pub country: Option<String>,
    pub time_zone: Option<String>,
    pub language: Option<String>,
    pub supported_location_acknowledged: Option<bool>,
    pub expect: Option<String>,
}

/// START-5.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct MeetingsInput {
    pub site: Option<String>,
    pub time_zone: Option<String>,
}

/// DEV-1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct DevicesInput {
    pub skip: Option<String>,
    pub ship: Option<Vec<DeviceLine>>,
    pub site_has_poe: Option<bool>,
    pub registration_licenses: Option<i64>,
    pub ship_to: Option<ShipTo>,
}

/// A device type and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct DeviceLine {
    pub device_type: Option<String>,
    pub quantity: Option<i64>,
}

/// Where devices go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct ShipTo {
    pub name: Option<String>,
    pub lines: Option<Vec<String>>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub phone: Option<String>,
}
