//! PROV-2: who provisions.

use super::{Config, Environment, parts::credential};
use crate::failure::Outcome;
use delivery::{Endpoint, HttpPort, Secret};
use jiff::SignedDuration;
use serde::Deserialize;
use std::{fmt, fs, path::PathBuf};

/// A systemd credential of that name stands in for `provisioner.secret`.
const CREDENTIAL: &str = "provisioner_secret";
/// One, and the one that takes its place.
const SECRETS: usize = 2;
/// Seconds that an answer may take: a minute to a month; on a test server from a second.
const LONGEST: u64 = 30 * 24 * 60 * 60;

/// `[provisioner]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvisionerKeys {
    pub(super) kind: Option<Kind>,
    pub(super) url: Option<String>,
    pub(super) secret: Option<String>,
    pub(super) secret_file: Option<PathBuf>,
    pub(super) answer_within: Option<u64>,
    pub(super) allow_private_addresses: Option<bool>,
}

impl fmt::Debug for ProvisionerKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ProvisionerKeys")
            .field("kind", &self.kind)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// Who provisions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Nobody has to: services are there at once.
    #[default]
    Embedded,
    /// A system of the operator's.
    External,
}

impl Config {
    /// The external provisioner, where there is one.
    pub(crate) fn provisioner(&self) -> Outcome<Option<Endpoint>> {
        let keys = &self.keys.provisioner;
        if keys.kind.unwrap_or_default() == Kind::Embedded {
            let given = keys.url.is_some() || keys.secret.is_some() || keys.secret_file.is_some();
            let given = given || keys.answer_within.is_some() || keys.allow_private_addresses.is_some();
            return match given {
                true => self.wrong(
                    "provisioner.kind",
                    "must be \"external\" for the other keys of [provisioner]",
                ),
                false => Ok(None),
            };
        }
        Ok(Some(Endpoint {
            url: self.provisioner_url()?,
            secrets: self.provisioner_secrets()?,
            answer_within: self.answer_within()?,
        }))
    }

    /// How it is called. SEC-3: inside only where the operator says so, who alone names its address.
    pub(crate) fn provisioner_port(&self) -> Outcome<HttpPort> {
        let private = self.keys.provisioner.allow_private_addresses.unwrap_or(false);
        self.port(private || self.allows_private())
    }

    fn provisioner_url(&self) -> Outcome<String> {
        let example = "url = \"https://provisioner.example.com/orders\"";
        let Some(url) = self.keys.provisioner.url.clone() else {
            return self.missing("provisioner.url", example);
        };
        let plain = url.strip_prefix("http://").filter(|_| self.allows_private());
        let rest = url.strip_prefix("https://").or(plain).unwrap_or_default();
        let fine = rest
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"#@\"'<>\\`".contains(&b));
        if rest.is_empty() || rest.starts_with('/') || !fine {
            let why = format!(
                "must begin with https:// (http:// only with `outgoing.allow_private_addresses`), without @ or #; {example}"
            );
            return self.wrong("provisioner.url", why);
        }
        Ok(url)
    }

    fn provisioner_secrets(&self) -> Outcome<Vec<Secret>> {
        let keys = &self.keys.provisioner;
        let file = keys.secret_file.clone().or_else(|| credential(CREDENTIAL));
        let file = file.filter(|_| keys.secret.is_none());
        let text = match file.map(|path| (fs::read_to_string(&path), path)) {
            None => keys.secret.clone(),
            Some((Ok(text), _)) => Some(text),
            Some((Err(error), path)) => {
                let why = format!("cannot be read: {}: {error}", path.display());
                return self.wrong("provisioner.secret_file", why);
            }
        };
        let Some(text) = text else {
            let example = "secret_file = \"/etc/foretaste/provisioner-secret\", made with `echo whsec_$(head -c 32 /dev/urandom | base64)`";
            return self.missing("provisioner.secret_file", example);
        };
        let secrets: Result<Vec<Secret>, _> = text.split_whitespace().map(Secret::parse).collect();
        match secrets {
            Ok(secrets) if (1..=SECRETS).contains(&secrets.len()) => Ok(secrets),
            Ok(_) => self.wrong(
                "provisioner.secret",
                "must be one secret, or two while one takes the other's place",
            ),
            Err(error) => self.wrong("provisioner.secret", error),
        }
    }

    fn answer_within(&self) -> Outcome<SignedDuration> {
        let Some(seconds) = self.keys.provisioner.answer_within else {
            return Ok(app::provisioning::ANSWER_WITHIN);
        };
        let least = match self.environment() {
            Environment::Production => 60,
            Environment::Test => 1,
        };
        match i64::try_from(seconds) {
            Ok(signed) if (least..=LONGEST).contains(&seconds) => Ok(SignedDuration::from_secs(signed)),
            _ => self.wrong(
                "provisioner.answer_within",
                format!("must be a number of seconds from {least} to {LONGEST}"),
            ),
        }
    }
}
