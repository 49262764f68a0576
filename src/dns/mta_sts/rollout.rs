//! In which order to publish, tighten, change and remove MTA-STS (RFC 8461 §8).

use crate::dns::message::{Message, codes};
use crate::dns::record::RecordKind;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// From nothing to mode `testing`.
    Publish,
    /// From `testing` to `enforce`.
    Enforce,
    /// Other mail servers, with a policy in force.
    ChangeServers,
    /// No MTA-STS any more.
    Remove,
}

impl Goal {
    pub const ALL: [Self; 4] = [Self::Publish, Self::Enforce, Self::ChangeServers, Self::Remove];
}

codes! {
    /// One step. Policy file and TXT record always change in this order: file first.
    pub enum Step in "step" {
        /// The mail servers are what the policy will say of them.
        ServersReady = "servers-ready";
        /// A web server answers for the policy's host name.
        HostPolicy = "host-policy" ["host"];
        /// Put the file, mode `testing`, where senders look for it.
        PutTesting = "put-testing" ["url"];
        /// Look at it as senders do.
        FetchPolicy = "fetch-policy" ["url"];
        /// Publish the TXT record.
        PublishTxt = "publish-txt" ["name"];
        /// Ask for TLS reports.
        PublishTlsRpt = "publish-tls-rpt" ["name"];
        /// Read reports until they are without failures.
        ReadReports = "read-reports";
        /// Put the file with mode `enforce`.
        PutEnforce = "put-enforce" ["url"];
        /// Put the file with patterns for old and new servers.
        PutBothServers = "put-both-servers" ["url"];
        /// Put the file with mode `none` and a short max_age.
        PutNone = "put-none" ["url"];
        /// Give the TXT record a new id.
        NewId = "new-id" ["name"];
        /// Wait until the record's time to live has passed.
        WaitForTtl = "wait-for-ttl" ["name"];
        /// Change the MX records.
        ChangeMx = "change-mx" ["domain"];
        /// Take the patterns of old servers out of the file.
        DropOldServers = "drop-old-servers" ["url"];
        /// Wait until no sender can have the old policy any more.
        WaitForMaxAge = "wait-for-max-age" ["seconds"];
        /// Remove the TXT record, then the file.
        RemoveBoth = "remove-both" ["name", "url"];
    }
}

codes! {
    /// What a server must have before a policy speaks of it.
    pub enum Requirement in "server" {
        /// STARTTLS on port 25.
        StartTls = "starttls";
        /// TLS 1.2 or newer (RFC 8461 §4.2, RFC 8996).
        TlsVersion = "tls-version";
        /// A chain to a well-known root, complete.
        Chain = "chain";
        /// The certificate names the MX host (RFC 8461 §4.2).
        MxName = "mx-name";
        /// Not expired, and renewed by itself.
        Dates = "dates";
        /// The policy's host has a certificate of its own name (RFC 8461 §3.3).
        PolicyHost = "policy-host";
        /// Status 200 without a redirect (RFC 8461 §3.3).
        NoRedirect = "no-redirect";
        /// Served as `text/plain` (RFC 8461 §3.2).
        TextPlain = "text-plain";
    }
}

/// Where senders look for the policy of a domain (RFC 8461 §3.2).
pub fn policy_url(domain: &str) -> String {
    format!("https://{}/.well-known/mta-sts.txt", policy_host(domain))
}

/// The host that serves the policy of a domain.
pub fn policy_host(domain: &str) -> String {
    format!("mta-sts.{}", domain.trim_end_matches('.'))
}

/// The steps to a goal. `max_age` is that of the policy that senders have now, in seconds.
pub fn steps(goal: Goal, domain: &str, max_age: u32) -> Vec<Message<Step>> {
    let url = |step| Message::new(step).arg("url", policy_url(domain));
    let txt = |step| Message::new(step).arg("name", RecordKind::MtaSts.name(domain));
    match goal {
        Goal::Publish => vec![
            Step::ServersReady.into(),
            Message::new(Step::HostPolicy).arg("host", policy_host(domain)),
            url(Step::PutTesting),
            url(Step::FetchPolicy),
            txt(Step::PublishTxt),
            Message::new(Step::PublishTlsRpt).arg("name", RecordKind::TlsRpt.name(domain)),
            Step::ReadReports.into(),
        ],
        Goal::Enforce => vec![
            Step::ReadReports.into(),
            url(Step::PutEnforce),
            url(Step::FetchPolicy),
            txt(Step::NewId),
            Step::ReadReports.into(),
        ],
        Goal::ChangeServers => vec![
            url(Step::PutBothServers),
            txt(Step::NewId),
            txt(Step::WaitForTtl),
            Message::new(Step::ChangeMx).arg("domain", domain),
            url(Step::DropOldServers),
            txt(Step::NewId),
        ],
        Goal::Remove => vec![
            url(Step::PutNone),
            txt(Step::NewId),
            Message::new(Step::WaitForMaxAge).arg("seconds", max_age),
            txt(Step::RemoveBoth).arg("url", policy_url(domain)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, Step, steps};
    use crate::dns::message::Say;

    #[test]
    fn the_file_changes_before_the_record() {
        for goal in Goal::ALL {
            let steps = steps(goal, "example.com", 604_800);
            let place = |step| steps.iter().position(|message| message.code == step);
            let file = [Step::PutTesting, Step::PutEnforce, Step::PutBothServers, Step::PutNone];
            let file = file.into_iter().find_map(place).expect("the file changes");
            let record = [Step::PublishTxt, Step::NewId].into_iter().find_map(place);
            assert!(file < record.expect("the record changes"), "{goal:?}");
            for message in &steps {
                let names: Vec<_> = message.args.iter().map(|(name, _)| *name).collect();
                assert_eq!(names, message.code.params(), "{}", message.code.key());
            }
        }
    }
}
