//! What people do with the pages. The journeys of a round follow one another in one demo, like days.

mod account;
mod answer;
mod clock;
mod control;
mod customers;
mod devices;
mod drafts;
mod ending;
mod extend;
mod keyboard;
mod orders;
mod others;
mod passkey;
mod people;
mod request;
mod setup;
mod sign_in;
mod single_sign_on;
mod start;
mod trial;
mod usage;
mod users;

use crate::{Result, journey::Round};

/// In their order; the clock moves for everybody: after it come only those who bring all that they need.
pub(crate) const NAMES: &[&str] = &[
    "the-checks-can-fail",
    "sign-in",
    "account",
    "customers",
    "start-new",
    "start-devices",
    "drafts",
    "start-request",
    "answer-request",
    "extend",
    "trial",
    "people",
    "ending",
    "usage",
    "users",
    "control",
    "vendor",
    "others",
    "setup",
    "passkey",
    "single-sign-on",
    "keyboard",
    "orders",
    "order-desk",
    "clock",
    "devices",
    "devices-back",
];

/// The cast.
pub(crate) const MATHILDE: &str = "mathilde.corbeau@cordage.example";
pub(crate) const BETTINA: &str = "bettina.kraus@cordage.example";
pub(crate) const DANA: &str = "dana.whitfield@sierrabridge.example";
pub(crate) const LIN: &str = "lin.yucheng@yuanshan.example";
pub(crate) const SOLENE: &str = "solene.garrigue@vieuxport.example";
pub(crate) const INGRID: &str = "ingrid.solberg@meridian.example";
pub(crate) const ETIENNE: &str = "etienne.marchal@meridian.example";
pub(crate) const NORA: &str = "nora.fielding@harbourpine.example";
pub(crate) const SYLVIE: &str = "sylvie.rochat@imprimerie-du-lac.example";
pub(crate) const AOIFE: &str = "aoife.brannigan@larkfield.example";

pub(crate) async fn go(name: &str, round: &mut Round<'_>) -> Result {
    match name {
        "the-checks-can-fail" => others::checks_can_fail(round).await,
        "sign-in" => sign_in::go(round).await,
        "account" => account::go(round).await,
        "customers" => customers::go(round).await,
        "start-new" => start::new_customer(round).await,
        "start-devices" => start::devices(round).await,
        "drafts" => drafts::go(round).await,
        "start-request" => request::go(round).await,
        "answer-request" => answer::go(round).await,
        "extend" => extend::go(round).await,
        "trial" => trial::go(round).await,
        "people" => people::go(round).await,
        "ending" => ending::go(round).await,
        "users" => users::go(round).await,
        "usage" => usage::go(round).await,
        "control" => control::go(round).await,
        "vendor" => others::vendor(round).await,
        "others" => others::go(round).await,
        "setup" => setup::go(round).await,
        "passkey" => passkey::go(round).await,
        "single-sign-on" => single_sign_on::go(round).await,
        "keyboard" => keyboard::go(round).await,
        "orders" => orders::go(round).await,
        "order-desk" => orders::desk(round).await,
        "clock" => clock::go(round).await,
        "devices" => devices::go(round).await,
        "devices-back" => devices::back(round).await,
        unknown => Err(format!("no journey `{unknown}`")),
    }
}

impl Round<'_> {
    /// Before the first journey: the language of the round, chosen as one chooses it.
    pub(crate) async fn settle(&mut self) -> Result {
        self.tab.open("/sign-in").await?;
        self.tab.tap(".corner summary").await?;
        let language = self.tab.look.language.as_str();
        let button = format!(".corner button[name=language][value='{language}']");
        self.tab.press(&button).await?;
        let lang: String = self.tab.ask("document.documentElement.lang").await?;
        crate::tab::equal("the language", lang.as_str(), language)
    }

    /// Goes on as somebody else, by the demo's 'who am I'.
    pub(crate) async fn be(&mut self, email: &str) -> Result {
        self.tab.open("/welcome").await?;
        self.tab.tap(".demo-who summary").await?;
        self.tab.press(&format!(".demo-who button[value='{email}']")).await
    }

    /// Signs out.
    pub(crate) async fn leave(&mut self) -> Result {
        self.tab.open("/welcome").await?;
        self.tab.tap(".corner summary").await?;
        self.tab.press("form[action='/sign-out'] button").await
    }

    /// Opens the newest trial of a customer of the one who is signed in.
    pub(crate) async fn open_trial_of(&mut self, customer: &str) -> Result<String> {
        self.tab.open("/partner/customers").await?;
        self.tab.fill("#q", customer).await?;
        self.tab.press(".filter .button").await?;
        crate::tab::equal("customers found", &self.tab.count("tbody tr").await?, &1)?;
        self.tab.press("tbody th a").await?;
        self.tab.press("a.line[href^='/partner/trials/']").await?;
        self.tab.address().await
    }
}
