//! Names are written by others. Before they stand in a sentence they lose what could break or reorder it, and in
//! Chinese they gain the space that separates Latin letters from ideographs.

/// Marks around what was placed into a text; noncharacters, so no input can carry them through [`tame`].
pub(crate) const OPEN: char = '\u{FDD0}';
/// See [`OPEN`].
pub(crate) const CLOSE: char = '\u{FDD1}';

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// A text of others as one harmless line: line breaks and control characters become spaces, direction marks and
/// invisible characters go, and what is written from right to left is isolated from the words around it.
pub fn tame(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let spaced: String = text
        .chars()
        .filter(|c| !invisible(*c))
        .map(|c| if breaks(c) { ' ' } else { c })
        .collect();
    let line = spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().any(right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}")
    } else {
        line
    }
}

/// Direction marks, zero-width characters (joiners stay: names need them), tags and noncharacters.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{E007F}')
}

fn right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

/// Takes the marks out; puts a space in their place where an ideograph meets a Latin letter or digit.
pub(crate) fn space_out(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    let mut pending = false;
    for c in marked.chars() {
        if c == OPEN || c == CLOSE {
            pending = true;
            continue;
        }
        if pending && out.chars().next_back().is_some_and(|before| needs_space(before, c)) {
            out.push(' ');
        }
        pending = false;
        out.push(c);
    }
    out
}

fn needs_space(before: char, after: char) -> bool {
    (ideograph(before) && western(after)) || (western(before) && ideograph(after))
}

fn ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn western(c: char) -> bool {
    !ideograph(c) && c.is_alphanumeric() && (c as u32) < 0x2E80
}

#[cfg(test)]
mod tests {
    use super::{space_out, tame};

    #[test]
    fn sec_3_names_cannot_break_or_reorder_a_line() {
        assert_eq!(tame("Lumière"), "Lumière");
        assert_eq!(tame("a\r\nBcc: x@y.example"), "a Bcc: x@y.example");
        assert_eq!(tame("evil\u{202E}txt.exe\u{200B}\u{2028}x\t\u{0}"), "eviltxt.exe x");
        assert_eq!(tame("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(tame("\u{2069}שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(tame("\u{FDD0}x\u{FDD1}"), "x");
        assert_eq!(tame(" 1\u{202F}000\u{A0}€ "), "1\u{202F}000\u{A0}€");
    }

    #[test]
    fn latin_words_stand_apart_from_ideographs() {
        assert_eq!(space_out("為\u{FDD0}Lumière\u{FDD1}試用"), "為 Lumière 試用");
        assert_eq!(
            space_out("為\u{FDD0}綠光\u{FDD1}試用，\u{FDD0}A\u{FDD1}。"),
            "為綠光試用，A。"
        );
        assert_eq!(space_out("甲\u{FDD0}台灣IBM\u{FDD1}\u{FDD0}乙\u{FDD1}"), "甲台灣IBM 乙");
    }
}
