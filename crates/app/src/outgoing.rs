//! The port through which the system asks others by HTTP. Who sends, and whom one may ask, is not decided here.

use openidconnect::{HttpRequest, HttpResponse};
use std::{fmt, future::Future, pin::Pin, sync::Arc};

/// What was not answered, and why; for operators.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send>>;

/// How others are asked.
#[derive(Clone)]
pub struct Outgoing {
    send: Arc<dyn Fn(HttpRequest) -> Answering + Send + Sync>,
    plain: bool,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Outgoing(..)")
    }
}

impl Outgoing {
    /// By these means; `plain` allows `http` addresses, too, which is for tests.
    pub fn new(send: Arc<dyn Fn(HttpRequest) -> Answering + Send + Sync>, plain: bool) -> Self {
        Self { send, plain }
    }

    /// Nobody is asked: for an installation, or a command, that talks to nobody.
    pub fn closed() -> Self {
        let refuse = |_| -> Answering { Box::pin(async { Err(Unanswered("nothing leaves from here".to_owned())) }) };
        Self::new(Arc::new(refuse), false)
    }

    pub(crate) fn send(&self, request: HttpRequest) -> Answering {
        (self.send)(request)
    }

    /// Whether an address has a scheme that may be asked.
    pub(crate) fn allows(&self, scheme: &str) -> bool {
        scheme == "https" || (self.plain && scheme == "http")
    }
}
