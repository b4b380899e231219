//! How the mail server is reached.

use super::lines::{Door, Tls};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Not at all: for a server on the same machine.
    None,
    /// Plain first, then TLS; refused where the server does not offer it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// The settings of a mail server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// Name or address.
    pub host: String,
    /// 587 for STARTTLS, 465 for TLS, 25 for neither are common.
    pub port: u16,
    /// `none`, `starttls` (default) or `tls`.
    #[serde(default)]
    pub security: Security,
    /// Together with the password.
    #[serde(default)]
    pub username: Option<String>,
    /// Never logged.
    #[serde(default)]
    pub password: Option<String>,
    /// For one whole delivery; whole seconds in a file, 30 by default.
    #[serde(default = "half_a_minute", deserialize_with = "seconds")]
    pub timeout: Duration,
    /// PEM; trusted instead of the system's authorities.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// What we call ourselves; else the machine's name.
    #[serde(default)]
    pub hello_name: Option<String>,
}

fn half_a_minute() -> Duration {
    Duration::from_secs(30)
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    match u64::deserialize(deserializer)? {
        seconds @ 1..=600 => Ok(Duration::from_secs(seconds)),
        _ => Err(serde::de::Error::custom("a number of seconds from 1 to 600")),
    }
}

impl fmt::Debug for SmtpConfig {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SmtpConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("username", &self.username)
            .field("password", &self.password.as_ref().map(|_| "…"))
            .field("timeout", &self.timeout)
            .field("ca_file", &self.ca_file)
            .field("hello_name", &self.hello_name)
            .finish()
    }
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// One without the other.
    #[error("the mail server's username and password belong together: give both or neither")]
    HalfCredentials,
    /// They would cross the network readable.
    #[error("a password needs a protected connection: set security to \"starttls\" or \"tls\"")]
    PlainPassword,
    /// The file with authorities cannot be read.
    #[error("cannot read the certificate file {path}: {source}")]
    CaFile {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Trusting nobody would look like a broken server.
    #[error("the certificate file {0} holds no PEM certificate")]
    NoCertificate(PathBuf),
    /// The file or the host name is of no use for TLS.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

pub(super) fn door(config: &SmtpConfig) -> Result<Door, ConfigError> {
    let tls = match config.security {
        Security::None => Tls::None,
        Security::StartTls => Tls::Required(parameters(config)?),
        Security::Tls => Tls::Wrapper(parameters(config)?),
    };
    let credentials = match (&config.username, &config.password) {
        (None, None) => None,
        (Some(_), Some(_)) if config.security == Security::None && !on_this_machine(&config.host) => {
            return Err(ConfigError::PlainPassword);
        }
        (Some(username), Some(password)) => Some(Credentials::new(username.clone(), password.clone())),
        _ => return Err(ConfigError::HalfCredentials),
    };
    Ok(Door {
        host: config.host.clone(),
        port: config.port,
        tls,
        credentials,
        hello: config.hello_name.clone().map(ClientId::Domain).unwrap_or_default(),
        timeout: config.timeout,
    })
}

fn on_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

fn parameters(config: &SmtpConfig) -> Result<TlsParameters, ConfigError> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(path) = &config.ca_file {
        let pem = std::fs::read(path).map_err(|source| ConfigError::CaFile {
            path: path.clone(),
            source,
        })?;
        if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(ConfigError::NoCertificate(path.clone()));
        }
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<SmtpConfig, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn settings_are_read_and_unknown_ones_refused() {
        let config = read(r#"{"host": "mail.example", "port": 587, "timeout": 5, "security": "tls"}"#).unwrap();
        assert_eq!(
            (config.timeout, config.security),
            (Duration::from_secs(5), Security::Tls)
        );
        let config = read(r#"{"host": "mail.example", "port": 587}"#).unwrap();
        assert_eq!(
            (config.timeout, config.security),
            (Duration::from_secs(30), Security::StartTls)
        );
        assert!(read(r#"{"host": "mail.example", "port": 587, "tsl": true}"#).is_err());
        assert!(read(r#"{"host": "mail.example", "port": 587, "timeout": 0}"#).is_err());
    }

    #[test]
    fn sec_2_a_password_is_neither_shown_nor_sent_in_the_clear() {
        let mut config =
            read(r#"{"host": "mail.example", "port": 25, "username": "u", "password": "s3cret"}"#).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
        config.security = Security::None;
        assert!(matches!(door(&config), Err(ConfigError::PlainPassword)));
        config.host = "127.0.0.1".to_owned();
        assert!(door(&config).is_ok());
        config.password = None;
        assert!(matches!(door(&config), Err(ConfigError::HalfCredentials)));
    }

    #[test]
    fn rel_4_an_unusable_authority_is_said_at_the_start() {
        let mut config = read(r#"{"host": "mail.example", "port": 25, "ca_file": "/nowhere.pem"}"#).unwrap();
        assert!(matches!(door(&config), Err(ConfigError::CaFile { .. })));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, "no certificate").unwrap();
        config.ca_file = Some(path);
        assert!(door(&config).is_err());
    }
}
