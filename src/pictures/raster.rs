//! A raster picture -> files at the widths that pages show: upright, in sRGB, and nothing but pixels.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

use super::colour::in_srgb;
use super::decode::{Decoded, Kind, Pixels, decode};
use super::palette::indexed_png;
use super::{Failure, Format, Made, Remark, Rendition};

/// Where fewer bits are saved than are seen to be missing; measured on photographs.
const JPEG_QUALITY: u8 = 82;

/// How much larger than a JPEG a lossless file may be. Photographs are six times as large and more, drawings
/// and screenshots less than three times, and there the noise of a JPEG shows.
const LOSSLESS_MAY_COST: usize = 3;

/// The files of a picture for a column of `width` CSS pixels, at one and two pixels for each; never larger
/// than it is.
pub fn make(kind: Kind, bytes: &[u8], width: u32) -> Result<Made, Failure> {
    let Decoded { pixels, profile, orientation, moves, print } = decode(kind, bytes)?;
    let mut pixels = without_idle_alpha(pixels);
    let lies = orientation > 4;
    let upright = if lies { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    let widest = (2 * width).min(upright.0);
    let mut widths = vec![widest];
    // One that is hardly wider serves both.
    if 4 * widest > 5 * width {
        widths.push(width);
    }
    let mut files = Vec::new();
    for width in widths {
        let height = in_proportion(upright, width);
        let (w, h) = if lies { (height, width) } else { (width, height) };
        // The narrower one is made from the wider one, which is near enough and much less work.
        pixels = resized(pixels, w, h)?;
        let mut shown = turned(&pixels, orientation);
        if let Some(profile) = profile.as_ref().filter(|_| !print) {
            shown = in_srgb(shown, profile);
        }
        let (format, bytes) = encoded(&shown, kind == Kind::Jpeg)?;
        files.push(Rendition { width: shown.width, format, bytes: bytes.into() });
    }
    files.reverse();
    let shown = width.min(upright.0);
    let remark = if moves { Some(Remark::Moves) } else { print.then_some(Remark::Print) };
    Ok(Made { width: shown, height: in_proportion(upright, shown), remark, files })
}

fn in_proportion((width, height): (u32, u32), wanted: u32) -> u32 {
    let (width, height) = (u64::from(width.max(1)), u64::from(height));
    let scaled = (height * u64::from(wanted) + width / 2) / width;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

/// Many a picture has an alpha channel and no pixel that is not opaque.
fn without_idle_alpha(pixels: Pixels) -> Pixels {
    let Pixels { width, height, channels, data } = pixels;
    let opaque =
        |data: &[u8]| data.iter().skip(channels - 1).step_by(channels).all(|alpha| *alpha == u8::MAX);
    if !matches!(channels, 2 | 4) || !opaque(&data) {
        return Pixels { width, height, channels, data };
    }
    let kept = channels - 1;
    let data = data.chunks_exact(channels).flat_map(|pixel| pixel.iter().take(kept)).copied().collect();
    Pixels { width, height, channels: kept, data }
}

fn resized(pixels: Pixels, width: u32, height: u32) -> Result<Pixels, Failure> {
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels);
    }
    let Pixels { channels, data, .. } = pixels;
    // The library is compiled for four channels alone, without its code for a dozen other forms of pixels.
    const KIND: PixelType = PixelType::U8x4;
    let has_alpha = matches!(channels, 2 | 4);
    let four: Vec<u8> = match channels {
        1 => data.iter().flat_map(|grey| [*grey, 0, 0, u8::MAX]).collect(),
        2 => data.as_chunks().0.iter().flat_map(|[grey, alpha]| [*grey, 0, 0, *alpha]).collect(),
        3 => data.as_chunks().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, u8::MAX]).collect(),
        _ => data,
    };
    let from = Image::from_vec_u8(pixels.width, pixels.height, four, KIND).map_err(Failure::unreadable)?;
    let mut to = Image::new(width, height, KIND);
    let options = ResizeOptions::new().use_alpha(has_alpha);
    Resizer::new().resize(&from, &mut to, &options).map_err(Failure::unreadable)?;
    let four = to.into_vec();
    let data = match channels {
        1 => four.as_chunks::<4>().0.iter().map(|[grey, ..]| *grey).collect(),
        2 => four.as_chunks::<4>().0.iter().flat_map(|[grey, _, _, alpha]| [*grey, *alpha]).collect(),
        3 => four.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect(),
        _ => four,
    };
    Ok(Pixels { width, height, channels, data })
}

