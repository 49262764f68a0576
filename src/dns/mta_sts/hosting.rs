//! How to serve the policy file: snippets for web servers, files for static hosts.

use std::fmt::Write as _;

use super::rollout::policy_host;

/// The folder that the snippets serve; the file lies in `.well-known` within.
pub const FOLDER: &str = "/var/www/mta-sts";

/// A server block for nginx, for all domains that share one policy.
pub fn nginx(domains: &[String]) -> String {
    let hosts = hosts(domains).join(" ");
    let first = domains.first().map(|domain| policy_host(domain)).unwrap_or_default();
    format!(
        "server {{\n    \
             listen 443 ssl;\n    \
             listen [::]:443 ssl;\n    \
             server_name {hosts};\n\n    \
             ssl_certificate     /etc/letsencrypt/live/{first}/fullchain.pem;\n    \
             ssl_certificate_key /etc/letsencrypt/live/{first}/privkey.pem;\n    \
             ssl_protocols       TLSv1.2 TLSv1.3;\n\n    \
             location = /.well-known/mta-sts.txt {{\n        \
                 root         {FOLDER};\n        \
                 default_type text/plain;\n    \
             }}\n    \
             location / {{ return 404; }}\n\
         }}\n"
    )
}

/// A site block for Caddy, which gets the certificates by itself.
pub fn caddy(domains: &[String]) -> String {
    let hosts = hosts(domains).join(", ");
    format!(
        "{hosts} {{\n\
         \troot * {FOLDER}\n\
         \theader /.well-known/mta-sts.txt Content-Type text/plain\n\
         \tfile_server\n\
         }}\n"
    )
}

/// The files of a repository that GitHub Pages serves for one domain, but for the
/// policy itself (`.well-known/mta-sts.txt`): path and content.
pub fn github_pages(domain: &str) -> [(&'static str, String); 2] {
    [
        ("CNAME", format!("{}\n", policy_host(domain))),
        // Without it, folders that begin with a dot are left out.
        (".nojekyll", String::new()),
    ]
}

/// DNS records by which a host that serves the policy for other domains is found.
pub fn zone_lines(domains: &[String], target: &str, ttl: u32) -> String {
    let mut lines = String::new();
    let target = target.trim_end_matches('.');
    for host in hosts(domains) {
        // A string takes all that is written to it.
        let _ = writeln!(lines, "{host}. {ttl} IN CNAME {target}.");
    }
    lines
}

fn hosts(domains: &[String]) -> Vec<String> {
    domains.iter().map(|domain| policy_host(domain)).collect()
}

#[cfg(test)]
mod tests {
    use super::{caddy, nginx, zone_lines};

    #[test]
    fn all_domains_are_served() {
        let domains = ["example.com".to_owned(), "example.net".to_owned()];
        assert!(nginx(&domains).contains("server_name mta-sts.example.com mta-sts.example.net;"));
        assert!(caddy(&domains).starts_with("mta-sts.example.com, mta-sts.example.net {\n"));
        assert_eq!(
            zone_lines(&domains[..1], "pages.example.org.", 3600),
            "mta-sts.example.com. 3600 IN CNAME pages.example.org.\n"
        );
    }
}
