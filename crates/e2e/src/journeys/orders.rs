//! CONV: a customer says that it would like to buy, its partner orders, and whoever sets it up misses nothing; a tier 2
//! partner hands it to its distributor; the order desk orders for a partner.

use super::{
    AOIFE, LIN, MATHILDE,
    start::{Newcomer, ON, who},
};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, equal},
};

/// The order desk.
const YATING: &str = "hsu.yating@meridian.example";
const SMALL: Newcomer = Newcomer {
    name: "Blue Harbour Print",
    email: "office@blueharbour.example",
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(AOIFE).await?;
    wish(&mut round.tab).await?;
    round.be(MATHILDE).await?;
    round.open_trial_of("Larkfield").await?;
    let order = convert(&mut round.tab).await?;
    round.be(AOIFE).await?;
    round.tab.open("/control/overview").await?;
    round.tab.audit("overview-ordered").await?;
    round.be(MATHILDE).await?;
    round.tab.open(&format!("/partner/orders/{order}")).await?;
    set_up(&mut round.tab, &order).await?;
    round.be(AOIFE).await?;
    let tab = &mut round.tab;
    tab.open("/control/overview").await?;
    tab.audit("overview-bought").await?;
    tab.open("/control/subscriptions").await?;
    tab.see("purchase-not-tried").await?;
    tab.audit("subscriptions-bought").await?;
    hand(round).await
}

/// CONV-8: the same word for the same button as in the emails.
async fn wish(tab: &mut Tab) -> Result {
    tab.open("/control/subscriptions#purchase").await?;
    let button = tab.words("purchase-button", &[]);
    equal(
        "the button",
        tab.text("#purchase .button-main").await?.as_str(),
        button.as_str(),
    )?;
    tab.press("#purchase .button-main").await?;
    tab.see("purchase-then-nothing").await?;
    tab.audit("purchase").await?;
    tab.fill("#note", "Twelve licences, please.").await?;
    tab.press("main form[action='/control/purchase'] .button-main").await?;
    tab.see("done-purchase-wanted").await?;
    tab.audit("subscriptions-wanted").await
}

/// CONV-1, 2, 5: what changes is shown before the order is placed.
async fn convert(tab: &mut Tab) -> Result<String> {
    tab.press("main .head a[href$='/convert']").await?;
    tab.audit("convert").await?;
    tab.fill("#quantity-messaging", "many").await?;
    tab.press(".card-form .actions button").await?;
    tab.there_is(".faults a[href='#services']").await?;
    tab.audit("convert-errors").await?;
    tab.fill("#quantity-messaging", "1").await?;
    tab.fill("#quantity-calling", "").await?;
    tab.press(".card-form .actions button").await?;
    tab.there_is("#checked .difference-lost").await?;
    tab.audit("convert-checked").await?;
    // Back and forth: the pages are there again, as they were.
    tab.press("#checked .head a[href$='#services']").await?;
    tab.there_is("#quantity-messaging[value='1']").await?;
    tab.press(".card-form .actions button").await?;
    tab.press("#checked .button-main").await?;
    tab.see("done-order-placed").await?;
    tab.audit("order-placed").await?;
    let address = tab.address().await?;
    tab.open("/partner/orders").await?;
    tab.audit("orders").await?;
    tab.press("tbody th a").await?;
    tab.tap("main details summary").await?;
    tab.audit("order").await?;
    tab.press(".head .button-danger").await?;
    tab.audit("order-close").await?;
    tab.press(".actions a.button-main").await?;
    let id = address.split(['/', '?']).find(|part| part.starts_with("order_"));
    id.map(str::to_owned).ok_or_else(|| format!("no order in {address}"))
}

