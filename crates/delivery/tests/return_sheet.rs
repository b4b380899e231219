//! DEV-7: the return sheet as it is read from paper: its text by poppler's `pdftotext`, its code from the picture that
//! `pdftoppm` draws.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use delivery::{Fonts, ReturnSheet, SheetDevice, SheetError};
use i18n::Language;
use jiff::civil::date;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::default);

fn sheet(language: Language) -> ReturnSheet {
    let device = |name: &str, serial: &str| SheetDevice {
        name: name.to_owned(),
        serial: serial.to_owned(),
        received_on: None,
    };
    ReturnSheet {
        language,
        vendor: "Vela".to_owned(),
        rma: "RMA-01JD9K2M4V".to_owned(),
        order_number: "D90417733".to_owned(),
        customer: "綠光科技股份有限公司".to_owned(),
        partner: "Société Générale d’Électricité".to_owned(),
        carrier: "DHL".to_owned(),
        steps: vec![
            "Pack each device into its original box.".to_owned(),
            "Call DHL and give them the RMA number.".to_owned(),
        ],
        device_ends_on: date(2027, 2, 14),
        due_on: date(2027, 2, 28),
        devices: vec![device("Desk phone", "FTA4711X"), device("Desk phone", "FTA4712Y")],
        contact: Some("devices@vela.example".to_owned()),
    }
}

fn through(program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} (Debian's poppler-utils): {error}"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program} refuses the file");
    output.stdout
}

/// Its pages as text.
fn read(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8(through("pdftotext", &["-layout", "-", "-"], pdf)).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "a page ends with a form feed");
    pages
}

/// What a scanner reads from the first page, in grey.
fn scan(pdf: &[u8]) -> Vec<String> {
    let picture = through("pdftoppm", &["-gray", "-r", "110", "-f", "1", "-l", "1", "-"], pdf);
    // P5, width, height, 255, then an octet for each dot.
    let mut fields = picture.splitn(4, |octet| octet.is_ascii_whitespace());
    assert_eq!(fields.next(), Some(b"P5".as_slice()));
    let mut number = || -> usize { std::str::from_utf8(fields.next().unwrap()).unwrap().parse().unwrap() };
    let (width, height) = (number(), number());
    let dots = &picture[picture.len() - width * height..];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
    image
        .detect_grids()
        .iter()
        .map(|grid| grid.decode().unwrap().1)
        .collect()
}

#[test]
fn dev_7_the_sheet_says_everything_in_each_language() {
    for (language, words) in [
        (
            Language::En,
            [
                "Return sheet",
                "Device end date",
                "Last day for the return",
                "14 February 2027",
            ],
        ),
        (
            Language::Fr,
            [
                "Fiche de retour",
                "Date de fin du prêt",
                "Dernier jour pour le retour",
                "14 février 2027",
            ],
        ),
        (
            Language::ZhHant,
            ["退還單", "裝置借用結束日", "最後退還日", "2027年2月14日"],
        ),
    ] {
        let pages = read(&sheet(language).pdf(&FONTS).unwrap());
        assert_eq!(pages.len(), 1, "{language}");
        let said = [
            "RMA-01JD9K2M4V",
            "D90417733",
            "綠光科技股份有限公司",
            "Société Générale d’Électricité",
            "DHL",
            "FTA4711X",
            "FTA4712Y",
            "Call DHL and give them the RMA number.",
            "devices@vela.example",
        ];
        for word in said.iter().chain(&words) {
            assert!(pages[0].contains(word), "DEV-7, {language}: {word}\n{}", pages[0]);
        }
    }
}

#[test]
fn dev_7_the_code_scans_back_to_the_rma_number() {
    for rma in ["RMA-01JD9K2M4V", "RMA-ZZZZZZZZZZ", "RMA-0000000000"] {
        let sheet = ReturnSheet {
            rma: rma.to_owned(),
            ..sheet(Language::Fr)
        };
        assert_eq!(scan(&sheet.pdf(&FONTS).unwrap()), [rma], "DEV-7");
    }
}

#[test]
fn dev_7_many_devices_take_numbered_pages_and_none_is_lost() {
    let mut sheet = sheet(Language::En);
    sheet.devices = (0..90)
        .map(|number| SheetDevice {
            name: "Desk phone".to_owned(),
            serial: format!("SN{number:06}"),
            received_on: (number % 9 == 0).then(|| date(2027, 2, 3)),
        })
        .collect();
    let pages = read(&sheet.pdf(&FONTS).unwrap());
    assert!(pages.len() > 2, "{}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "{page}");
        assert!(
            page.contains("RMA-01JD9K2M4V") && page.contains("Serial number"),
            "each page can be told: {page}"
        );
    }
    let all = pages.concat();
    for device in &sheet.devices {
        assert_eq!(all.matches(&device.serial).count(), 1, "{}", device.serial);
    }
    assert!(
        all.contains("What goes back: 80 devices"),
        "DEV-8: those that are back do not go back again"
    );
    assert_eq!(all.matches("received on").count(), 10);
}

