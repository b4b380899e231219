//! UX-2: every text exists in every language, says the same, and is used.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey};
use i18n::{Arg, Language, date, date_in, instant, list, number, text};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Ids that are put together in code: how they begin, and where that is.
const DYNAMIC: &[(&str, &str)] = &[
    ("approval-because-", "crates/console/src/screen/approvals.rs"),
    ("approvals-kind-", "crates/console/src/screen/approvals.rs"),
    ("audience-", "crates/console/src/part/timeline.rs"),
    ("device-skip-", "crates/console/src/screen/start/fields.rs"),
    ("done-", "crates/console/src/frame.rs"),
    ("email-kind-", "crates/console/src/screen/trial/mod.rs"),
    ("email-why-", "crates/delivery/src/context.rs"),
    ("ends-", "crates/console/src/screen/customers/mod.rs"),
    ("error-", "crates/console/src/screen/error.rs"),
    ("event-", "crates/console/src/screen/record/said.rs"),
    ("means-", "crates/console/src/screen/trial/mod.rs"),
    ("milestone-", "crates/console/src/part/timeline.rs"),
    ("problem-", "crates/i18n/src/problem.rs"),
    ("provisioning-", "crates/console/src/screen/provisioning.rs"),
    ("request-is-", "crates/console/src/screen/request.rs"),
    ("role-", "crates/console/src/frame.rs"),
    ("start-", "crates/console/src/screen/start/mod.rs"),
    ("started-", "templates/console/start/started.html"),
    ("status-", "crates/console/src/part/chip.rs"),
    ("tense-", "templates/console/macros.html"),
    ("theme-", "templates/console/layout.html"),
    ("why-not-", "crates/console/src/part/service.rs"),
    ("door-", "crates/console/src/screen/door.rs"),
    ("scope-", "crates/console/src/screen/account/tokens.rs"),
    ("job-is-", "crates/console/src/screen/users/job.rs"),
    ("users-column-", "crates/console/src/screen/users/import.rs"),
    ("session-by-", "crates/console/src/screen/account/mod.rs"),
    ("setup-about-", "crates/console/src/screen/setup/mod.rs"),
    ("setup-next-", "crates/console/src/screen/setup/steps.rs"),
    ("setup-state-", "crates/console/src/screen/setup/mod.rs"),
    ("setup-step-", "crates/console/src/screen/setup/mod.rs"),
    ("devices-tab-", "crates/console/src/screen/devices/mod.rs"),
    ("device-is-", "crates/console/src/screen/devices/mod.rs"),
    ("device-longer-", "crates/console/src/screen/devices/mod.rs"),
    ("return-wrong-", "crates/console/src/screen/devices/returns.rs"),
    ("return-mend-", "crates/console/src/screen/devices/returns.rs"),
    ("candidate-", "crates/console/src/screen/set_up/find.rs"),
    ("difference-", "templates/console/parts/difference.html"),
    ("means-order-", "crates/console/src/screen/order/mod.rs"),
    ("orders-view-", "crates/console/src/screen/order/list.rs"),
    ("usage-metric-", "crates/console/src/screen/usage.rs"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What stands in one text: what it places, other messages that it contains, and what it chooses by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    placed: BTreeSet<String>,
    contained: BTreeSet<String>,
    chosen: BTreeMap<String, Vec<(String, String)>>,
}

/// Texts by `id` or `id.attribute`.
type Texts = BTreeMap<String, Parts>;

fn files(language: Language) -> Vec<PathBuf> {
    let folder = root().join("locales").join(language.as_str());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn texts(language: Language) -> Texts {
    let mut all = Texts::new();
    for path in files(language) {
        let source = fs::read_to_string(&path).unwrap();
        let parsed = fluent_syntax::parser::parse(source.as_str());
        let resource: Resource<&str> = parsed.unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let own = message.value.iter().map(|value| (message.id.name.to_owned(), value));
            let attributes = message
                .attributes
                .iter()
                .map(|a| (format!("{}.{}", message.id.name, a.id.name), &a.value));
            for (id, pattern) in own.chain(attributes) {
                assert!(
                    all.insert(id.clone(), parts(pattern)).is_none(),
                    "{id} stands twice in {language}"
                );
            }
        }
    }
    all
}

fn parts(pattern: &Pattern<&str>) -> Parts {
    let mut parts = Parts::default();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_parts(expression, &mut parts);
        }
    }
    parts
}

