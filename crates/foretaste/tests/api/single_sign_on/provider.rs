//! A provider of our own, which lies as it is told.

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use data_encoding::BASE64URL_NOPAD;
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::runtime::Runtime;

pub(super) const CLIENT: &str = "foretaste";
pub(super) const SECRET: &str = "a secret that only two know, long enough";

/// By what a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The key of that place in the list of keys.
    Key(usize),
    /// As `none` says.
    Nothing,
    /// HS256 with these octets.
    Shared(&'static str),
}

/// How the provider behaves.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) claims: Value,
    pub(super) algorithm: &'static str,
    pub(super) kid: Option<&'static str>,
    pub(super) by: By,
    /// The keys that it shows, by name and place.
    pub(super) shown: Vec<(&'static str, usize)>,
    pub(super) user_info: Value,
    /// What it answers instead of a token.
    pub(super) instead: Option<Instead>,
    /// Who it says it is.
    pub(super) issuer: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    Redirect,
    Flood,
    Error,
}

pub(super) struct Lying {
    pub(super) issuer: String,
    pub(super) plan: Mutex<Plan>,
    pub(super) asked_for_keys: AtomicUsize,
    keys: Vec<EcdsaKeyPair>,
}

/// A running one; it ends with the test.
pub(super) struct Hostile {
    pub(super) lying: Arc<Lying>,
    _runtime: Runtime,
}

impl Hostile {
    pub(super) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let lying = Arc::new(Lying {
            plan: Mutex::new(plan(Value::Null)),
            asked_for_keys: AtomicUsize::new(0),
            keys: (0..3).map(|_| key()).collect(),
            issuer,
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(Arc::clone(&lying));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            lying,
            _runtime: runtime,
        }
    }
}

/// What a good provider would do with these claims.
pub(super) fn plan(claims: Value) -> Plan {
    Plan {
        claims,
        algorithm: "ES256",
        kid: Some("first"),
        by: By::Key(0),
        shown: vec![("first", 0)],
        user_info: Value::Null,
        instead: None,
        issuer: None,
    }
}

fn key() -> EcdsaKeyPair {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap()
}

impl Lying {
    fn jwt(&self, plan: &Plan) -> String {
        let mut header = json!({"alg": plan.algorithm});
        if let Some(kid) = plan.kid {
            header["kid"] = kid.into();
        }
        let encoded = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", encoded(&header), encoded(&plan.claims));
        let signature = match plan.by {
            By::Nothing => Vec::new(),
            By::Key(place) => {
                let signature = self.keys[place].sign(&SystemRandom::new(), signed.as_bytes());
                signature.unwrap().as_ref().to_vec()
            }
            By::Shared(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
                hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
            }
        };
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

async fn metadata(State(lying): State<Arc<Lying>>) -> Json<Value> {
    let (own, claimed) = (&lying.issuer, lying.plan.lock().unwrap().issuer.clone());
    Json(json!({
        "issuer": claimed.unwrap_or_else(|| own.clone()),
        "authorization_endpoint": format!("{own}/auth"),
        "token_endpoint": format!("{own}/token"),
        "userinfo_endpoint": format!("{own}/userinfo"),
        "jwks_uri": format!("{own}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    }))
}

async fn keys(State(lying): State<Arc<Lying>>) -> Json<Value> {
    lying.asked_for_keys.fetch_add(1, Ordering::SeqCst);
    let shown = lying.plan.lock().unwrap().shown.clone();
    let keys = shown.into_iter().map(|(kid, place)| {
        let point = lying.keys[place].public_key().as_ref();
        let part = |octets: &[u8]| BASE64URL_NOPAD.encode(octets);
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": part(&point[1..33]), "y": part(&point[33..]),
        })
    });
    Json(json!({"keys": keys.collect::<Vec<_>>()}))
}

async fn token(State(lying): State<Arc<Lying>>) -> Response {
    let plan = lying.plan.lock().unwrap().clone();
    match plan.instead {
        Some(Instead::Redirect) => {
            let there = format!("{}/elsewhere", lying.issuer);
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, there)]).into_response()
        }
        Some(Instead::Flood) => ([(header::CONTENT_TYPE, "application/json")], vec![b' '; 2 << 20]).into_response(),
        Some(Instead::Error) => (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response(),
        None => {
            let token = lying.jwt(&plan);
            let body = json!({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token});
            Json(body).into_response()
        }
    }
}

async fn user_info(State(lying): State<Arc<Lying>>) -> Json<Value> {
    Json(lying.plan.lock().unwrap().user_info.clone())
}