/// A picture as it was seen, from how it lies in its file (EXIF, 4.6.4).
fn turned(pixels: &Pixels, orientation: u32) -> Pixels {
    if orientation == 1 {
        return pixels.clone();
    }
    let (w, h) = (pixels.width as usize, pixels.height as usize);
    let (width, height) = if orientation > 4 { (h, w) } else { (w, h) };
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match orientation {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                _ => (w - 1 - y, x),
            };
            let at = (from_y * w + from_x) * pixels.channels;
            data.extend(pixels.data.iter().skip(at).take(pixels.channels));
        }
    }
    Pixels { width: width as u32, height: height as u32, channels: pixels.channels, data }
}

/// The smallest file that shows a picture well.
fn encoded(pixels: &Pixels, was_jpeg: bool) -> Result<(Format, Vec<u8>), Failure> {
    let opaque = matches!(pixels.channels, 1 | 3);
    let photograph = if opaque { jpeg(pixels, was_jpeg) } else { None };
    let lossless = if was_jpeg && photograph.is_some() { None } else { lossless(pixels) };
    match (photograph, lossless) {
        (Some(jpeg), Some((_, lossless))) if jpeg.len() * LOSSLESS_MAY_COST < lossless.len() => {
            Ok((Format::Jpeg, jpeg))
        }
        (_, Some(lossless)) => Ok(lossless),
        (Some(jpeg), None) => Ok((Format::Jpeg, jpeg)),
        (None, None) => Err(Failure::Unreadable("it is too long and narrow".to_owned())),
    }
}

fn jpeg(pixels: &Pixels, coarse_colour: bool) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(if coarse_colour {
        jpeg_encoder::SamplingFactor::F_2_2
    } else {
        jpeg_encoder::SamplingFactor::F_1_1
    });
    let colour =
        if pixels.channels == 1 { jpeg_encoder::ColorType::Luma } else { jpeg_encoder::ColorType::Rgb };
    let (width, height) = (u16::try_from(pixels.width).ok()?, u16::try_from(pixels.height).ok()?);
    encoder.encode(&pixels.data, width, height, colour).ok()?;
    Some(out)
}

/// WebP, or PNG where a palette makes that smaller.
fn lossless(pixels: &Pixels) -> Option<(Format, Vec<u8>)> {
    let files = [
        (Format::Png, indexed_png(pixels.width, pixels.height, pixels.channels, &pixels.data, |value| value)),
        (Format::WebP, webp(pixels)),
    ];
    let files = files.into_iter().filter_map(|(format, bytes)| Some((format, bytes?)));
    files.min_by_key(|(_, bytes)| bytes.len())
}

fn webp(pixels: &Pixels) -> Option<Vec<u8>> {
    let colour = match pixels.channels {
        1 => image_webp::ColorType::L8,
        2 => image_webp::ColorType::La8,
        3 => image_webp::ColorType::Rgb8,
        _ => image_webp::ColorType::Rgba8,
    };
    let mut out = Vec::new();
    image_webp::WebPEncoder::new(&mut out).encode(&pixels.data, pixels.width, pixels.height, colour).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter that looks different from each side, as each of the eight orientations stores it.
    #[test]
    fn a_picture_is_turned_upright_from_every_orientation() {
        let upright = ["##", "# ", "# "];
        let stored: [&[&str]; 8] = [
            &["##", "# ", "# "],
            &["##", " #", " #"],
            &[" #", " #", "##"],
            &["# ", "# ", "##"],
            &["###", "#  "],
            &["#  ", "###"],
            &["  #", "###"],
            &["###", "  #"],
        ];
        let pixels = |rows: &[&str]| Pixels {
            width: rows[0].len() as u32,
            height: rows.len() as u32,
            channels: 1,
            data: rows.concat().into_bytes(),
        };
        for (orientation, rows) in (1..).zip(stored) {
            assert_eq!(turned(&pixels(rows), orientation), pixels(&upright), "orientation {orientation}");
        }
    }
}
