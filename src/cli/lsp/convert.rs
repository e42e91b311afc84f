//! Places and texts of the library -> the types of the protocol, and back.

use dossier::editor::position::{Encoding, Place};
use dossier::source::{FileId, Span, Texts};
use gen_lsp_types::{Contents, MarkupContent, MarkupKind, Position, PositionEncodingKind, Range};

pub fn place(position: Position) -> Place {
    Place { line: position.line, column: position.character }
}

fn position(place: Place) -> Position {
    Position { line: place.line, character: place.column }
}

pub fn range(encoding: Encoding, texts: &Texts, file: FileId, bytes: &std::ops::Range<usize>) -> Range {
    let (start, end) = encoding.places(&texts.of(file), bytes);
    Range { start: position(start), end: position(end) }
}

pub fn span(encoding: Encoding, texts: &Texts, span: Span) -> Range {
    range(encoding, texts, span.file, &span.range())
}

/// The encoding of columns that a client likes best of those that it offers.
pub fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let mut known = offered.unwrap_or_default().iter().filter_map(|kind| match kind {
        PositionEncodingKind::UTF8 => Some(Encoding::Utf8),
        PositionEncodingKind::UTF16 => Some(Encoding::Utf16),
        PositionEncodingKind::UTF32 => Some(Encoding::Utf32),
        _ => None,
    });
    known.next().unwrap_or_default()
}

pub fn encoding_kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

pub fn markdown(text: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value: text }
}

pub fn contents(text: String) -> Contents {
    markdown(text).into()
}
