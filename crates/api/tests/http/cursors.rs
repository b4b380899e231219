//! Cursors are ours, and each is for one caller and one list.

use api::http::cursor::{decode, encode};
use domain::refusal::Code;
use serde_json::json;

const KEY: [u8; 32] = [7; 32];

#[test]
fn a_cursor_comes_back_as_it_went() {
    for position in [
        json!(["Société", 17, null]),
        json!({"eu": ["a", 1], "us": null}),
        json!(null),
        json!(""),
    ] {
        let cursor = encode(&KEY, "person_1", "status=active&sort=ends_on", &position);
        assert!(
            cursor
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || b"-_".contains(&octet))
        );
        assert_eq!(
            decode(&KEY, "person_1", "status=active&sort=ends_on", &cursor).unwrap(),
            position
        );
    }
}

#[test]
fn for_another_key_caller_or_scope_it_is_worth_nothing() {
    let cursor = encode(&KEY, "ab", "cd", &json!([1]));
    let code = |key: &[u8; 32], caller: &str, scope: &str| decode(key, caller, scope, &cursor).map_err(|no| no.code());
    assert_eq!(code(&KEY, "ab", "cd"), Ok(json!([1])));
    let (mut last, mut first) = (KEY, KEY);
    (last[31], first[0]) = (0, 0);
    for (key, caller, scope) in [
        (&last, "ab", "cd"),
        (&first, "ab", "cd"),
        (&KEY, "ac", "cd"),
        (&KEY, "ab", ""),
        (&KEY, "abc", "d"),
        (&KEY, "a", "bcd"),
        (&KEY, "", "abcd"),
    ] {
        assert_eq!(code(key, caller, scope), Err(Code::BadCursor), "{caller} {scope}");
    }
}

#[test]
fn tampered_cursors() {
    let cursor = encode(&KEY, "ab", "cd", &json!([1, "abc"]));
    let open = |cursor: &str| decode(&KEY, "ab", "cd", cursor).is_ok();
    assert!(open(&cursor));
    for index in 0..cursor.len() {
        for other in ["A", "B", "_", "=", "+", "é", ""] {
            let changed = format!("{}{other}{}", &cursor[..index], &cursor[index + 1..]);
            assert!(changed == cursor || !open(&changed), "{changed}");
        }
        assert!(!open(&cursor[..index]));
    }
    for bad in [
        format!("{cursor}A"),
        format!("{cursor}="),
        format!(" {cursor}"),
        format!("{cursor}\n"),
    ] {
        assert!(!open(&bad), "{bad:?}");
    }
    assert!(!open(&"A".repeat(5000)));
    assert!(!open(&"A".repeat(10_000_000)));
}
