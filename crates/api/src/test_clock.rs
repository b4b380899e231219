//! `/test-clock` (TIME-4), on demo and test servers only.

use crate::{
    Api,
    caller::Caller,
    guard::key,
    http::{Body, IdempotencyKey, Problem},
};
use app::test_clock::Advance;
use axum::{
    Json,
    extract::State,
    http::{Method, Uri},
};
use domain::refusal::{Code, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What time it is for the rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TestClock {
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
}

/// What time it is for the rules.
#[utoipa::path(get, path = "/api/v1/test-clock", tag = "demo", responses((status = OK, body = TestClock)))]
pub(crate) async fn read_test_clock(State(api): State<Api>, Caller(actor): Caller) -> Result<Json<TestClock>, Problem> {
    Ok(Json(TestClock {
        now: api.app.test_clock(&actor)?,
    }))
}

/// Where to: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveTestClock {
    /// So many times 24 hours.
    advance_days: Option<i64>,
    advance_seconds: Option<i64>,
    #[schema(format = DateTime)]
    to: Option<String>,
}

/// Where the clock is now, and what was done on the way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Moved {
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
    /// How many of which kind were done.
    done: BTreeMap<String, u64>,
}

/// Moves the clock forwards; answers when everything that fell due is done and every message was tried once.
#[utoipa::path(post, path = "/api/v1/test-clock", tag = "demo", request_body = MoveTestClock, responses((status = OK, body = Moved)))]
pub(crate) async fn move_test_clock(
    State(api): State<Api>,
    Caller(actor): Caller,
    given: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<MoveTestClock>,
) -> Result<Json<Moved>, Problem> {
    api.app.test_clock(&actor)?;
    let idem = key(given, (&method, &uri), &body, false);
    let advance = body.checked(|body| {
        let parse = |text: String| {
            text.parse::<Timestamp>()
                .map_err(|_| Refusal::field("/to", Code::WrongType))
        };
        Ok(Advance {
            days: body.advance_days,
            seconds: body.advance_seconds,
            to: body.to.map(parse).transpose()?,
        })
    })?;
    // It runs on to its end even if the client does not wait.
    let run = tokio::spawn(async move {
        let moving = async {
            let (now, done) = api.app.move_clock(&actor, &advance, &*api.deliver).await?;
            let done = done.into_iter().map(|(kind, count)| (kind.to_owned(), count));
            Ok(Moved {
                now,
                done: done.collect(),
            })
        };
        api.app.once(&actor, idem.as_ref(), moving).await
    });
    Ok(Json(run.await.map_err(|_| Problem::internal())??))
}
