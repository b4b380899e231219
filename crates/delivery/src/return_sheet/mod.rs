//! DEV-7: the sheet that goes back with devices, as PDF: what it says, and how it is laid out.

mod fonts;
mod page;
mod text;

pub use fonts::Fonts;

use i18n::{Arg, Language, text};
use jiff::civil::Date;
use krilla::metadata::Metadata;
use page::{LEFT, Pages, RIGHT};
use qrcode::{Color, QrCode};
use text::Look;

/// What a sheet says; all names are resolved, and everything may have been written by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnSheet {
    /// The reader's language.
    pub language: Language,
    /// Who gets the devices back.
    pub vendor: String,
    /// The number that the code holds, too.
    pub rma: String,
    /// The demo order's number.
    pub order_number: String,
    /// The customer's name.
    pub customer: String,
    /// The partner's name.
    pub partner: String,
    /// Who fetches the devices.
    pub carrier: String,
    /// How they go back, step by step (DEV-7).
    pub steps: Vec<String>,
    /// DEV-5: the *device end date*.
    pub device_ends_on: Date,
    /// DEV-6: the last day for the return.
    pub due_on: Date,
    /// What was sent.
    pub devices: Vec<SheetDevice>,
    /// Where one asks.
    pub contact: Option<String>,
}

/// One device on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetDevice {
    /// Product name of its type.
    pub name: String,
    /// Its serial number.
    pub serial: String,
    /// The day on which it came back, if it did.
    pub received_on: Option<Date>,
}

/// Why a sheet could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// A script in which something on the sheet is written.
    #[error(
        "no font for {0} is installed on this server: install one (for Chinese, Debian's fonts-noto-cjk) or name a folder \
         with fonts in the configuration (`fonts`)"
    )]
    Font(&'static str),
    /// The drawing failed.
    #[error("the sheet cannot be drawn")]
    Page,
}

const BLACK: [u8; 3] = [0x16, 0x1b, 0x22];
const QUIET: [u8; 3] = [0x56, 0x60, 0x6b];
const LINE: [u8; 3] = [0xc9, 0xcf, 0xd6];
const SHADE: [u8; 3] = [0xf2, 0xf4, 0xf7];
const FULL: f32 = RIGHT - LEFT;
/// Edge of the code with its quiet zone, in points: readable from paper at arm's length.
const CODE: f32 = 116.0;

const fn look(size: f32, bold: bool, colour: [u8; 3]) -> Look {
    Look { size, bold, colour }
}

