//! A passkey on a device of the browser's own making: made, used to sign in, refused, removed.

use super::MATHILDE;
use crate::{
    Result,
    browser::said,
    journey::Round,
    tab::{Tab, ensure, equal},
};
use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddVirtualAuthenticatorParams, AuthenticatorId, AuthenticatorProtocol, AuthenticatorTransport, DisableParams,
    EnableParams, SetUserVerifiedParams, VirtualAuthenticatorOptions,
};

const MINE: &str = "/account/passkeys";
const BUTTON: &str = "ft-passkey button";

/// A device that is always at hand.
async fn device(tab: &Tab) -> Result<AuthenticatorId> {
    tab.page.execute(EnableParams::default()).await.map_err(said)?;
    let device = VirtualAuthenticatorOptions::builder()
        .protocol(AuthenticatorProtocol::Ctap2)
        .transport(AuthenticatorTransport::Internal)
        .has_resident_key(true)
        .has_user_verification(true)
        .is_user_verified(true)
        .automatic_presence_simulation(true)
        .build()?;
    let added = tab.page.execute(AddVirtualAuthenticatorParams::new(device)).await;
    Ok(added.map_err(said)?.result.authenticator_id.clone())
}

/// Whether its owner unlocks it.
async fn unlocks(tab: &Tab, device: &AuthenticatorId, unlocks: bool) -> Result {
    let set = SetUserVerifiedParams::new(device.clone(), unlocks);
    tab.page.execute(set).await.map_err(said).map(|_| ())
}

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    if !round.tab.look.script {
        return without_script(round).await;
    }
    let device = device(&round.tab).await?;
    let done = with(round, &device).await;
    round.tab.page.execute(DisableParams::default()).await.map_err(said)?;
    done
}

async fn with(round: &mut Round<'_>, device: &AuthenticatorId) -> Result {
    let tab = &mut round.tab;
    tab.open(MINE).await?;
    tab.see("passkeys-none").await?;
    tab.audit("passkeys").await?;
    tab.fill("#label", "Schlüsselbund").await?;
    tab.press(BUTTON).await?;
    tab.see("done-passkey-added").await?;
    tab.see_text("Schlüsselbund").await?;
    tab.audit("passkeys-one").await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open("/sign-in?back=/partner/customers").await?;
    unlocks(tab, device, false).await?;
    tab.tap(BUTTON).await?;
    tab.see("passkey-failed").await?;
    tab.audit("sign-in-passkey-failed").await?;
    unlocks(tab, device, true).await?;
    tab.press(BUTTON).await?;
    equal("where one goes on", tab.address().await?.as_str(), "/partner/customers")?;
    tab.open(MINE).await?;
    tab.there_is(".line .stamp").await?;
    tab.press(".lines form button").await?;
    tab.see("done-passkey-removed").await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open("/sign-in").await?;
    tab.press(BUTTON).await?;
    tab.see("problem-passkey-refused").await?;
    tab.audit("sign-in-passkey-refused").await?;
    tab.open(MINE).await?;
    ensure("one is out", tab.address().await?.starts_with("/sign-in"))
}

async fn without_script(round: &mut Round<'_>) -> Result {
    let tab = &mut round.tab;
    tab.open(MINE).await?;
    tab.see("passkey-unable").await?;
    tab.audit("passkeys").await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open("/sign-in").await?;
    tab.see("passkey-unable").await?;
    tab.there_is("#password").await
}
