//! DEV, EXT-4: two phones on loan, from the request to the last one back: approved, shipped, kept longer, returned.

use super::{
    DANA, ETIENNE, MATHILDE, clock,
    start::{Newcomer, ON, who},
};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, equal, until},
};

const FARO: Newcomer = Newcomer {
    name: "Ateliers Faro",
    email: "lucie.faro@ateliers-faro.example",
};
const PASSWORD: &str = "a lamp above the quay";
const ORDER: &str = "D7654321";
const SERIALS: [&str; 2] = ["FCH2811B0K1", "FCH2811B0K2"];
/// As the second one is typed at shipping.
const MISTYPED: &str = "FCH2811B0KZ";
/// The loan in days from today, and the days more that are asked for.
const LOAN: u32 = 20;
const MORE: u32 = 30;

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(DANA).await?;
    round.tab.open("/partner/devices").await?;
    round.tab.see("devices-none").await?;
    round.tab.audit("devices-none").await?;
    round.be(MATHILDE).await?;
    start(&mut round.tab).await?;
    more(&mut round.tab).await?;
    round.be(ETIENNE).await?;
    approve(&mut round.tab).await?;
    ship(&mut round.tab).await?;
    correct(&mut round.tab).await?;
    round.be(MATHILDE).await?;
    beside(&mut round.tab).await?;
    came(round).await
}

/// DEV-1, DEV-3: asked for with the trial.
async fn start(tab: &mut Tab) -> Result {
    tab.open("/partner/start").await?;
    who(tab, &FARO).await?;
    tab.press(ON).await?;
    tab.tap("#service-messaging").await?;
    tab.tap("#service-devices").await?;
    tab.press(ON).await?;
    tab.press(ON).await?;
    tab.tap("#what-ship").await?;
    fields(tab, "#device-desk-phone", "2").await?;
    tab.press(ON).await?;
    tab.audit("devices-start-answers").await?;
    tab.press(ON).await?;
    tab.see("started-active.title").await
}

async fn fields(tab: &Tab, count: &str, how_many: &str) -> Result {
    tab.fill(count, how_many).await?;
    tab.tap("#poe-yes").await?;
    for (field, text) in [
        ("#ship_name", FARO.name),
        ("#ship_lines", "4 quai de la Loire"),
        ("#ship_postal_code", "44000"),
        ("#ship_city", "Nantes"),
        ("#ship_phone", "+33 2 40 00 00 00"),
    ] {
        tab.fill(field, text).await?;
    }
    tab.pick("#ship_country", "FR").await
}

/// DEV-2: a type goes once, and not more than its quantity; what was typed stays.
async fn more(tab: &mut Tab) -> Result {
    open_trial(tab).await?;
    tab.see("device-is-requested").await?;
    tab.audit("trial-devices-requested").await?;
    tab.press("#devices a.button[href$='/devices']").await?;
    tab.audit("devices-request").await?;
    tab.press(".card-form .button-main").await?;
    tab.there_is(".faults").await?;
    tab.there_is_no("#device-desk-phone").await?;
    fields(tab, "#device-headset", "99").await?;
    tab.press(".card-form .button-main").await?;
    tab.there_is(".faults").await?;
    let kept: String = tab.ask("document.querySelector('#ship_city').value").await?;
    equal("what was typed", kept.as_str(), "Nantes")?;
    tab.audit("devices-request-errors").await
}

async fn open_trial(tab: &Tab) -> Result {
    tab.open(&format!("/partner/customers?q={}", FARO.name.replace(' ', "+")))
        .await?;
    tab.press("tbody th a").await?;
    tab.press("a.line[href^='/partner/trials/']").await
}

/// DEV-4: the trials team says yes.
async fn approve(tab: &mut Tab) -> Result {
    tab.open("/vendor/shipments").await?;
    tab.audit("shipments").await?;
    tab.open("/vendor/shipments?q=nothing-like-it").await?;
    tab.see("devices-no-match").await?;
    tab.audit("shipments-none").await?;
    tab.open(&format!(
        "/vendor/shipments?status=requested&q={}",
        FARO.name.replace(' ', "+")
    ))
    .await?;
    equal("one waits", &tab.count(".lines a").await?, &1)?;
    tab.press(".lines a").await?;
    tab.audit("shipment").await?;
    tab.press("button[value=approve]").await?;
    tab.see("done-shipment-approved").await
}

