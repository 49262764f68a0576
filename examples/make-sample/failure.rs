//! Failure reports of the story (RFC 6591, RFC 9991): single messages, in mails.

use crate::mail::date;
use crate::story::FIRST_DAY;

/// What differs between the three mails.
struct Case {
    day: i64,
    number: u32,
    source_ip: &'static str,
    mail_from: &'static str,
    auth_failure: &'static str,
    delivery_result: &'static str,
    alignment: &'static str,
    results: &'static str,
    /// Fields of the method that failed.
    method: &'static str,
    from: &'static str,
    subject: &'static str,
}

const CASES: [Case; 3] = [
    Case {
        day: 15,
        number: 4_101,
        source_ip: "198.51.100.21",
        mail_from: "b-771@bounce.sendwell.test",
        auth_failure: "dmarc",
        delivery_result: "delivered",
        alignment: "none",
        results: "dkim=pass header.d=sendwell.test header.s=sw1;\n spf=pass smtp.mailfrom=bounce.sendwell.test; dmarc=fail header.from=example.com",
        method: "DKIM-Domain: sendwell.test\nDKIM-Identity: @sendwell.test\nDKIM-Selector: sw1\n",
        from: "Example News <news@example.com>",
        subject: "What is new in September",
    },
    Case {
        day: 29,
        number: 4_388,
        source_ip: "203.0.113.141",
        mail_from: "claims@prize-desk.test",
        auth_failure: "dmarc",
        delivery_result: "spam",
        alignment: "none",
        results: "dkim=none; spf=pass smtp.mailfrom=prize-desk.test;\n dmarc=fail header.from=example.com",
        method: "SPF-DNS: txt : prize-desk.test : \"v=spf1 ip4:203.0.113.0/24 -all\"\n",
        from: "Example Accounts <accounts@example.com>",
        subject: "Your parcel is waiting",
    },
    Case {
        day: 30,
        number: 4_402,
        source_ip: "198.51.100.90",
        mail_from: "talk-bounces@lists.test",
        auth_failure: "bodyhash",
        delivery_result: "delivered",
        alignment: "dkim, spf",
        results: "dkim=fail (body hash did not verify) header.d=example.com\n header.s=mail2026; dmarc=fail header.from=example.com",
        method: "DKIM-Domain: example.com\nDKIM-Identity: @example.com\nDKIM-Selector: mail2026\n",
        from: "Bo Lind <bo@example.com>",
        subject: "[talk] Re: minutes",
    },
];

/// The mails with the time they were sent. Lines end with LF.
pub fn mails() -> Vec<(i64, String)> {
    CASES.iter().map(mail).collect()
}

fn mail(case: &Case) -> (i64, String) {
    let arrival = FIRST_DAY + case.day * 86_400 + 34_200 + i64::from(case.number);
    let boundary = format!("=_fb{}", case.number);
    let Case { number, source_ip, mail_from, results, method, from, subject, .. } = case;
    let text = format!(
        "From: Kappa Mail feedback <feedback@kappa-mail.test>
To: dmarc-failures@example.com
Subject: FW: {subject}
Date: {sent}
Message-ID: <fb{number}@kappa-mail.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
\tboundary=\"{boundary}\"

--{boundary}
Content-Type: text/plain; charset=us-ascii

A message in the name of example.com failed authentication at
mx1.kappa-mail.test. Its header follows; its body was left out.

--{boundary}
Content-Type: message/feedback-report

Feedback-Type: auth-failure
User-Agent: KappaFeedback/2.1
Version: 1
Original-Mail-From: <{mail_from}>
Arrival-Date: {arrived}
Reporting-MTA: dns; mx1.kappa-mail.test
Source-IP: {source_ip}
Reported-Domain: example.com
Incidents: 1
Authentication-Results: mx1.kappa-mail.test; {results}
Auth-Failure: {failure}
Delivery-Result: {delivery}
Identity-Alignment: {alignment}
{method}
--{boundary}
Content-Type: text/rfc822-headers

Received: from unknown ([{source_ip}]) by mx1.kappa-mail.test with ESMTP;
 {arrived}
From: {from}
To: undisclosed-recipients:;
Subject: {subject}
Date: {arrived}
Message-ID: <{number}.orig@example.com>

--{boundary}--
",
        sent = date(arrival + 90),
        arrived = date(arrival),
        failure = case.auth_failure,
        delivery = case.delivery_result,
        alignment = case.alignment,
    );
    (arrival + 90, text)
}
