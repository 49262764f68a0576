//! Mail addresses without what names a person: local parts, and the names beside them.

/// In the place of what is not shown.
const MASK: &str = "•••";

/// A text with the local part of each address in it masked.
pub fn masked(text: &str) -> String {
    let mut all = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('@') {
        let is_part =
            |letter: char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.\"".contains(letter);
        let kept = before.trim_end_matches(is_part);
        // Of `smtp.mailfrom=a@b` only what follows the sign is an address.
        let local = before.get(kept.len()..).unwrap_or_default();
        let named = local.rfind('=').map_or("", |at| local.get(..=at).unwrap_or_default());
        all.push_str(kept);
        all.push_str(named);
        all.push_str(if local.len() > named.len() { MASK } else { "" });
        all.push('@');
        rest = after;
    }
    all.push_str(rest);
    all
}

/// A mailbox, `Name <address>`: the name is masked too.
pub fn masked_mailbox(text: &str) -> String {
    match text.rsplit_once('<') {
        Some((name, address)) if !name.trim().is_empty() => {
            format!("{MASK} <{}", masked(address))
        }
        Some((_, address)) => format!("<{}", masked(address)),
        None if text.contains('@') => masked(text),
        None => MASK.to_owned(),
    }
}

/// Fields of a mail's header whose values are lists of mailboxes (RFC 5322 §3.6).
const MAILBOXES: [&str; 13] = [
    "from",
    "to",
    "cc",
    "bcc",
    "sender",
    "reply-to",
    "delivered-to",
    "resent-from",
    "resent-to",
    "resent-cc",
    "resent-sender",
    "return-path",
    "disposition-notification-to",
];

/// The header of a mail, field by field.
pub fn masked_header(header: &str) -> String {
    let mut all = String::new();
    let mut is_list = false;
    for line in header.split_inclusive('\n') {
        let (name, value) = match line.split_once(':') {
            Some((name, value)) if !line.starts_with([' ', '\t']) => {
                is_list = MAILBOXES.contains(&name.trim().to_ascii_lowercase().as_str());
                all.push_str(name);
                all.push(':');
                (true, value)
            }
            _ => (false, line),
        };
        match is_list {
            true => mailboxes(value, &mut all),
            false if name => all.push_str(&masked(value)),
            false => all.push_str(&masked(line)),
        }
    }
    all
}

/// The lines of a list of mailboxes: of each, the address with its local part masked.
fn mailboxes(value: &str, to: &mut String) {
    let text = value.trim_end_matches(['\r', '\n']);
    let end = value.get(text.len()..).unwrap_or_default();
    let space = text.len() - text.trim_start().len();
    to.push_str(text.get(..space).unwrap_or_default());
    let boxes: Vec<_> = text.split(',').map(str::trim).collect();
    let shown: Vec<_> = boxes
        .iter()
        .map(|it| if it.is_empty() { String::new() } else { masked_mailbox(it) })
        .collect();
    to.push_str(&shown.join(", "));
    to.push_str(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named() {
        for (text, expected) in [
            ("Bo Lind <bo@example.com>", "••• <•••@example.com>"),
            ("<bo@example.com>", "<•••@example.com>"),
            ("bo@example.com", "•••@example.com"),
            ("Bo Lind", "•••"),
        ] {
            assert_eq!(masked_mailbox(text), expected);
        }
        for (text, expected) in [
            (
                "mx; spf=pass smtp.mailfrom=zoë.b+1@a.test; x",
                "mx; spf=pass smtp.mailfrom=•••@a.test; x",
            ),
            ("@example.com", "@example.com"),
            ("for <a@b.test>; a@c.test", "for <•••@b.test>; •••@c.test"),
            ("none", "none"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn a_header_keeps_what_names_nobody() {
        let header = "Subject: minutes for bo@example.com\r\nFrom: Bo <bo@example.com>\r\nTo: \"Lind, Ida\"\r\n <ida@a.test>, x@b.test\r\nX: 1\r\n";
        let masked = masked_header(header);
        for name in ["bo@", "Bo <", "Lind", "Ida", "ida@", "x@b"] {
            assert!(!masked.contains(name), "{name} in {masked}");
        }
        assert!(masked.contains("Subject: minutes for •••@example.com\r\n"), "{masked}");
        assert!(masked.contains("@a.test") && masked.ends_with("X: 1\r\n"), "{masked}");
    }
}