/// CONV-3 to 5: three answers, a wrong address on the way, every loss ticked.
async fn set_up(tab: &mut Tab, order: &str) -> Result {
    tab.press(".head a[href$='/set-up']").await?;
    tab.audit("set-up-who").await?;
    tab.press("main .button-main").await?;
    tab.there_is(".faults a[href='#as']").await?;
    tab.tap("#as-partner").await?;
    tab.press("main .button-main").await?;
    tab.audit("set-up-email").await?;
    tab.fill("#trial_admin_email", "aoife.branigan@larkfield.example")
        .await?;
    tab.press("main .button-main").await?;
    tab.see("set-up-no-match").await?;
    tab.audit("set-up-candidates").await?;
    tab.press(".pick").await?;
    tab.see("set-up-verify").await?;
    ensure("nothing is ticked", tab.count("main :checked").await? == 0)?;
    tab.audit("set-up-verify").await?;
    tab.press("main .button-main").await?;
    tab.there_is(".faults a[href='#accept']").await?;
    tab.there_is(".faults a[href='#confirmed']").await?;
    tab.audit("set-up-verify-errors").await?;
    for one in ["#accept-messaging", "#accept-calling", "#confirmed"] {
        if tab.count(one).await? > 0 {
            tab.tap(one).await?;
        }
    }
    tab.press("main .button-main").await?;
    tab.see("set-up-done").await?;
    equal(
        "where it shows",
        tab.address().await?.as_str(),
        format!("/orders/{order}/done").as_str(),
    )?;
    tab.audit("set-up-done").await
}

/// CONV-1: a tier 2 partner starts a trial, and its distributor orders.
async fn hand(round: &mut Round<'_>) -> Result {
    round.be(LIN).await?;
    let tab = &mut round.tab;
    tab.open("/partner/start").await?;
    who(tab, &SMALL).await?;
    tab.press(ON).await?;
    tab.tap("#service-messaging").await?;
    for _ in 0..3 {
        tab.press(ON).await?;
    }
    tab.see("started-active.title").await?;
    round.open_trial_of(SMALL.name).await?;
    let tab = &mut round.tab;
    tab.press("main .head a[href$='/convert']").await?;
    tab.see("hand-title").await?;
    tab.audit("hand-over").await?;
    tab.press("main .button-main").await?;
    tab.see("done-handed-over").await?;
    tab.audit("handed-over").await?;
    round.be(MATHILDE).await?;
    let tab = &mut round.tab;
    tab.open("/partner/orders").await?;
    tab.see("orders-asked").await?;
    tab.audit("orders-handed").await?;
    tab.press("a[href^='/partner/conversions/']").await?;
    tab.see_text(SMALL.email).await?;
    tab.audit("conversion").await?;
    tab.press("main .button-main").await?;
    tab.there_is("#checked .difference").await?;
    tab.audit("conversion-checked").await?;
    tab.press("#checked .button-main").await?;
    tab.see("done-order-placed").await
}

/// CONV-2, 7: an order from outside is placed, sent again, withdrawn.
pub(super) async fn desk(round: &mut Round<'_>) -> Result {
    round.be(YATING).await?;
    let tab = &mut round.tab;
    tab.open("/vendor/orders?view=nearing").await?;
    tab.audit("vendor-orders-none").await?;
    tab.open("/vendor/orders").await?;
    tab.audit("vendor-orders").await?;
    tab.press(".head .button-main").await?;
    tab.audit("place-order").await?;
    tab.press("main .button-main").await?;
    tab.there_is(".faults a[href='#partner_id']").await?;
    tab.audit("place-order-errors").await?;
    let partner: String = tab
        .ask("[...document.querySelectorAll('#partner_id option')].find(one => one.text.includes('Cordage')).value")
        .await?;
    tab.pick("#partner_id", &partner).await?;
    tab.fill("#quantity-messaging", "20").await?;
    tab.tap("#contact-colleague").await?;
    tab.fill("#contact_email", MATHILDE).await?;
    tab.press("main .button-main").await?;
    tab.see("done-order-placed").await?;
    tab.audit("vendor-order").await?;
    tab.press("form[action$='/resend'] button").await?;
    tab.see("done-order-resent").await?;
    tab.press(".head .button-danger").await?;
    tab.fill("#reason", "Ordered twice.").await?;
    tab.press(".actions .button-danger").await?;
    tab.see("done-order-closed").await?;
    tab.open("/vendor/orders?view=closed").await?;
    tab.see("status-order-withdrawn").await?;
    tab.audit("vendor-orders-closed").await
}
