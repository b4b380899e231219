//! A forgotten password, the door behind the email, and one's own account: codes, tokens, sessions (SEC-2, UX-5).

use super::BETTINA;
use crate::{
    Result,
    journey::Round,
    tab::{ensure, equal, until},
};
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "seven knots and a half";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    let door = forgot(round).await?;
    let tab = &mut round.tab;
    tab.open(&door).await?;
    tab.audit("door").await?;
    tab.fill("#password", "password1").await?;
    tab.press("main button").await?;
    tab.see("problem-breached").await?;
    tab.audit("door-wrong").await?;
    tab.fill("#password", PASSWORD).await?;
    tab.press("main button").await?;
    equal("where one belongs", tab.address().await?.as_str(), "/partner/customers")?;
    let spare = set_up_code(round).await?;
    token(round).await?;
    round.leave().await?;
    sign_in_with(round, &spare).await?;
    let tab = &mut round.tab;
    tab.open(&door).await?;
    tab.see("door-used").await?;
    tab.audit("door-used").await?;
    tab.open("/account/code").await?;
    tab.audit("code-in-use").await?;
    tab.press("button[value=remove]").await?;
    tab.see("done-code-removed").await
}

/// Asks for a new password; the address behind the email's button.
async fn forgot(round: &mut Round<'_>) -> Result<String> {
    let tab = &mut round.tab;
    tab.open("/sign-in").await?;
    tab.press("main a[href='/forgot']").await?;
    tab.audit("forgot").await?;
    tab.fill("#email", BETTINA).await?;
    tab.press("main button").await?;
    tab.see("forgot-sent").await?;
    tab.audit("forgot-sent").await?;
    let find = "(document.querySelector('main').innerText.match(/[/]door[/][a-z]+[.][-_A-Za-z0-9]+/) || [''])[0]";
    let mut door = String::new();
    until("the email is there", async || {
        tab.open(&format!("/demo/mailbox?to={BETTINA}")).await?;
        if tab.count("main a[href^='/demo/mailbox/']").await? == 0 {
            return Ok(false);
        }
        tab.press("main a[href^='/demo/mailbox/']").await?;
        door = tab.ask(find).await?;
        Ok(!door.is_empty())
    })
    .await?;
    Ok(door)
}

/// Turns the code on; a recovery code.
async fn set_up_code(round: &mut Round<'_>) -> Result<String> {
    let tab = &mut round.tab;
    tab.tap(".corner summary").await?;
    tab.press(".corner a[href='/account']").await?;
    tab.audit("account").await?;
    tab.open("/account/password").await?;
    tab.audit("password").await?;
    tab.open("/account/code").await?;
    tab.audit("code-set-up").await?;
    let key = tab.text("main code").await?.replace(' ', "");
    let secret = Secret::try_from_base32(key).map_err(|error| format!("the key: {error:?}"))?;
    let device = Builder::new().with_secret(secret).build();
    let device = device.map_err(|error| format!("the device: {error}"))?;
    tab.fill("#code", &device.generate(now()).to_string()).await?;
    tab.press("main .button-main").await?;
    tab.see("recovery-title").await?;
    tab.audit("recovery").await?;
    tab.text("main li code").await
}

async fn token(round: &mut Round<'_>) -> Result {
    let tab = &mut round.tab;
    tab.open("/account/tokens").await?;
    tab.audit("token").await?;
    tab.fill("#label", "build").await?;
    tab.press("main .button-main").await?;
    tab.see("token-made-title").await?;
    tab.audit("token-made").await?;
    tab.open("/account").await?;
    tab.audit("account-full").await
}

async fn sign_in_with(round: &mut Round<'_>, spare: &str) -> Result {
    let tab = &mut round.tab;
    tab.open("/sign-in?back=%2Faccount").await?;
    tab.fill("#email", BETTINA).await?;
    tab.fill("#password", PASSWORD).await?;
    tab.press("main button").await?;
    tab.see("code-title").await?;
    tab.audit("code").await?;
    tab.fill("#code", spare).await?;
    tab.press("main button").await?;
    equal("where one goes on", tab.address().await?.as_str(), "/account")?;
    tab.open("/prove?back=%2Faccount").await?;
    tab.audit("prove").await?;
    ensure("both are asked", tab.count("#password, #code").await? == 2)
}

#[expect(clippy::disallowed_methods, reason = "the device's own clock")]
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
