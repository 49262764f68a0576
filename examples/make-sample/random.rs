//! A small seeded generator (SplitMix64): the same numbers on every machine.

/// A stream of numbers that only depends on its seed.
pub struct Random(u64);

impl Random {
    /// A stream of its own for these words, so that one more report elsewhere
    /// changes no number here.
    pub fn of(words: &[&str], day: i64) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in words.join("\0").bytes().chain(day.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.bits() % bound as u64) as usize
    }

    /// A whole number near `mean`: within a sixth of it, small ones rounded by chance.
    pub fn around(&mut self, mean: f64) -> u64 {
        let value = mean * (1.0 + (self.fraction() - 0.5) / 3.0);
        (value + self.fraction()) as u64
    }

    /// Digits, the first one not 0.
    pub fn digits(&mut self, length: usize) -> String {
        let first = char::from(b'1' + self.below(9) as u8);
        let rest = (1..length).map(|_| char::from(b'0' + self.below(10) as u8));
        std::iter::once(first).chain(rest).collect()
    }

    pub fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| format!("{:x}", self.below(16))).collect()
    }

    /// A random UUID (RFC 9562 §5.4).
    pub fn uuid(&mut self) -> String {
        let hex = self.hex(30);
        format!(
            "{}-{}-4{}-a{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..15],
            &hex[15..18],
            &hex[18..30]
        )
    }
}
