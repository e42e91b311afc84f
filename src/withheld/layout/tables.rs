//! Files that say in tables where their parts lie, in any order: pictures for printing, icons and fonts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Layout, Order};

/// How many tables a picture has at most, or fonts one file.
const TABLES: usize = 4096;

/// The fields whose values are other tables.
const LEADS: [usize; 4] = [330, 34665, 34853, 40965];

/// A field in a table of a picture of the TIFF kind.
struct Field<'b> {
    name: usize,
    kind: usize,
    /// How many bytes its value has, where it is longer than four.
    value: Option<&'b [u8]>,
    numbers: Vec<usize>,
}

pub(super) fn tiff(bytes: &[u8]) -> Option<Layout<'_>> {
    let order = if bytes.starts_with(b"I") { Order::Little } else { Order::Big };
    let mut layout = Layout::default();
    layout.take(bytes, 0, 8)?;
    let mut due = vec![order.four(bytes, 4)?];
    let mut known = BTreeSet::from([0]);
    // Each value lies in a place of its own, so all of them are not longer than the file.
    let mut left = bytes.len().saturating_mul(2);
    while let Some(at) = due.pop() {
        if !known.insert(at) {
            continue;
        }
        let count = order.two(bytes, at)?;
        layout.take(bytes, at, 2 + 12 * count)?;
        let fields: Option<Vec<Field>> = (0..count)
            .map(|number| field(order, bytes, at + 2 + 12 * number, &mut layout, &mut left))
            .collect();
        let fields = fields?;
        // Where the next one lies: within Exif some writers leave that out.
        if let Some(next) = order.four(bytes, at + 2 + 12 * count) {
            layout.take(bytes, at + 2 + 12 * count, 4)?;
            due.push(next);
        }
        let numbers =
            |name: usize| fields.iter().find(|field| field.name == name).map(|field| &field.numbers);
        // The points of the picture, in strips, in tiles, or as a small picture of another kind.
        for (places, lengths) in [(273, 279), (324, 325), (513, 514)] {
            let pairs = numbers(places).into_iter().zip(numbers(lengths));
            for (place, len) in pairs.flat_map(|(places, lengths)| places.iter().zip(lengths)) {
                let part = layout.take(bytes, *place, *len)?;
                if places == 513 {
                    layout.fields.push(Cow::Borrowed(part));
                }
            }
        }
        for field in &fields {
            if LEADS.contains(&field.name) {
                due.extend(&field.numbers);
            }
            // A text, or XMP.
            if let Some(value) = field.value.filter(|_| field.kind == 2 || field.name == 700) {
                layout.fields.push(Cow::Borrowed(value));
            }
        }
        if known.len() > TABLES {
            return None;
        }
    }
    (known.len() > 1).then_some(layout)
}

fn field<'b>(
    order: Order,
    bytes: &'b [u8],
    at: usize,
    layout: &mut Layout<'b>,
    left: &mut usize,
) -> Option<Field<'b>> {
    let (name, kind) = (order.two(bytes, at)?, order.two(bytes, at + 2)?);
    let count = order.four(bytes, at + 4)?;
    let width = match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    };
    let len = width * count;
    *left = left.checked_sub(len)?;
    let value = if len > 4 { Some(layout.take(bytes, order.four(bytes, at + 8)?, len)?) } else { None };
    let inside = bytes.get(at + 8..)?.get(..len.min(4))?;
    let number = |at: usize| match width {
        2 => order.two(value.unwrap_or(inside), at),
        _ => order.four(value.unwrap_or(inside), at),
    };
    let is_number = matches!(kind, 3 | 4 | 13);
    let numbers =
        if is_number { (0..count).filter_map(|place| number(place * width)).collect() } else { Vec::new() };
    Some(Field { name, kind, value, numbers })
}

/// What the head of a picture of points says, which a bitmap and an icon have alike.
struct Head {
    /// Its length with the colours behind it.
    len: usize,
    height: usize,
    /// How long a line of points is, and a line of a mask.
    row: usize,
    mask: usize,
    /// How the points are packed, and in how many bytes.
    packing: usize,
    packed: usize,
}

fn head(bytes: &[u8]) -> Option<Head> {
    let order = Order::Little;
    let own = order.four(bytes, 0)?;
    let size = |at: usize| {
        let size = i32::from_le_bytes(*bytes.get(at..)?.first_chunk::<4>()?);
        usize::try_from(size.unsigned_abs()).ok()
    };
    let is_old = own == 12;
    let (width, height, rest) = match own {
        12 => (order.two(bytes, 4)?, order.two(bytes, 6)?, 8),
        40 | 52 | 56 | 64 | 108 | 124 => (size(4)?, size(8)?, 12),
        _ => return None,
    };
    let (planes, depth) = (order.two(bytes, rest)?, order.two(bytes, rest + 2)?);
    if planes != 1
        || !matches!(depth, 0 | 1 | 2 | 4 | 8 | 16 | 24 | 32)
        || width > 1 << 20
        || height > 1 << 20
    {
        return None;
    }
    let of = |at: usize| if is_old { Some(0) } else { order.four(bytes, at) };
    let (packing, packed, used) = (of(16)?, of(20)?, of(32)?);
    let most = if matches!(depth, 1..=8) { 1 << depth } else { 0 };
    let colours = if used == 0 { most } else { used.min(256) };
    let masks = match (own, packing) {
        (40, 3) => 12,
        (40, 6) => 16,
        _ => 0,
    };
    let len = own + masks + colours * if is_old { 3 } else { 4 };
    Some(Head {
        len,
        height,
        row: (width * depth).div_ceil(32) * 4,
        mask: width.div_ceil(32) * 4,
        packing,
        packed,
    })
}