/// DEV-4, DEV-5: the device end date is another than the trial's; a serial too few is told, and nothing is lost.
async fn ship(tab: &mut Tab) -> Result {
    let proposed: String = tab.ask("document.querySelector('#ends_on').value").await?;
    ensure("nobody is led to the trial’s date", proposed.is_empty())?;
    let today: String = tab.ask("document.querySelector('#shipped_on').value").await?;
    tab.audit("shipment-ship").await?;
    tab.fill("#order_number", ORDER).await?;
    tab.fill("#serials-desk-phone", SERIALS[0]).await?;
    tab.pick("#carrier", "dhl").await?;
    tab.press("button[value=ship]").await?;
    tab.there_is(".faults a[href='#serials']").await?;
    let kept: String = tab.ask("document.querySelector('#order_number').value").await?;
    equal("what was typed", kept.as_str(), ORDER)?;
    tab.audit("shipment-ship-errors").await?;
    tab.fill("#serials-desk-phone", &format!("{}\n{MISTYPED}", SERIALS[0]))
        .await?;
    tab.pick("#ends_on", &later(tab, &today, LOAN).await?).await?;
    tab.press("button[value=ship]").await?;
    tab.see("done-shipment-shipped").await?;
    tab.see_text(ORDER).await?;
    tab.audit("shipment-shipped").await
}

/// DEV-4: what was typed wrongly is put right; what cannot be is said at its field.
async fn correct(tab: &mut Tab) -> Result {
    const CORRECT: &str = "button[value=correct]";
    tab.tap(&format!("details:has({CORRECT}) > summary")).await?;
    tab.audit("shipment-correct").await?;
    tab.pick("#from", MISTYPED).await?;
    tab.fill("#to", SERIALS[0]).await?;
    tab.press(CORRECT).await?;
    tab.there_is(".faults a[href='#to']").await?;
    let kept: String = tab.ask("document.querySelector('#to').value").await?;
    equal("what was typed", kept.as_str(), SERIALS[0])?;
    tab.audit("shipment-correct-errors").await?;
    tab.fill("#to", SERIALS[1]).await?;
    tab.press(CORRECT).await?;
    tab.see("done-serial-corrected").await?;
    tab.there_is_no(&format!("option[value={MISTYPED}]")).await
}

/// DEV-5, CANC-1: the customer's page has its devices with both dates, and what can be done with the trial.
async fn beside(tab: &mut Tab) -> Result {
    tab.open(&format!("/partner/customers?q={}", FARO.name.replace(' ', "+")))
        .await?;
    tab.press("tbody th a").await?;
    tab.there_is(".beside a[href$='#devices']").await?;
    for what in ["/extend", "/edit", "/convert", "#timeline"] {
        tab.there_is(&format!(".doings a[href$='{what}']")).await?;
    }
    tab.audit("customer-devices").await?;
    tab.press(".doings a[href$='/cancel']").await?;
    tab.see("cancel-title").await
}

async fn later(tab: &Tab, day: &str, days: u32) -> Result<String> {
    tab.ask(&format!(
        "(() => {{ const day = new Date('{day}T12:00:00Z'); day.setUTCDate(day.getUTCDate() + {days});
          return day.toISOString().slice(0, 10); }})()"
    ))
    .await
}

/// The customer's email and page: both dates, and how the devices go back (DEV-5, DEV-7).
async fn came(round: &mut Round<'_>) -> Result {
    let door = mails(&mut round.tab).await?;
    round.leave().await?;
    let tab = &mut round.tab;
    tab.open(&door).await?;
    tab.fill("#own_name", "Lucie Faro").await?;
    tab.fill("#password", PASSWORD).await?;
    tab.press("main button").await?;
    own(tab).await?;
    tab.there_is_no("form[action$='/return'] button").await?;
    tab.audit("devices-own").await
}

