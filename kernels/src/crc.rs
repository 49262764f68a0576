//! The checksum of gzip and zip (RFC 1952 §8), quick where no processor's instruction helps.
//!
//! WebAssembly has no multiplication without carry, and table look-ups go byte by byte. But CRC-32 is
//! a remainder of polynomials over bits, and x^32144 + x^16728 + x^14696 + 1 (exponents of 8 × 4018,
//! 2091, 1837, 0) is a multiple of its polynomial: adding that to a message anywhere changes nothing.
//! So each byte is taken out of the message by adding it to the three bytes that stand 1927, 2181 and
//! 4018 places behind it, sixteen at a time, until only 4018 bytes behind the end are left for the
//! tables. That remainder is of a message that goes on for so long, and is taken back to its end.
//! (The idea is that of "Chorba: A novel CRC32 implementation", Kadatch and Russell.)

use wide::u8x16;
use zlib_rs::crc32::crc32;

/// How far behind a byte it is added: the differences of the exponents, in bytes.
const NEAR: usize = 4018 - 2091;
const MIDDLE: usize = 4018 - 1837;
const FAR: usize = 4018;

/// Bytes done at once, none of which is added to another of them.
const BLOCK: usize = 1024;

/// Fewer bytes at once are not worth the detour.
const FEW: usize = 4 * FAR;

/// The polynomial, and x^(-8 × 4018) modulo it, both with the highest power in the lowest bit.
const POLYNOMIAL: u32 = 0xedb8_8320;
const BACK: u32 = 0xd8f7_c9bd;

/// The checksum of bytes as they come.
#[derive(Debug, Default)]
pub struct Crc {
    /// Of what the tables were used for: all, or what came before the rest was folded.
    sum: u32,
    amount: u32,
    /// What is to be added to the next bytes that are folded: where folding starts, the sum so far.
    start: u32,
    /// The last bytes as they were when they were taken out, of a message that is folded. What is
    /// behind them is kept for its memory.
    folded: Vec<u8>,
    is_folded: bool,
}

impl Crc {
    #[inline(never)]
    pub fn update(&mut self, bytes: &[u8]) {
        // Elsewhere the crate has the processor's own instructions.
        self.take(bytes, cfg!(target_arch = "wasm32"));
    }

    fn take(&mut self, bytes: &[u8], may_fold: bool) {
        if may_fold && !self.is_folded && bytes.len() >= FEW {
            self.begin_folding();
        }
        match self.is_folded {
            true => self.fold(bytes),
            false => self.sum = crc32(self.sum, bytes),
        }
        self.amount = self.amount.wrapping_add(bytes.len() as u32);
    }

    #[inline(never)]
    pub fn sum(&self) -> u32 {
        match self.is_folded {
            true => self.unfolded(),
            false => self.sum,
        }
    }

    /// How many bytes there were, modulo 2³².
    pub fn amount(&self) -> u32 {
        self.amount
    }

    pub fn reset(&mut self) {
        (self.sum, self.amount, self.is_folded) = (0, 0, false);
    }

    /// Nothing stands before what is folded: as many zeros.
    fn begin_folding(&mut self) {
        self.is_folded = true;
        // Inverted as all sums are; without any, ones.
        self.start = !self.sum;
        self.folded.resize(FAR.max(self.folded.len()), 0);
        self.folded[..FAR].fill(0);
    }

    fn fold(&mut self, bytes: &[u8]) {
        let Self { folded, start, .. } = self;
        folded.resize(folded.len().max(FAR + bytes.len()), 0);
        for (at, block) in (0..).step_by(BLOCK).zip(bytes.chunks(BLOCK)) {
            let (before, here) = folded.split_at_mut(FAR + at);
            add(&mut here[..block.len()], block, &before[at..]);
            if *start != 0 {
                let start = std::mem::take(start).to_le_bytes();
                here.iter_mut().zip(start).for_each(|(to, byte)| *to ^= byte);
            }
        }
        folded.copy_within(bytes.len()..bytes.len() + FAR, 0);
    }

    fn unfolded(&self) -> u32 {
        let (mut before, mut rest) = ([0; 2 * FAR], [0; FAR]);
        before[..FAR].copy_from_slice(&self.folded[..FAR]);
        add(&mut rest, &[0; FAR], &before);
        // The crate inverts a sum before and after: this one begins with zero.
        !times(!crc32(!0, &rest), BACK)
    }
}

/// The product modulo the polynomial.
fn times(a: u32, mut b: u32) -> u32 {
    let mut product = 0;
    for bit in (0..32).rev() {
        product ^= b * ((a >> bit) & 1);
        b = (b >> 1) ^ (POLYNOMIAL * (b & 1));
    }
    product
}

/// Bytes and what is added to them of those `before`, which begin [`FAR`] places before them. Sixteen
/// at a time.
fn add(to: &mut [u8], bytes: &[u8], before: &[u8]) {
    let [a, b, c] = [FAR, MIDDLE, NEAR].map(|tap| &before[FAR - tap..]);
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
        .take(140_000)
        .collect();
        for lengths in [
            [FEW, 0, 0],
            [FEW + 1, 1, 2],
            [0, FEW, 5],
            [100, FEW, 3],
            [FEW - 1, FEW, FEW],
            [65_543, 65_536, 17],
            [70_001, 3, FAR],
            [99_000, 1_000, 0],
            [20_000, BLOCK, FAR - 1],
        ] {
            let (mut crc, mut at) = (Crc::default(), 0);
            for length in lengths {
                crc.take(&bytes[at..at + length], true);
                at += length;
                assert_eq!(crc.sum(), crc32(0, &bytes[..at]), "{at} in {lengths:?}");
            }
        }
    }

    #[test]
    fn a_message_whose_length_is_counted_anew_goes_on() {
        let mut crc = Crc::default();
        crc.take(&[1; FEW], true);
        // As after 4 GiB.
        crc.amount = 0;
        crc.take(&[2; FEW], true);
        assert_eq!(crc.sum(), crc32(crc32(0, &[1; FEW]), &[2; FEW]));
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

    #[test]
    fn a_message_after_another_has_nothing_of_it() {
        let mut crc = Crc::default();
        for byte in 0..3 {
            crc.take(&[byte; FEW], true);
            assert_eq!(crc.sum(), crc32(0, &[byte; FEW]));
            crc.reset();
        }
    }
}
