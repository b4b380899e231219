//! TIME-4 from the demo's bar: a day, to the next event, to a date; and what then fell due.

use super::{LIN, MATHILDE, request, start::HALDEN};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    request::ask(round, LIN, &["messaging"]).await?;
    let asked: String = round
        .tab
        .ask("document.querySelector('main a.button-main').pathname")
        .await?;
    round.be(MATHILDE).await?;
    let trial = round.open_trial_of(HALDEN.name).await?;
    let first: String = round.tab.ask("document.querySelector('#demo-day').value").await?;
    clock(&mut round.tab, &first).await?;
    in_grace(&mut round.tab).await?;
    round.tab.open(&trial).await?;
    to_day(&round.tab, &first, 115).await?;
    round.tab.see("status-removed").await?;
    round.tab.audit("trial-removed").await?;
    round.tab.open("/partner/customers").await?;
    round.tab.audit("customers-later").await?;
    // CONS-2 and 5: nobody answered; the closed request can still be read by its link.
    round.be(LIN).await?;
    round.tab.open(&asked).await?;
    round.tab.see("status-lapsed").await?;
    round.tab.audit("trial-lapsed").await
}

/// 60 days from the start, and some.
async fn clock(tab: &mut Tab, first: &str) -> Result {
    tab.tap(".demo summary").await?;
    tab.audit("clock").await?;
    tab.tap(".demo summary").await?;
    for button in ["day", "next", "week"] {
        let before: String = tab.ask("document.querySelector('.demo-now').textContent").await?;
        tab.tap(".demo summary").await?;
        tab.press(&format!(".demo button[value={button}]")).await?;
        tab.see("done-clock").await?;
        let after: String = tab.ask("document.querySelector('.demo-now').textContent").await?;
        ensure("it is later", before != after)?;
    }
    to_day(tab, first, 56).await?;
    tab.see("status-expires-soon").await?;
    tab.audit("trial-ends-soon").await?;
    to_day(tab, first, 65).await
}

async fn in_grace(tab: &mut Tab) -> Result {
    tab.see("status-expired").await?;
    tab.audit("trial-in-grace").await?;
    tab.open("/demo/mailbox?to=sigrid.halden@fjordhus.example").await?;
    ensure("welcome, reminder and notice came", tab.count("a.line").await? >= 3)?;
    tab.audit("mailbox-later").await?;
    tab.press("a.line").await?;
    tab.audit("mail-later").await
}

/// To a day, by the field for dates.
pub(super) async fn to_day(tab: &Tab, first: &str, days: u32) -> Result {
    let day: String = tab
        .ask(&format!(
            "(() => {{ const day = new Date('{first}T12:00:00Z'); day.setUTCDate(day.getUTCDate() + {days});
              return day.toISOString().slice(0, 10); }})()"
        ))
        .await?;
    tab.tap(".demo summary").await?;
    tab.pick("#demo-day", &day).await?;
    tab.press(".demo button[value=date]").await?;
    tab.see("done-clock").await
}
