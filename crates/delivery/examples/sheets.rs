//! Writes a return sheet in every language: `cargo run -p delivery --example sheets -- DIR`.

use delivery::{Fonts, ReturnSheet, SheetDevice};
use i18n::Language;
use jiff::civil::date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args_os().nth(1).ok_or("usage: sheets DIR")?);
    std::fs::create_dir_all(&folder)?;
    let fonts = Fonts::default();
    for language in Language::ALL {
        let path = folder.join(format!("sheet-{language}.pdf"));
        std::fs::write(path, sheet(language).pdf(&fonts)?)?;
    }
    Ok(())
}

fn sheet(language: Language) -> ReturnSheet {
    let (customer, partner) = match language {
        Language::En => ("Fernhill & Sons", "Brightwater Systems"),
        Language::Fr => ("Maison Aubépine", "遠望系統"),
        Language::ZhHant => ("綠光科技股份有限公司", "Atelier Réseau"),
    };
    let steps = match language {
        Language::En => [
            "Pack each device into its original box, with all of its parts.",
            "Ask DHL for a pick-up; give them the RMA number above and the number of boxes.",
            "Hand the boxes over and keep the receipt until the return is complete.",
        ],
        Language::Fr => [
            "Remettez chaque appareil dans son carton d’origine, avec tous ses accessoires.",
            "Demandez un enlèvement à DHL en donnant le numéro RMA ci-dessus et le nombre de cartons.",
            "Remettez les cartons et gardez le reçu jusqu’à la fin du retour.",
        ],
        Language::ZhHant => [
            "請將每台裝置連同所有配件放回原包裝箱。",
            "請聯絡 DHL 安排取件，並告知上方的 RMA 號碼與箱數。",
            "交件後請保留收據，直到退還完成。",
        ],
    };
    let device = |number: i8| SheetDevice {
        name: if number % 3 == 0 { "Room kit" } else { "Desk phone" }.to_owned(),
        serial: format!("FTA47{number:02}XK"),
        received_on: (number == 4).then(|| date(2027, 2, 9)),
    };
    ReturnSheet {
        language,
        vendor: "Vela".to_owned(),
        rma: "RMA-01JD9K2M4V".to_owned(),
        order_number: "D90417733".to_owned(),
        customer: customer.to_owned(),
        partner: partner.to_owned(),
        carrier: "DHL".to_owned(),
        steps: steps.map(str::to_owned).to_vec(),
        device_ends_on: date(2027, 2, 14),
        due_on: date(2027, 2, 28),
        devices: (1..=6).map(device).collect(),
        contact: Some("devices@vela.example".to_owned()),
    }
}
