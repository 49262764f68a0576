//! Reports to other domains: those have to agree (RFC 9990 §4, RFC 7489 §7.1).

use super::{Record, ReportUri};
use crate::dns::name::{Organization, normal, same_organization};

/// A record that another domain must publish before it is sent reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The domain that receives the reports.
    pub host: String,
    /// Where it has to publish the record.
    pub name: String,
}

impl Permission {
    /// The record that is enough.
    pub const TEXT: &'static str = "v=DMARC1";

    fn new(domain: &str, host: &str) -> Self {
        let (domain, host) = (normal(domain), normal(host));
        Self { name: format!("{domain}._report._dmarc.{host}"), host }
    }
}

/// The permissions that the record of a domain needs, each once.
pub fn permissions(
    record: &Record,
    domain: &str,
    organization: Organization<'_>,
) -> Vec<Permission> {
    let mut needed: Vec<Permission> = Vec::new();
    for uri in record.aggregate.iter().chain(&record.failure) {
        if let Some(permission) = permission(uri, domain, organization)
            && !needed.contains(&permission)
        {
            needed.push(permission);
        }
    }
    needed
}

/// The permission that one address needs.
pub(super) fn permission(
    uri: &ReportUri,
    domain: &str,
    organization: Organization<'_>,
) -> Option<Permission> {
    let host = uri.host()?;
    (!same_organization(host, domain, organization)).then(|| Permission::new(domain, host))
}
