//! What a browser says about itself, in two words: enough to tell one's own sessions apart, and nothing to rely on.

/// Browsers that say to be another one stand before that one.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
];
const PLATFORMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser's family and the system it runs on; empty where it does not say.
pub(crate) fn device(agent: Option<&str>) -> (&'static str, &'static str) {
    let agent = agent.unwrap_or_default();
    let named = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    // Nearly everybody says 'Safari'; Safari alone says its version before it.
    let safari = || (agent.contains("Version/") && agent.contains("Safari/")).then_some("Safari");
    let browser = named(&BROWSERS).or_else(safari).unwrap_or_default();
    (browser, named(&PLATFORMS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn sec_2_a_session_is_told_apart_by_browser_and_system() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0.0.0",
                ("Edge", "Windows"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
                ("Firefox", "Linux"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.5 Safari/605.1.15",
                ("Safari", "macOS"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1",
                ("Chrome", "iPhone"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile \
                 Safari/537.36",
                ("Chrome", "Android"),
            ),
            ("<script>alert(1)</script>", ("", "")),
            ("", ("", "")),
        ] {
            assert_eq!(device(Some(agent)), expected, "{agent}");
        }
        assert_eq!(device(None), ("", ""));
    }
}
