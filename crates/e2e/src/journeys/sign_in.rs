//! In by a password, also after a wrong one, and out again.

use super::MATHILDE;
use crate::{
    Result,
    journey::Round,
    tab::{ensure, equal},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    let password = round.demo.password(MATHILDE)?.to_owned();
    let tab = &mut round.tab;
    tab.open("/partner/customers?sort=-end").await?;
    ensure(
        "one is asked to sign in",
        tab.address().await?.starts_with("/sign-in?back="),
    )?;
    tab.audit("sign-in").await?;
    tab.fill("#email", MATHILDE).await?;
    tab.fill("#password", "wrong").await?;
    tab.press("main form[action='/sign-in'] button").await?;
    tab.see("sign-in-wrong").await?;
    tab.there_is(".faults a[href='#email']").await?;
    tab.audit("sign-in-wrong").await?;
    tab.fill("#password", &password).await?;
    tab.press("main form[action='/sign-in'] button").await?;
    equal(
        "where one goes on",
        tab.address().await?.as_str(),
        "/partner/customers?sort=-end",
    )?;
    tab.tap(".corner summary").await?;
    tab.audit("menu").await?;
    tab.press("form[action='/sign-out'] button").await?;
    tab.see("done-signed-out").await?;
    tab.open("/partner/customers").await?;
    ensure("one is out", tab.address().await?.starts_with("/sign-in"))
}
