//! Who is there, who may do what, who did what: the team, partners, access, acting for a customer, moves, the record.

use super::{AOIFE, ETIENNE, INGRID, MATHILDE};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    team(&mut round.tab).await?;
    acts(&mut round.tab).await?;
    round.tab.open("/partner/handovers").await?;
    round.tab.audit("moves").await?;
    round.be(AOIFE).await?;
    access(&mut round.tab).await?;
    round.be(INGRID).await?;
    partners(&mut round.tab).await?;
    // ORG-6: others of the vendor see them, and are offered nothing else.
    round.be(ETIENNE).await?;
    round.tab.open("/vendor/partners").await?;
    round.tab.there_is_no("a[href='/vendor/partners/add']").await
}

/// ORG-3: invited, given roles, blocked, gone.
async fn team(tab: &mut Tab) -> Result {
    tab.open("/team").await?;
    tab.audit("team").await?;
    tab.open("/team?q=nobody").await?;
    tab.audit("team-none").await?;
    tab.open("/team/invite").await?;
    tab.press(".actions button").await?;
    tab.there_is(".faults").await?;
    tab.audit("invite-faults").await?;
    tab.fill("#email", "new.person@cordage.example").await?;
    tab.tap("#role-help_desk").await?;
    tab.press(".actions button").await?;
    tab.see("done-invited").await?;
    tab.open("/team?q=new.person").await?;
    tab.press("tbody th a").await?;
    tab.audit("person").await?;
    tab.press("form[action$='/disabled'] button").await?;
    tab.see("person-enable-text").await?;
    tab.press(".head a.button-danger").await?;
    tab.press(".actions .button-danger").await?;
    tab.see("done-person-removed").await?;
    // ORG-11: who looks after customers hands them over.
    tab.open("/team?q=owen").await?;
    tab.press("tbody th a").await?;
    tab.press(".head a.button-danger").await?;
    tab.there_is("#hand_over_to").await?;
    tab.audit("person-leaves").await?;
    tab.open("/team/service-account").await?;
    tab.audit("service-account").await?;
    tab.open("/record").await?;
    tab.audit("record").await
}

/// ORG-8: the banner stays until one leaves.
async fn acts(tab: &mut Tab) -> Result {
    const ENTER: &str = "form[action$='/enter'] button";
    tab.open("/partner/customers?status=active").await?;
    let customers: Vec<String> = tab
        .ask("[...document.querySelectorAll('tbody th a')].map((a) => a.getAttribute('href'))")
        .await?;
    let mut entered = false;
    for customer in customers {
        tab.open(&customer).await?;
        if tab.count(ENTER).await? == 0 {
            continue;
        }
        tab.audit("customer-offers").await?;
        tab.press(ENTER).await?;
        entered = true;
        break;
    }
    ensure("a customer can be entered", entered)?;
    tab.there_is(".acting").await?;
    tab.audit("acting").await?;
    tab.open("/control/subscriptions").await?;
    tab.there_is(".acting").await?;
    tab.press(".acting button").await?;
    tab.see("done-left").await?;
    tab.there_is_no(".acting").await?;
    tab.press("a[href^='/record?customer=']").await?;
    tab.see("event-customer-entered").await?;
    tab.audit("record-customer").await
}

/// CONS-8: what each level may do, and what withdrawing does, before it is done.
async fn access(tab: &mut Tab) -> Result {
    tab.open("/control/access").await?;
    tab.audit("access").await?;
    tab.press("a[href$='?to=none']").await?;
    tab.there_is(".consequences").await?;
    tab.audit("access-withdraw").await?;
    tab.press(".actions a.button-main").await?;
    tab.press(".approval a.button:not(.button-danger)").await?;
    tab.audit("access-change").await?;
    tab.open("/control/access/move").await?;
    tab.fill("#to_partner_id", "nobody").await?;
    tab.press(".actions button").await?;
    tab.there_is(".faults").await?;
    tab.audit("move-begin-faults").await
}

/// ORG-1, ORG-6: before and after stand side by side.
async fn partners(tab: &mut Tab) -> Result {
    tab.open("/vendor/partners").await?;
    tab.audit("partners").await?;
    tab.press("tbody th a").await?;
    tab.fill("#trials_per_month", "25").await?;
    tab.press(".two .actions button").await?;
    tab.there_is(".compare").await?;
    tab.audit("partner-changes").await?;
    tab.press("#changes .button-main").await?;
    tab.see("done-edited").await?;
    tab.press(".head a[href$='/people']").await?;
    tab.there_is("input[name=reason]").await?;
    tab.audit("partner-people").await?;
    tab.open("/vendor/partners/add").await?;
    tab.audit("partner-add").await
}
