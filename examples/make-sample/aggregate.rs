//! Aggregate reports of the story, each in the manner of its reporter.

use crate::random::Random;
use crate::story::{DAYS, DOMAINS, Domain, FIRST_DAY, Net, Reason, Reporter, Stream};
use crate::xml::{Layout, ONE_LINE, Xml};

const DAY: i64 = 86_400;
/// Addresses that a wave comes from on one day, as a receiver of all mail would see it.
const WAVE_HOSTS: f64 = 16.0;

/// One receiver's report on one domain's day.
pub struct Report {
    pub reporter: Reporter,
    pub domain: &'static Domain,
    pub day: i64,
    pub id: String,
    rows: Vec<Row>,
}

struct Row {
    address: String,
    count: u64,
    stream: &'static Stream,
}

/// All reports that have rows, by day, reporter and domain.
pub fn reports() -> Vec<Report> {
    let mut reports = Vec::new();
    for day in 0..DAYS {
        for (reporter, share) in Reporter::ALL.into_iter().filter(|(r, _)| r.reports_on(day)) {
            for domain in DOMAINS {
                let mut random = Random::of(&[reporter.name(), domain.name], day);
                let id = report_id(reporter, domain, day, &mut random);
                let rows: Vec<Row> = domain
                    .streams
                    .iter()
                    .filter(|stream| stream.days.contains(&day))
                    .flat_map(|stream| rows(stream, day, share, &mut random))
                    .collect();
                if !rows.is_empty() {
                    reports.push(Report { reporter, domain, day, id, rows });
                }
            }
        }
    }
    reports
}

fn rows(stream: &'static Stream, day: i64, share: f64, random: &mut Random) -> Vec<Row> {
    let [working_day, weekend, tuesday] = stream.volume;
    let volume = match day % 7 {
        1 => working_day + tuesday,
        5 | 6 => weekend,
        _ => working_day,
    };
    let hosts: Vec<String> = match &stream.net {
        Net::Hosts(hosts) => hosts.iter().map(ToString::to_string).collect(),
        Net::Wave(prefix, range) => (0..hosts_seen(volume * share))
            .map(|_| format!("{prefix}.{}", usize::from(range.start) + random.below(range.len())))
            .collect(),
    };
    let mean = volume * share / hosts.len() as f64;
    let mut rows: Vec<Row> = Vec::new();
    for address in hosts {
        let count = random.around(mean);
        let known = rows.iter_mut().find(|row| row.address == address);
        match known {
            Some(row) => row.count += count,
            None if count > 0 => rows.push(Row { address, count, stream }),
            None => {}
        }
    }
    rows
}

/// Of a wave of which this many messages arrive.
fn hosts_seen(messages: f64) -> usize {
    (messages / 40.0).min(WAVE_HOSTS).ceil() as usize
}

fn report_id(reporter: Reporter, domain: &Domain, day: i64, random: &mut Random) -> String {
    let begin = FIRST_DAY + day * DAY;
    match reporter {
        Reporter::Google => random.digits(19),
        Reporter::Outlook | Reporter::EnterpriseOutlook => random.hex(32),
        Reporter::Yahoo => format!("{}.{}", begin + DAY + 4_812, random.digits(6)),
        Reporter::Gmx => random.hex(24),
        Reporter::MailRu => random.digits(38),
        Reporter::AmazonSes => random.uuid(),
        Reporter::KappaMail => format!("{}-{}@kappa-mail.test", domain.name, begin / DAY),
    }
}

/// What the schemas leave to the reporter.
struct Manner {
    declaration: &'static str,
    root: &'static str,
    layout: Layout,
    version: bool,
    /// RFC 9990: other elements, `pass` as a disposition.
    rfc9990: bool,
    np: bool,
    fo: bool,
    envelope_from: bool,
    selector: bool,
    scope: bool,
    extra_contact: Option<&'static str>,
    /// The period ends with the first second of the next one.
    exclusive_end: bool,
}

fn manner(reporter: Reporter) -> Manner {
    let plain = Manner {
        declaration: r#"<?xml version="1.0" encoding="UTF-8" ?>"#,
        root: "feedback",
        layout: Layout { newline: "\n", indent: "  " },
        version: true,
        rfc9990: false,
        np: false,
        fo: false,
        envelope_from: true,
        selector: true,
        scope: true,
        extra_contact: None,
        exclusive_end: false,
    };
    match reporter {
        Reporter::Google => Manner {
            version: false,
            np: true,
            envelope_from: false,
            scope: false,
            extra_contact: Some("https://support.google.com/a/answer/2466580"),
            ..plain
        },
        Reporter::Outlook | Reporter::EnterpriseOutlook => Manner {
            declaration: r#"<?xml version="1.0"?>"#,
            root: r#"feedback xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
            layout: Layout { newline: "\r\n", indent: "  " },
            fo: true,
            exclusive_end: true,
            ..plain
        },
        Reporter::Yahoo => Manner {
            declaration: r#"<?xml version="1.0"?>"#,
            version: false,
            envelope_from: false,
            scope: false,
            ..plain
        },
        Reporter::Gmx => Manner {
            root: r#"feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0""#,
            layout: Layout { newline: "\n", indent: "\t" },
            rfc9990: true,
            np: true,
            ..plain
        },
        Reporter::MailRu => Manner {
            layout: ONE_LINE,
            version: false,
            envelope_from: false,
            exclusive_end: true,
            ..plain
        },
        Reporter::AmazonSes => Manner { fo: true, ..plain },
        Reporter::KappaMail => plain,
    }
}

impl Report {
    pub fn begin(&self) -> i64 {
        FIRST_DAY + self.day * DAY
    }

