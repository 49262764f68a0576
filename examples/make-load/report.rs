//! One report as text: an aggregate report in XML, a TLS report in JSON.

use std::fmt::{self, Write as _};

use crate::random::Random;
use crate::world::{DOMAINS, Kind, Reporter, Source, Style, World};

/// The first day that is reported on.
const FIRST: u64 = 1_790_000_000 / 86_400 * 86_400;

pub struct Report {
    pub reporter: &'static Reporter,
    pub domain: &'static str,
    /// As in the report's file name (RFC 7489 §7.2.1.1).
    pub name: String,
    pub id: String,
    pub xml: String,
    pub records: usize,
    pub messages: u64,
}

impl Report {
    pub fn new(world: &World, random: &mut Random, number: usize, records: usize) -> Self {
        let reporter = world.reporter(random);
        let domain = DOMAINS[random.below(DOMAINS.len())];
        let begin = FIRST + (number / 3) as u64 * 86_400;
        let end = begin + 86_399;
        let id = match reporter.style {
            Style::Schema => random.uuid(),
            _ => random.digits(19),
        };
        let mut report = Self {
            reporter,
            domain,
            name: format!("{}!{domain}!{begin}!{end}", reporter.host),
            id,
            xml: String::new(),
            records,
            messages: 0,
        };
        // invariant: a string takes all that is written to it.
        let _ = report.head(random, begin, end);
        for _ in 0..records {
            let _ = report.record(world.source(random), random);
        }
        report.xml.push_str("</feedback>\n");
        report
    }

