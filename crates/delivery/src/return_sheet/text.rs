//! Text in lines: whatever script a name is written in, each run of characters in a font that has them, and lines that
//! end where the writing lets them.

use super::SheetError;
use super::fonts::Faces;
use icu::segmenter::{GraphemeClusterSegmenter, LineSegmenter, options::LineBreakOptions};
use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, UnicodeBuffer};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// In points.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Red, green, blue.
    pub(super) colour: [u8; 3],
}

/// One run of glyphs of one font.
pub(super) struct Piece {
    pub(super) font: usize,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

/// One line, from left to right.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// In points.
    pub(super) width: f32,
}

/// A text in as many lines as it needs.
pub(super) fn lines(faces: &mut Faces, text: &str, look: Look, width: f32) -> Result<Vec<Line>, SheetError> {
    let text = writable(faces, &i18n::tame(text), look.bold)?;
    let reach = reach(faces, &text, look)?;
    let wide = |part: &Range<usize>| reach[part.end] - reach[part.start];
    let mut lines = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for part in parts(&text, |part| wide(&trimmed(&text, part)) <= width) {
        if begin < end && wide(&trimmed(&text, begin..part.end)) > width {
            lines.push(line(faces, &text[trimmed(&text, begin..end)], look)?);
            begin = part.start;
        }
        end = part.end;
    }
    if begin < end {
        lines.push(line(faces, &text[trimmed(&text, begin..end)], look)?);
    }
    Ok(lines)
}

/// Without the spaces at its end.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    part.start..part.start + text[part].trim_end().len()
}

/// What stays together; a word that does not fit into a line falls apart.
fn parts(text: &str, fits: impl Fn(Range<usize>) -> bool) -> Vec<Range<usize>> {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    let mut parts = Vec::new();
    for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
        if fits(*from..*to) {
            parts.push(*from..*to);
            continue;
        }
        let letters: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(&text[*from..*to]).collect();
        let letters = letters.iter().zip(letters.iter().skip(1));
        parts.extend(letters.map(|(one, next)| from + one..from + next));
    }
    parts
}

/// How far a text reaches up to each of its octets, in points.
fn reach(faces: &mut Faces, text: &str, look: Look) -> Result<Vec<f32>, SheetError> {
    let mut reach = vec![0.0; text.len() + 1];
    for (run, to_left) in runs(text) {
        for (font, part) in by_font(faces, text, run, look.bold)? {
            let Some(piece) = shape(faces, font, &text[part.clone()], to_left) else {
                continue;
            };
            for glyph in &piece.glyphs {
                reach[part.start + glyph.text_range.end] += glyph.x_advance * look.size;
            }
        }
    }
    let mut sum = 0.0;
    for at in &mut reach {
        sum += *at;
        *at = sum;
    }
    Ok(reach)
}

/// A text in one line.
pub(super) fn line(faces: &mut Faces, text: &str, look: Look) -> Result<Line, SheetError> {
    let mut pieces = Vec::new();
    for (run, to_left) in runs(text) {
        let mut parts = by_font(faces, text, run, look.bold)?;
        if to_left {
            parts.reverse();
        }
        let set = |(font, part): (usize, Range<usize>)| shape(faces, font, &text[part], to_left);
        pieces.extend(parts.into_iter().filter_map(set));
    }
    let advance = |piece: &Piece| piece.glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>();
    Ok(Line {
        width: pieces.iter().map(advance).sum::<f32>() * look.size,
        pieces,
    })
}

/// Runs of one direction as they stand from left to right; whether each is read to the left.
fn runs(text: &str) -> Vec<(Range<usize>, bool)> {
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    let mut found = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        let to_left = |run: &Range<usize>| levels.get(run.start).is_some_and(Level::is_rtl);
        found.extend(runs.into_iter().map(|run| (run.clone(), to_left(&run))));
    }
    found
}

/// What no font has is written as its number: a box says nothing.
fn writable(faces: &mut Faces, text: &str, bold: bool) -> Result<String, SheetError> {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match faces.of(c, bold)? {
            _ if joins(c) => written.push(c),
            Some(_) => written.push(c),
            None if c.is_whitespace() => written.push(' '),
            None => written.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    Ok(written)
}

/// Neighbours that one font has.
fn by_font(
    faces: &mut Faces,
    text: &str,
    run: Range<usize>,
    bold: bool,
) -> Result<Vec<(usize, Range<usize>)>, SheetError> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, c) in text[run.clone()].char_indices() {
        let here = run.start + at..run.start + at + c.len_utf8();
        let font = match parts.last() {
            Some((font, _)) if joins(c) => *font,
            _ => faces.of(if joins(c) { ' ' } else { c }, bold)?.unwrap_or_default(),
        };
        match parts.last_mut() {
            Some((last, part)) if *last == font => part.end = here.end,
            _ => parts.push((font, here)),
        }
    }
    Ok(parts)
}

/// Marks, joiners, selectors and isolates stay with their neighbour, in its font.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// A Chinese font sets the apostrophe of a French word as wide as an ideograph, unless it is asked not to.
fn narrow(text: &str) -> Vec<Feature> {
    let quotes = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '\u{2018}'..='\u{201D}'));
    quotes
        .map(|(at, c)| Feature::new(Tag::from_bytes(b"pwid"), 1, at..at + c.len_utf8()))
        .collect()
}

fn shape(faces: &Faces, at: usize, text: &str, to_left: bool) -> Option<Piece> {
    let loaded = faces.loaded(at)?;
    let face = rustybuzz::Face::from_slice(&loaded.data, loaded.index)?;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(match to_left {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    });
    let shaped = rustybuzz::shape(&face, &narrow(text), buffer);
    let begins: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    // A glyph stands for the text up to the next cluster.
    let mut sorted = begins.clone();
    sorted.push(text.len());
    sorted.sort_unstable();
    let until = |begin: usize| sorted.iter().copied().find(|next| *next > begin).unwrap_or(begin);
    let units = loaded.font.units_per_em();
    #[expect(clippy::cast_precision_loss, reason = "font units are small numbers")]
    let em = |length: i32| length as f32 / units;
    let glyph = |((info, position), begin): ((&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition), &usize)| {
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            em(position.x_advance),
            em(position.x_offset),
            em(position.y_offset),
            em(position.y_advance),
            *begin..until(*begin),
            None,
        )
    };
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&begins);
    let glyphs = glyphs.map(glyph).collect();
    Some(Piece {
        font: at,
        text: text.to_owned(),
        glyphs,
    })
}
