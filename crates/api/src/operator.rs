//! What an operator watches: alive, ready, figures.

use crate::Api;
use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use domain::trial::Status;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

pub(crate) fn routes(api: Api) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(api)
}

async fn healthz() -> Json<Value> {
    Json(json!({"status": "alive"}))
}

async fn readyz(State(api): State<Api>) -> impl IntoResponse {
    let mut stores = Map::new();
    let word = |up: bool| Value::from(if up { "ready" } else { "unavailable" });
    stores.insert(
        "directory".to_owned(),
        word(api.app.stores.directory.ping().await.is_ok()),
    );
    for (id, region) in &api.app.stores.regions {
        stores.insert(id.clone(), word(region.ping().await.is_ok()));
    }
    let held = api.app.fuse_since().await.ok().flatten();
    let ready = stores.values().all(|state| state == "ready") && api.app.program().is_ok();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({
        "status": if ready { "ready" } else { "not_ready" },
        "version": env!("CARGO_PKG_VERSION"),
        "stores": stores,
        // The system's zones come first, the bundled ones stand in.
        "zone_data": jiff::tz::db().available().next().map_or("missing", |_| "ready"),
        "clock": if held.is_some() { "held" } else { "ready" },
    });
    (status, Json(body))
}

async fn metrics(State(api): State<Api>) -> impl IntoResponse {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# HELP foretaste_trials Trials by region and status.\n# TYPE foretaste_trials gauge"
    );
    for (id, region) in &api.app.stores.regions {
        for status in Status::ALL {
            if let Ok(count) = region.read().count_trials(Some(status)).await {
                let _ = writeln!(
                    text,
                    "foretaste_trials{{region=\"{id}\",status=\"{}\"}} {count}",
                    status.as_str()
                );
            }
        }
    }
    let _ = writeln!(
        text,
        "# HELP foretaste_outbox_untried Messages never tried.\n# TYPE foretaste_outbox_untried gauge"
    );
    for (id, region) in &api.app.stores.regions {
        if let Ok(count) = region.read().untried_letters().await {
            let _ = writeln!(text, "foretaste_outbox_untried{{region=\"{id}\"}} {count}");
        }
    }
    let held = api.app.fuse_since().await.ok().flatten().is_some();
    let _ = writeln!(
        text,
        "# HELP foretaste_clock_held Whether the clock holds irreversible work.\n# TYPE foretaste_clock_held gauge"
    );
    let _ = writeln!(text, "foretaste_clock_held {}", u8::from(held));
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}
