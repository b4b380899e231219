//! What every page must keep: axe finds nothing, nothing is wider than a phone, it is light, and it is pictured.

use crate::{
    Result,
    browser::said,
    look::{NARROW, WIDE},
    tab::Tab,
};
use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, CaptureScreenshotParams, Viewport};
use serde::Deserialize;
use std::fs;

/// PERF-4: a page with its own assets, on the wire.
const WEIGHT: u64 = 100 * 1024;

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

const RUN_AXE: &str = "axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false })
  .then((found) => found.violations.map(({ id, help, nodes }) =>
    ({ id, help, nodes: nodes.slice(0, 3).map((node) => node.target.join(' ')) })))";

/// Everything that reaches beyond the window and cannot be scrolled in a box of its own.
const TOO_WIDE: &str = "(() => { const page = document.documentElement; const found = [];
  if (page.scrollWidth > innerWidth) found.push(`the page: ${page.scrollWidth} px`);
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    const clipped = () => { for (let up = one; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true; } };
    if (box.width > 1 && box.right > innerWidth + 1 && !one.closest('svg') && !clipped())
      found.push(`${one.tagName.toLowerCase()}.${one.className}: ${Math.round(box.right)} px`);
  } return found.slice(0, 5); })()";

/// Texts that their own box hides in part.
const CUT: &str = "[...document.querySelectorAll('main *')].filter((one) => one.clientWidth > 1
  && !one.matches('input, select, textarea') && one.scrollWidth > one.clientWidth + 1 && ['hidden', 'clip'].includes(getComputedStyle(one).overflowX))
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.innerText.slice(0, 40)}`).slice(0, 5)";

const ON_THE_WIRE: &str = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, one) => sum + one.transferSize, 0)";

impl Tab {
    /// Looks at the page that is open, and remembers under `name` what is wrong with it.
    pub(crate) async fn audit(&mut self, name: &str) -> Result {
        let mut found = self.look_closely().await?;
        let weight: u64 = self.ask(ON_THE_WIRE).await?;
        if !(1024..=WEIGHT).contains(&weight) {
            found.push(format!("{weight} bytes on the wire"));
        }
        if let Ok(mut complaints) = self.complaints.lock() {
            found.extend(complaints.drain(..).map(|text| format!("the browser says: {text}")));
        }
        for width in [WIDE, NARROW] {
            self.widen(width).await?;
            for cut in self.cut().await? {
                found.push(format!("cut at {width} px: {cut}"));
            }
            if width == NARROW {
                found.extend(self.too_wide().await?);
            }
            self.picture(&format!("{name}-{width}")).await?;
        }
        self.widen(self.look.width()).await?;
        self.findings
            .extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        Ok(())
    }

    /// What axe says.
    pub(crate) async fn look_closely(&self) -> Result<Vec<String>> {
        let there: bool = self.ask("typeof axe === 'object'").await?;
        if !there {
            let _: bool = self.ask(&format!("{};true", self.setting.axe)).await?;
        }
        // axe waits for promises, which rest where no script may run.
        self.scripts(true).await?;
        let violations: Vec<Violation> = self.ask(RUN_AXE).await?;
        self.scripts(self.look.script).await?;
        let line = |one: &Violation| format!("axe {}: {} at {}", one.id, one.help, one.nodes.join(" | "));
        Ok(violations.iter().map(line).collect())
    }

    pub(crate) async fn cut(&self) -> Result<Vec<String>> {
        self.ask(CUT).await
    }

    pub(crate) async fn too_wide(&self) -> Result<Vec<String>> {
        let wide: Vec<String> = self.ask(TOO_WIDE).await?;
        Ok(wide
            .iter()
            .map(|one| format!("wider than {NARROW} px: {one}"))
            .collect())
    }

    /// The whole page, as a file.
    pub(crate) async fn picture(&self, name: &str) -> Result {
        let (width, height): (f64, f64) = self
            .ask("[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]")
            .await?;
        let whole_page = Viewport {
            x: 0.0,
            y: 0.0,
            width,
            height: height.min(6000.0),
            scale: 1.0,
        };
        let whole = CaptureScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .clip(whole_page)
            .capture_beyond_viewport(true)
            .optimize_for_speed(true)
            .build();
        let taken = self.page.execute(whole).await.map_err(said)?;
        let folder = self.setting.screens.join(self.look.name());
        let file = folder.join(format!("{name}.png"));
        let octets = decoded(taken.result.data.as_ref())?;
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, octets));
        written.map_err(|error| format!("{}: {error}", file.display()))
    }
}

fn decoded(text: &[u8]) -> Result<Vec<u8>> {
    data_encoding::BASE64
        .decode(text)
        .map_err(|error| format!("a picture: {error}"))
}
