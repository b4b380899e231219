//! The trials team, the page of all parts, pages about failures; and that the checks themselves can fail.

use super::{BETTINA, ETIENNE, NORA, SOLENE};
use crate::{
    Result,
    journey::Round,
    look::NARROW,
    tab::{ensure, equal, until},
};

/// A page with one fault for each check finds them all.
pub(super) async fn checks_can_fail(round: &mut Round<'_>) -> Result {
    let tab = &mut round.tab;
    tab.open("/welcome").await?;
    // By properties: the pages' own policy forbids styles in attributes, here as everywhere.
    let spoil = "document.querySelector('main').innerHTML = '<img src=\"/x\"><p id=wide>wide</p><p id=cut>cut off</p>';
      document.querySelector('#wide').style.width = '900px';
      Object.assign(document.querySelector('#cut').style, { width: '9px', overflow: 'hidden', whiteSpace: 'nowrap' }); true";
    let _: bool = tab.ask(spoil).await?;
    let found = tab.look_closely().await?;
    ensure("what is cut is found", !tab.cut().await?.is_empty())?;
    ensure(
        "axe finds an image without words",
        found.iter().any(|one| one.contains("image-alt")),
    )?;
    tab.widen(NARROW).await?;
    let wide = tab.too_wide().await?;
    tab.widen(tab.look.width()).await?;
    ensure("what is too wide is found", !wide.is_empty())?;
    ensure("what is not there is missed", tab.there_is("#not-there").await.is_err())?;
    let inline = "document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' })); true";
    let _: bool = tab.ask(inline).await?;
    let complaints = tab.complaints.clone();
    until("the browser complains of a style in the page", async || {
        Ok(complaints.lock().is_ok_and(|mut all| all.drain(..).count() > 0))
    })
    .await
}

pub(super) async fn vendor(round: &mut Round<'_>) -> Result {
    round.be(ETIENNE).await?;
    let tab = &mut round.tab;
    tab.audit("approvals").await?;
    let before = tab.count(".approval").await?;
    ensure("something waits", before > 0)?;
    tab.press(".approval button[value=approve]").await?;
    tab.see("done-approved").await?;
    equal("one less", &tab.count(".approval").await?, &(before - 1))?;
    // What was decided stands below, with who and when.
    tab.see("approvals-last").await?;
    ensure("it is listed", tab.count("tbody tr").await? > 0)?;
    tab.audit("approvals-none").await?;
    tab.press(".tabs a[href*='kind=country']").await?;
    equal("the view that is shown", &tab.count(".tabs a[aria-current]").await?, &1)
}

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    // ORG-1: a lapsed partner's people read why they can do nothing else.
    round.be(SOLENE).await?;
    round.tab.see("error-lapsed").await?;
    round.tab.audit("error-lapsed").await?;
    round.be(BETTINA).await?;
    let tab = &mut round.tab;
    tab.open("/design").await?;
    tab.audit("design").await?;
    tab.open("/nowhere").await?;
    tab.audit("error-not-found").await?;
    tab.open("/partner/start").await?;
    tab.audit("error-forbidden").await?;
    tab.tap(".demo-who summary").await?;
    tab.audit("demo-who").await?;
    round.leave().await?;
    round.tab.open("/welcome").await?;
    round.tab.audit("welcome").await?;
    round.be(NORA).await?;
    round.tab.open("/demo/mailbox?to=nobody@nowhere.example").await?;
    round.tab.see("mailbox-none").await?;
    round.tab.audit("mailbox-none").await
}
