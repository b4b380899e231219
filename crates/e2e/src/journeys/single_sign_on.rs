//! A company's own sign-in: set up, asked for before it is confirmed, removed. What a provider does is tested elsewhere.

use super::MATHILDE;
use crate::{Result, journey::Round};

const PAGE: &str = "/settings/single-sign-on";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    let tab = &mut round.tab;
    tab.open(PAGE).await?;
    tab.audit("company-sign-in").await?;
    tab.fill("#issuer", "login.cordage.example").await?;
    tab.fill("#domains", "cordage.example").await?;
    tab.press("main form .button-main").await?;
    tab.see("problem-invalid-url").await?;
    tab.there_is(".faults a[href='#client_id']").await?;
    tab.audit("company-sign-in-wrong").await?;
    tab.fill("#issuer", "https://login.cordage.example").await?;
    tab.fill("#client_id", "foretaste").await?;
    tab.fill("#client_secret", "a secret").await?;
    tab.press("main form .button-main").await?;
    tab.see("done-single-sign-on").await?;
    tab.see("domain-waits").await?;
    tab.audit("company-sign-in-saved").await?;
    tab.press("main form .button-danger").await?;
    tab.audit("company-sign-in-remove").await?;
    tab.press("main form .button-danger").await?;
    tab.see("done-single-sign-on-removed").await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open("/sign-in").await?;
    tab.press("main a[href^='/sign-in/single-sign-on']").await?;
    tab.audit("single-sign-on").await?;
    tab.fill("#email", MATHILDE).await?;
    tab.press("main form button").await?;
    tab.see("single-sign-on-none").await?;
    tab.audit("single-sign-on-none").await
}