pub(super) fn bitmap(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut layout = Layout::default();
    let head = head(bytes.get(14..)?)?;
    layout.take(bytes, 0, 14)?;
    layout.take(bytes, 14, head.len)?;
    let points = match head.packing {
        0 | 3 | 6 => head.row * head.height,
        1 | 2 | 4 | 5 => head.packed,
        _ => return None,
    };
    let points = layout.take(bytes, Order::Little.four(bytes, 10)?, points)?;
    // They may be a picture of another kind.
    if matches!(head.packing, 4 | 5) {
        layout.files.push(Cow::Borrowed(points));
    }
    if Order::Little.four(bytes, 14) == Some(124) {
        let (start, len) = (Order::Little.four(bytes, 14 + 112)?, Order::Little.four(bytes, 14 + 116)?);
        let profile = layout.take(bytes, 14 + start, len)?;
        layout.fields.push(Cow::Borrowed(profile));
    }
    Some(layout)
}

pub(super) fn icon(bytes: &[u8]) -> Option<Layout<'_>> {
    let count = Order::Little.two(bytes, 4).filter(|count| *count > 0)?;
    let mut layout = Layout::default();
    layout.take(bytes, 0, 6 + 16 * count)?;
    for number in 0..count {
        let at = 6 + 16 * number;
        let (len, start) = (Order::Little.four(bytes, at + 8)?, Order::Little.four(bytes, at + 12)?);
        let picture = bytes.get(start..)?.get(..len)?;
        if picture.starts_with(b"\x89PNG") {
            layout.take(bytes, start, len)?;
            layout.files.push(Cow::Borrowed(picture));
            continue;
        }
        let head = head(picture).filter(|head| head.packing == 0 || head.packing == 3)?;
        // It is as high again for a mask, which may be left out.
        let height = head.height / 2;
        let points = head.len + head.row * height;
        if points > len {
            return None;
        }
        layout.take(bytes, start, len.min(points + head.mask * height))?;
    }
    Some(layout)
}

/// The tables that fonts are known to have.
const FONT: &str = "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep gasp CFF  CFF2 VORG EBDT EBLC EBSC CBDT \
    CBLC sbix COLR CPAL SVG  BASE GDEF GPOS GSUB JSTF MATH avar cvar fvar gvar HVAR MVAR STAT VVAR DSIG hdmx kern LTSH \
    MERG meta PCLT VDMX vhea vmtx acnt ankr bdat bhed bloc bsln fdsc feat fmtx fond gcid hsty just lcar ltag mort morx \
    opbd prop trak Zapf xref Silf Glat Gloc Feat Sill FFTM TTFA PfEd ";

pub(super) fn font(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut layout = Layout::default();
    one_font(bytes, 0, &mut layout)?;
    Some(layout)
}

/// Several fonts in one file, which share tables.
pub(super) fn fonts(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut layout = Layout::default();
    let count = Order::Big.four(bytes, 8).filter(|count| (1..=TABLES).contains(count))?;
    layout.take(bytes, 0, 12 + 4 * count)?;
    let places: Option<BTreeSet<usize>> =
        (0..count).map(|number| Order::Big.four(bytes, 12 + 4 * number)).collect();
    for place in places? {
        one_font(bytes, place, &mut layout)?;
    }
    Some(layout)
}

fn one_font<'b>(bytes: &'b [u8], at: usize, layout: &mut Layout<'b>) -> Option<()> {
    let order = Order::Big;
    let count = order.two(bytes, at + 4).filter(|count| *count > 0)?;
    layout.take(bytes, at, 12 + 16 * count)?;
    for number in 0..count {
        let entry = at + 12 + 16 * number;
        let name = bytes.get(entry..entry + 4)?;
        let (start, len) = (order.four(bytes, entry + 8)?, order.four(bytes, entry + 12)?);
        let table = layout.take(bytes, start, len)?;
        let is_known = FONT.as_bytes().as_chunks::<5>().0.iter().any(|known| known.starts_with(name));
        match name {
            b"SVG " => layout.files.extend(drawings(table).into_iter().map(Cow::Borrowed)),
            _ if !is_known => layout.files.push(Cow::Borrowed(table)),
            _ => {}
        }
    }
    Some(())
}

/// The drawings in a font, which may be packed.
fn drawings(table: &[u8]) -> Vec<&[u8]> {
    let order = Order::Big;
    let list = order.four(table, 2).and_then(|start| table.get(start..)).unwrap_or_default();
    let count = order.two(list, 0).unwrap_or_default();
    let drawing = |number: usize| {
        let entry = 2 + 12 * number;
        list.get(order.four(list, entry + 4)?..)?.get(..order.four(list, entry + 8)?)
    };
    let mut places = BTreeSet::new();
    // Several letters may have one drawing.
    (0..count).filter_map(drawing).filter(|drawing| places.insert(drawing.as_ptr().addr())).collect()
}
