//! A network of IP addresses.

use std::fmt;
use std::net::IpAddr;

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    pub(super) fn is_private(self) -> bool {
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
