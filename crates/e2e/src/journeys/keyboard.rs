//! UX-1: a trial started by keyboard alone.

use super::MATHILDE;
use crate::{Result, journey::Round, tab::Tab};
use serde_json::json;

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    let password = round.demo.password(MATHILDE)?.to_owned();
    round.be(MATHILDE).await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open("/sign-in").await?;
    tab.key("Tab").await?;
    tab.wait(
        "the first key leads past the frame",
        "document.activeElement.matches('.skip')",
    )
    .await?;
    tab.key("Enter").await?;
    tab.go_to("#email").await?;
    tab.type_text(MATHILDE).await?;
    tab.go_to("#password").await?;
    tab.type_text(&password).await?;
    tab.key_on("Enter").await?;
    tab.go_to("main a[href='/partner/start']").await?;
    tab.key_on("Enter").await?;
    start(tab).await?;
    tab.see("started-active.title").await
}

async fn start(tab: &Tab) -> Result {
    tab.go_to("#name").await?;
    tab.type_text("Tastatur GmbH").await?;
    tab.go_to("#admin_email").await?;
    tab.type_text("leni@tastatur.example").await?;
    for list in ["#vertical", "#country"] {
        tab.go_to(list).await?;
        tab.key("ArrowDown").await?;
        let chosen = format!("document.querySelector('{list}').value !== ''");
        tab.wait("something is chosen", &chosen).await?;
    }
    tab.go_to("#acknowledged").await?;
    tab.key(" ").await?;
    tab.key_on_button().await?;
    tab.go_to("#service-messaging").await?;
    tab.key(" ").await?;
    tab.key_on_button().await?;
    tab.go_to("#duration-30").await?;
    tab.key("ArrowDown").await?;
    tab.wait("an arrow chooses", "document.querySelector('#duration-60').checked")
        .await?;
    tab.key_on_button().await?;
    tab.key_on_button().await
}

impl Tab {
    /// Presses Tab until something has the focus, and it can be seen that it has.
    async fn go_to(&self, selector: &str) -> Result {
        let there = format!("document.activeElement.matches({})", json!(selector));
        for _ in 0..120 {
            if self.ask::<bool>(&there).await? {
                let seen = "getComputedStyle(document.activeElement).outlineStyle !== 'none'";
                return self.wait("one sees where one is", seen).await;
            }
            self.key("Tab").await?;
        }
        Err(format!("the keyboard does not reach `{selector}`"))
    }

    async fn key_on_button(&self) -> Result {
        self.go_to(super::start::ON).await?;
        self.key_on("Enter").await
    }
}
