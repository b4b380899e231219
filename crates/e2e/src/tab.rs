//! A tab, used as a person uses it: by mouse and keys, and by waiting until something is to be seen.

use crate::{Result, browser::said, look::Look, setting::Setting};
use chromiumoxide::{
    Page,
    cdp::{
        browser_protocol::{
            emulation::{
                MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetScriptExecutionDisabledParams,
            },
            input::{DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams},
            log::{EventEntryAdded, LogEntryLevel, LogEntrySource},
            page::NavigateParams,
        },
        js_protocol::runtime::EvaluateParams,
    },
    layout::Point,
};
use futures::StreamExt as _;
use i18n::Arg;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// How long something may take to appear; far more than it ever should.
const PATIENCE: Duration = Duration::from_secs(30);

/// One tab in one look.
#[derive(Debug)]
pub(crate) struct Tab {
    pub(crate) page: Page,
    pub(crate) setting: Setting,
    pub(crate) look: Look,
    pub(crate) base: String,
    /// What is wrong with the pages seen so far.
    pub(crate) findings: Vec<String>,
    /// What the browser complained about: broken scripts, what the pages' policy forbids.
    pub(crate) complaints: Arc<Mutex<Vec<String>>>,
}

/// Tries until it is so.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> Result<bool>) -> Result {
    let begin = Instant::now();
    while !is_so().await? {
        if begin.elapsed() > PATIENCE {
            return Err(format!("waited {} s in vain until {what}", PATIENCE.as_secs()));
        }
        #[expect(clippy::disallowed_methods, reason = "the pause between two looks at a condition")]
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    Ok(())
}

impl Tab {
    pub(crate) async fn new(page: Page, setting: Setting, look: Look, base: String) -> Result<Self> {
        let tab = Self {
            page,
            setting,
            look,
            base,
            findings: Vec::new(),
            complaints: Arc::default(),
        };
        tab.listen().await?;
        tab.widen(look.width()).await?;
        let scheme = MediaFeature::new("prefers-color-scheme", if look.dark { "dark" } else { "light" });
        let still = MediaFeature::new("prefers-reduced-motion", "reduce");
        let media = SetEmulatedMediaParams::builder().features([scheme, still]).build();
        tab.page.execute(media).await.map_err(said)?;
        tab.scripts(look.script).await?;
        Ok(tab)
    }

    /// Keeps the browser's complaints. Answers with an error status are none: the journeys ask for them.
    async fn listen(&self) -> Result {
        self.page.enable_log().await.map_err(said)?;
        let mut entries = self.page.event_listener::<EventEntryAdded>().await.map_err(said)?;
        let complaints = Arc::clone(&self.complaints);
        tokio::spawn(async move {
            while let Some(added) = entries.next().await {
                let entry = &added.entry;
                let counts = entry.level == LogEntryLevel::Error && entry.source != LogEntrySource::Network;
                if let Some(mut complaints) = counts.then(|| complaints.lock().ok()).flatten() {
                    complaints.push(entry.text.clone());
                }
            }
        });
        Ok(())
    }

    /// Whether pages may run scripts.
    pub(crate) async fn scripts(&self, run: bool) -> Result {
        let scripts = SetScriptExecutionDisabledParams::new(!run);
        self.page.execute(scripts).await.map_err(said).map(|_| ())
    }