    pub fn end(&self) -> i64 {
        self.begin() + if manner(self.reporter).exclusive_end { DAY } else { DAY - 1 }
    }

    /// When its mail was sent: some hours after its period.
    pub fn sent(&self) -> i64 {
        self.begin() + DAY + 10_800 + Random::of(&[&self.id], 0).below(7_200) as i64
    }

    /// `receiver!domain!begin!end.extension` (RFC 7489 §7.2.1.1, RFC 9990 §3.5.2).
    pub fn file_name(&self, extension: &str) -> String {
        let receiver = self.reporter.submitter();
        format!("{receiver}!{}!{}!{}.{extension}", self.domain.name, self.begin(), self.end())
    }

    pub fn xml(&self) -> String {
        let manner = manner(self.reporter);
        let mut xml = Xml::new(manner.layout, manner.declaration);
        xml.nest(manner.root, |xml| {
            if manner.version {
                xml.leaf("version", "1.0");
            }
            self.metadata(xml, &manner);
            self.policy_published(xml, &manner);
            for row in &self.rows {
                self.record(xml, &manner, row);
            }
        });
        if self.reporter == Reporter::KappaMail { careless(&xml.finish()) } else { xml.finish() }
    }

    fn metadata(&self, xml: &mut Xml, manner: &Manner) {
        xml.nest("report_metadata", |xml| {
            xml.leaf("org_name", self.reporter.name());
            xml.leaf("email", self.reporter.contact());
            xml.optional("extra_contact_info", manner.extra_contact);
            xml.leaf("report_id", &self.id);
            xml.nest("date_range", |xml| {
                xml.leaf("begin", &self.begin().to_string());
                xml.leaf("end", &self.end().to_string());
            });
            if manner.rfc9990 {
                xml.leaf("generator", "Reportwerk 4.2");
            }
        });
    }

    fn policy_published(&self, xml: &mut Xml, manner: &Manner) {
        let policy = self.domain.policy(self.day);
        xml.nest("policy_published", |xml| {
            xml.leaf("domain", self.domain.name);
            if manner.rfc9990 {
                xml.leaf("discovery_method", "treewalk");
                xml.leaf("testing", "n");
            }
            xml.leaf("adkim", "r");
            xml.leaf("aspf", "r");
            xml.leaf("p", policy.p);
            xml.leaf("sp", policy.sp);
            xml.optional("np", manner.np.then_some(policy.np));
            xml.optional("pct", (!manner.rfc9990).then_some("100"));
            xml.optional("fo", manner.fo.then_some("1"));
        });
    }

    fn record(&self, xml: &mut Xml, manner: &Manner, row: &Row) {
        let stream = row.stream;
        xml.nest("record", |xml| {
            xml.nest("row", |xml| {
                xml.leaf("source_ip", &row.address);
                xml.leaf("count", &row.count.to_string());
                xml.nest("policy_evaluated", |xml| self.evaluated(xml, manner, stream));
            });
            xml.nest("identifiers", |xml| {
                xml.optional("envelope_to", self.reporter.envelope_to());
                xml.optional("envelope_from", manner.envelope_from.then_some(stream.envelope_from));
                xml.leaf("header_from", stream.header_from);
            });
            xml.nest("auth_results", |xml| auth_results(xml, manner, stream));
        });
    }

    fn evaluated(&self, xml: &mut Xml, manner: &Manner, stream: &Stream) {
        let (dkim, spf) = stream.aligned;
        let policy = self.domain.policy(self.day);
        let disposition = match (dkim || spf, stream.reason) {
            (true, _) if manner.rfc9990 && policy.p != "none" => "pass",
            (true, _) | (false, Some(Reason::MailingList)) => "none",
            (false, None) => policy.p,
        };
        let verdict = |pass| if pass { "pass" } else { "fail" };
        xml.leaf("disposition", disposition);
        xml.leaf("dkim", verdict(dkim));
        xml.leaf("spf", verdict(spf));
        if let Some(Reason::MailingList) = stream.reason {
            xml.nest("reason", |xml| match self.reporter {
                Reporter::Google => {
                    xml.leaf("type", "local_policy");
                    xml.leaf("comment", "arc=pass");
                }
                _ => {
                    xml.leaf("type", "mailing_list");
                    xml.leaf("comment", "known mailing list");
                }
            });
        }
    }
}

fn auth_results(xml: &mut Xml, manner: &Manner, stream: &Stream) {
    for (domain, selector, result) in stream.dkim {
        xml.nest("dkim", |xml| {
            xml.leaf("domain", domain);
            xml.optional("selector", manner.selector.then_some(selector));
            xml.leaf("result", result);
        });
    }
    xml.nest("spf", |xml| {
        xml.leaf("domain", stream.envelope_from);
        xml.optional("scope", manner.scope.then_some("mfrom"));
        xml.leaf("result", stream.spf);
    });
}

/// The faults of an invented reporter that other readers stumble over: a bare
/// `&`, capitalised and unknown words, milliseconds, an element never closed.
fn careless(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    for line in xml.lines() {
        let line = line
            .replace("Kappa Mail", "Kappa Mail & Sons")
            .replace("<result>pass<", "<result>Pass<")
            .replace("<result>softfail<", "<result>soft_fail<")
            .replace("<result>fail<", "<result>hardfail<");
        let line = match line.trim_start() {
            date if date.starts_with("<begin>") => line.replace("</", "000</"),
            date if date.starts_with("<end>") => line.replace("</", "000</"),
            email if email.starts_with("<email>") => line.replace("</email>", ""),
            _ => line,
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}
