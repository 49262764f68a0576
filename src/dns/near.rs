//! Which known word a person probably meant.

/// The known word closest to `word`, if one is close enough: the same but for
/// letter case, hyphens and underscores, or a slip or two of the fingers away.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    /// Longer than any word known here: not worth comparing.
    const LONGEST: usize = 32;
    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    if let Some(same) = known.iter().find(|known| fold(known) == folded) {
        return Some(same);
    }
    known
        .iter()
        .map(|known| (strsim::osa_distance(&folded, &fold(known)), *known))
        .filter(|(distance, known)| *distance <= slips(known))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// How many slips a word of this length can take and still be told.
fn slips(known: &str) -> usize {
    match known.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let fields = ["version", "mode", "mx", "max_age"];
        for (word, meant) in [
            ("Max-Age", Some("max_age")),
            ("verison", Some("version")),
            ("mod", Some("mode")),
            ("max_aeg", Some("max_age")),
            ("mc", None),
            ("report", None),
        ] {
            assert_eq!(nearest(word, &fields), meant, "{word}");
        }
    }
}
