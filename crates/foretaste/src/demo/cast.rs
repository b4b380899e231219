//! The sample companies and their people: made up, in three languages, spread over zones and regions.

use domain::person::Role::{
    self, Auditor, FullAdministrator, OrderDesk, ReadOnlyAdministrator, SalesAdministrator, SalesFullAdministrator,
    TrialsTeam, User, UserAdministrator, VendorAdministrator,
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

const fn one(
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

const fn licensed(someone: Someone, licenses: &'static [&'static str]) -> Someone {
    Someone { licenses, ..someone }
}

const PARIS: &str = "Europe/Paris";
const TAIPEI: &str = "Asia/Taipei";
const ZURICH: &str = "Europe/Zurich";
const DUBLIN: &str = "Europe/Dublin";
const LONDON: &str = "Europe/London";
const BRUSSELS: &str = "Europe/Brussels";
const TORONTO: &str = "America/Toronto";
const CHICAGO: &str = "America/Chicago";

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

pub(super) const STRANGER: Client = Client {
    cast: "stranger",
    name: "Harbour & Pine Outfitters",
    domain: "harbourpine.example",
    country: "US",
    zone: CHICAGO,
    language: "en",
    vertical: "retail",
    people: &[
        one("nora.fielding", "Nora Fielding", "en", CHICAGO, FullAdministrator),
        one("julien.arceneaux", "Julien Arceneaux", "fr", CHICAGO, FullAdministrator),
        one("luis.ortega", "Luis Ortega", "en", "America/Denver", User),
    ],
};

pub(super) const PURCHASED: Client = Client {
    cast: "purchased",
    name: "Brasserie du Canal",
    domain: "brasserie-du-canal.example",
    country: "BE",
    zone: BRUSSELS,
    language: "fr",
    vertical: "hospitality",
    people: &[
        licensed(
            one("elise.vandamme", "Élise Vandamme", "fr", BRUSSELS, FullAdministrator),
            BOTH,
        ),
        licensed(
            one("pieter.claes", "Pieter Claes", "en", BRUSSELS, UserAdministrator),
            BOTH,
        ),
        licensed(one("amelie.lambert", "Amélie Lambert", "fr", BRUSSELS, User), BOTH),
        licensed(one("tom.dewit", "Tom de Wit", "en", BRUSSELS, User), &["messaging"]),
        licensed(one("chou.peishan", "周佩珊", "zh-Hant", BRUSSELS, User), &["messaging"]),
    ],
};

const BOTH: &[&str] = &["messaging", "meetings"];

pub(super) const PENDING_DETAILS: Client = Client {
    cast: "own_pending_provisioning_details",
    name: "Atelier Vauclair",
    domain: "vauclair.example",
    country: "FR",
    zone: PARIS,
    language: "fr",
    vertical: "manufacturing",
    people: &[
        one("celine.vauclair", "Céline Vauclair", "fr", PARIS, FullAdministrator),
        one("hugues.bastide", "Hugues Bastide", "fr", PARIS, UserAdministrator),
        one("ana.ribeiro", "Ana Ribeiro", "en", "Europe/Lisbon", User),
    ],
};

pub(super) const PENDING_APPROVAL: Client = Client {
    cast: "own_pending_approval",
    name: "Kettering Insurance Group",
    domain: "kettering.example",
    country: "GB",
    zone: LONDON,
    language: "en",
    vertical: "insurance",
    people: &[
        one(
            "harriet.kettering",
            "Harriet Kettering",
            "en",
            LONDON,
            FullAdministrator,
        ),
        one("gareth.pugh", "Gareth Pugh", "en", LONDON, ReadOnlyAdministrator),
        one("imogen.tate", "Imogen Tate", "en", LONDON, User),
    ],
};

pub(super) const PROVISIONING: Client = Client {
    cast: "own_provisioning",
    name: "青嶼物流股份有限公司",
    domain: "qingyu.example",
    country: "TW",
    zone: TAIPEI,
    language: "zh-Hant",
    vertical: "transport",
    people: &[
        one("kuo.mingche", "郭明哲", "zh-Hant", TAIPEI, FullAdministrator),
        one("chang.shufen", "張淑芬", "zh-Hant", TAIPEI, UserAdministrator),
        one("peng.weiting", "彭威廷", "zh-Hant", TAIPEI, User),
    ],
};

pub(super) const ACTIVE: Client = Client {
    cast: "own_active",
    name: "Imprimerie du Lac",
    domain: "imprimerie-du-lac.example",
    country: "CH",
    zone: ZURICH,
    language: "fr",
    vertical: "media",
    people: &[
        licensed(
            one("sylvie.rochat", "Sylvie Rochat", "fr", ZURICH, FullAdministrator),
            BOTH,
        ),
        licensed(
            one("matthias.egli", "Matthias Egli", "en", ZURICH, UserAdministrator),
            BOTH,
        ),
        one("laure.jaquet", "Laure Jaquet", "fr", ZURICH, ReadOnlyAdministrator),
        licensed(one("bastien.favre", "Bastien Favre", "fr", ZURICH, User), BOTH),
        licensed(one("nadia.keller", "Nadia Keller", "en", ZURICH, User), BOTH),
        licensed(one("oscar.pittet", "Oscar Pittet", "fr", ZURICH, User), BOTH),
        licensed(one("hsieh.yuchen", "謝宇辰", "zh-Hant", TAIPEI, User), BOTH),
        licensed(one("clara.monnier", "Clara Monnier", "fr", ZURICH, User), BOTH),
        licensed(one("david.aebi", "David Aebi", "en", ZURICH, User), BOTH),
        licensed(one("fabienne.ruchat", "Fabienne Ruchat", "fr", ZURICH, User), BOTH),
        licensed(one("quentin.bovet", "Quentin Bovet", "fr", ZURICH, User), BOTH),
        licensed(one("lea.zbinden", "Léa Zbinden", "fr", ZURICH, User), &["messaging"]),
        licensed(
            one("marco.bernasconi", "Marco Bernasconi", "en", ZURICH, User),
            &["messaging"],
        ),
    ],
};

pub(super) const EXPIRED: Client = Client {
    cast: "own_expired",
    name: "Larkfield Museums",
    domain: "larkfield.example",
    country: "IE",
    zone: DUBLIN,
    language: "en",
    vertical: "nonprofit",
    people: &[
        licensed(
            one("aoife.brannigan", "Aoife Brannigan", "en", DUBLIN, FullAdministrator),
            BOTH,
        ),
        one("declan.roche", "Declan Roche", "en", DUBLIN, ReadOnlyAdministrator),
        licensed(one("saoirse.nolan", "Saoirse Nolan", "en", DUBLIN, User), BOTH),
        licensed(
            one("paul.fitzwilliam", "Paul Fitzwilliam", "en", DUBLIN, User),
            &["messaging", "calling"],
        ),
    ],
};

pub(super) const CONVERTED: Client = Client {
    cast: "own_converted",
    name: "晨曦醫療器材有限公司",
    domain: "chenxi.example",
    country: "TW",
    zone: TAIPEI,
    language: "zh-Hant",
    vertical: "healthcare",
    people: &[
        licensed(one("yeh.huiling", "葉慧玲", "zh-Hant", TAIPEI, FullAdministrator), BOTH),
        one("hung.chihwei", "洪志偉", "zh-Hant", TAIPEI, UserAdministrator),
        licensed(one("tseng.meihua", "曾美華", "zh-Hant", TAIPEI, User), BOTH),
    ],
};

pub(super) const CANCELLED: Client = Client {
    cast: "own_cancelled",
    name: "Coopérative du Saguenay",
    domain: "coop-saguenay.example",
    country: "CA",
    zone: TORONTO,
    language: "fr",
    vertical: "agriculture",
    people: &[
        one(
            "genevieve.bouchard",
            "Geneviève Bouchard",
            "fr",
            TORONTO,
            FullAdministrator,
        ),
        one("ian.mackay", "Ian MacKay", "en", "America/Halifax", UserAdministrator),
        one("josee.pelletier", "Josée Pelletier", "fr", TORONTO, User),
    ],
};

/// In the order in which they are shown.
pub(super) const ORDER: [&str; 14] = [
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
];
