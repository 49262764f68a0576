//! Columns as bytes: of each word of a number one, two or all four, as the greatest of the column needs.
//!
//! For `#[serde(with = "packed")]`. A batch is copied four times on its way between threads of one
//! machine, in whose order the words of a number stand: the less there is of it, the better.

use std::fmt;
use std::marker::PhantomData;

use bytemuck::allocation::{pod_collect_to_vec, try_cast_vec};
use bytemuck::{Pod, cast_slice};
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

pub fn serialize<T: Pod, S: Serializer>(column: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    const {
        let are_words = size_of::<T>().is_multiple_of(WORD) && align_of::<T>() >= WORD;
        assert!(are_words || size_of::<T>() == 1);
    }
    match size_of::<T>() {
        1 => serializer.serialize_bytes(cast_slice(column)),
        _ => serializer.serialize_bytes(&pack(cast_slice(column))),
    }
}

pub fn deserialize<'de, T: Pod, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    struct Column<T>(PhantomData<T>);

    impl<T: Pod> Visitor<'_> for Column<T> {
        type Value = Vec<T>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a column")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
            if size_of::<T>() == 1 {
                return Ok(cast_slice(bytes).to_vec());
            }
            let words = unpack(bytes, size_of::<T>() / WORD);
            let words = words.ok_or_else(|| E::invalid_length(bytes.len(), &self))?;
            // Numbers of several words are aligned otherwise, and copied.
            Ok(try_cast_vec(words).unwrap_or_else(|(_, words)| pod_collect_to_vec(&words)))
        }
    }

    from.deserialize_bytes(Column(PhantomData))
}

/// Numbers are packed as words of so many bytes; texts stand as they are.
const WORD: usize = size_of::<u32>();

/// How many bytes of each word are kept, and then these.
#[inline(never)]
fn pack(words: &[u32]) -> Vec<u8> {
    let all = words.iter().fold(0, |all, word| all | word);
    match all {
        0..=0xff => narrow::<1>(words),
        0x100..=0xffff => narrow::<2>(words),
        _ => narrow::<WORD>(words),
    }
}

#[inline(always)]
fn narrow<const WIDTH: usize>(words: &[u32]) -> Vec<u8> {
    // Only the first stays: it says how wide the others are.
    let mut bytes = vec![WIDTH as u8; 1 + words.len() * WIDTH];
    for (to, word) in bytes[1..].as_chunks_mut::<WIDTH>().0.iter_mut().zip(words) {
        to.copy_from_slice(&word.to_le_bytes()[..WIDTH]);
    }
    bytes
}

/// The words of these bytes, if they are so many for each number.
#[inline(never)]
fn unpack(bytes: &[u8], of_one: usize) -> Option<Vec<u32>> {
    let (width, bytes) = bytes.split_first()?;
    let words = match usize::from(*width) {
        1 => widen::<1>(bytes)?,
        2 => widen::<2>(bytes)?,
        WORD => widen::<WORD>(bytes)?,
        _ => return None,
    };
    words.len().is_multiple_of(of_one).then_some(words)
}

fn widen<const WIDTH: usize>(bytes: &[u8]) -> Option<Vec<u32>> {
    let widened = |bytes: &[u8; WIDTH]| {
        let mut word = [0; WORD];
        word[..WIDTH].copy_from_slice(bytes);
        u32::from_le_bytes(word)
    };
    let (words, rest) = bytes.as_chunks();
    rest.is_empty().then(|| words.iter().map(widened).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(bound = "T: Pod")]
    struct Column<T>(#[serde(with = "super")] Vec<T>);

    /// How many bytes a column takes, which comes back as it was.
    fn bytes<T: Pod + fmt::Debug + PartialEq>(column: Vec<T>) -> usize {
        let column = Column(column);
        let bytes = postcard::to_allocvec(&column).unwrap();
        assert_eq!(postcard::from_bytes::<Column<T>>(&bytes).unwrap(), column);
        bytes.len()
    }

    #[test]
    fn numbers_take_as_many_bytes_as_the_greatest_needs() {
        assert_eq!([bytes::<u32>(vec![]), bytes::<u64>(vec![]), bytes::<u8>(vec![])], [2, 2, 1]);
        assert_eq!(bytes(vec![7_u8, 0, 255]), 1 + 3);
        for (greatest, width) in [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4)] {
            assert_eq!(bytes::<u32>(vec![0, greatest, 1]), 2 + 3 * width);
            assert_eq!(bytes::<u64>(vec![u64::from(greatest), 0]), 2 + 4 * width);
        }
        assert_eq!(bytes(vec![u32::MAX]), 2 + 4);
        assert_eq!(bytes(vec![u64::MAX, 1 << 32]), 2 + 16);
    }

    #[test]
    fn half_a_number_is_none() {
        let long = |bytes: &[u8]| postcard::from_bytes::<Column<u64>>(bytes).ok();
        let short = |bytes: &[u8]| postcard::from_bytes::<Column<u32>>(bytes).ok();
        assert_eq!(long(&[3, 1, 7, 7]), Some(Column(vec![7 << 32 | 7])));
        assert_eq!(long(&[2, 1, 7]), None);
        assert_eq!(short(&[3, 2, 7, 1]), Some(Column(vec![263])));
        assert_eq!(short(&[2, 2, 7]), None);
        assert_eq!(short(&[4, 3, 7, 0, 0]), None);
        assert_eq!([long(&[0]).is_none(), short(&[0]).is_none()], [true; 2]);
    }
}
