//! The keys that a configuration may hold; what must be there is asked where it is needed.

use super::provisioner::ProvisionerKeys;
use delivery::Security;
use serde::{Deserialize, Deserializer, de};
use std::{collections::BTreeMap, fmt, path::PathBuf};

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    pub(super) environment: Option<Environment>,
    pub(super) listen: Option<String>,
    pub(super) public_url: Option<String>,
    pub(super) trusted_proxies: Option<Vec<String>>,
    pub(super) secret_file: Option<PathBuf>,
    pub(super) program: Option<PathBuf>,
    pub(super) templates: Option<PathBuf>,
    pub(super) breached_passwords: Option<PathBuf>,
    /// DEV-7: fonts beside those of the system.
    pub(super) fonts: Option<PathBuf>,
    pub(super) log: Option<String>,
    pub(super) test_clock: Option<bool>,
    #[serde(default)]
    pub(super) stores: StoreKeys,
    pub(super) mail: Option<Mail>,
    #[serde(default)]
    pub(super) brand: BrandKeys,
    #[serde(default)]
    pub(super) outgoing: OutgoingKeys,
    #[serde(default)]
    pub(super) provisioner: ProvisionerKeys,
}

/// What a server is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Environment {
    /// Real customers: real time, real mail.
    #[default]
    Production,
    /// Tests and integrators: a test clock and a mailbox are allowed.
    Test,
}

/// `[stores]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoreKeys {
    pub(super) directory: Option<String>,
    pub(super) regions: Option<Regions>,
    pub(super) mailbox: Option<String>,
    pub(super) connections: Option<u32>,
    pub(super) statement_cache: Option<usize>,
}

/// Each region's store: a map, or one text with `{region}` in it.
#[derive(Debug)]
pub(super) enum Regions {
    Template(String),
    Map(BTreeMap<String, String>),
}

/// `mail = "mailbox"`, or `[mail]`
#[derive(Debug)]
pub(super) enum Mail {
    Mailbox,
    Server(Box<ServerKeys>),
}

/// `[mail]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerKeys {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    pub(super) username: Option<String>,
    pub(super) password: Option<String>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) timeout: Option<u64>,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) hello_name: Option<String>,
}

impl fmt::Debug for ServerKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ServerKeys")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// `[outgoing]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutgoingKeys {
    pub(super) allow_private_addresses: Option<bool>,
    pub(super) ca_file: Option<PathBuf>,
}

/// `[brand]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BrandKeys {
    pub(super) vendor_name: Option<String>,
    pub(super) support_url: Option<String>,
    pub(super) legal_url: Option<String>,
    pub(super) agreement_url: Option<String>,
    pub(super) free_plan_url: Option<String>,
    pub(super) colour: Option<String>,
    pub(super) from: Option<String>,
}

impl<'de> Deserialize<'de> for Regions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> de::Visitor<'de> for Either {
            type Value = Regions;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text with {region} in it, or a table of regions")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Regions, E> {
                Ok(Regions::Template(text.to_owned()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Regions, A::Error> {
                BTreeMap::deserialize(de::value::MapAccessDeserializer::new(map)).map(Regions::Map)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Mail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> de::Visitor<'de> for Either {
            type Value = Mail;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("\"mailbox\", or a table that names a mail server")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Mail, E> {
                if text == "mailbox" {
                    Ok(Mail::Mailbox)
                } else {
                    Err(E::invalid_value(de::Unexpected::Str(text), &self))
                }
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Mail, A::Error> {
                let keys = ServerKeys::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Mail::Server(Box::new(keys)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}
