//! Conversations with the mail server. Each carries one email at a time, and one that ended well is used again. Whoever
//! stops waiting drops his conversation with it: else the late answer to one email would be read as the answer to the
//! next, and all answers after it one email too late.

use lettre::{
    Address,
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Mail, Rcpt},
        extension::{ClientId, MailParameter},
        response::Response,
    },
};
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A conversation that nobody used for so long is not worth a question.
const IDLE: Duration = Duration::from_secs(60);
/// So many wait at most.
const PARKED: usize = 8;

/// How a connection is protected.
pub(super) enum Tls {
    None,
    /// After a plain beginning, or not at all.
    Required(TlsParameters),
    /// From the first octet.
    Wrapper(TlsParameters),
}

/// How a conversation begins.
pub(super) struct Door {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
    pub(super) timeout: Duration,
}

impl Door {
    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            Tls::None | Tls::Required(_) => None,
        };
        let to = (self.host.as_str(), self.port);
        let opened = AsyncSmtpConnection::connect_tokio1(to, Some(self.timeout), &self.hello, wrapper, None);
        let mut connection = opened.await?;
        if let Tls::Required(parameters) = &self.tls {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// All conversations with one mail server.
pub(super) struct Lines {
    door: Door,
    parked: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Lines {
    pub(super) fn new(door: Door) -> Self {
        Self {
            door,
            parked: Mutex::default(),
        }
    }

    /// Hands an email over; the answer may be any that is no refusal.
    pub(super) async fn send(&self, envelope: &Envelope, message: &[u8]) -> Result<Response, Error> {
        let mut connection = self.take().await?;
        let response = connection.send(envelope, message).await?;
        if super::is_taken(&response) {
            self.park(connection);
        }
        Ok(response)
    }

    /// Whether somebody is there and lets us in.
    pub(super) async fn probe(&self) -> Result<(), Error> {
        let connection = self.take().await?;
        self.park(connection);
        Ok(())
    }

    /// Whether somebody is there and lets us in, and what then is said against the recipient alone, without a message.
    pub(super) async fn ask(&self, envelope: &Envelope) -> Result<Option<Error>, Error> {
        let mut connection = self.take().await?;
        let plain = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let parameters = match envelope.from().into_iter().chain(envelope.to()).all(plain) {
            true => Vec::new(),
            false => vec![MailParameter::SmtpUtfEight],
        };
        let mut refused = None;
        let from = connection
            .command(Mail::new(envelope.from().cloned(), parameters))
            .await;
        if let (Ok(_), Some(to)) = (from, envelope.to().first()) {
            refused = connection.command(Rcpt::new(to.clone(), Vec::new())).await.err();
        }
        connection.abort().await;
        Ok(refused)
    }

    /// One that still answers, or a new one.
    async fn take(&self) -> Result<AsyncSmtpConnection, Error> {
        loop {
            let parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some((mut connection, since)) = parked else {
                return self.door.open().await;
            };
            if since.elapsed() < IDLE && connection.test_connected().await {
                return Ok(connection);
            }
        }
    }

    fn park(&self, connection: AsyncSmtpConnection) {
        let mut parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner);
        parked.retain(|(_, since)| since.elapsed() < IDLE);
        if parked.len() < PARKED {
            parked.push((connection, Instant::now()));
        }
    }
}
