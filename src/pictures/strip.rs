//! An image file -> the same picture, bit by bit, without anything that tells of its making: for images that
//! a page links to, and so are published in full.

use std::borrow::Cow;

use img_parts::jpeg::markers;
use img_parts::png::{Png, PngChunk};
use img_parts::riff::RiffContent;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::decode::{Kind, orientation};
use super::{Failure, drawing};

/// What a PNG needs to be shown; `acTL`, `fcTL` and `fdAT` are those that move.
const PNG_CHUNKS: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

const WEBP_CHUNKS: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// Which of the chunks of a WebP its first one says are there: EXIF and XMP.
const WEBP_EXIF_AND_XMP: u8 = 0b0000_1100;

const EXIF: &[u8] = b"Exif\0\0";

/// Endings of image files, which hold what their camera knows. Where nothing is known here of what such a file is, it may
/// be anything: telephones send photographs of one kind under the ending of another.
const IMAGES: [&str; 24] = [
    "apng", "avif", "bmp", "cr2", "cr3", "dng", "gif", "heic", "heif", "ico", "jfif", "jp2", "jpe", "jpeg",
    "jpg", "jxl", "nef", "arw", "png", "psd", "svgz", "tif", "tiff", "webp",
];

/// The file without metadata; nothing when it is no image.
pub fn strip(path: &str, bytes: &[u8]) -> Option<Result<Vec<u8>, Failure>> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    match super::decode::kind(bytes) {
        Some(Kind::Jpeg) => Some(jpeg(bytes)),
        Some(Kind::Png) => Some(png(bytes)),
        Some(Kind::WebP) => Some(webp(bytes)),
        Some(Kind::Gif) => Some(gif(bytes)),
        None if ending == "svg" => Some(drawing::clean(bytes).map(|drawing| drawing.bytes)),
        None => IMAGES.contains(&ending.as_str()).then_some(Err(Failure::Format)),
    }
}

/// A JPEG with its tables, scans and colours, and of all that cameras and programs add only how it is to be
/// turned. What follows its end goes too: some cameras put a film there.
///
/// Read marker by marker here, since `img-parts` takes a scan and all behind it as one.
pub fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let cut = || Failure::Unreadable("it is cut off".to_owned());
    let mut kept = vec![0xFF, markers::SOI];
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        // Any number of 0xFF may stand before a marker, and what is none is passed over.
        let at = marker_in(rest).ok_or_else(cut)?;
        rest = rest.get(at + 1..).unwrap_or_default();
        let (marker, after) = rest.split_first().ok_or_else(cut)?;
        if *marker == markers::EOI {
            kept.extend([0xFF, markers::EOI]);
            return Ok(kept);
        }
        let length = after.first_chunk().map_or(0, |length| usize::from(u16::from_be_bytes(*length)));
        let contents = after.get(2..length).ok_or_else(cut)?;
        rest = after.get(length..).unwrap_or_default();
        if let Some(contents) = needed(*marker, contents) {
            kept.extend([0xFF, *marker]);
            kept.extend(u16::try_from(contents.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
            kept.extend(contents.as_ref());
        }
        if *marker == markers::SOS {
            let end = marker_in(rest).ok_or_else(cut)?;
            kept.extend(rest.iter().take(end));
        }
    }
}

/// What a decoder needs of a segment.
fn needed(marker: u8, contents: &[u8]) -> Option<Cow<'_, [u8]>> {
    match marker {
        // Without the thumbnail behind it.
        markers::APP0 => {
            contents.starts_with(b"JFIF\0").then_some(b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0".into())
        }
        markers::APP1 => {
            let turn = contents.starts_with(EXIF).then(|| orientation(contents)).filter(|turn| *turn != 1)?;
            Some([EXIF, turned(turn).as_slice()].concat().into())
        }
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0").then_some(contents.into()),
        // How the colours are coded.
        markers::APP14 => contents.starts_with(b"Adobe").then_some(contents.get(..12)?.into()),
        markers::APP3..=markers::APP13 | markers::APP15..=markers::COM => None,
        _ => Some(contents.into()),
    }
}

/// Where the next marker is: no escaped byte, and no restart within a scan.
fn marker_in(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| matches!(pair, [0xFF, next] if !matches!(next, 0 | 0xD0..=0xD7 | 0xFF)))
}

fn png(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut image = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(Failure::unreadable)?;
    let turn = image.exif().map_or(1, |exif| orientation(&exif));
    image.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind()));
    if turn != 1 {
        let chunk = PngChunk::new(*b"eXIf", Bytes::from(turned(turn)));
        let at = image.chunks().len().min(1);
        image.chunks_mut().insert(at, chunk);
    }
    Ok(image.encoder().bytes().to_vec())
}

fn webp(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut image = WebP::from_bytes(Bytes::copy_from_slice(bytes)).map_err(Failure::unreadable)?;
    let turn = image.exif().map_or(1, |exif| orientation(&exif));
    image.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()));
    for chunk in image.chunks_mut() {
        if chunk.id() == *b"VP8X"
            && let RiffContent::Data(data) = chunk.content_mut()
        {
            let flags = data.iter().enumerate();
            *data = flags.map(|(at, byte)| if at == 0 { byte & !WEBP_EXIF_AND_XMP } else { *byte }).collect();
        }
    }
    if turn != 1 {
        image.set_exif(Some(Bytes::from(turned(turn))));
    }
    Ok(image.encoder().bytes().to_vec())
}

/// Pictures, their times and how often they are shown; comments and other programs' blocks are left behind.
fn gif(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).map_err(Failure::unreadable)?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let mut out = Vec::with_capacity(bytes.len());
    let mut encoder = gif::Encoder::new(&mut out, decoder.width(), decoder.height(), &palette)
        .map_err(Failure::unreadable)?;
    let mut first = true;
    while let Some(frame) = decoder.read_next_frame().map_err(Failure::unreadable)? {
        let frame = frame.clone();
        if std::mem::take(&mut first) {
            encoder.set_repeat(decoder.repeat()).map_err(Failure::unreadable)?;
        }
        encoder.write_frame(&frame).map_err(Failure::unreadable)?;
    }
    drop(encoder);
    Ok(out)
}

/// EXIF data that holds an orientation and nothing else.
fn turned(orientation: u32) -> Vec<u8> {
    let value = u8::try_from(orientation).unwrap_or(1);
    let mut exif = b"MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    exif.push(value);
    exif.extend([0; 6]);
    exif
}