/// The email of the shipment is looked at; the door of the welcome is found.
async fn mails(tab: &mut Tab) -> Result<String> {
    const ALL: &str = "[...document.querySelectorAll('main a.line')].map((a) => a.getAttribute('href'))";
    const DOOR: &str =
        "(document.querySelector('main').innerText.match(/[/]door[/][a-z]+[.][-_A-Za-z0-9]+/) || [''])[0]";
    let box_of = format!("/demo/mailbox?to={}", FARO.email);
    let (mut door, mut shipped) = (String::new(), String::new());
    until("both emails are there", async || {
        tab.open(&box_of).await?;
        for mail in tab.ask::<Vec<String>>(ALL).await? {
            tab.open(&mail).await?;
            let found: String = tab.ask(DOOR).await?;
            if !found.is_empty() {
                door = found;
            }
            if tab.text("main .mail-text").await?.contains(ORDER) {
                shipped = mail;
            }
        }
        Ok(!door.is_empty() && !shipped.is_empty())
    })
    .await?;
    tab.open(&shipped).await?;
    tab.audit("mail-device-shipped").await?;
    Ok(door)
}

/// The customer's page, opened out.
async fn own(tab: &Tab) -> Result {
    tab.open("/control/devices").await?;
    tab.see("device-ends").await?;
    tab.see("device-trial-ends").await?;
    for details in ["first", "last"] {
        tab.tap(&format!("main .box > details:{details}-of-type > summary"))
            .await?;
    }
    tab.see_text(SERIALS[1]).await?;
    ensure("how it goes back", tab.count(".steps-plain li").await? > 1)
}

/// From the wish to keep them to the last one back.
pub(super) async fn back(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    let first: String = round.tab.ask("document.querySelector('#demo-day').value").await?;
    let shipment = ask_longer(&mut round.tab).await?;
    round.be(ETIENNE).await?;
    decide(&mut round.tab, &shipment).await?;
    round.be(MATHILDE).await?;
    open_trial(&round.tab).await?;
    // Two weeks before the new date returns are accepted; without the 30 days they would be overdue.
    clock::to_day(&round.tab, &first, LOAN + MORE - 10).await?;
    round.leave().await?;
    send(&mut round.tab).await?;
    round.be(MATHILDE).await?;
    round.tab.open("/partner/devices?status=open").await?;
    round.tab.see_text(ORDER).await?;
    round.tab.audit("devices").await?;
    round.be(ETIENNE).await?;
    receive(&mut round.tab).await?;
    look_up(&mut round.tab).await
}

/// EXT-4: what may be asked for is told beforehand.
async fn ask_longer(tab: &mut Tab) -> Result<String> {
    open_trial(tab).await?;
    tab.see("device-is-out").await?;
    tab.tap("#devices details:has(button[value=longer]) > summary").await?;
    tab.audit("trial-devices").await?;
    tab.fill("#days-1", "many").await?;
    tab.fill("#reason-1", "The fair is a month later.").await?;
    tab.press("#devices button[value=longer]").await?;
    tab.there_is(".faults a[href='#more_days']").await?;
    tab.there_is("#devices details[open] #more_days[aria-invalid]").await?;
    let kept: String = tab.ask("document.querySelector('#more_days').value").await?;
    equal("what was typed", kept.as_str(), "many")?;
    tab.audit("trial-devices-longer-errors").await?;
    let action: String = tab
        .ask("document.querySelector('#devices form:has(button[value=longer])').getAttribute('action')")
        .await?;
    tab.fill("#more_days", &MORE.to_string()).await?;
    tab.press("#devices button[value=longer]").await?;
    tab.see("done-longer-asked").await?;
    tab.see("device-longer-waits").await?;
    tab.there_is_no("#devices button[value=longer]").await?;
    tab.audit("trial-devices-longer").await?;
    Ok(action.rsplit('/').next().unwrap_or_default().to_owned())
}

