//! A network of IP addresses.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Network {
    pub address: IpAddr,
    /// At most 32 for IPv4 and 128 for IPv6.
    pub prefix: u8,
}

impl Network {
    /// Bits of an address of this family.
    pub const fn width(address: IpAddr) -> u8 {
        match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        }
    }

    /// Reads `192.0.2.0/24`, or one address. IPv4 in the clothes of IPv6 is IPv4.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address = address.parse::<IpAddr>().ok()?;
        let width = Self::width(address);
        let prefix = match prefix {
            // `parse` would take a sign.
            Some(prefix) if !prefix.bytes().all(|byte| byte.is_ascii_digit()) => return None,
            Some(prefix) => prefix.parse().ok().filter(|bits| *bits <= width)?,
            None => width,
        };
        let plain = address.to_canonical();
        match prefix.checked_sub(width - Self::width(plain)) {
            Some(prefix) => Some(Self { address: plain, prefix }),
            None => Some(Self { address, prefix }),
        }
    }

    /// The network with the bits beyond the prefix at zero.
    pub fn masked(self) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(u32::from(32 - self.prefix.min(32))).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let shift = u32::from(128 - self.prefix.min(128));
                let mask = u128::MAX.checked_shl(shift).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        };
        Self { address, prefix: self.prefix }
    }

    /// Whether an address lies in it; one of the other family never does.
    pub fn contains(self, address: IpAddr) -> bool {
        Self::width(address) == Self::width(self.address)
            && Self { address, prefix: self.prefix }.masked() == self.masked()
    }

    /// Whether its addresses are never seen on the Internet (RFC 6890).
    pub fn is_private(self) -> bool {
        match self.address {
            IpAddr::V4(address) => {
                let [first, second, ..] = address.octets();
                address.is_private()
                    || address.is_loopback()
                    || address.is_link_local()
                    || (first == 100 && second & 0xc0 == 64)
            }
            IpAddr::V6(address) => {
                address.is_loopback()
                    || address.is_unique_local()
                    || address.is_unicast_link_local()
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)?;
        if self.prefix < Self::width(self.address) {
            write!(f, "/{}", self.prefix)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{IpAddr, Network};

    fn network(address: &str, prefix: u8) -> Network {
        Network { address: address.parse().expect("an address"), prefix }
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["192.0.2.0/24", "192.0.2.1", "2001:db8::/32", "::/0", "2001:db8::1"] {
            assert_eq!(Network::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Network::parse("::ffff:192.0.2.1"), Network::parse("192.0.2.1"));
        assert_eq!(Network::parse("::ffff:192.0.2.0/120"), Network::parse("192.0.2.0/24"));
        for text in ["", "192.0.2", "192.0.2.0/33", "192.0.2.0/+8", "192.0.2.0/", "a.test/8"] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contains_by_prefix() {
        for (address, prefix, other, expected) in [
            ("192.0.2.0", 24, "192.0.2.255", true),
            ("192.0.2.77", 24, "192.0.2.1", true),
            ("192.0.2.0", 24, "192.0.3.0", false),
            ("192.0.2.1", 32, "192.0.2.1", true),
            ("0.0.0.0", 0, "203.0.113.9", true),
            ("2001:db8::", 32, "2001:db8:ffff::1", true),
            ("2001:db8::", 32, "2001:db9::", false),
            ("::", 0, "192.0.2.1", false),
        ] {
            let other: IpAddr = other.parse().expect("an address");
            assert_eq!(
                network(address, prefix).contains(other),
                expected,
                "{address}/{prefix} {other}"
            );
        }
        assert_eq!(network("192.0.2.77", 24).masked().to_string(), "192.0.2.0/24");
        assert_eq!(network("2001:db8::1", 128).to_string(), "2001:db8::1");
    }
}
