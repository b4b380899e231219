//! CONS-3, 6 and 7: the email, its link, and the answer of the customer's administrator.

use super::{MATHILDE, NORA};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, until},
};

const ACCEPT: &str = "form[action$='/accept'] .button-main";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    follow_the_email(round).await?;
    accept(&mut round.tab).await?;
    accept_the_rest(&mut round.tab).await?;
    round.tab.open("/requests").await?;
    round.tab.audit("requests").await?;
    round.be(MATHILDE).await?;
    let trial = round.open_trial_of("Harbour").await?;
    details(&mut round.tab, &trial).await
}

/// The link reveals nothing before one has signed in; an older email's link says that it is old.
async fn follow_the_email(round: &mut Round<'_>) -> Result {
    let password = round.demo.password(NORA)?.to_owned();
    round.leave().await?;
    let tab = &mut round.tab;
    // One for each request, and the one that was sent again. Emails leave in their own time.
    until("four emails are there", async || {
        tab.open(&format!("/demo/mailbox?to={NORA}")).await?;
        Ok(tab.count("a.line").await? == 4)
    })
    .await?;
    tab.audit("mailbox").await?;
    let mails: Vec<String> = tab
        .ask("[...document.querySelectorAll('a.line')].map((a) => a.getAttribute('href'))")
        .await?;
    tab.open(&mails[2]).await?;
    tab.audit("mail").await?;
    tab.press("a.button-main[href^='/requests/']").await?;
    tab.see("sign-in-by-link").await?;
    ensure("nothing is told yet", !tab.text("main").await?.contains("Cordage"))?;
    tab.audit("sign-in-by-link").await?;
    tab.fill("#email", NORA).await?;
    tab.fill("#password", &password).await?;
    tab.press("main button").await?;
    tab.see("request-level").await?;
    let request = tab.address().await?;
    tab.open(&mails[3]).await?;
    tab.press("a.button-main[href^='/requests/']").await?;
    tab.see("superseded-title").await?;
    tab.audit("request-superseded").await?;
    tab.open(&request).await
}

/// The box is not ticked beforehand; half of the rounds tick it.
async fn accept(tab: &mut Tab) -> Result {
    let ticked: bool = tab.ask("document.querySelector('#full').checked").await?;
    ensure("the box is not ticked", !ticked)?;
    tab.audit("request").await?;
    if tab.look.dark {
        tab.tap("#full").await?;
    }
    tab.press(ACCEPT).await?;
    tab.see("done-accepted").await?;
    tab.audit("request-accepted").await
}

/// CONS-6: of two services one is taken by now; the other partner's request for it is closed.
async fn accept_the_rest(tab: &mut Tab) -> Result {
    open_request_of(tab, "Sierra Bridge Systems").await?;
    tab.press(ACCEPT).await?;
    tab.see("request-gone").await?;
    tab.audit("request-reduced").await?;
    if tab.look.dark {
        tab.press(ACCEPT).await?;
        tab.see("done-accepted").await?;
    } else {
        decline(tab, "Sierra Bridge Systems").await?;
    }
    // The first acceptance won: what another asked for is taken, and the request closed.
    open_request_of(tab, "遠山資訊股份有限公司").await?;
    tab.see("request-is-declined").await?;
    tab.there_is_no(ACCEPT).await
}

async fn open_request_of(tab: &Tab, partner: &str) -> Result {
    tab.open("/requests").await?;
    let lines: Vec<(String, String)> = tab
        .ask("[...document.querySelectorAll('a.line')].map((a) => [a.getAttribute('href'), a.innerText])")
        .await?;
    let found = lines.iter().find(|(_, text)| text.contains(partner));
    let (address, _) = found.ok_or_else(|| format!("no request of {partner} among {lines:?}"))?;
    tab.open(address).await
}

async fn decline(tab: &mut Tab, partner: &str) -> Result {
    open_request_of(tab, partner).await?;
    tab.tap(".decline summary").await?;
    tab.fill("#reason", "Not this year.").await?;
    tab.audit("request-declining").await?;
    tab.press("form[action$='/decline'] button").await?;
    tab.see("done-declined").await?;
    tab.audit("request-declined").await
}

/// PROV-1: confirmed in one step after consent.
async fn details(tab: &mut Tab, trial: &str) -> Result {
    tab.audit("trial-pending-details").await?;
    tab.press("a.button-main[href$='/details']").await?;
    tab.fill("#site", "").await?;
    tab.press("main .button-main").await?;
    tab.there_is(".faults a[href='#site']").await?;
    tab.audit("details-errors").await?;
    tab.fill("#site", "harbourpine").await?;
    tab.audit("details").await?;
    tab.press("main .button-main").await?;
    tab.see("done-details").await?;
    let at = tab.address().await?;
    ensure(
        "one is back at the trial",
        at.starts_with(trial.split('?').next().unwrap_or(trial)),
    )?;
    tab.audit("trial-consented").await
}
