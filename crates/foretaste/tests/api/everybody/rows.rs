//! The operations, each with what it is tried on: a list, as long as the API has operations.

use super::world::Targets;
use serde_json::{Value, json};

/// An operation with what it is tried on.
pub(super) struct Row {
    pub(super) method: &'static str,
    /// As the description has it.
    pub(super) path: &'static str,
    /// On what.
    pub(super) on: &'static str,
    /// The ids for its path, one after the other.
    pub(super) ids: Vec<String>,
    pub(super) query: String,
    pub(super) body: Option<Value>,
}

pub(super) fn rows(of: &Targets) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |method, path, on, ids: &[&String], query: &str, body: Option<Value>| {
        rows.push(Row {
            method,
            path,
            on,
            ids: ids.iter().map(|id| (*id).clone()).collect(),
            query: query.to_owned(),
            body,
        });
    };
    let none = || Some(json!({}));
    let list = "limit=5";
    add("GET", "/program", "", &[], "", None);
    add("POST", "/program", "a version", &[], "", Some(json!({"source": ""})));
    add(
        "POST",
        "/customers/lookup",
        "an address",
        &[],
        "",
        Some(json!({"admin_email": "x@lookup.example"})),
    );
    let services = json!(["contact-center"]);
    add(
        "POST",
        "/eligibility",
        "the customer",
        &[],
        "",
        Some(json!({"customer_id": of.customer, "services": services})),
    );
    for path in [
        "/trials",
        "/removals",
        "/trial-requests",
        "/customers",
        "/approvals",
        "/holds",
        "/provisioning-orders",
        "/notifications",
        "/people",
        "/partners",
        "/access-requests",
        "/handovers",
        "/audit",
        "/tasks",
        "/trial-drafts",
        "/shipments",
        "/device-extensions",
        "/returns",
        "/orders",
    ] {
        add("GET", path, "one’s own list", &[], list, None);
    }
    let body = json!({"customer": {"id": of.customer, "supported_location_acknowledged": true}, "services": services});
    add("POST", "/trials", "the customer", &[], "", Some(body));
    for path in ["/trials/{id}", "/trials/{id}/plan", "/trials/{id}/removal"] {
        add("GET", path, "the trial", &[&of.trial], "", None);
    }
    add(
        "PATCH",
        "/trials/{id}",
        "the trial",
        &[&of.trial],
        "",
        Some(json!({"notes": "x"})),
    );
    for (path, body) in [
        ("/trials/{id}/extend", json!({"allow_shorten": true})),
        ("/trials/{id}/cancel", json!({})),
        ("/trials/{id}/resend-consent", json!({})),
        ("/trials/{id}/provisioning-details", json!({})),
        ("/trials/{id}/remind", json!({})),
        (
            "/trials/{id}/correct-administrator",
            json!({"admin_email": "right@corrected.example"}),
        ),
    ] {
        add("POST", path, "the trial", &[&of.trial], "", Some(body));
    }
    let ordered = json!({"trial_id": of.trial, "services": [{"id": "messaging", "quantity": 5}]});
    add("POST", "/orders", "the trial", &[], "", Some(ordered));
    add(
        "GET",
        "/orders/{id}",
        "an order for the trial",
        &[&of.purchase_order],
        "",
        None,
    );
    for (path, body) in [
        ("/orders/{id}/resend", json!({})),
        ("/orders/{id}/close", json!({})),
        (
            "/orders/{id}/set-up",
            json!({"as": "partner_administrator", "trial_admin_email": "x@nowhere.example"}),
        ),
    ] {
        add(
            "POST",
            path,
            "an order for the trial",
            &[&of.purchase_order],
            "",
            Some(body),
        );
    }
    add("GET", "/conversions/{trial_id}", "the trial", &[&of.trial], "", None);
    add(
        "POST",
        "/customers/{id}/purchase-interest",
        "the customer",
        &[&of.customer],
        "",
        none(),
    );
    add(
        "GET",
        "/trial-requests/{id}",
        "a request to the customer",
        &[&of.request],
        "",
        None,
    );
    let yes = Some(json!({"grant_full_admin": false}));
    add(
        "POST",
        "/trial-requests/{id}/accept",
        "a request to the customer",
        &[&of.request],
        "",
        yes,
    );
    add(
        "POST",
        "/trial-requests/{id}/decline",
        "a request to the customer",
        &[&of.request],
        "",
        none(),
    );
    add("GET", "/customers/{id}", "the customer", &[&of.customer], "", None);
    add(
        "PATCH",
        "/customers/{id}",
        "the customer",
        &[&of.customer],
        "",
        Some(json!({"tags": ["x"]})),
    );
    add(
        "POST",
        "/customers/{id}/remove",
        "the customer",
        &[&of.customer],
        "",
        none(),
    );
    add(
        "GET",
        "/customers/{id}/users",
        "the customer",
        &[&of.customer],
        list,
        None,
    );
    let of_user = [&of.customer, &of.user];
    let one = "/customers/{id}/users/{person_id}";
    add(
        "GET",
        "/customers/{id}/licenses",
        "the customer",
        &[&of.customer],
        "",
        None,
    );
    add("GET", one, "a user of the customer", &of_user, "", None);
    add(
        "POST",
        "/customers/{id}/users",
        "the customer",
        &[&of.customer],
        "",
        Some(json!({"email": "x@new-here.example"})),
    );
    add(
        "POST",
        "/customers/{id}/user-imports",
        "the customer",
        &[&of.customer],
        "",
        Some(json!("email\r\nx@new-here.example\r\n")),
    );
    let renamed = Some(json!({"name": "X"}));
    add("PATCH", one, "a user of the customer", &of_user, "", renamed);
    add("DELETE", one, "a user of the customer", &of_user, "", None);
    let whose = "a job of the full administrator";
    add("GET", "/jobs/{id}", whose, &[&of.job], "", None);
    add("GET", "/jobs/{id}/rows", whose, &[&of.job], list, None);
    add(
        "GET",
        "/customers/{id}/export",
        "the customer",
        &[&of.customer],
        "",
        None,
    );
    add(
        "GET",
        "/customers/{id}/usage",
        "the customer",
        &[&of.customer],
        list,
        None,
    );
    add("GET", "/trials/{id}/usage", "the trial", &[&of.trial], list, None);
    let figure =
        json!([{"customer_id": of.customer, "service": "messaging", "on": "2026-01-01", "metric": "x", "value": 1}]);
    add("POST", "/usage", "the customer", &[], "", Some(figure));
    set_up(of, &mut add);
    let level = Some(json!({"level": "provisioning_administrator"}));
    let ids = [&of.customer, &of.partner];
    add(
        "PATCH",
        "/customers/{id}/partners/{partner_id}",
        "the customer",
        &ids,
        "",
        level,
    );
    for path in ["/approvals/{id}/approve", "/approvals/{id}/refuse"] {
        add("POST", path, "an approval", &[&of.approval], "", none());
    }
    lent(of, &mut add);
    let path = "/provisioning-orders/{id}";
    add("GET", path, "an order to the provisioner", &[&of.order], "", None);
    for (path, body) in [
        ("/provisioning-orders/{id}/done", none()),
        ("/provisioning-orders/{id}/failed", Some(json!({"reason": "a reason"}))),
        ("/provisioning-orders/{id}/not-yet", none()),
        ("/provisioning-orders/{id}/retry", none()),
    ] {
        add("POST", path, "an order to the provisioner", &[&of.order], "", body);
    }
    let path = "/customers/{id}/eligibility-exceptions";
    add("GET", path, "the customer", &[&of.customer], list, None);
    let wish = Some(json!({"service": "messaging", "reason": "once more"}));
    add("POST", path, "the customer", &[&of.customer], "", wish);
    add(
        "DELETE",
        "/customers/{id}/eligibility-exceptions/{exception_id}",
        "an exception for the customer",
        &[&of.customer, &of.exception],
        "",
        None,
    );
    let half = || Some(json!({"services": ["messaging"]}));
    add("POST", "/trial-drafts", "a new one", &[], "", half());
    for (method, body) in [("GET", None), ("PUT", half()), ("DELETE", None)] {
        let on = "a draft of the one who looks after it";
        add(method, "/trial-drafts/{id}", on, &[&of.draft], "", body);
    }
    let body = Some(json!({"customer_id": of.customer, "reason": "a question"}));
    add("POST", "/holds", "the customer", &[], "", body.clone());
    add("DELETE", "/holds/{id}", "a hold on the customer", &[&of.hold], "", None);
    add(
        "GET",
        "/notifications/{id}",
        "an email about the trial",
        &[&of.notification],
        "",
        None,
    );
    add("POST", "/access-requests", "the customer", &[], "", body);
    for path in ["/access-requests/{id}/accept", "/access-requests/{id}/decline"] {
        add("POST", path, "a request for access", &[&of.access_request], "", none());
    }
    let body = Some(json!({"customer_id": of.customer, "to_partner_id": of.partner}));
    add("POST", "/handovers", "the customer", &[], "", body);
    for path in ["/handovers/{id}/accept", "/handovers/{id}/decline"] {
        add("POST", path, "a move of the customer", &[&of.handover], "", none());
    }
    let body = json!({
        "name": "New Partner", "region": "eu", "tier": 1, "admin_email": "first@new-partner.example",
    });
    add("POST", "/partners", "a new one", &[], "", Some(body));
    add("GET", "/partners/{id}", "the partner", &[&of.partner], "", None);
    add(
        "PATCH",
        "/partners/{id}",
        "the partner",
        &[&of.partner],
        "",
        Some(json!({"tier": 1})),
    );
    let body = Some(json!({"email": "somebody@invited.example", "roles": ["user"]}));
    add("POST", "/people", "one’s own company, a plain user", &[], "", body);
    for (on, id) in [
        ("a user of the customer", &of.user),
        ("a seller of the partner", &of.seller),
    ] {
        add("GET", "/people/{id}", on, &[id], "", None);
        add("PATCH", "/people/{id}", on, &[id], "", Some(json!({"disabled": true})));
        add("POST", "/people/{id}/invite", on, &[id], "", none());
        add("POST", "/people/{id}/remove", on, &[id], "", none());
        add("GET", "/people/{id}/sessions", on, &[id], "", None);
        add("GET", "/people/{id}/tokens", on, &[id], "", None);
        add(
            "POST",
            "/people/{id}/tokens",
            on,
            &[id],
            "",
            Some(json!({"label": "x", "scopes": ["read"]})),
        );
        add("POST", "/people/{id}/sign-out", on, &[id], "", none());
        let one = "one-that-is-not-there".to_owned();
        add("DELETE", "/people/{id}/tokens/{token_id}", on, &[id, &one], "", None);
        add(
            "DELETE",
            "/people/{id}/sessions/{session_id}",
            on,
            &[id, &one],
            "",
            None,
        );
    }
    add(
        "GET",
        "/audit",
        "the customer’s record",
        &[],
        &format!("customer_id={}", of.customer),
        None,
    );
    add(
        "GET",
        "/audit",
        "the trial’s record",
        &[],
        &format!("trial_id={}", of.trial),
        None,
    );
    add(
        "GET",
        "/trials",
        "of the customer",
        &[],
        &format!("customer_id={}", of.customer),
        None,
    );
    add(
        "GET",
        "/people",
        "of the customer",
        &[],
        &format!("organization_id={}", of.customer),
        None,
    );
    add(
        "GET",
        "/people",
        "of the partner",
        &[],
        &format!("organization_id={}", of.partner),
        None,
    );
    add("GET", "/single-sign-on", "one’s own company", &[], "", None);
    let wish = json!({
        "issuer": "https://id.sso.example", "client_id": "foretaste", "client_secret": "a secret of theirs",
        "domains": ["sso.example"], "passwords": true,
    });
    add("PUT", "/single-sign-on", "one’s own company", &[], "", Some(wish));
    add("DELETE", "/single-sign-on", "one’s own company", &[], "", None);
    let none_confirmed = Some(json!({"confirmed_domains": []}));
    for (on, id) in [("the customer", &of.customer), ("the partner", &of.partner)] {
        add("GET", "/single-sign-on/{org_id}", on, &[id], "", None);
        add("PUT", "/single-sign-on/{org_id}", on, &[id], "", none_confirmed.clone());
    }
    add("GET", "/test-clock", "", &[], "", None);
    add("POST", "/test-clock", "", &[], "", Some(json!({"advance_seconds": 0})));
    add("GET", "/mailbox", "", &[], list, None);
    rows
}

