//! Pages of A4: what stands where, and then all of it drawn.

use super::SheetError;
use super::fonts::Faces;
use super::text::{Line, Look, line, lines};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;

/// A4, in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// Where text begins and ends.
pub(super) const LEFT: f32 = 51.0;
pub(super) const RIGHT: f32 = WIDTH - 51.0;
const TOP: f32 = 48.0;
const BOTTOM: f32 = HEIGHT - 70.0;
const FOOT: f32 = HEIGHT - 48.0;
/// From one baseline to the next, in sizes.
const LEADING: f32 = 1.42;
/// From the top of a line to its baseline, in sizes.
const ASCENT: f32 = 1.05;

enum Item {
    Text(Line, Look, f32, f32),
    /// Filled rectangles of one colour: left, top, width, height.
    Shapes(Vec<[f32; 4]>, [u8; 3]),
}

/// A document in the making.
pub(super) struct Pages<'f> {
    faces: &'f mut Faces,
    pages: Vec<Vec<Item>>,
    /// How far down the last page is full.
    pub(super) y: f32,
}

impl<'f> Pages<'f> {
    pub(super) fn new(faces: &'f mut Faces) -> Self {
        Self {
            faces,
            pages: vec![Vec::new()],
            y: TOP,
        }
    }

    /// Begins a page where less is left; whether it did.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let full = self.y + height > BOTTOM;
        if full {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        full
    }

    pub(super) fn shapes(&mut self, shapes: Vec<[f32; 4]>, colour: [u8; 3]) {
        self.put(Item::Shapes(shapes, colour));
    }

    /// A line across, here.
    pub(super) fn rule(&mut self, colour: [u8; 3]) {
        self.shapes(vec![[LEFT, self.y, RIGHT - LEFT, 0.7]], colour);
    }

    /// A text from here down; the next one stands below it.
    pub(super) fn paragraph(&mut self, text: &str, look: Look, x: f32, width: f32) -> Result<(), SheetError> {
        for line in lines(self.faces, text, look, width)? {
            self.need(look.size * LEADING);
            let baseline = self.y + look.size * ASCENT;
            self.put(Item::Text(line, look, x, baseline));
            self.y += look.size * LEADING;
        }
        Ok(())
    }

    /// Texts side by side, all of which begin here: text, look, left and width of each.
    pub(super) fn row(&mut self, cells: &[(&str, Look, f32, f32)]) -> Result<(), SheetError> {
        let mut columns = Vec::new();
        let mut height: f32 = 0.0;
        for (text, look, x, width) in cells {
            let lines = lines(self.faces, text, *look, *width)?;
            height = height.max(tall(lines.len(), *look));
            columns.push((lines, *look, *x));
        }
        self.need(height.min(BOTTOM - TOP));
        let top = self.y;
        for (lines, look, x) in columns {
            let mut y = top;
            for line in lines {
                self.put(Item::Text(line, look, x, y + look.size * ASCENT));
                y += look.size * LEADING;
            }
        }
        self.y = top + height;
        Ok(())
    }

    /// How high a text stands.
    pub(super) fn height(&mut self, text: &str, look: Look, width: f32) -> Result<f32, SheetError> {
        Ok(tall(lines(self.faces, text, look, width)?.len(), look))
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    /// Draws everything, with what stands at the foot of each page: left, and right by number and count.
    pub(super) fn finish(
        mut self,
        about: Metadata,
        foot: (&str, Look),
        number: impl Fn(usize, usize) -> String,
    ) -> Result<Vec<u8>, SheetError> {
        let count = self.pages.len();
        let (words, look) = foot;
        for (at, page) in self.pages.iter_mut().enumerate() {
            let left = line(self.faces, words, look)?;
            let right = line(self.faces, &number(at + 1, count), look)?;
            let begins = RIGHT - right.width;
            page.push(Item::Text(left, look, LEFT, FOOT));
            page.push(Item::Text(right, look, begins, FOOT));
        }
        let mut document = Document::new();
        document.set_metadata(about);
        for page in &self.pages {
            let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(SheetError::Page)?;
            let mut sheet = document.start_page_with(size);
            let mut surface = sheet.surface();
            for item in page {
                draw(&mut surface, self.faces, item);
            }
            surface.finish();
            sheet.finish();
        }
        document.finish().map_err(|_| SheetError::Page)
    }
}

#[expect(clippy::cast_precision_loss, reason = "lines of one sheet")]
fn tall(lines: usize, look: Look) -> f32 {
    lines as f32 * look.size * LEADING
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, item: &Item) {
    match item {
        Item::Text(line, look, x, y) => {
            surface.set_fill(Some(fill(look.colour)));
            let mut x = *x;
            for piece in &line.pieces {
                let Some(loaded) = faces.loaded(piece.font) else {
                    continue;
                };
                let from = Point::from_xy(x, *y);
                surface.draw_glyphs(from, &piece.glyphs, loaded.font.clone(), &piece.text, look.size, false);
                x += piece.glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * look.size;
            }
        }
        Item::Shapes(shapes, colour) => {
            surface.set_fill(Some(fill(*colour)));
            let mut path = PathBuilder::new();
            for [x, y, width, height] in shapes {
                if let Some(rectangle) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rectangle);
                }
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}