fn expression_parts(expression: &Expression<&str>, all: &mut Parts) {
    match expression {
        // By what a text chooses is the language's own affair: not all count alike.
        Expression::Select { selector, variants } => {
            for found in variants.iter().map(|variant| parts(&variant.value)) {
                all.placed.extend(found.placed);
                all.contained.extend(found.contained);
                all.chosen.extend(found.chosen);
            }
            let InlineExpression::VariableReference { id } = selector else {
                panic!("a text chooses by {selector:?}");
            };
            let branches = variants.iter().map(|variant| match variant.key {
                VariantKey::Identifier { name } => (name.to_owned(), format!("{:?}", variant.value)),
                VariantKey::NumberLiteral { value } => (value.to_owned(), format!("{:?}", variant.value)),
            });
            all.chosen.insert(id.name.to_owned(), branches.collect());
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            all.placed.insert(id.name.to_owned());
        }
        Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
            all.contained.insert(id.name.to_owned());
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => expression_parts(expression, all),
        Expression::Inline(_) => {}
    }
}

#[test]
fn ux_2_every_branch_of_every_text_is_reached_in_every_language() {
    let mut words = 0;
    for language in Language::ALL {
        let all = texts(language);
        for (id, parts) in &all {
            for (by, branches) in &parts.chosen {
                let said = |value: Arg| {
                    let others = placed(id, &all).into_iter().filter(|name| name != by);
                    let others: Vec<String> = others.collect();
                    let mut args: Vec<(&str, Arg)> =
                        others.iter().map(|name| (name.as_str(), Arg::from("x"))).collect();
                    args.push((by, value));
                    text(language, id, &args).replace(|c: char| c.is_ascii_digit(), "")
                };
                let count = |(key, _): &(String, String)| key.parse::<u32>().is_ok() || key == "one";
                // Whoever counts gives a number, whoever names gives a text of any origin.
                let reached: BTreeSet<String> = if branches.iter().any(count) {
                    (0..=11).map(|number| said(Arg::Number(number))).collect()
                } else {
                    words += 1;
                    branches.iter().map(|(key, _)| said(Arg::from(key))).collect()
                };
                let different: BTreeSet<&String> = branches.iter().map(|(_, words)| words).collect();
                assert!(
                    reached.len() >= different.len(),
                    "{id} by {by} in {language}: {reached:?}"
                );
            }
        }
    }
    assert!(
        words >= 6,
        "two texts at least choose by a word, each in three languages"
    );
}

/// What a text places itself and through the messages that it contains.
fn placed(id: &str, texts: &Texts) -> BTreeSet<String> {
    let parts = texts
        .get(id)
        .unwrap_or_else(|| panic!("{id} is contained but does not exist"));
    let inner = parts.contained.iter().flat_map(|id| placed(id, texts));
    parts.placed.iter().cloned().chain(inner).collect()
}

#[test]
fn ux_2_every_text_exists_in_every_language_with_the_same_values() {
    let english = texts(Language::En);
    assert!(english.len() > 100);
    for language in [Language::Fr, Language::ZhHant] {
        let other = texts(language);
        for id in english.keys() {
            assert!(other.contains_key(id), "{id} lacks in {language}");
            assert_eq!(
                placed(id, &english),
                placed(id, &other),
                "{id} places other values in {language}"
            );
        }
        let contained: BTreeSet<&String> = other.values().flat_map(|parts| &parts.contained).collect();
        for id in other.keys() {
            assert!(
                english.contains_key(id) || contained.contains(id),
                "{id} stands in {language} alone"
            );
        }
    }
}

