//! Pixels of few colours -> a PNG with a palette, which is the smallest file for them.

use std::collections::HashMap;

/// The PNG of rows of 8-bit pixels: grey, grey and alpha, RGB or RGBA, by the number of channels. Nothing when
/// there are more colours than a palette has.
pub fn indexed_png(width: u32, height: u32, channels: usize, data: &[u8]) -> Option<Vec<u8>> {
    let mut colours: Vec<&[u8]> = Vec::new();
    let mut indices = Vec::with_capacity(data.len() / channels.max(1));
    let mut known = HashMap::new();
    let channels = channels.max(1);
    let width_of_row = width as usize;
    let mut above: &[u8] = &[];
    for row in data.chunks_exact((width_of_row * channels).max(1)) {
        // Most rows of a drawing are like the one above, and most pixels like the one before.
        if row == above {
            indices.extend_from_within(indices.len() - width_of_row..);
            continue;
        }
        above = row;
        let mut before: Option<(&[u8], u8)> = None;
        for pixel in row.chunks_exact(channels) {
            let index = match before {
                Some((same, index)) if same == pixel => index,
                _ => {
                    let index = *known.entry(pixel).or_insert_with(|| {
                        colours.push(pixel);
                        colours.len() - 1
                    });
                    u8::try_from(index).ok()?
                }
            };
            before = Some((pixel, index));
            indices.push(index);
        }
    }
    let rgb = |pixel: &&[u8]| match **pixel {
        [grey] | [grey, _] => [grey; 3],
        [r, g, b, ..] => [r, g, b],
        [] => [0; 3],
    };
    let palette: Vec<u8> = colours.iter().flat_map(rgb).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    let alpha: Vec<u8> = colours.iter().filter_map(|pixel| pixel.last().copied()).collect();
    if matches!(channels, 2 | 4) && alpha.iter().any(|alpha| *alpha != u8::MAX) {
        encoder.set_trns(alpha);
    }
    encoder.write_header().ok()?.write_image_data(&indices).ok()?;
    Some(out)
}
