//! Columns as raw bytes: to encode or decode one is to copy it.
//!
//! For `#[serde(with = "raw")]`. Numbers stand in the machine's own order:
//! batches travel between threads of one machine.

use std::fmt;
use std::marker::PhantomData;

use bytemuck::Pod;
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

pub fn serialize<T: Pod, S: Serializer>(column: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytemuck::cast_slice(column))
}

pub fn deserialize<'de, T: Pod, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    struct Column<T>(PhantomData<T>);

    impl<T: Pod> Visitor<'_> for Column<T> {
        type Value = Vec<T>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(to, "a multiple of {} bytes", size_of::<T>())
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
            if !bytes.len().is_multiple_of(size_of::<T>()) {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            let mut column = bytemuck::zeroed_vec(bytes.len() / size_of::<T>());
            bytemuck::cast_slice_mut(&mut column).copy_from_slice(bytes);
            Ok(column)
        }
    }

    from.deserialize_bytes(Column(PhantomData))
}