impl ReturnSheet {
    /// The sheet as a PDF file. It takes a while: never on a thread that serves others.
    ///
    /// # Errors
    /// [`SheetError::Font`] where a font is missing for what it says.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, SheetError> {
        fonts.with(|faces| {
            if self.language == Language::ZhHant {
                faces.chinese_first();
            }
            let mut pages = Pages::new(faces);
            self.head(&mut pages)?;
            self.dates(&mut pages)?;
            self.way(&mut pages)?;
            self.list(&mut pages)?;
            let foot = format!("{} · {}", self.rma, i18n::tame(&self.vendor));
            let number = |page: usize, pages: usize| {
                text(
                    self.language,
                    "sheet-page",
                    &[("page", page.into()), ("pages", pages.into())],
                )
            };
            let title = format!("{} {}", self.word("sheet-title"), self.rma);
            let about = Metadata::new()
                .title(title)
                .language(self.language.as_str().to_owned())
                .authors(vec![i18n::tame(&self.vendor)]);
            pages.finish(about, (&foot, look(8.5, false, QUIET)), number)
        })
    }

    fn word(&self, id: &str) -> String {
        text(self.language, id, &[])
    }

    fn head(&self, pages: &mut Pages<'_>) -> Result<(), SheetError> {
        let width = FULL - CODE - 24.0;
        let top = pages.y;
        pages.shapes(code(&self.rma, RIGHT - CODE, top)?, [0, 0, 0]);
        pages.paragraph(&self.vendor, look(10.0, true, QUIET), LEFT, width)?;
        pages.y += 4.0;
        pages.paragraph(&self.word("sheet-title"), look(25.0, true, BLACK), LEFT, width)?;
        pages.paragraph(&self.word("sheet-lead"), look(10.5, false, BLACK), LEFT, width)?;
        pages.y += 10.0;
        pages.paragraph(&self.word("sheet-rma"), look(8.5, false, QUIET), LEFT, width)?;
        pages.paragraph(&self.rma, look(17.0, true, BLACK), LEFT, width)?;
        pages.y = pages.y.max(top + CODE) + 10.0;
        Ok(())
    }

    /// Pairs of a label and what it stands for, two in a row.
    fn dates(&self, pages: &mut Pages<'_>) -> Result<(), SheetError> {
        let half = FULL / 2.0 - 10.0;
        let (left, right) = (LEFT, LEFT + FULL / 2.0 + 10.0);
        let day = |date| i18n::date(self.language, date);
        let (ends, due) = (day(self.device_ends_on), day(self.due_on));
        let facts = [
            (
                "sheet-order",
                self.order_number.as_str(),
                "sheet-carrier",
                self.carrier.as_str(),
            ),
            (
                "sheet-customer",
                self.customer.as_str(),
                "sheet-partner",
                self.partner.as_str(),
            ),
            ("sheet-device-ends", ends.as_str(), "sheet-due", due.as_str()),
        ];
        pages.rule(LINE);
        pages.y += 9.0;
        for (one, first, other, second) in facts {
            let (label, value) = (look(8.5, false, QUIET), look(11.5, true, BLACK));
            pages.row(&[
                (&self.word(one), label, left, half),
                (&self.word(other), label, right, half),
            ])?;
            pages.row(&[(first, value, left, half), (second, value, right, half)])?;
            pages.y += 7.0;
        }
        Ok(())
    }

    fn way(&self, pages: &mut Pages<'_>) -> Result<(), SheetError> {
        self.heading(pages, "sheet-steps", &[])?;
        for (at, step) in self.steps.iter().enumerate() {
            let number = i18n::number(self.language, i64::try_from(at).unwrap_or_default() + 1);
            pages.row(&[
                (&number, look(10.5, true, QUIET), LEFT, 18.0),
                (step, look(10.5, false, BLACK), LEFT + 22.0, FULL - 22.0),
            ])?;
            pages.y += 3.5;
        }
        if let Some(contact) = &self.contact {
            let words = text(self.language, "sheet-contact", &[("contact", contact.into())]);
            pages.paragraph(&words, look(9.5, false, QUIET), LEFT + 22.0, FULL - 22.0)?;
        }
        Ok(())
    }

    fn heading(&self, pages: &mut Pages<'_>, id: &str, args: &[(&str, Arg)]) -> Result<(), SheetError> {
        pages.need(80.0);
        pages.y += 10.0;
        pages.paragraph(&text(self.language, id, args), look(13.5, true, BLACK), LEFT, FULL)?;
        pages.y += 5.0;
        Ok(())
    }

    fn list(&self, pages: &mut Pages<'_>) -> Result<(), SheetError> {
        let out = self
            .devices
            .iter()
            .filter(|device| device.received_on.is_none())
            .count();
        self.heading(pages, "sheet-devices", &[("count", out.into())])?;
        pages.paragraph(&self.word("sheet-tick"), look(9.5, false, QUIET), LEFT, FULL)?;
        pages.y += 5.0;
        self.columns(pages)?;
        for device in &self.devices {
            self.device(pages, device)?;
        }
        Ok(())
    }

    fn columns(&self, pages: &mut Pages<'_>) -> Result<(), SheetError> {
        let (name, serial) = (self.word("sheet-device"), self.word("sheet-serial"));
        pages.shapes(vec![[LEFT, pages.y, FULL, 19.0]], SHADE);
        pages.y += 3.5;
        let label = look(8.5, true, QUIET);
        pages.row(&[
            (&name, label, LEFT + 28.0, 200.0),
            (&serial, label, LEFT + 250.0, 200.0),
        ])?;
        pages.y += 5.5;
        Ok(())
    }

    fn device(&self, pages: &mut Pages<'_>, device: &SheetDevice) -> Result<(), SheetError> {
        let back = device.received_on.map(|on| {
            let day = i18n::date(self.language, on);
            text(self.language, "sheet-received", &[("date", day.into())])
        });
        let colour = if back.is_some() { QUIET } else { BLACK };
        let (name, serial) = (
            look(10.5, false, colour),
            look(if back.is_some() { 9.5 } else { 11.0 }, back.is_none(), colour),
        );
        let right = match &back {
            Some(back) => format!("{} — {back}", i18n::tame(&device.serial)),
            None => device.serial.clone(),
        };
        let high = pages.height(&device.name, name, 205.0)?;
        let high = high.max(pages.height(&right, serial, FULL - 250.0)?) + 9.0;
        if pages.need(high) {
            self.columns(pages)?;
        }
        pages.y += 4.0;
        if back.is_none() {
            pages.shapes(tick_box(LEFT + 6.0, pages.y + 1.5), BLACK);
        }
        pages.row(&[
            (&device.name, name, LEFT + 28.0, 205.0),
            (&right, serial, LEFT + 250.0, FULL - 250.0),
        ])?;
        pages.y += 4.0;
        pages.rule(LINE);
        pages.y += 1.0;
        Ok(())
    }
}

/// Four edges of a box that a pen can tick.
fn tick_box(x: f32, y: f32) -> Vec<[f32; 4]> {
    const EDGE: f32 = 11.0;
    vec![
        [x, y, EDGE, 0.9],
        [x, y + EDGE - 0.9, EDGE, 0.9],
        [x, y, 0.9, EDGE],
        [x + EDGE - 0.9, y, 0.9, EDGE],
    ]
}

/// A code that says the number, as rectangles; four modules stay free around it.
#[expect(clippy::cast_precision_loss, reason = "a code has few modules")]
fn code(number: &str, left: f32, top: f32) -> Result<Vec<[f32; 4]>, SheetError> {
    let code = QrCode::new(number).map_err(|_| SheetError::Page)?;
    let (width, colours) = (code.width(), code.to_colors());
    let edge = CODE / (width as f32 + 8.0);
    let mut shapes = Vec::new();
    for (y, row) in colours.chunks(width).enumerate() {
        let mut x = 0;
        // Neighbours are one rectangle: no hair lines between them.
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                let (at, down) = ((x + 4) as f32, (y + 4) as f32);
                shapes.push([left + at * edge, top + down * edge, run.len() as f32 * edge, edge]);
            }
            x += run.len();
        }
    }
    Ok(shapes)
}
