//! Pixels of few colours -> a PNG with a palette, which is the smallest file for them.

use rustc_hash::FxHashMap;

/// The PNG of rows of 8-bit pixels: grey, grey and alpha, RGB or RGBA, by the number of channels, which is 1 to 4. Each
/// value of a channel is what `shade` makes of it. Nothing when there are more colours than a palette has.
pub fn indexed_png(
    width: u32,
    height: u32,
    channels: usize,
    data: &[u8],
    shade: fn(u8) -> u8,
) -> Option<Vec<u8>> {
    (1..=4).contains(&channels).then_some(())?;
    let row_width = width as usize;
    let mut colours: Vec<[u8; 4]> = Vec::new();
    let mut indices = Vec::with_capacity(data.len() / channels);
    let mut known = FxHashMap::default();
    let mut above: &[u8] = &[];
    for row in data.chunks_exact((row_width * channels).max(1)) {
        // Most rows of a drawing are like the one above, and most pixels like the one before.
        if row == above {
            indices.extend_from_within(indices.len() - row_width..);
            continue;
        }
        above = row;
        let mut rest = row;
        while let Some(pixel) = rest.get(..channels) {
            let mut colour = [0; 4];
            colour.iter_mut().zip(pixel).for_each(|(to, value)| *to = shade(*value));
            let index = *known.entry(u32::from_le_bytes(colour)).or_insert_with(|| {
                colours.push(colour);
                colours.len() - 1
            });
            let run = run(rest, channels);
            indices.resize(indices.len() + run, u8::try_from(index).ok()?);
            rest = &rest[run * channels..];
        }
    }
    let rgb = |colour: &[u8; 4]| match (channels, *colour) {
        (1 | 2, [grey, ..]) => [grey; 3],
        (_, [r, g, b, _]) => [r, g, b],
    };
    let palette: Vec<u8> = colours.iter().flat_map(rgb).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    let alpha: Vec<u8> = colours.iter().map(|colour| colour[channels - 1]).collect();
    if matches!(channels, 2 | 4) && alpha.iter().any(|alpha| *alpha != u8::MAX) {
        encoder.set_trns(alpha);
    }
    encoder.write_header().ok()?.write_image_data(&indices).ok()?;
    Some(out)
}

/// How many pixels at the beginning of a row are the same: as long as they are, each byte is that of a pixel before.
fn run(row: &[u8], channels: usize) -> usize {
    let (before, after) = (row, &row[channels..]);
    let mut same = 0;
    // Whole blocks are compared at once.
    for block in [64, 8, 1] {
        while same + block <= after.len() && before[same..same + block] == after[same..same + block] {
            same += block;
        }
    }
    1 + same / channels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(value: u8) -> u8 {
        value
    }

    fn pixels(png: &[u8]) -> Vec<u8> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn runs_of_any_length_come_back_as_they_were() {
        for channels in [3_usize, 4] {
            let colour = |at: usize| [at as u8, 255 - at as u8, 7, 128 + at as u8];
            // Runs of 1, 2, 3 and so on pixels, in two rows that are alike and one that is not.
            let mut row: Vec<u8> = Vec::new();
            (1..40).for_each(|run| (0..run).for_each(|_| row.extend(&colour(run % 5)[..channels])));
            let width = (row.len() / channels) as u32;
            let turned: Vec<u8> = row.chunks_exact(channels).rev().flatten().copied().collect();
            let data = [row.clone(), row, turned].concat();
            let png = indexed_png(width, 3, channels, &data, same).unwrap();
            assert_eq!(pixels(&png), data, "{channels} channels");
        }
    }

    #[test]
    fn a_palette_has_256_colours_at_most() {
        let data: Vec<u8> = (0..257_u32).flat_map(|at| [at as u8, (at >> 8) as u8, 0]).collect();
        assert_eq!(indexed_png(257, 1, 3, &data, same), None);
        assert!(indexed_png(256, 1, 3, &data[..768], same).is_some());
        assert!(indexed_png(257, 1, 3, &data, |value| value & 0xFC).is_some());
    }
}
