//! SEC-3: requests to others by HTTP, to addresses that people typed. One connection for one request: the address is
//! looked at after the name was resolved and right before it is connected to, so that no answer of a name server leads
//! inside. No redirect is followed, no proxy of the environment asked; time and size are limited.

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request, Response, Uri,
    body::Bytes,
    client::conn::http1,
    header::{self, HeaderValue},
    http::uri::{PathAndQuery, Scheme},
};
use hyper_util::rt::TokioIo;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};

/// For one whole request.
const PATIENCE: Duration = Duration::from_secs(10);
/// What an answer's body may weigh.
const LARGEST: usize = 1024 * 1024;
/// So many addresses of a name are tried.
const TRIED: usize = 3;

/// Why there is no answer; for operators.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// What is asked for cannot be asked.
    #[error("the address cannot be asked: {0}")]
    Address(&'static str),
    /// It leads inside.
    #[error("the address is private; `outgoing.allow_private_addresses` would allow it")]
    Private,
    /// The connection, or TLS on it.
    #[error("no connection: {0}")]
    Connection(#[from] io::Error),
    /// Trust cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
    /// What came is no answer.
    #[error("no answer: {0}")]
    Http(#[from] hyper::Error),
    /// Its body broke off, or is over 1 MiB.
    #[error("the answer's body broke off, or is too large")]
    Body,
    /// It took too long.
    #[error("no answer in time")]
    Late,
}

/// The port.
#[derive(Debug)]
pub struct HttpPort {
    private: bool,
    authorities: Option<Vec<u8>>,
    tls: OnceLock<Arc<ClientConfig>>,
}

impl HttpPort {
    /// A port that asks public addresses by `https`; where `private` is set, any address, by `http`, too. `authorities`
    /// (PEM) are trusted instead of the system's.
    pub fn new(private: bool, authorities: Option<Vec<u8>>) -> Self {
        Self {
            private,
            authorities,
            tls: OnceLock::new(),
        }
    }

    /// Asks, once.
    ///
    /// # Errors
    /// Where there is no whole answer; any status is one.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpError> {
        let answer = tokio::time::timeout(PATIENCE, self.ask(request)).await;
        answer.unwrap_or(Err(HttpError::Late))
    }

    async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpError> {
        let uri = request.uri().clone();
        let secure = uri.scheme() == Some(&Scheme::HTTPS);
        let plain = self.private && uri.scheme() == Some(&Scheme::HTTP);
        if !secure && !plain {
            return Err(HttpError::Address("it does not begin with https"));
        }
        let authority = uri.authority().ok_or(HttpError::Address("it has no host"))?;
        if authority.as_str().contains('@') {
            return Err(HttpError::Address("it carries a password"));
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = self.connect(host, port).await?;
        let request = relative(request, &uri)?;
        if !secure {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|_| HttpError::Address("its host has no name"))?;
        let connector = TlsConnector::from(self.tls()?);
        exchange(connector.connect(name, stream).await?, request).await
    }

    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, HttpError> {
        let found: Vec<SocketAddr> = lookup_host((host, port)).await?.collect();
        let allowed = found.iter().filter(|address| self.private || is_public(address.ip()));
        let mut last = HttpError::Private;
        for address in allowed.take(TRIED) {
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error.into(),
            }
        }
        Err(last)
    }

    fn tls(&self) -> Result<Arc<ClientConfig>, HttpError> {
        if let Some(known) = self.tls.get() {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(trusting(self.authorities.as_deref())?);
        Ok(Arc::clone(self.tls.get_or_init(|| made)))
    }
}

fn trusting(authorities: Option<&[u8]>) -> Result<ClientConfig, HttpError> {
    let wrong = |error: &dyn std::fmt::Display| HttpError::Tls(error.to_string());
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(pem) => {
            for one in CertificateDer::pem_slice_iter(pem) {
                roots
                    .add(one.map_err(|error| wrong(&error))?)
                    .map_err(|error| wrong(&error))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(HttpError::Tls("there is no authority to trust".to_owned()));
    }
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// As a request stands on its connection: a path, and the host in a header.
fn relative(request: Request<Vec<u8>>, uri: &Uri) -> Result<Request<Full<Bytes>>, HttpError> {
    let (mut parts, body) = request.into_parts();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = HeaderValue::from_str(authority).map_err(|_| HttpError::Address("its host has no name"))?;
    parts.headers.insert(header::HOST, host);
    parts
        .headers
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    let root = PathAndQuery::from_static("/");
    parts.uri = Uri::from(uri.path_and_query().cloned().unwrap_or(root));
    Ok(Request::from_parts(parts, Full::new(Bytes::from(body))))
}

async fn exchange<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> Result<Response<Vec<u8>>, HttpError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let asked = async {
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let whole = Limited::new(body, LARGEST).collect().await;
        let whole = whole.map_err(|_| HttpError::Body)?.to_bytes();
        Ok(Response::from_parts(parts, whole.to_vec()))
    };
    tokio::pin!(connection);
    tokio::pin!(asked);
    // The connection lives as long as the question.
    tokio::select! {
        answer = &mut asked => answer,
        ended = &mut connection => {
            ended?;
            asked.await
        }
    }
}

/// Whether an address is one of the public internet; everything that is set apart for something else is not.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let set_apart = match (a, b) {
        (0 | 10 | 127 | 224..=255, _) => true,
        (100, 64..=127) | (169, 254) | (172, 16..=31) | (192, 168) | (198, 18..=19) => true,
        (192, 0) => c == 0 || c == 2,
        (192, 88) => c == 99,
        (198, 51) => c == 100,
        (203, 0) => c == 113,
        _ => false,
    };
    !set_apart
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [a, b, c, d, e, f, g, h] = address.segments();
    if (a, b, c, d, e, f) == (0x64, 0xff9b, 0, 0, 0, 0) {
        let [high, low] = [g.to_be_bytes(), h.to_be_bytes()];
        return is_public_v4(Ipv4Addr::new(high[0], high[1], low[0], low[1]));
    }
    let given_out = (0x2000..0x4000).contains(&a);
    // Tunnels and their relatives, documentation, and what carries an address of version 4.
    let set_apart = match (a, b) {
        (0x2001, b) => b < 0x200 || b == 0xdb8,
        (0x2002, _) => true,
        (0x3fff, b) => b < 0x1000,
        _ => false,
    };
    given_out && !set_apart
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn sec_3_what_is_not_of_the_public_internet_is_private() {
        for public in [
            "93.184.216.34",
            "1.1.1.1",
            "172.32.0.1",
            "192.0.1.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().expect("an address")), "{private}");
        }
    }
}