#[test]
fn dev_7_long_names_wrap_also_without_spaces_and_stay_on_the_page() {
    for name in [
        "綠光科技股份有限公司".repeat(30),
        "Donaudampfschifffahrtsgesellschaft".repeat(20),
        "Établissements réunis de la région lyonnaise ".repeat(20),
    ] {
        let sheet = ReturnSheet {
            customer: name.clone(),
            ..sheet(Language::En)
        };
        let pdf = sheet.pdf(&FONTS).unwrap();
        let text = read(&pdf).concat();
        let first: String = name.chars().take(8).collect();
        assert!(text.matches(&first).count() > 3, "in lines: {text}");
        // Where each word stands, in points.
        let boxes = String::from_utf8(through("pdftotext", &["-bbox", "-", "-"], &pdf)).unwrap();
        let mut words = 0;
        for word in boxes.lines().filter(|line| line.contains("<word")) {
            let at = |edge: &str| -> f64 {
                let rest = word.split_once(&format!("{edge}=\"")).unwrap().1;
                rest.split('"').next().unwrap().parse().unwrap()
            };
            assert!(at("xMin") > 40.0 && at("xMax") < 556.0, "DEV-7: {word}");
            assert!(at("yMin") > 30.0 && at("yMax") < 812.0, "DEV-7: {word}");
            words += 1;
        }
        assert!(words > 30);
    }
}

#[test]
fn sec_3_hostile_names_are_only_text() {
    for name in [
        "Evil\u{202E}gnp.exe\r\n%PDF-1.7\u{0}) Tj ET (\\",
        "a\u{200B}b\u{FEFF}c\u{FDD0}d\u{E0041}",
        "مؤسسة الاختبار 12 GmbH",
        "שלום Ltd",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}".repeat(50).as_str(),
        "\u{1F600}\u{10FFFD}\u{E000}",
        "",
        " ",
    ] {
        let sheet = ReturnSheet {
            customer: name.to_owned(),
            partner: name.to_owned(),
            steps: vec![name.to_owned(); 3],
            ..sheet(Language::En)
        };
        let pages = read(&sheet.pdf(&FONTS).unwrap());
        let text = pages.concat();
        assert!(text.contains("FTA4711X"), "SEC-3: {name:?}: {text}");
    }
    let name = |name: &str| ReturnSheet {
        customer: name.to_owned(),
        ..sheet(Language::En)
    };
    let text = read(&name("Evil\u{202E}gnp.exe").pdf(&FONTS).unwrap()).concat();
    assert!(
        text.contains("Evilgnp.exe"),
        "SEC-3: nothing turns a name around: {text}"
    );
    let text = read(&name("Smile \u{10FFFD} Ltd").pdf(&FONTS).unwrap()).concat();
    assert!(
        text.contains("[U+10FFFD]"),
        "what no font has is said by its number, not a box: {text}"
    );
}

#[test]
fn dev_7_without_a_chinese_font_a_chinese_name_is_an_error_and_a_french_one_is_not() {
    let latin = Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    let folder = tempfile::tempdir().unwrap();
    let none = Fonts::only(folder.path().to_owned());
    assert_eq!(
        sheet(Language::En).pdf(&none),
        Err(SheetError::Font("Latin")),
        "no font at all"
    );
    std::fs::copy(latin, folder.path().join("sans.ttf")).expect("Chromium brings Debian's fonts-dejavu-core");
    // The same server, after somebody has installed a font.
    let french = ReturnSheet {
        customer: "Maison Aubépine".to_owned(),
        ..sheet(Language::Fr)
    };
    assert!(french.pdf(&none).is_ok(), "a font that comes later is found");
    assert_eq!(
        sheet(Language::Fr).pdf(&none),
        Err(SheetError::Font("Chinese")),
        "DEV-7: never boxes"
    );
    assert_eq!(none.check(), Err(SheetError::Font("Chinese")));
    assert_eq!(FONTS.check(), Ok(()));
    let said = SheetError::Font("Chinese").to_string();
    assert!(said.contains("fonts-noto-cjk") && said.contains("`fonts`"), "{said}");
}
