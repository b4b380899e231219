//! First-time set-up (SETUP-1, SETUP-2): left at a step, taken up again, by the partner and by the customer.

use super::{AOIFE, MATHILDE};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

/// Goes on to the next step.
const ON: &str = ".actions .button-main";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    let tab = &mut round.tab;
    tab.open("/partner/customers?status=active").await?;
    tab.press("tbody th a").await?;
    tab.press("a.line[href$='/setup']").await?;
    tab.see("setup-list-title").await?;
    tab.audit("setup-list-partner").await?;
    tab.press("a.line[href$='/summary']").await?;
    tab.audit("setup-summary-partner").await?;
    round.be(AOIFE).await?;
    own(&mut round.tab).await
}

async fn own(tab: &mut Tab) -> Result {
    tab.open("/control/setup").await?;
    tab.audit("setup-list").await?;
    tab.press("a.line[href$='/profile']").await?;
    tab.audit("setup-profile").await?;
    tab.fill("#website", "nowhere").await?;
    tab.press(ON).await?;
    tab.there_is(".faults a[href='#website']").await?;
    tab.audit("setup-profile-faults").await?;
    tab.fill("#website", "https://larkfield.example/").await?;
    tab.press(ON).await?;
    // Later is no loss: the list says so, and what was typed is there again.
    tab.open("/control/setup/users").await?;
    tab.audit("setup-users").await?;
    tab.open("/control/setup/calling").await?;
    tab.press("button[value='later']").await?;
    tab.see("setup-state-later").await?;
    tab.open("/control/setup/profile").await?;
    let kept: String = tab.ask("document.querySelector('#website').value").await?;
    ensure("what was typed is kept", kept == "https://larkfield.example/")?;
    tab.open("/control/setup").await?;
    if tab.count("a.line[href$='/calling']").await? == 0 {
        return Ok(());
    }
    calling(tab).await
}

async fn calling(tab: &mut Tab) -> Result {
    tab.press("a.line[href$='/calling']").await?;
    tab.audit("setup-calling").await?;
    tab.press("button[value='location']").await?;
    tab.there_is(".faults a[href='#location_name']").await?;
    tab.fill("#location_name", "Paris").await?;
    tab.fill("#lines", "1 rue de Rivoli").await?;
    tab.fill("#postal_code", "75001").await?;
    tab.fill("#city", "Paris").await?;
    tab.pick("#country", "FR").await?;
    tab.press("button[value='location']").await?;
    tab.see("done-edited").await?;
    tab.fill("#numbers", "+33 1 40 20 50 51").await?;
    tab.press("button[value='numbers']").await?;
    tab.see("done-edited").await?;
    tab.audit("setup-calling-numbers").await?;
    tab.fill("#numbers", "0140205052").await?;
    tab.press("button[value='numbers']").await?;
    tab.there_is(".faults a[href='#numbers']").await?;
    tab.audit("setup-calling-faults").await
}
