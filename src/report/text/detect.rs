//! Which encoding a text is in, by its first bytes.

/// How the bytes are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Valid UTF-8, and windows-1252 where it is not.
    Utf8,
    /// An encoding in which `<` and `>` are always themselves, by its label.
    Legacy(String),
    /// ISO-2022-JP, whose bytes mean nothing out of sequence: decoded in one go.
    Whole(String),
    Utf16 {
        big_endian: bool,
    },
    Utf32 {
        big_endian: bool,
    },
}

impl Encoding {
    /// The label, as the WHATWG has it.
    pub fn label(&self) -> &str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Legacy(label) | Self::Whole(label) => label,
            Self::Utf16 { big_endian: false } => "utf-16le",
            Self::Utf16 { big_endian: true } => "utf-16be",
            Self::Utf32 { big_endian: false } => "utf-32le",
            Self::Utf32 { big_endian: true } => "utf-32be",
        }
    }
}

/// The encoding that a byte order mark tells, and the mark's length.
pub(super) fn by_mark(head: &[u8]) -> Option<(Encoding, usize)> {
    let marks: [(&[u8], Encoding); 5] = [
        (b"\xef\xbb\xbf", Encoding::Utf8),
        (b"\xff\xfe\0\0", Encoding::Utf32 { big_endian: false }),
        (b"\0\0\xfe\xff", Encoding::Utf32 { big_endian: true }),
        (b"\xff\xfe", Encoding::Utf16 { big_endian: false }),
        (b"\xfe\xff", Encoding::Utf16 { big_endian: true }),
    ];
    let found = marks.into_iter().find(|(mark, _)| head.starts_with(mark));
    found.map(|(mark, encoding)| (encoding, mark.len()))
}

/// UTF-16 or UTF-32 without a mark, seen in the zeros around the first ASCII
/// characters (XML 1.0 App. F).
pub(super) fn by_zeros(head: &[u8]) -> Option<Encoding> {
    let first: [bool; 4] = head.first_chunk::<4>()?.map(|byte| byte == 0);
    match first {
        [false, true, false, true] => Some(Encoding::Utf16 { big_endian: false }),
        [true, false, true, false] => Some(Encoding::Utf16 { big_endian: true }),
        [false, true, true, true] => Some(Encoding::Utf32 { big_endian: false }),
        [true, true, true, false] => Some(Encoding::Utf32 { big_endian: true }),
        _ => None,
    }
}

/// The label in `<?xml … encoding="label"`, in any quoting.
pub(super) fn declared_label(head: &[u8]) -> Option<&str> {
    let from = memchr::memmem::find(head, b"<?xml")?;
    let declaration = &head[from..];
    let declaration = &declaration[..memchr::memchr(b'>', declaration)?];
    let after = &declaration[memchr::memmem::find(declaration, b"encoding")? + 8..];
    let value = str::from_utf8(after).ok()?.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'', '?', ' ', '\t', '\r', '\n']).find(|s| !s.is_empty())?;
    label.is_ascii().then_some(label)
}

pub(super) fn letters_and_digits(label: &str) -> String {
    let kept = label.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}
