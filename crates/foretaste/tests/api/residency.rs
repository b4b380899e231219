//! Data lives in its region, and nobody sees what is not his.

use crate::support::{Demo, start};
use serde_json::json;
use std::path::{Path, PathBuf};

crate::on_both_engines!(
    org_9_what_is_not_ones_own_is_not_there,
    org_3_a_sales_administrator_sees_the_customers_that_he_looks_after,
    lists_are_paged_by_cursors_that_belong_to_their_caller
);

pub(crate) fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found)
        } else {
            found.push(path)
        }
    }
}

fn contains(path: &Path, needle: &str) -> bool {
    let octets = std::fs::read(path).unwrap();
    octets.windows(needle.len()).any(|part| part == needle.as_bytes())
}

/// The names of the files that hold some words.
pub(crate) fn files_with(dir: &Path, needle: &str) -> Vec<String> {
    let mut all = Vec::new();
    files(dir, &mut all);
    let named = all.iter().filter(|path| contains(path, needle));
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    named.map(name).collect()
}

#[test]
fn reg_2_a_customer_is_named_in_its_region_and_nowhere_else() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let mut body = start("Zanzibarquark Industries", "it@zanzibarquark.example", &["meetings"]);
    body["customer"]["country"] = json!("JP");
    body["meetings"] = json!({"site": "zanzibarquark"});
    let trial = anna.post_with_key("/trials", "zanzibar-1", body).is(201);
    assert_eq!(trial["region"], "jp", "REG-1");
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    anna.patch(&path, json!({"notes": "Zanzibarquark likes tea"})).is(200);
    anna.post("/customers/lookup", json!({"admin_email": "it@zanzibarquark.example"}))
        .is(200);
    anna.wait_for_mail("kind=welcome");
    let mut all = Vec::new();
    files(demo.dir.path(), &mut all);
    let named: Vec<String> = all
        .iter()
        .filter(|path| {
            ["Zanzibarquark", "zanzibarquark"]
                .iter()
                .any(|needle| contains(path, needle))
        })
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(named.iter().any(|name| name.starts_with("jp.db")), "REG-2: {named:?}");
    for name in &named {
        assert!(
            name.starts_with("jp.db") || name.starts_with("mailbox.db"),
            "REG-2: it is named in {name}"
        );
    }
}

fn org_9_what_is_not_ones_own_is_not_there() {
    let demo = Demo::full();
    let (anna, berta) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("partner_b", "sales_full_administrator"),
    );
    let customer = demo.person("own_active", "full_administrator");
    let trials = anna.get(&format!("/trials?customer_id={}", customer.id())).is(200);
    let id = trials["items"][0]["id"].as_str().unwrap().to_owned();
    let foreign = [
        format!("/trials/{id}"),
        format!("/trials/{id}/plan"),
        format!("/trials/{id}/removal"),
        format!("/customers/{}", customer.id()),
        format!("/customers/{}/users", customer.id()),
    ];
    for path in &foreign {
        let unknown = path.replacen(|c: char| c.is_ascii_digit(), "z", 1);
        let (seen, never) = (
            berta.get(path).problem(404, "not_found"),
            berta.get(&unknown).problem(404, "not_found"),
        );
        assert_eq!(seen, never, "ORG-9: unknown and foreign look the same: {path}");
    }
    for action in ["extend", "cancel", "remind", "resend-consent", "provisioning-details"] {
        berta
            .post(&format!("/trials/{id}/{action}"), json!({}))
            .problem(404, "not_found");
    }
    assert_eq!(
        berta.get(&format!("/trials?customer_id={}", customer.id())).is(200)["items"],
        json!([]),
        "ORG-9"
    );
    let stranger = demo.person("stranger", "full_administrator");
    stranger.get(&format!("/trials/{id}")).problem(404, "not_found");
    let reader = demo.person("partner_a", "read_only_administrator");
    reader.get(&format!("/trials/{id}")).is(200);
    reader
        .post(&format!("/trials/{id}/extend"), json!({}))
        .problem(403, "role_required");
    let nobody = crate::support::call(&format!("{}/api/v1/trials", demo.url), "GET", &[], None);
    nobody.problem(401, "unauthorized");
}

fn org_3_a_sales_administrator_sees_the_customers_that_he_looks_after() {
    let demo = Demo::empty();
    let people = demo.people("partner_a", "sales_administrator");
    let (mine, other) = (&people[0], &people[1]);
    let trial = mine
        .post("/trials", start("Mine", "it@mine.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    other.get(&path).problem(404, "not_found");
    assert_eq!(other.customers().len(), 0, "ORG-3");
    assert_eq!(mine.customers().len(), 1, "ORG-3");
    let boss = demo.person("partner_a", "sales_full_administrator");
    assert_eq!(boss.get(&path).is(200)["id"], trial["id"], "ORG-3");
    let customer = format!("/customers/{}", trial["customer"]["id"].as_str().unwrap());
    let looks = boss.get(&customer).is(200)["assigned"].clone();
    assert_eq!(looks.as_array().unwrap().len(), 1, "ORG-3");
    boss.patch(&customer, json!({"tags": ["vip", "Q1"], "assigned": []}))
        .is(200);
    mine.get(&customer).problem(404, "not_found");
    mine.get(&path).is(200);
}

fn lists_are_paged_by_cursors_that_belong_to_their_caller() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    for (number, country) in ["FR", "US", "JP", "FR", "AU", "US", "DE"].iter().enumerate() {
        let mut body = start(
            &format!("Company {number}"),
            &format!("it@company{number}.example"),
            &["messaging"],
        );
        body["customer"]["country"] = json!(country);
        anna.post("/trials", body).is(201);
    }
    for sort in ["created_at", "-created_at", "customer_name", "-ends_on"] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = anna.get(&format!("/trials?limit=3&sort={sort}{cursor}")).is(200);
            seen.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|item| item["customer"]["name"].as_str().unwrap().to_owned()),
            );
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (7, 7), "{sort}: {seen:?}");
    }
    let all = anna.get("/trials").is(200);
    let regions = |list: &serde_json::Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap();
        let mut found: Vec<String> = items
            .iter()
            .map(|item| item["region"].as_str().unwrap().to_owned())
            .collect();
        found.sort();
        found
    };
    let expected = ["au", "eu", "eu", "eu", "jp", "us", "us"];
    assert_eq!(regions(&all), expected, "REG-4: one list over all regions");
    let customers = anna.get("/customers?sort=name&q=company").is(200);
    assert_eq!(regions(&customers), expected, "REG-4: one list over all regions");
    let names: Vec<&str> = customers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect();
    assert!(names.is_sorted(), "REG-4: merged, in one order: {names:?}");
    let next = anna.get("/trials?limit=3").is(200)["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    anna.get(&format!("/trials?limit=3&q=x&cursor={next}"))
        .problem(400, "bad_cursor");
    demo.person("partner_b", "sales_full_administrator")
        .get(&format!("/trials?cursor={next}"))
        .problem(400, "bad_cursor");
    anna.get("/trials?colour=red").problem(400, "unknown_parameter");
    assert_eq!(anna.get("/trials?limit=201").status, 422);
    let names = anna.get("/customers?q=COMPANY%205").is(200);
    assert_eq!(names["items"][0]["name"], "Company 5", "LIST-1");
    assert_eq!(
        anna.get("/customers?region=jp").is(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1,
        "LIST-1"
    );
}
