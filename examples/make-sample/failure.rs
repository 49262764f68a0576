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
    /// Of the message; without one, only its header is sent.
    body: Option<&'static str>,
}

/// A forgery, with what such mail brings along: none of it may work where it is read.
const PARCEL: &str = "<html><body>
<p>Dear customer,</p>
<p>your parcel could not be delivered. Confirm your address within 24 hours:
<a href=\"https://prize-desk.test/claim?id=4388\">https://www.example.com/parcels</a></p>
<img src=\"https://prize-desk.test/open.gif?id=4388\" width=\"1\" height=\"1\">
<script>location = 'https://prize-desk.test/claim'</script>
</body></html>";

/// What a mailing list made of a message: the last lines are its own.
const MINUTES: &str = "Thanks for the minutes. One thing is missing: we agreed to sign all lists
by the end of October.

Bo

-- 
talk mailing list
talk@lists.test";

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
        body: None,
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
        body: Some(PARCEL),
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
        body: Some(MINUTES),
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
mx1.kappa-mail.test. {follows}

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
Content-Type: {media}

Received: from unknown ([{source_ip}]) by mx1.kappa-mail.test with ESMTP;
 {arrived}
From: {from}
To: undisclosed-recipients:;
Subject: {subject}
Date: {arrived}
Message-ID: <{number}.orig@example.com>
{body}
--{boundary}--
",
        follows = match case.body {
            Some(_) => "It follows.",
            None => "Its header follows; its body was left out.",
        },
        media = if case.body.is_some() { "message/rfc822" } else { "text/rfc822-headers" },
        body = case.body.map(body_of).unwrap_or_default(),
        sent = date(arrival + 90),
        arrived = date(arrival),
        failure = case.auth_failure,
        delivery = case.delivery_result,
        alignment = case.alignment,
    );
    (arrival + 90, text)
}

/// The last field of the header, and the body.
fn body_of(body: &str) -> String {
    let media = if body.starts_with('<') { "text/html" } else { "text/plain" };
    format!("MIME-Version: 1.0\nContent-Type: {media}; charset=us-ascii\n\n{body}\n")
}