#[test]
fn ux_2_every_text_is_used() {
    let mut sources = String::new();
    for folder in ["crates", "templates", "xtask"] {
        collect(&root().join(folder), &mut sources);
    }
    for (prefix, place) in DYNAMIC {
        assert!(
            fs::read_to_string(root().join(place))
                .unwrap()
                .contains(&format!("\"{prefix}")),
            "{prefix} in {place}"
        );
    }
    let quoted: HashSet<&str> = ['"', '\''].iter().flat_map(|quote| sources.split(*quote)).collect();
    let english = texts(Language::En);
    let contained: BTreeSet<&String> = english.values().flat_map(|parts| &parts.contained).collect();
    for id in english.keys() {
        let message = id.split('.').next().unwrap();
        let quoted = quoted.contains(message);
        let dynamic = DYNAMIC.iter().any(|(prefix, _)| message.starts_with(prefix));
        let used = quoted || dynamic || contained.contains(id) || is_letter(message, &english);
        assert!(used, "{id} is used nowhere");
    }
}

/// Whether the message is a whole email; that each of those has a letter is proven beside the letters.
fn is_letter(message: &str, texts: &Texts) -> bool {
    texts.contains_key(&format!("{message}.subject"))
}

fn collect(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path
            .extension()
            .is_some_and(|extension| ["rs", "j2", "html", "txt"].iter().any(|known| extension == *known))
        {
            sources.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[test]
fn ux_2_every_problem_has_a_title_and_can_do_without_values() {
    for (id, parts) in texts(Language::En)
        .iter()
        .filter(|(id, _)| id.starts_with("problem-") && !id.contains('.'))
    {
        for language in Language::ALL {
            assert!(i18n::has(language, &format!("{id}.title")), "{id}.title in {language}");
            let plain = i18n::complete(language, &format!("{id}.plain"), &[]);
            assert_eq!(plain.is_some(), !parts.placed.is_empty(), "{id}.plain in {language}");
        }
    }
}

#[test]
fn ux_2_french_is_typeset() {
    each_line(Language::Fr, |place, line| {
        for wrong in [" :", " ;", " ?", " !", " »", "« ", "'", "\u{a0}", "..."] {
            assert!(!line.contains(wrong), "{place}: {wrong:?} in {line}");
        }
        for (at, mark) in line.char_indices().filter(|(_, c)| ";?!»".contains(*c)) {
            assert!(
                line[..at].ends_with('\u{202f}'),
                "{place}: no narrow space before {mark} in {line}"
            );
        }
    });
}

#[test]
fn ux_2_chinese_has_full_width_punctuation() {
    let ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    each_line(Language::ZhHant, |place, line| {
        let signs: Vec<char> = line.chars().collect();
        for pair in signs.windows(2) {
            assert!(
                !(ideograph(pair[0]) && ",.;:?!()\"'".contains(pair[1])),
                "{place}: {pair:?} in {line}"
            );
            assert!(
                !(ideograph(pair[1]) && ",;:?!()\"'".contains(pair[0])),
                "{place}: {pair:?} in {line}"
            );
        }
        for simplified in "试请务为组织".chars() {
            assert!(!line.contains(simplified), "{place}: {simplified} in {line}");
        }
    });
}

/// The lines of texts, without comments and the names in front.
fn each_line(language: Language, check: impl Fn(&str, &str)) {
    for path in files(language) {
        for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let place = format!("{}:{}", path.display(), at + 1);
            match line.split_once(" = ") {
                _ if line.starts_with('#') => {}
                Some((_, text)) => check(&place, text),
                None => check(&place, line.split_once("] ").map_or("", |(_, text)| text)),
            }
        }
    }
}

#[test]
fn ux_2_dates_follow_the_language() {
    let day = jiff::civil::date(2027, 2, 14);
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let at = "2027-02-14T08:00:00Z".parse().unwrap();
    for (language, plain, zoned, moment) in [
        (
            Language::En,
            "Sunday, 14 February 2027",
            "Sunday, 14 February 2027 (Paris time)",
            "Sunday, 14 February 2027 at 09:00 (Paris time)",
        ),
        (
            Language::Fr,
            "dimanche 14 février 2027",
            "dimanche 14 février 2027 (heure de Paris)",
            "dimanche 14 février 2027 à 09:00 (heure de Paris)",
        ),
        (
            Language::ZhHant,
            "2027年2月14日 星期日",
            "2027年2月14日 星期日（巴黎時間）",
            "2027年2月14日 星期日 9:00（巴黎時間）",
        ),
    ] {
        assert_eq!(date(language, day), plain);
        assert_eq!(date_in(language, day, &paris), zoned);
        assert_eq!(instant(language, at, &paris), moment);
    }
    assert_eq!(
        date(Language::Fr, jiff::civil::date(2027, 1, 1)),
        "vendredi 1er janvier 2027"
    );
    let new_year: jiff::Timestamp = "2026-12-31T23:30:00Z".parse().unwrap();
    assert_eq!(
        instant(Language::En, new_year, &TimeZone::get("Asia/Taipei").unwrap()),
        "Friday, 1 January 2027 at 07:30 (Taipei time)"
    );
    assert_eq!(
        instant(Language::En, new_year, &TimeZone::UTC),
        "Thursday, 31 December 2026 at 23:30 (UTC)"
    );
}

#[test]
fn ux_2_lists_and_numbers_follow_the_language() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let three = names(&["Messaging", "Meetings", "Calling"]);
    for (language, listed, large) in [
        (Language::En, "Messaging, Meetings and Calling", "1,234,567"),
        (
            Language::Fr,
            "Messaging, Meetings et Calling",
            "1\u{202f}234\u{202f}567",
        ),
        (Language::ZhHant, "Messaging、Meetings 和 Calling", "1,234,567"),
    ] {
        assert_eq!(list(language, &three), listed);
        assert_eq!(list(language, &names(&["x"])), "x");
        assert_eq!(list(language, &[]), "");
        assert_eq!(number(language, 1_234_567), large);
    }
    assert_eq!(list(Language::ZhHant, &names(&["訊息", "會議"])), "訊息和會議");
}

