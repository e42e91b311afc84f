//! A picture of the PNG kind -> the texts in it, packed or not, and what in it is no part of a picture.

use flate2::read::ZlibDecoder;

use super::layout;
use super::read::Reader;
use super::unpack::{Ending, behind, whole};

/// The texts in a picture, what it has that is no part of a picture, and what stands behind its end.
pub(super) fn read(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let Some((chunks, end)) = layout::chunks(bytes) else {
        reader.is_closed = true;
        return;
    };
    let mut numbers = 0;
    let colours = chunks.iter().find(|(kind, _)| *kind == *b"PLTE").map_or(0, |(_, chunk)| chunk.len() / 3);
    for (kind, chunk) in &chunks {
        // Frames are numbered, and the parts of their points.
        if matches!(kind, b"fcTL" | b"fdAT") {
            if chunk.first_chunk() == Some(&u32::to_be_bytes(numbers)) {
                numbers += 1;
            } else {
                reader.within("", chunk, depth + 1);
                continue;
            }
        }
        if !is_in_order(kind, chunk, colours) {
            other(kind, chunk, depth, reader);
        }
    }
    behind(bytes, end, depth, reader);
}

/// Whether a chunk holds points of a picture, their colours or their measures, in which no words are, and is as long as
/// these are.
fn is_in_order(kind: &[u8; 4], chunk: &[u8], colours: usize) -> bool {
    let len = chunk.len();
    match kind {
        b"IDAT" | b"fdAT" => true,
        b"IHDR" => len == 13,
        b"PLTE" => len <= 768 && len.is_multiple_of(3),
        b"tRNS" => len <= 256,
        b"cHRM" => len == 32,
        b"gAMA" | b"cICP" => len == 4,
        b"sBIT" => len <= 4,
        b"sRGB" | b"sTER" => len == 1,
        b"mDCV" => len == 24,
        b"cLLI" | b"acTL" => len == 8,
        b"bKGD" => len <= 6,
        b"hIST" => len == 2 * colours,
        b"pHYs" | b"oFFs" | b"vpAg" => len == 9,
        b"tIME" => len == 7,
        b"fcTL" => len == 26,
        b"iDOT" => len == 28,
        _ => false,
    }
}

fn other(kind: &[u8; 4], chunk: &[u8], depth: usize, reader: &mut Reader) {
    let end = chunk.iter().position(|byte| *byte == 0);
    let text = end.and_then(|end| chunk.get(end + 1..));
    let (packed, plain) = match (kind, text) {
        (b"zTXt" | b"iCCP", Some([0, packed @ ..])) => (Some(packed), None),
        (b"iTXt", Some([is_packed @ (0 | 1), 0, rest @ ..])) => {
            // The language, and the keyword in it.
            let text = rest.splitn(3, |byte| *byte == 0).nth(2);
            if *is_packed == 1 { (text, None) } else { (None, text) }
        }
        (b"tEXt", Some(text)) => (None, Some(text)),
        // A name, how deep the colours are, and the colours.
        (b"sPLT", Some([8, colours @ ..])) if colours.len().is_multiple_of(6) => (None, None),
        (b"sPLT", Some([16, colours @ ..])) if colours.len().is_multiple_of(10) => (None, None),
        (b"eXIf", _) if chunk.starts_with(b"II*\0") || chunk.starts_with(b"MM\0*") => {
            reader.field(chunk, depth + 1);
            return;
        }
        _ => {
            reader.within("", chunk, depth + 1);
            return;
        }
    };
    // What comes before the text tells what it is, and in which language.
    let before = packed.or(plain).map_or(end.unwrap_or_default(), |text| chunk.len() - text.len());
    for word in
        chunk.get(..before).unwrap_or_default().split(|byte| *byte < b' ').filter(|word| !word.is_empty())
    {
        reader.field(word, depth + 1);
    }
    if let Some(packed) = packed {
        let mut stream = ZlibDecoder::new(packed);
        let (inner, ending) = whole(&mut stream, packed.len() as u64, reader);
        let end = usize::try_from(stream.total_in()).unwrap_or(packed.len());
        reader.ended(ending);
        let is_profile = kind == b"iCCP" && inner.get(36..40) == Some(b"acsp");
        if is_profile {
            reader.field(&inner, depth + 1)
        } else {
            reader.within("", &inner, depth + 1)
        }
        if ending == Ending::Whole {
            behind(packed, end, depth, reader);
        }
    }
    if let Some(plain) = plain {
        reader.within("", plain, depth + 1);
    }
}
