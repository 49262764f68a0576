//! What every reader is handed besides its bytes.

use super::Limits;

/// Decodes a whole text from the encoding with this label (WHATWG names), or
/// `None` where the label is unknown. Never fails otherwise: what cannot be
/// decoded becomes U+FFFD. The browser's `TextDecoder` and `encoding_rs` give
/// the same.
pub type Decode = fn(label: &str, bytes: &[u8]) -> Option<String>;

/// Limits and the platform's help, the same for one whole import.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub limits: &'a Limits,
    pub decode: Decode,
}

/// [`Decode`] natively.
#[cfg(not(target_arch = "wasm32"))]
pub fn decode_natively(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}
