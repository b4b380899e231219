//! The sample customers and their people.

use super::{Client, LONDON, PARIS, TAIPEI, TORONTO, licensed, one};
use domain::person::Role::{FullAdministrator, ReadOnlyAdministrator, User, UserAdministrator};

const ZURICH: &str = "Europe/Zurich";
const DUBLIN: &str = "Europe/Dublin";
const BRUSSELS: &str = "Europe/Brussels";
const CHICAGO: &str = "America/Chicago";

pub(in crate::demo) const STRANGER: Client = Client {
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

pub(in crate::demo) const PURCHASED: Client = Client {
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

pub(in crate::demo) const PENDING_DETAILS: Client = Client {
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

pub(in crate::demo) const PENDING_APPROVAL: Client = Client {
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

pub(in crate::demo) const PROVISIONING: Client = Client {
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

pub(in crate::demo) const ACTIVE: Client = Client {
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

pub(in crate::demo) const EXPIRED: Client = Client {
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

pub(in crate::demo) const CONVERTED: Client = Client {
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

pub(in crate::demo) const CANCELLED: Client = Client {
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

/// Beside the cast that is promised: whose devices are on loan.
pub(in crate::demo) const LENT: Client = Client {
    cast: "lent",
    name: "Maison Orsini",
    domain: "maison-orsini.example",
    country: "FR",
    zone: PARIS,
    language: "fr",
    vertical: "hospitality",
    people: &[
        one("livia.orsini", "Livia Orsini", "fr", PARIS, FullAdministrator),
        one("noe.garnier", "Noé Garnier", "fr", PARIS, User),
    ],
};