/// What adds a row.
type Add<'a> = dyn FnMut(&'static str, &'static str, &'static str, &[&String], &str, Option<Value>) + 'a;

/// SETUP-1, SETUP-2.
fn set_up(of: &Targets, add: &mut Add<'_>) {
    let id = &of.customer;
    let on = "the customer";
    add("GET", "/customers/{id}/setup", on, &[id], "", None);
    let profile = Some(json!({"profile": {}}));
    add(
        "PUT",
        "/customers/{id}/setup",
        "the customer’s profile",
        &[id],
        "",
        profile,
    );
    let later = Some(json!({"later": ["users"]}));
    add("PUT", "/customers/{id}/setup", "what is put off", &[id], "", later);
    for path in [
        "/customers/{id}/locations",
        "/customers/{id}/numbers",
        "/customers/{id}/number-orders",
    ] {
        add("GET", path, on, &[id], "limit=5", None);
    }
    let place = json!({"name": "Head office", "lines": ["1 Main Street"], "city": "Town"});
    add("POST", "/customers/{id}/locations", on, &[id], "", Some(place));
    let body = Some(json!({"location_id": of.location, "numbers": ["+33140205051"]}));
    add("POST", "/customers/{id}/numbers", on, &[id], "", body);
    let body = Some(json!({"location_id": of.location, "quantity": 1}));
    add("POST", "/customers/{id}/number-orders", on, &[id], "", body);
    let path = "/customers/{id}/locations/{location_id}";
    add(
        "PATCH",
        path,
        "a location of the customer",
        &[id, &of.location],
        "",
        Some(json!({"name": "x"})),
    );
    add(
        "DELETE",
        path,
        "a location of the customer",
        &[id, &of.location],
        "",
        None,
    );
    let path = "/customers/{id}/numbers/{number_id}";
    add("DELETE", path, "a number of the customer", &[id, &of.number], "", None);
}