    pub(crate) async fn widen(&self, width: u32) -> Result {
        let height = if width < 600 { 640 } else { 900 };
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, 1.0, false);
        self.page.execute(metrics).await.map_err(said).map(|_| ())
    }

    /// Asks the page; `None` while it changes to another.
    async fn try_ask(&self, script: &str) -> Result<Option<Value>> {
        let ask = EvaluateParams::builder().expression(script).return_by_value(true);
        let ask = ask.await_promise(true).build()?;
        let Ok(answer) = self.page.execute(ask).await else {
            return Ok(None);
        };
        if let Some(wrong) = &answer.result.exception_details {
            let text = wrong.exception.as_ref().and_then(|one| one.description.clone());
            return Err(format!("{}: {script:.200}", text.unwrap_or_else(|| wrong.text.clone())));
        }
        Ok(Some(answer.result.result.value.unwrap_or(Value::Null)))
    }

    /// Asks the page.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        let mut answer = None;
        until("the page answers", async || {
            answer = self.try_ask(script).await?;
            Ok(answer.is_some())
        })
        .await?;
        serde_json::from_value(answer.unwrap_or_default()).map_err(|error| format!("{error}: {script:.200}"))
    }

    /// Waits until the page says yes.
    pub(crate) async fn wait(&self, what: &str, script: &str) -> Result {
        let waited = until(
            what,
            async || Ok(self.try_ask(script).await? == Some(Value::Bool(true))),
        );
        match waited.await {
            Ok(()) => Ok(()),
            Err(reason) => Err(format!("{reason} (at {})", self.address().await?)),
        }
    }

    /// Path and query.
    pub(crate) async fn address(&self) -> Result<String> {
        self.ask("location.pathname + location.search").await
    }

    /// What happens next leads to another document; waits until that is there, whole.
    async fn leaving(&self, act: impl AsyncFnOnce() -> Result) -> Result {
        let _: bool = self.ask("window.left = true").await?;
        act().await?;
        let whole = "!window.left && document.readyState === 'complete'";
        self.wait("the next page is there", whole).await
    }

    /// Opens an address of ours.
    pub(crate) async fn open(&self, path: &str) -> Result {
        let url = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        self.leaving(async || {
            let answer = self.page.execute(NavigateParams::new(url)).await.map_err(said)?;
            answer.result.error_text.clone().map_or(Ok(()), Err)
        })
        .await
    }

    /// The middle of what is to be pressed, once it can be reached by a pointer.
    async fn spot(&self, selector: &str) -> Result<Point> {
        let script = format!(
            "(() => {{ const one = document.querySelector({}); if (!one) return null;
              one.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
              const box = one.getClientRects()[0]; if (!box) return null;
              const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
              const top = document.elementFromPoint(x, y);
              return top && (one.contains(top) || top.closest('label')?.control === one) ? [x, y] : null; }})()",
            json!(selector)
        );
        let mut spot: Option<(f64, f64)> = None;
        let waited = until(&format!("`{selector}` can be pressed"), async || {
            let answer = self.try_ask(&script).await?.unwrap_or_default();
            spot = serde_json::from_value(answer).map_err(|error| error.to_string())?;
            Ok(spot.is_some())
        })
        .await;
        match (waited, spot) {
            (Ok(()), Some((x, y))) => Ok(Point::new(x, y)),
            (Err(reason), _) => Err(format!("{reason} (at {})", self.address().await?)),
            _ => Err(format!("no `{selector}`")),
        }
    }

    /// Presses something that stays on the page.
    pub(crate) async fn tap(&self, selector: &str) -> Result {
        let spot = self.spot(selector).await?;
        self.page.click(spot).await.map_err(said).map(|_| ())
    }

    /// Presses something that leads on.
    pub(crate) async fn press(&self, selector: &str) -> Result {
        let spot = self.spot(selector).await?;
        self.leaving(async || self.page.click(spot).await.map_err(said).map(|_| ()))
            .await
    }

    /// A key, as from the keyboard.
    pub(crate) async fn key(&self, key: &str) -> Result {
        let (name, code, text) = match key {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            " " => ("Space", 32, " "),
            "ArrowDown" => ("ArrowDown", 40, ""),
            "Delete" => ("Delete", 46, ""),
            unknown => return Err(format!("no key `{unknown}`")),
        };
        for kind in [DispatchKeyEventType::RawKeyDown, DispatchKeyEventType::KeyUp] {
            let down = matches!(kind, DispatchKeyEventType::RawKeyDown);
            let mut press = DispatchKeyEventParams::builder()
                .key(key)
                .code(name)
                .windows_virtual_key_code(code)
                .r#type(if down && !text.is_empty() {
                    DispatchKeyEventType::KeyDown
                } else {
                    kind
                });
            if down && !text.is_empty() {
                press = press.text(text);
            }
            self.page.execute(press.build()?).await.map_err(said)?;
        }
        Ok(())
    }

    /// A key that leads on.
    pub(crate) async fn key_on(&self, key: &str) -> Result {
        self.leaving(async || self.key(key).await).await
    }

    /// Types where the cursor stands.
    pub(crate) async fn type_text(&self, text: &str) -> Result {
        let typed = self.page.execute(InsertTextParams::new(text)).await;
        typed.map_err(said).map(|_| ())
    }

    /// Replaces what a field holds.
    pub(crate) async fn fill(&self, selector: &str, text: &str) -> Result {
        self.tap(selector).await?;
        let own = json!(selector);
        let focused = format!("document.activeElement === document.querySelector({own})");
        self.wait(&format!("`{selector}` has the focus"), &focused).await?;
        let _: Value = self.ask(&format!("document.querySelector({own}).select()")).await?;
        if text.is_empty() {
            self.key("Delete").await?;
        } else {
            self.type_text(text).await?;
        }
        let holds = format!("document.querySelector({own}).value === {}", json!(text));
        self.wait(&format!("`{selector}` holds {text:?}"), &holds).await
    }

    /// Picks from a list by value. The list itself is the system's, out of a page's reach.
    pub(crate) async fn pick(&self, selector: &str, value: &str) -> Result {
        let script = format!(
            "(() => {{ const one = document.querySelector({}); one.value = {};
              one.dispatchEvent(new Event('change', {{ bubbles: true }})); return one.value; }})()",
            json!(selector),
            json!(value)
        );
        let got: String = self.ask(&script).await?;
        equal(&format!("`{selector}`"), got.as_str(), value)
    }

    /// A text of the catalogue, in the language of the look.
    pub(crate) fn words(&self, id: &str, args: &[(&str, Arg)]) -> String {
        i18n::text(self.look.language, id, args)
    }

    /// Waits until a text of the catalogue stands in the page.
    pub(crate) async fn see(&self, id: &str) -> Result {
        self.see_text(&self.words(id, &[])).await
    }

    /// The same for a text with values.
    pub(crate) async fn see_with(&self, id: &str, args: &[(&str, Arg)]) -> Result {
        self.see_text(&self.words(id, args)).await
    }

    pub(crate) async fn see_text(&self, text: &str) -> Result {
        let script = format!("document.querySelector('main').innerText.includes({})", json!(text));
        self.wait(&format!("one reads {text:?}"), &script).await
    }

    /// How many there are.
    pub(crate) async fn count(&self, selector: &str) -> Result<usize> {
        self.ask(&format!("document.querySelectorAll({}).length", json!(selector)))
            .await
    }

    pub(crate) async fn there_is(&self, selector: &str) -> Result {
        at_least_one(selector, self.count(selector).await?, &self.address().await?)
    }

    pub(crate) async fn there_is_no(&self, selector: &str) -> Result {
        equal(&format!("how many `{selector}`"), &self.count(selector).await?, &0)
    }

    /// The text of something.
    pub(crate) async fn text(&self, selector: &str) -> Result<String> {
        self.there_is(selector).await?;
        self.ask(&format!("document.querySelector({}).innerText", json!(selector)))
            .await
    }
}

pub(crate) fn equal<T: PartialEq<U> + std::fmt::Debug + ?Sized, U: std::fmt::Debug + ?Sized>(
    what: &str,
    got: &T,
    wanted: &U,
) -> Result {
    if got == wanted {
        return Ok(());
    }
    Err(format!("{what}: {got:?} instead of {wanted:?}"))
}

pub(crate) fn ensure(what: &str, is_so: bool) -> Result {
    if is_so { Ok(()) } else { Err(format!("not so: {what}")) }
}

fn at_least_one(selector: &str, count: usize, address: &str) -> Result {
    if count > 0 {
        return Ok(());
    }
    Err(format!("there is no `{selector}` at {address}"))
}
