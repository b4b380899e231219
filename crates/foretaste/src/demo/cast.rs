//! The sample companies and their people: made up, in three languages, spread over zones and regions. Here who sells;
//! who tries is in `clients`.

pub(super) mod clients;

use clients::{
    ACTIVE, CANCELLED, CONVERTED, EXPIRED, LENT, PENDING_APPROVAL, PENDING_DETAILS, PROVISIONING, PURCHASED, STRANGER,
};
use domain::person::Role::{
    self, Auditor, OrderDesk, ReadOnlyAdministrator, SalesAdministrator, SalesFullAdministrator, TrialsTeam,
    VendorAdministrator,
};

/// Somebody of the cast.
pub(super) struct Someone {
    /// The part before the `@`.
    pub(super) local: &'static str,
    pub(super) name: &'static str,
    pub(super) language: &'static str,
    pub(super) zone: &'static str,
    pub(super) role: Role,
    /// Services for which a licence is assigned.
    pub(super) licenses: &'static [&'static str],
}

/// The vendor or a partner.
pub(super) struct Company {
    pub(super) cast: &'static str,
    pub(super) name: &'static str,
    pub(super) domain: &'static str,
    pub(super) region: &'static str,
    pub(super) people: &'static [Someone],
}

/// A customer; the first of its people is the administrator whom a start names.
pub(super) struct Client {
    pub(super) cast: &'static str,
    pub(super) name: &'static str,
    pub(super) domain: &'static str,
    pub(super) country: &'static str,
    pub(super) zone: &'static str,
    pub(super) language: &'static str,
    pub(super) vertical: &'static str,
    pub(super) people: &'static [Someone],
}

pub(super) const fn one(
    local: &'static str,
    name: &'static str,
    language: &'static str,
    zone: &'static str,
    role: Role,
) -> Someone {
    Someone {
        local,
        name,
        language,
        zone,
        role,
        licenses: &[],
    }
}

pub(super) const fn licensed(someone: Someone, licenses: &'static [&'static str]) -> Someone {
    Someone { licenses, ..someone }
}

pub(super) const PARIS: &str = "Europe/Paris";
pub(super) const TAIPEI: &str = "Asia/Taipei";
pub(super) const LONDON: &str = "Europe/London";
pub(super) const TORONTO: &str = "America/Toronto";

pub(super) const VENDOR: Company = Company {
    cast: "vendor",
    name: "Meridian Collaboration",
    domain: "meridian.example",
    region: "us",
    people: &[
        one(
            "ingrid.solberg",
            "Ingrid Solberg",
            "en",
            "America/New_York",
            VendorAdministrator,
        ),
        one("etienne.marchal", "Étienne Marchal", "fr", PARIS, TrialsTeam),
        one("hsu.yating", "許雅婷", "zh-Hant", TAIPEI, OrderDesk),
        one("ruth.abernathy", "Ruth Abernathy", "en", LONDON, Auditor),
    ],
};

pub(super) const PARTNER_A: Company = Company {
    cast: "partner_a",
    name: "Cordage Réseaux",
    domain: "cordage.example",
    region: "eu",
    people: &[
        one(
            "mathilde.corbeau",
            "Mathilde Corbeau",
            "fr",
            PARIS,
            SalesFullAdministrator,
        ),
        one(
            "owen.lindqvist",
            "Owen Lindqvist",
            "en",
            "Europe/Stockholm",
            SalesAdministrator,
        ),
        one("tsai.chenghan", "蔡承翰", "zh-Hant", TAIPEI, SalesAdministrator),
        one(
            "bettina.kraus",
            "Bettina Kraus",
            "en",
            "Europe/Berlin",
            ReadOnlyAdministrator,
        ),
    ],
};

pub(super) const PARTNER_B: Company = Company {
    cast: "partner_b",
    name: "Sierra Bridge Systems",
    domain: "sierrabridge.example",
    region: "us",
    people: &[
        one(
            "dana.whitfield",
            "Dana Whitfield",
            "en",
            "America/Los_Angeles",
            SalesFullAdministrator,
        ),
        one("remi.tremblay", "Rémi Tremblay", "fr", TORONTO, SalesAdministrator),
    ],
};

pub(super) const PARTNER_C: Company = Company {
    cast: "partner_c",
    name: "遠山資訊股份有限公司",
    domain: "yuanshan.example",
    region: "sg",
    people: &[one("lin.yucheng", "林育誠", "zh-Hant", TAIPEI, SalesFullAdministrator)],
};

pub(super) const PARTNER_D: Company = Company {
    cast: "partner_d",
    name: "Vieux Port Télécom",
    domain: "vieuxport.example",
    region: "eu",
    people: &[
        one(
            "solene.garrigue",
            "Solène Garrigue",
            "fr",
            PARIS,
            SalesFullAdministrator,
        ),
        one("marc.estienne", "Marc Estienne", "fr", PARIS, SalesAdministrator),
    ],
};

/// In the order in which they are shown.
pub(super) const ORDER: [&str; 15] = [
    VENDOR.cast,
    PARTNER_A.cast,
    PARTNER_B.cast,
    PARTNER_C.cast,
    PARTNER_D.cast,
    STRANGER.cast,
    PURCHASED.cast,
    PENDING_DETAILS.cast,
    PENDING_APPROVAL.cast,
    PROVISIONING.cast,
    ACTIVE.cast,
    EXPIRED.cast,
    CONVERTED.cast,
    CANCELLED.cast,
    LENT.cast,
];