async fn decide(tab: &mut Tab, shipment: &str) -> Result {
    tab.open("/vendor/device-extensions").await?;
    tab.audit("device-extensions").await?;
    tab.press(&format!(".approval:has(a[href$='{shipment}']) button[value=approve]"))
        .await?;
    tab.see("done-longer-approved").await?;
    tab.open("/vendor/device-extensions?state=approved").await?;
    tab.audit("device-extensions-approved").await
}

/// DEV-6, DEV-7: returns are accepted; the customer knows until when, and has the sheet.
async fn send(tab: &mut Tab) -> Result {
    const SHEET: &str = "main a[href$='/sheet.pdf']";
    tab.open("/sign-in").await?;
    tab.fill("#email", FARO.email).await?;
    tab.fill("#password", PASSWORD).await?;
    tab.press("main button").await?;
    own(tab).await?;
    tab.there_is("main .chip-warn").await?;
    tab.audit("devices-own-return").await?;
    tab.scripts(true).await?;
    let sheet: String = tab
        .ask(&format!(
            "fetch(document.querySelector(\"{SHEET}\").href).then(async (answer) => answer.headers.get('content-type')
              + ' ' + String.fromCharCode(...new Uint8Array(await answer.arrayBuffer()).slice(0, 5)))"
        ))
        .await?;
    tab.scripts(tab.look.script).await?;
    equal("the sheet", sheet.as_str(), "application/pdf %PDF-")
}

/// DEV-8: a wrong serial is named, the right ones are taken; the last one closes the return.
async fn receive(tab: &mut Tab) -> Result {
    const RECEIVE: &str = "form[action^='/vendor/returns/'] .button-main";
    tab.open("/vendor/returns").await?;
    tab.audit("returns").await?;
    tab.open(&format!("/vendor/returns?q={ORDER}")).await?;
    equal("one is found", &tab.count("tbody tr").await?, &1)?;
    tab.press("tbody th a").await?;
    tab.audit("return").await?;
    tab.fill("#serials", &format!("{}\nFCH9999Z9Z9", SERIALS[0])).await?;
    tab.press(RECEIVE).await?;
    tab.see("return-wrong-unknown").await?;
    tab.see_with("return-taken", &[("count", 1.into())]).await?;
    let left: String = tab.ask("document.querySelector('#serials').value").await?;
    equal("what is left to be mended", left.trim(), "FCH9999Z9Z9")?;
    tab.audit("return-wrong").await?;
    partly(tab).await?;
    tab.fill("#serials", SERIALS[1]).await?;
    tab.press(RECEIVE).await?;
    tab.see("device-is-back").await?;
    tab.there_is_no("#serials").await?;
    tab.audit("return-complete").await
}

/// DEV-8: the customer reads what came, and what is still awaited.
async fn partly(tab: &mut Tab) -> Result {
    let here: String = tab.ask("location.pathname").await?;
    let box_of = format!("/demo/mailbox?to={}", FARO.email);
    until("the email is there", async || {
        tab.open(&box_of).await?;
        tab.press("main a.line").await?;
        let text = tab.text("main .mail-text").await?;
        // An earlier one names both as still to be sent back, in one line.
        let alone = |at: usize| {
            let mut lines = text.lines();
            lines.any(|line| line.contains(SERIALS[at]) && !line.contains(SERIALS[1 - at]))
        };
        Ok(alone(0) && alone(1))
    })
    .await?;
    tab.audit("mail-return-partly").await?;
    tab.open(&here).await
}

/// DEV-9.
async fn look_up(tab: &mut Tab) -> Result {
    tab.open("/vendor/device-lookup").await?;
    tab.audit("device-lookup").await?;
    tab.fill("#order", "D9").await?;
    tab.press("main .box:first-child .button-main").await?;
    tab.see("lookup-none").await?;
    tab.fill("#order", ORDER).await?;
    tab.press("main .box:first-child .button-main").await?;
    tab.see_text(FARO.name).await?;
    tab.audit("device-lookup-found").await
}
