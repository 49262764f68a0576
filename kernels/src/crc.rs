//! The checksum of gzip and zip (RFC 1952 §8), quick where no processor's instruction helps.
//!
//! WebAssembly has no multiplication without carry, and table look-ups go byte by byte. But CRC-32 is
//! a remainder of polynomials over bits, and x^32144 + x^16728 + x^14696 + 1 (exponents of 8 × 4018,
//! 2091, 1837, 0) is a multiple of its polynomial: adding that to a message anywhere changes nothing.
//! So each byte is taken out of the message by adding it to the three bytes that stand 1927, 2181 and
//! 4018 places behind it, sixteen at a time, until only the last 4018 are left for the tables.
//! (The idea is that of "Chorba: A novel CRC32 implementation", Kadatch and Russell.)

use wide::u8x16;
use zlib_rs::crc32::crc32;

/// How far behind a byte it is added: the differences of the exponents, in bytes.
const NEAR: usize = 4018 - 2091;
const MIDDLE: usize = 4018 - 1837;
const FAR: usize = 4018;

/// Bytes done at once, none of which is added to another of them.
const BLOCK: usize = 1024;

/// Fewer bytes are not worth the detour.
const FEW: usize = 4 * FAR;

/// The checksum of bytes as they come.
#[derive(Debug, Default)]
pub struct Crc {
    sum: u32,
    amount: u32,
    /// The message as far as it is taken apart; kept for its memory.
    folded: Vec<u8>,
}

impl Crc {
    #[inline(never)]
    pub fn update(&mut self, bytes: &[u8]) {
        // Elsewhere the crate has the processor's own instructions.
        self.sum = match cfg!(target_arch = "wasm32") && bytes.len() >= FEW {
            true => fold(self.sum, bytes, &mut self.folded),
            false => crc32(self.sum, bytes),
        };
        self.amount = self.amount.wrapping_add(bytes.len() as u32);
    }

    pub fn sum(&self) -> u32 {
        self.sum
    }

    /// How many bytes there were, modulo 2³².
    pub fn amount(&self) -> u32 {
        self.amount
    }

    pub fn reset(&mut self) {
        (self.sum, self.amount) = (0, 0);
    }
}

/// The checksum of bytes behind others whose checksum is `start`.
fn fold(start: u32, bytes: &[u8], folded: &mut Vec<u8>) -> u32 {
    let (head, tail) = bytes.split_at(bytes.len().saturating_sub(FAR));
    // Zeros before and behind: nothing comes from there. What is before is never written, and all
    // between before it is read.
    let behind = FAR + head.len();
    folded.resize(folded.len().max(behind + FAR), 0);
    folded[behind..behind + FAR].fill(0);
    for (at, block) in (0..).step_by(BLOCK).zip(head.chunks(BLOCK)) {
        let (before, here) = folded.split_at_mut(FAR + at);
        let [far, middle, near] = [FAR, MIDDLE, NEAR].map(|tap| &before[FAR + at - tap..]);
        add(&mut here[..block.len()], block, [far, middle, near]);
        if at == 0 {
            // What came before is a number that is added to the first four bytes.
            here.iter_mut().zip((!start).to_le_bytes()).for_each(|(to, byte)| *to ^= byte);
        }
    }
    let mut rest = [0; FAR];
    let [far, middle, near] = [FAR, MIDDLE, NEAR].map(|tap| &folded[behind - tap..]);
    add(&mut rest, tail, [far, middle, near]);
    // The crate inverts a sum before and after: this one begins with zero.
    crc32(!0, &rest)
}

/// The sums of runs, as long as the first, sixteen bytes at a time.
fn add(to: &mut [u8], bytes: &[u8], [a, b, c]: [&[u8]; 3]) {
    let length = to.len();
    let (to, last) = to.as_chunks_mut();
    let rest = length - last.len();
    for ((((to, byte), a), b), c) in
        to.iter_mut().zip(words(bytes)).zip(words(a)).zip(words(b)).zip(words(c))
    {
        *to = (byte ^ a ^ b ^ c).to_array();
    }
    for (at, to) in (rest..).zip(last) {
        *to = bytes[at] ^ a[at] ^ b[at] ^ c[at];
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u8x16> {
    bytes.as_chunks().0.iter().map(|word| u8x16::new(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_tables_have_it() {
        let mut state = 1_u64;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        })
        .take(100_000)
        .collect();
        let mut folded = Vec::new();
        for (from, to) in
            [(0, FEW), (1, FEW + 1), (7, 65_543), (500, 70_001), (0, 100_000), (3, FEW + 5)]
        {
            for start in [0, 1, 0xdead_beef, !0] {
                let part = &bytes[from..to];
                assert_eq!(fold(start, part, &mut folded), crc32(start, part), "{from}..{to}");
            }
        }
    }

    #[test]
    fn in_pieces() {
        let mut crc = Crc::default();
        crc.update(b"1234");
        crc.update(b"56789");
        assert_eq!((crc.sum(), crc.amount()), (0xcbf4_3926, 9));
        crc.reset();
        assert_eq!((crc.sum(), crc.amount()), (0, 0));
    }
}
