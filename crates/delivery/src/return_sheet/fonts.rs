//! Fonts of this machine (there is none in git): found once, read when a sheet needs them.

use super::SheetError;
use fontdb::{Database, ID, Source, Style, Weight};
use krilla::text::Font;
use rustybuzz::ttf_parser;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Families that set Latin letters well.
const LATIN: [&str; 7] = [
    "Noto Sans",
    "Liberation Sans",
    "Noto Sans CJK TC",
    "DejaVu Sans",
    "Arial",
    "Helvetica",
    "Helvetica Neue",
];
/// Families that set Chinese as it is written in Taiwan, then others that have its characters.
const CHINESE: [&str; 10] = [
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Source Han Sans TC",
    "Source Han Sans TW",
    "PingFang TC",
    "Microsoft JhengHei",
    "Noto Sans CJK HK",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
];
/// More fonts than this are not searched for a letter that none of the usual ones has.
const SEARCHED: usize = 400;

/// The fonts that sheets are set in. One sheet is set at a time: a Chinese font is some twenty megabytes.
#[derive(Debug, Default)]
pub struct Fonts {
    folder: Option<PathBuf>,
    alone: bool,
    found: Mutex<Option<Arc<Database>>>,
}

impl Fonts {
    /// Those of the system, and of a folder where one is configured.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            ..Self::default()
        }
    }

    /// Those of one folder and no others.
    pub fn only(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            alone: true,
            ..Self::default()
        }
    }

    /// Whether sheets can be set in every language.
    ///
    /// # Errors
    /// [`SheetError::Font`] for what cannot be written.
    pub fn check(&self) -> Result<(), SheetError> {
        self.with(|faces| {
            for bold in [false, true] {
                for c in ['a', 'é', '還', '您'] {
                    faces.of(c, bold)?.ok_or(SheetError::Font(script(c)))?;
                }
            }
            Ok(())
        })
    }

    pub(super) fn with<T>(&self, set: impl FnOnce(&mut Faces) -> Result<T, SheetError>) -> Result<T, SheetError> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let database = found.get_or_insert_with(|| Arc::new(self.search())).clone();
        let set = set(&mut Faces::new(database));
        if matches!(set, Err(SheetError::Font(_))) {
            // Whoever installs a font meanwhile need not start the server again.
            *found = None;
        }
        set
    }

    fn search(&self) -> Database {
        let mut database = Database::new();
        if let Some(folder) = &self.folder {
            database.load_fonts_dir(folder);
        }
        if !self.alone {
            database.load_system_fonts();
        }
        database
    }
}

/// A font that was read.
pub(super) struct Loaded {
    pub(super) data: Arc<Vec<u8>>,
    pub(super) index: u32,
    pub(super) font: Font,
}

/// The fonts of one sheet.
pub(super) struct Faces {
    database: Arc<Database>,
    chinese_first: bool,
    files: BTreeMap<PathBuf, Arc<Vec<u8>>>,
    read: Vec<(ID, Loaded)>,
    chosen: HashMap<(char, bool), Option<usize>>,
}

impl Faces {
    fn new(database: Arc<Database>) -> Self {
        Self {
            database,
            chinese_first: false,
            files: BTreeMap::new(),
            read: Vec::new(),
            chosen: HashMap::new(),
        }
    }

    /// A Chinese sheet is of one piece: its Latin letters come from the Chinese font, too.
    pub(super) fn chinese_first(&mut self) {
        self.chinese_first = true;
        self.chosen.clear();
    }

    pub(super) fn loaded(&self, at: usize) -> Option<&Loaded> {
        self.read.get(at).map(|(_, loaded)| loaded)
    }

    /// The font that has a character; none where nobody has it.
    ///
    /// # Errors
    /// [`SheetError::Font`] for one of a script in which whole names are written.
    pub(super) fn of(&mut self, c: char, bold: bool) -> Result<Option<usize>, SheetError> {
        if let Some(chosen) = self.chosen.get(&(c, bold)) {
            return Ok(*chosen);
        }
        let order = self.order(bold);
        let found = order.into_iter().find(|id| self.has(*id, c));
        let chosen = found.and_then(|id| self.read(id));
        if chosen.is_none() && (east_asian(c) || c.is_ascii_alphanumeric()) {
            return Err(SheetError::Font(script(c)));
        }
        self.chosen.insert((c, bold), chosen);
        Ok(chosen)
    }

    fn has(&self, id: ID, c: char) -> bool {
        let has =
            |data: &[u8], index| ttf_parser::Face::parse(data, index).is_ok_and(|face| face.glyph_index(c).is_some());
        self.database.with_face_data(id, has).unwrap_or(false)
    }

    /// All upright faces, the best first.
    fn order(&self, bold: bool) -> Vec<ID> {
        let wanted = if bold { Weight::BOLD } else { Weight::NORMAL };
        let (first, second): (&[&str], &[&str]) = match self.chinese_first {
            true => (&CHINESE, &LATIN),
            false => (&LATIN, &CHINESE),
        };
        let families: Vec<&str> = first.iter().chain(second).copied().collect();
        let mut faces: Vec<_> = self
            .database
            .faces()
            .filter(|face| face.style == Style::Normal && face.stretch == fontdb::Stretch::Normal)
            .filter_map(|face| {
                let names = || face.families.iter().map(|(name, _)| name.as_str());
                // Pictures, not letters: nothing of them could be drawn.
                if names().any(|name| name.contains("Emoji")) {
                    return None;
                }
                let rank = families.iter().position(|family| names().any(|name| name == *family));
                let far = face.weight.0.abs_diff(wanted.0);
                Some((
                    (rank.unwrap_or(families.len()), far, face.post_script_name.as_str()),
                    face.id,
                ))
            })
            .collect();
        faces.sort();
        faces.into_iter().map(|(_, id)| id).take(SEARCHED).collect()
    }

    fn read(&mut self, id: ID) -> Option<usize> {
        if let Some(at) = self.read.iter().position(|(known, _)| *known == id) {
            return Some(at);
        }
        let (source, index) = self.database.face_source(id)?;
        let copy = || self.database.with_face_data(id, |data, _| Arc::new(data.to_vec()));
        let data = match source {
            // One file holds the faces of several languages.
            Source::File(path) => match self.files.get(&path) {
                Some(data) => data.clone(),
                None => {
                    let data = copy()?;
                    self.files.insert(path, data.clone());
                    data
                }
            },
            _ => copy()?,
        };
        let font = Font::new(data.clone().into(), index)?;
        self.read.push((id, Loaded { data, index, font }));
        Some(self.read.len() - 1)
    }
}

/// Han, kana, hangul, bopomofo and their punctuation.
fn east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

fn script(c: char) -> &'static str {
    if east_asian(c) { "Chinese" } else { "Latin" }
}
