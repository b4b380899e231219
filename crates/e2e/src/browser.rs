//! One Chromium for all rounds; each round gets a context of its own, with its own cookies.

use crate::{Result, look::Look, setting::Setting, tab::Tab};
use chromiumoxide::{
    Browser, BrowserConfig,
    cdp::browser_protocol::target::{CreateBrowserContextParams, CreateTargetParams},
};
use futures::StreamExt as _;
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// A running Chromium.
pub(crate) struct Chromium {
    browser: Browser,
    events: JoinHandle<()>,
    _profile: TempDir,
}

/// Nothing that asks the network by itself; as root there is no sandbox.
const FLAGS: [&str; 14] = [
    "headless",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "disable-default-apps",
    "disable-dev-shm-usage",
    "disable-backgrounding-occluded-windows",
    "disable-renderer-backgrounding",
    "disable-background-timer-throttling",
    "hide-scrollbars",
];

impl Chromium {
    pub(crate) async fn start(setting: &Setting) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("foretaste-chromium-").tempdir();
        let profile = profile.map_err(|error| format!("temporary folder: {error}"))?;
        let config = BrowserConfig::builder()
            .chrome_executable(&setting.chromium)
            .user_data_dir(profile.path())
            .disable_default_args()
            .args(FLAGS)
            .arg(("lang", "en-US"))
            .arg(("force-color-profile", "srgb"))
            .viewport(None)
            // A page's weight is that of a first visit.
            .disable_cache()
            .build()?;
        let (browser, mut handler) = Browser::launch(config).await.map_err(said)?;
        let events = tokio::spawn(async move { while handler.next().await.is_some() {} });
        Ok(Self {
            browser,
            events,
            _profile: profile,
        })
    }

    /// A tab that knows nothing of the others.
    pub(crate) async fn tab(&self, setting: &Setting, look: Look, url: &str) -> Result<Tab> {
        let context = self
            .browser
            .create_browser_context(CreateBrowserContextParams::default());
        let context = context.await.map_err(said)?;
        let mut target = CreateTargetParams::new("about:blank");
        target.browser_context_id = Some(context);
        let page = self.browser.new_page(target).await.map_err(said)?;
        Tab::new(page, setting.clone(), look, url.to_owned()).await
    }

    pub(crate) async fn stop(mut self) {
        // A browser that is gone already has stopped as well.
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
        self.events.abort();
    }
}

/// How a failure of the browser itself begins, not of a page.
pub(crate) const LOST: &str = "chromium: Request timed out";

pub(crate) fn said(error: impl std::fmt::Display) -> String {
    format!("chromium: {error}")
}