/// DEV, EXT-4.
fn lent(of: &Targets, add: &mut Add<'_>) {
    let (asked, out, back) = ("devices asked for", "devices on loan", "their return");
    add("GET", "/shipments/{id}", out, &[&of.shipment], "", None);
    let to = json!({"name": "x", "lines": ["x"], "city": "x", "postal_code": "x", "country": "FR", "phone": "x"});
    let wish = json!({"trial_id": of.lent_trial, "ship": [{"type": "board", "quantity": 1}], "ship_to": to});
    add("POST", "/shipments", "a trial with devices", &[], "", Some(wish));
    for path in ["/shipments/{id}/approve", "/shipments/{id}/refuse"] {
        add("POST", path, asked, &[&of.asked_shipment], "", Some(json!({})));
    }
    let path = "/shipments/{id}/ship";
    add("POST", path, asked, &[&of.asked_shipment], "", Some(json!({})));
    let path = "/shipments/{id}/correct";
    let typed = json!({"from": "NOSUCH98", "to": "NOSUCH99"});
    add("POST", path, asked, &[&of.asked_shipment], "", Some(typed));
    let longer = json!({"shipment_id": of.shipment, "days": 1});
    add("POST", "/device-extensions", out, &[], "", Some(longer));
    for path in ["/device-extensions/{id}/approve", "/device-extensions/{id}/refuse"] {
        let on = "a request to keep them longer";
        add("POST", path, on, &[&of.device_extension], "", Some(json!({})));
    }
    let id = of.shipment.replacen("ship_", "return_", 1);
    add("GET", "/returns/{id}", back, &[&id], "", None);
    add("GET", "/returns/{id}/sheet.pdf", back, &[&id], "", None);
    let open = json!({"shipment_id": of.shipment});
    add("POST", "/returns", out, &[], "", Some(open));
    let body = json!({"serials": ["NOSUCH99"]});
    add("POST", "/returns/{id}/receive", back, &[&id], "", Some(body));
    add("POST", "/returns/{id}/label-request", back, &[&id], "", Some(json!({})));
    let query = format!("order={}", of.order_number);
    add("GET", "/device-lookup", out, &[], &query, None);
}
