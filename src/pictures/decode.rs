//! The bytes of a raster picture -> its pixels, with what they need to be shown as they were meant.

use std::io::Cursor;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::Failure;
use super::strip;

/// A picture with more pixels is refused: a small file can say that it is enormous.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The kinds of raster picture that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
}

/// Rows of 8-bit pixels: grey, grey and alpha, RGB or RGBA, by the number of channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub channels: usize,
    pub data: Vec<u8>,
}

/// A picture as its file has it.
pub struct Decoded {
    pub pixels: Pixels,
    /// An ICC profile, for the colours.
    pub profile: Option<Vec<u8>>,
    /// How the camera was held: 1 to 8, as EXIF counts.
    pub orientation: u32,
    /// Whether it is the first of several that follow each other.
    pub moves: bool,
    /// Whether its colours are those of print.
    pub print: bool,
}

/// The kind that the first bytes of a file say, whatever its name.
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
        [b'G', b'I', b'F', b'8', ..] => Some(Kind::Gif),
        _ => webp.then_some(Kind::WebP),
    }
}

/// Decodes a picture; of one that moves, the first.
pub fn decode(kind: Kind, bytes: &[u8]) -> Result<Decoded, Failure> {
    match kind {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
        Kind::WebP => webp(bytes),
        Kind::Gif => gif(bytes),
    }
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, Failure> {
    // The decoder fills up what is missing at the end of a file; nobody would notice.
    strip::jpeg(bytes)?;
    let failed = |error: zune_jpeg::errors::DecodeErrors| Failure::unreadable(error);
    let options = DecoderOptions::default().set_strict_mode(false);
    let options = options.set_max_width(usize::from(u16::MAX)).set_max_height(usize::from(u16::MAX));
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(failed)?;
    let (width, height) = decoder.dimensions().ok_or(Failure::Unreadable("it has no size".to_owned()))?;
    let (width, height) = within(width as u64, height as u64)?;
    let space = decoder.input_colorspace();
    let (channels, out) = match space {
        Some(ColorSpace::Luma) => (1, ColorSpace::Luma),
        _ => (3, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(out));
    let data = decoder.decode().map_err(failed)?;
    Ok(Decoded {
        pixels: Pixels { width, height, channels, data },
        profile: decoder.icc_profile(),
        orientation: decoder.exif().map_or(1, |exif| orientation(exif)),
        moves: false,
        print: matches!(space, Some(ColorSpace::CMYK | ColorSpace::YCCK)),
    })
}

fn png(bytes: &[u8]) -> Result<Decoded, Failure> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(Failure::unreadable)?;
    let info = reader.info();
    let (width, height) = within(info.width.into(), info.height.into())?;
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec());
    let orientation = info.exif_metadata.as_ref().map_or(1, |exif| orientation(exif));
    let moves = info.animation_control().is_some_and(|control| control.num_frames > 1);
    let channels = reader.output_color_type().0.samples();
    let size = reader.output_buffer_size().unwrap_or_default();
    let mut data = vec![0; size];
    reader.next_frame(&mut data).map_err(Failure::unreadable)?;
    let pixels = Pixels { width, height, channels, data };
    Ok(Decoded { pixels, profile, orientation, moves, print: false })
}

fn webp(bytes: &[u8]) -> Result<Decoded, Failure> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(Failure::unreadable)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = within(width.into(), height.into())?;
    let mut data = vec![0; decoder.output_buffer_size().unwrap_or_default()];
    decoder.read_image(&mut data).map_err(Failure::unreadable)?;
    let exif = decoder.exif_metadata().ok().flatten();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    Ok(Decoded {
        pixels: Pixels { width, height, channels, data },
        profile: decoder.icc_profile().ok().flatten(),
        orientation: exif.map_or(1, |exif| orientation(&exif)),
        moves: decoder.is_animated() && decoder.num_frames() > 1,
        print: false,
    })
}

fn gif(bytes: &[u8]) -> Result<Decoded, Failure> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).map_err(Failure::unreadable)?;
    let (width, height) = within(decoder.width().into(), decoder.height().into())?;
    let row = width as usize * 4;
    let mut data = vec![0; row * height as usize];
    let frame = decoder.read_next_frame().map_err(Failure::unreadable)?;
    let frame = frame.ok_or(Failure::Unreadable("there is no picture in it".to_owned()))?;
    // The first picture may cover only a part of the whole.
    let (left, part) = (usize::from(frame.left) * 4, usize::from(frame.width) * 4);
    let below = data.chunks_exact_mut(row.max(1)).skip(usize::from(frame.top));
    for (into, from) in below.zip(frame.buffer.chunks_exact(part.max(1))) {
        into.iter_mut().skip(left).zip(from).for_each(|(into, from)| *into = *from);
    }
    let moves = decoder.next_frame_info().is_ok_and(|next| next.is_some());
    let profile = decoder.icc_profile().map(<[u8]>::to_vec);
    let pixels = Pixels { width, height, channels: 4, data };
    Ok(Decoded { pixels, profile, orientation: 1, moves, print: false })
}

fn within(width: u64, height: u64) -> Result<(u32, u32), Failure> {
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(0), _) | (_, Ok(0)) => Err(Failure::Unreadable("it has no size".to_owned())),
        (Ok(width), Ok(height)) if u64::from(width) * u64::from(height) <= MOST_PIXELS => Ok((width, height)),
        _ => Err(Failure::TooLarge { width, height }),
    }
}

/// The orientation in EXIF data; upright when it says none.
pub fn orientation(exif: &[u8]) -> u32 {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let read = exif::Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    let read = read.or_else(|error| error.distill_partial_result(|_| ()));
    let field = read
        .ok()
        .and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0));
    field.filter(|turn| (1..=8).contains(turn)).unwrap_or(1)
}
