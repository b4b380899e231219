//! SEC-3: the port through which others are asked, against servers that answer, lie, flood, hang and redirect.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use delivery::{HttpError, HttpPort};
use hyper::{Request, Response, StatusCode, header};
use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nset-cookie: a=b\r\n\r\nfine";

struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
}

/// Reads a request, then says what it was told to say; an empty text is silence.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, say: &[u8]) {
    let mut heard = vec![0; 64 * 1024];
    let _ = stream.read(&mut heard).await;
    if say.is_empty() {
        let _ = stream.read(&mut heard).await;
    }
    let _ = stream.write_all(say).await;
    let _ = stream.shutdown().await;
}

async fn server(say: impl Into<Vec<u8>>, tls: Option<TlsAcceptor>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, asked) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let (count, say) = (Arc::clone(&asked), say.into());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let (say, tls) = (say.clone(), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => answer(stream, &say).await,
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            answer(stream, &say).await;
                        }
                    }
                }
            });
        }
    });
    Server { port, asked }
}

async fn get(port: &HttpPort, url: &str) -> Result<Response<Vec<u8>>, HttpError> {
    port.send(Request::get(url).body(Vec::new()).unwrap()).await
}

#[tokio::test]
async fn sec_3_a_private_address_is_not_asked_however_it_is_written() {
    let server = server(FINE, None).await;
    let guarded = HttpPort::new(false, None);
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.1",
        "0.0.0.0",
        "2130706433",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00::1]",
    ] {
        let refused = get(&guarded, &format!("https://{host}:{}/", server.port)).await;
        // Names that the system does not resolve are not asked, either.
        let outside = matches!(&refused, Err(HttpError::Private))
            || (matches!(&refused, Err(HttpError::Connection(_))) && !host.contains('.') && !host.contains(':'));
        assert!(outside, "SEC-3: {host}: {refused:?}");
    }
    assert_eq!(server.asked.load(Ordering::SeqCst), 0, "SEC-3: nobody came");
    let open = HttpPort::new(true, None);
    let answered = get(&open, &format!("http://127.0.0.1:{}/", server.port)).await.unwrap();
    assert_eq!(
        (answered.status(), answered.body().as_slice()),
        (StatusCode::OK, b"fine".as_slice())
    );
    assert_eq!(server.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn sec_3_only_https_and_nothing_else_than_an_address_is_asked() {
    let server = server(FINE, None).await;
    let guarded = HttpPort::new(false, None);
    for url in [
        format!("http://example.com:{}/", server.port),
        "ftp://example.com/".to_owned(),
        "/x".to_owned(),
    ] {
        let refused = get(&guarded, &url).await;
        assert!(
            matches!(refused, Err(HttpError::Address(_))),
            "SEC-3: {url}: {refused:?}"
        );
    }
    let open = HttpPort::new(true, None);
    let refused = get(&open, &format!("http://user:word@127.0.0.1:{}/", server.port)).await;
    assert!(matches!(refused, Err(HttpError::Address(_))), "SEC-3: {refused:?}");
    assert_eq!(server.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn sec_3_a_redirect_is_an_answer_and_not_a_way() {
    let inside = server(FINE, None).await;
    let there = format!("http://127.0.0.1:{}/", inside.port);
    let redirect = format!("HTTP/1.1 302 Found\r\nlocation: {there}\r\ncontent-length: 0\r\n\r\n");
    let outside = server(redirect, None).await;
    let open = HttpPort::new(true, None);
    let answered = get(&open, &format!("http://127.0.0.1:{}/", outside.port))
        .await
        .unwrap();
    assert_eq!(answered.status(), StatusCode::FOUND);
    assert_eq!(answered.headers()[header::LOCATION], there);
    assert_eq!(inside.asked.load(Ordering::SeqCst), 0, "SEC-3: it was not followed");
}

#[tokio::test]
async fn rel_7_an_answer_has_a_size_and_a_time() {
    let open = HttpPort::new(true, None);
    let body = |octets: usize| {
        let mut say = format!("HTTP/1.1 200 OK\r\ncontent-length: {octets}\r\n\r\n").into_bytes();
        say.resize(say.len() + octets, b'x');
        say
    };
    let whole = server(body(1024 * 1024), None).await;
    let answered = get(&open, &format!("http://127.0.0.1:{}/", whole.port)).await.unwrap();
    assert_eq!(answered.body().len(), 1024 * 1024);
    let flood = server(body(1024 * 1024 + 1), None).await;
    let refused = get(&open, &format!("http://127.0.0.1:{}/", flood.port)).await;
    assert!(matches!(refused, Err(HttpError::Body)), "REL-7: {refused:?}");
    let nonsense = server("nonsense\r\n\r\n", None).await;
    let refused = get(&open, &format!("http://127.0.0.1:{}/", nonsense.port)).await;
    assert!(matches!(refused, Err(HttpError::Http(_))), "{refused:?}");
    let silent = server("", None).await;
    let begun = Instant::now();
    let refused = get(&open, &format!("http://127.0.0.1:{}/", silent.port)).await;
    assert!(matches!(refused, Err(HttpError::Late)), "REL-7: {refused:?}");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

/// A certificate for `localhost`, made for this run, and its key.
fn certificate() -> (Vec<u8>, TlsAcceptor) {
    let folder = tempfile::tempdir().unwrap();
    let (key, pem) = (folder.path().join("key.pem"), folder.path().join("cert.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&pem)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let octets = std::fs::read(&pem).unwrap();
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&octets).collect();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain.unwrap(), PrivateKeyDer::from_pem_file(&key).unwrap())
        .unwrap();
    (octets, TlsAcceptor::from(Arc::new(config)))
}

#[tokio::test]
async fn sec_2_who_cannot_prove_its_name_is_not_asked() {
    let (authority, tls) = certificate();
    let server = server(FINE, Some(tls)).await;
    let (own, numbered) = (
        format!("https://localhost:{}/", server.port),
        format!("https://127.0.0.1:{}/", server.port),
    );
    let trusting = HttpPort::new(true, Some(authority));
    assert_eq!(get(&trusting, &own).await.unwrap().body(), b"fine");
    let refused = get(&trusting, &numbered).await;
    assert!(
        matches!(refused, Err(HttpError::Connection(_))),
        "SEC-2: another name: {refused:?}"
    );
    let refused = get(&HttpPort::new(true, None), &own).await;
    assert!(
        matches!(refused, Err(HttpError::Connection(_) | HttpError::Tls(_))),
        "SEC-2: nobody vouches: {refused:?}"
    );
    let refused = get(&HttpPort::new(true, Some(b"nonsense".to_vec())), &own).await;
    assert!(matches!(refused, Err(HttpError::Tls(_))), "{refused:?}");
}