#[test]
fn ux_2_plurals_follow_the_language() {
    let days = |language, days: i64| text(language, "email-days", &[("days", days.into())]);
    assert_eq!(
        [0, 1, 2, 1000].map(|n| days(Language::En, n)),
        ["0 days", "1 day", "2 days", "1,000 days"]
    );
    assert_eq!(
        [0, 1, 2].map(|n| days(Language::Fr, n)),
        ["0 jour", "1 jour", "2 jours"]
    );
    assert_eq!([0, 1, 2].map(|n| days(Language::ZhHant, n)), ["0 天", "1 天", "2 天"]);
    let args = [("services", Arg::from("Calling")), ("count", 1.into())];
    assert_eq!(text(Language::Fr, "email-of-services", &args), "du service Calling");
}

#[test]
fn what_is_missing_falls_back() {
    assert_eq!(text(Language::Fr, "nothing-of-that-name", &[]), "nothing-of-that-name");
    assert_eq!(text(Language::Fr, "email-hello.nothing", &[]), "email-hello.nothing");
    assert_eq!(text(Language::En, "email-hello", &[]), "Hello {$name},");
    assert_eq!(i18n::complete(Language::En, "email-hello", &[]), None);
    // Only French knows it; the others fall back to the id, as English lacks it too.
    assert_eq!(text(Language::ZhHant, "email-of-services", &[]), "email-of-services");
}
