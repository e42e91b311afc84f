//! Pictures that were made before, by the hash of all that they were made from; and each as the bytes of a file
//! in which the edge keeps it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Format, Made, Remark, Rendition};

/// The hash of all that a picture is made from.
pub type Key = [u8; 32];

/// What was made, by what it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memo(HashMap<Key, Arc<Made>>);

impl Memo {
    pub fn get(&self, key: &Key) -> Option<Arc<Made>> {
        self.0.get(key).cloned()
    }

    pub fn insert(&mut self, key: Key, made: Arc<Made>) {
        self.0.insert(key, made);
    }

    /// Forgets all but those that are in use.
    pub fn retain(&mut self, in_use: impl Fn(&Key) -> bool) {
        self.0.retain(|key, _| in_use(key));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Made)> {
        self.0.iter().map(|(key, made)| (key, made.as_ref()))
    }
}

impl FromIterator<(Key, Arc<Made>)> for Memo {
    fn from_iter<I: IntoIterator<Item = (Key, Arc<Made>)>>(made: I) -> Memo {
        Memo(made.into_iter().collect())
    }
}

/// The first line of a kept file, which says what stands behind it.
#[derive(Serialize, Deserialize)]
struct Head {
    width: u32,
    height: u32,
    remark: Option<Remark>,
    /// Width, format and length in bytes of each.
    files: Vec<(u32, Format, usize)>,
}

/// A made picture as the bytes of one file: a checksum of the key and the rest, a line of JSON, and the pictures.
pub fn kept(key: &Key, made: &Made) -> Vec<u8> {
    let files = made.files.iter().map(|file| (file.width, file.format, file.bytes.len())).collect();
    let head = Head { width: made.width, height: made.height, remark: made.remark, files };
    let mut rest = serde_json::to_vec(&head).unwrap_or_default();
    rest.push(b'\n');
    made.files.iter().for_each(|file| rest.extend(file.bytes.iter()));
    let checksum: [u8; 32] = blake3::keyed_hash(key, &rest).into();
    [checksum.as_slice(), &rest].concat()
}

/// The picture that [`kept`] made these bytes of; nothing when any of them is another, or when they are of another key.
pub fn read(key: &Key, bytes: &[u8]) -> Option<Made> {
    let (checksum, rest) = bytes.split_first_chunk::<32>()?;
    if blake3::keyed_hash(key, rest) != *checksum {
        return None;
    }
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(rest.get(..line)?).ok()?;
    let mut rest = rest.get(line + 1..)?;
    let mut files = Vec::new();
    for (width, format, length) in head.files {
        let (bytes, after) = rest.split_at_checked(length)?;
        rest = after;
        files.push(Rendition { width, format, bytes: bytes.into() });
    }
    rest.is_empty().then_some(Made { width: head.width, height: head.height, remark: head.remark, files })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_back_and_what_is_damaged_does_not() {
        let file =
            |width, bytes: &[u8]| Rendition { width, format: Format::Png, bytes: bytes.to_vec().into() };
        let made = Made { width: 2, height: 3, remark: None, files: vec![file(2, b"a\nb"), file(4, b"")] };
        let key = [7; 32];
        let bytes = kept(&key, &made);
        assert_eq!(read(&key, &bytes), Some(made));
        assert_eq!(read(&[8; 32], &bytes), None, "of another key");
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(read(&key, &damaged), None, "byte {at}");
            assert_eq!(read(&key, &bytes[..at]), None, "cut at {at}");
        }
    }
}
