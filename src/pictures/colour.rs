//! Pixels and the ICC profile that says what they mean -> pixels in sRGB, which need none.

use qcms::{DataType, Intent, Profile, Transform};

use super::decode::Pixels;

/// The pixels in sRGB. They stay as they are where a profile is faulty or not one of such pixels, as browsers
/// leave them. A profile is not published: that of a screen can name the machine it belongs to.
pub fn in_srgb(pixels: Pixels, profile: &[u8]) -> Pixels {
    let (space, from, to, channels) = match pixels.channels {
        1 => (b"GRAY", DataType::Gray8, DataType::RGB8, 3),
        2 => (b"GRAY", DataType::GrayA8, DataType::RGBA8, 4),
        3 => (b"RGB ", DataType::RGB8, DataType::RGB8, 3),
        _ => (b"RGB ", DataType::RGBA8, DataType::RGBA8, 4),
    };
    // ICC.1, 7.2: the space of the data.
    if profile.get(16..20) != Some(space) {
        return pixels;
    }
    let Some(profile) = Profile::new_from_slice(profile, false) else { return pixels };
    if profile.is_sRGB() {
        return pixels;
    }
    // Without tables made ahead it computes in plain code, with the same result on every machine.
    let Some(transform) = Transform::new_to(&profile, &Profile::new_sRGB(), from, to, Intent::Perceptual)
    else {
        return pixels;
    };
    let mut data = vec![0; pixels.data.len() / pixels.channels * channels];
    transform.convert(&pixels.data, &mut data);
    Pixels { channels, data, ..pixels }
}
