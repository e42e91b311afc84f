//! A drawing -> the bytes of a PNG, which holds pixels and nothing else.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::Fonts;
use crate::pictures::palette::indexed_png;

/// Nothing when the drawing is faulty, which would be ours.
pub fn png(svg: &str, fonts: &Fonts) -> Option<Vec<u8>> {
    let options = Options { fontdb: fonts.database(), font_resolver: fonts.resolver(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    // The paper covers all, so nothing shines through.
    let (width, height) = (size.width(), size.height());
    let exact = indexed_png(width, height, 4, pixels.data(), |value| value);
    // The edges of letters on many colours: nobody sees the last two bits.
    let coarse = || indexed_png(width, height, 4, pixels.data(), |value| value & 0xFC | value >> 6);
    exact.or_else(coarse).or_else(|| rgb_png(width, height, pixels.data()))
}

fn rgb_png(width: u32, height: u32, rgba: &[u8]) -> Option<Vec<u8>> {
    let pixels: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(out)
}