    fn head(&mut self, random: &mut Random, begin: u64, end: u64) -> fmt::Result {
        let Self { reporter, domain, id, xml, .. } = self;
        let (style, name, email) = (reporter.style, reporter.name, reporter.email);
        xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback");
        if style == Style::Schema {
            xml.push_str(" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        }
        xml.push_str(">\n");
        if style != Style::Terse {
            xml.push_str("  <version>1.0</version>\n");
        }
        write!(
            xml,
            "  <report_metadata>\n    <org_name>{name}</org_name>\n    <email>{email}</email>\n"
        )?;
        if style == Style::Long {
            writeln!(xml, "    <extra_contact_info>https://{name}/dmarc</extra_contact_info>")?;
        }
        write!(
            xml,
            "    <report_id>{id}</report_id>\n    <date_range>\n      <begin>{begin}</begin>\n      <end>{end}</end>\n    </date_range>\n  </report_metadata>\n"
        )?;
        let (p, sp) =
            (pick(random, &["none", "quarantine", "reject"]), pick(random, &["none", "reject"]));
        write!(
            xml,
            "  <policy_published>\n    <domain>{domain}</domain>\n    <adkim>r</adkim>\n    <aspf>{}</aspf>\n    <p>{p}</p>\n    <sp>{sp}</sp>\n    <pct>100</pct>\n",
            pick(random, &["r", "r", "s"])
        )?;
        if matches!(style, Style::Schema | Style::Plain) {
            xml.push_str("    <fo>1</fo>\n");
        }
        xml.push_str("  </policy_published>\n");
        Ok(())
    }

    fn record(&mut self, source: &Source, random: &mut Random) -> fmt::Result {
        let (style, domain) = (self.reporter.style, self.domain);
        let (dkim, spf) = match source.kind {
            Kind::Own => (chance(random, 97), chance(random, 96)),
            Kind::Service => (chance(random, 90), chance(random, 25)),
            Kind::Forwarder => (chance(random, 70), false),
            Kind::Forger => (false, false),
        };
        // Most records are of one mail, some of thousands.
        let count = (random.fraction().max(1e-6).powf(-1.1) as u64).min(500_000);
        self.messages += count;
        let disposition = match (dkim, spf) {
            (false, false) => pick(random, &["none", "quarantine", "reject", "reject"]),
            _ => "none",
        };
        let author = match chance(random, 90) {
            true => domain.to_owned(),
            false => format!("{}.{domain}", pick(random, &["news", "mail", "bounce", "em"])),
        };
        let envelope = if source.kind == Kind::Own { &author } else { &source.domain };
        let (verdict_dkim, verdict_spf) = (word(dkim), word(spf));
        let address = &source.address;
        let xml = &mut self.xml;
        write!(
            xml,
            "  <record>\n    <row>\n      <source_ip>{address}</source_ip>\n      <count>{count}</count>\n      <policy_evaluated>\n        <disposition>{disposition}</disposition>\n        <dkim>{verdict_dkim}</dkim>\n        <spf>{verdict_spf}</spf>\n"
        )?;
        if (disposition == "none" && !dkim && !spf) || chance(random, 3) {
            reason(xml, random)?;
        }
        xml.push_str("      </policy_evaluated>\n    </row>\n    <identifiers>\n");
        if style == Style::Schema {
            writeln!(
                xml,
                "      <envelope_to>{}</envelope_to>",
                pick(random, &["a.example", "b.example", "c.example"])
            )?;
        }
        if matches!(style, Style::Schema | Style::Plain) {
            writeln!(xml, "      <envelope_from>{envelope}</envelope_from>")?;
        }
        write!(
            xml,
            "      <header_from>{author}</header_from>\n    </identifiers>\n    <auth_results>\n"
        )?;
        let signatures = match source.kind {
            Kind::Forger if chance(random, 70) => 0,
            _ => *[1, 1, 1, 1, 1, 1, 2, 2, 2, 3].get(random.below(10)).unwrap_or(&1),
        };
        for nth in 0..signatures {
            let aligned = nth == 0 && dkim;
            let signer = if aligned || source.domain.is_empty() { &author } else { &source.domain };
            let result = if aligned {
                "pass"
            } else {
                pick(random, &["pass", "pass", "fail", "neutral", "permerror", "temperror"])
            };
            writeln!(xml, "      <dkim>\n        <domain>{signer}</domain>")?;
            if style != Style::Terse || chance(random, 80) {
                let selector = pick(
                    random,
                    &[
                        "selector1",
                        "selector2",
                        "s1",
                        "s2",
                        "k1",
                        "k2",
                        "20260601",
                        "mail",
                        "dkim",
                        "pm",
                    ],
                );
                writeln!(xml, "        <selector>{selector}</selector>")?;
            }
            writeln!(xml, "        <result>{result}</result>")?;
            if style == Style::Plain && chance(random, 15) {
                writeln!(
                    xml,
                    "        <human_result>{}</human_result>",
                    if aligned { "" } else { "signature verification failed" }
                )?;
            }
            xml.push_str("      </dkim>\n");
        }
        writeln!(xml, "      <spf>\n        <domain>{envelope}</domain>")?;
        if matches!(style, Style::Schema | Style::Plain) {
            xml.push_str("        <scope>mfrom</scope>\n");
        }
        let result = if spf {
            "pass"
        } else {
            pick(random, &["pass", "pass", "softfail", "fail", "neutral", "none", "permerror"])
        };
        writeln!(
            xml,
            "        <result>{result}</result>\n      </spf>\n    </auth_results>\n  </record>"
        )
    }
}

fn reason(xml: &mut String, random: &mut Random) -> fmt::Result {
    let kind = pick(
        random,
        &["forwarded", "local_policy", "mailing_list", "trusted_forwarder", "sampled_out", "other"],
    );
    writeln!(xml, "        <reason>\n          <type>{kind}</type>")?;
    match pick(
        random,
        &["arc=pass", "arc=fail", "passed SPF &amp; DKIM on the way", "forwarded by list", ""],
    ) {
        "" => xml.push_str("          <comment/>\n"),
        comment => writeln!(xml, "          <comment>{comment}</comment>")?,
    }
    xml.push_str("        </reason>\n");
    Ok(())
}

/// A TLS report (RFC 8460 §4.4).
pub fn tls(world: &World, random: &mut Random, number: usize) -> String {
    let domain = DOMAINS[random.below(DOMAINS.len())];
    let (successful, failed) = (random.around(20_000.0), random.around(200.0));
    let address = &world.source(random).address;
    let kind =
        pick(random, &["certificate-expired", "starttls-not-supported", "validation-failure"]);
    format!(
        r#"{{"organization-name":"Alpha","date-range":{{"start-datetime":"2026-11-01T00:00:00Z","end-datetime":"2026-11-01T23:59:59Z"}},"contact-info":"tls@alpha.example","report-id":"{number}.{domain}","policies":[{{"policy":{{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: *.{domain}","max_age: 604800"],"policy-domain":"{domain}","mx-host":["*.{domain}"]}},"summary":{{"total-successful-session-count":{successful},"total-failure-session-count":{failed}}},"failure-details":[{{"result-type":"{kind}","sending-mta-ip":"{address}","receiving-mx-hostname":"mx.{domain}","failed-session-count":{failed}}}]}}]}}"#
    )
}

fn pick<'w>(random: &mut Random, words: &[&'w str]) -> &'w str {
    words.get(random.below(words.len())).copied().unwrap_or_default()
}

fn chance(random: &mut Random, percent: usize) -> bool {
    random.below(100) < percent
}

fn word(pass: bool) -> &'static str {
    if pass { "pass" } else { "fail" }
}
