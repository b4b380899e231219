//! UX-2, SEC-2: every template renders in every language, and nothing in one is inline.

use console::{samples, sources};
use i18n::Language;
use std::collections::BTreeSet;

#[test]
fn ux_2_every_template_renders_in_every_language() {
    for language in Language::ALL {
        let mut seen = BTreeSet::new();
        for (name, page) in samples(language) {
            let page = page.unwrap_or_else(|error| panic!("{name} in {language}: {error}"));
            assert!(
                page.contains(&format!("<html lang=\"{language}\"")),
                "{name} in {language}"
            );
            assert_eq!(page.matches("<h1").count(), 1, "{name} in {language} has one heading");
            seen.insert(name);
        }
        // Layouts and parts are rendered as parts of pages.
        let parts = |name: &str| {
            name.ends_with("layout.html")
                || name == "macros.html"
                || name.starts_with("parts/")
                || name == "start/future.html"
        };
        for (name, _) in sources().into_iter().filter(|(name, _)| !parts(name)) {
            assert!(seen.contains(name.as_str()), "{name} has no sample");
        }
    }
}

#[test]
fn sec_3_names_of_others_stay_text() {
    for (name, page) in samples(Language::En) {
        assert!(!page.unwrap().contains("Lumière <script>"), "{name}");
    }
}

#[test]
fn sec_2_nothing_is_inline() {
    for (name, source) in sources() {
        for inline in [
            "<style",
            "style=",
            "javascript:",
            " onclick",
            " onload",
            " onchange",
            " onsubmit",
        ] {
            assert!(!source.contains(inline), "{name} has {inline}");
        }
        for (at, _) in source.match_indices("<script") {
            let tag = &source[at..source[at..].find("</script>").map_or(source.len(), |end| at + end)];
            assert!(tag.contains(" src=") && tag.trim_end().ends_with('>'), "{name}: {tag}");
        }
    }
}

#[test]
fn sec_2_every_posting_form_carries_its_token() {
    for (name, page) in samples(Language::En) {
        let page = page.unwrap();
        for (at, _) in page.match_indices("<form method=\"post\"") {
            let form = &page[at..at + page[at..].find("</form>").unwrap()];
            assert!(form.contains("name=\"csrf\" value=\"token\""), "{name}: {form}");
        }
    }
}

#[test]
fn ux_1_every_reference_has_its_target() {
    for (name, page) in samples(Language::En) {
        let page = page.unwrap();
        let ids: Vec<&str> = page
            .match_indices(" id=\"")
            .map(|(at, mark)| value(&page, at + mark.len()))
            .collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name} has an id twice: {ids:?}");
        for attribute in [" for=\"", " aria-labelledby=\"", " aria-describedby=\""] {
            for (at, mark) in page.match_indices(attribute) {
                for id in value(&page, at + mark.len()).split(' ') {
                    assert!(distinct.contains(id), "{name}:{attribute}{id}");
                }
            }
        }
    }
}

fn value(page: &str, at: usize) -> &str {
    let rest = &page[at..];
    &rest[..rest.find('"').unwrap_or(rest.len())]
}
