//! Letter case, without the tables of all scripts.

/// Letter by letter, those of the Latin, Greek and Cyrillic scripts: the tables of
/// `char::to_lowercase` know all others too, and weigh as much as the rest of the
/// queries together.
pub fn lower_case(text: &str) -> String {
    text.chars().map(small).collect()
}

fn small(letter: char) -> char {
    let code = letter as u32;
    let small = match code {
        // Basic Latin, Latin-1, Greek, Cyrillic: in rows.
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3AB | 0x410..=0x42F => code + 0x20,
        0x400..=0x40F => code + 0x50,
        // Each capital next to its small letter, with odd codes or with even ones.
        0x139..=0x148 | 0x179..=0x17E | 0x4C1..=0x4CE => code + code % 2,
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => code | 1,
        0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F | 0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => {
            code | 1
        }
        0x178 => 0xFF,
        0x386 => 0x3AC,
        0x388..=0x38A => code + 0x25,
        0x38C => 0x3CC,
        0x38E..=0x38F => code + 0x3F,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::lower_case;

    #[test]
    fn letters_of_three_scripts_as_unicode_has_them() {
        let scripts = [0..=0x17F, 0x386..=0x3CE, 0x400..=0x52F, 0x1E00..=0x1E95, 0x1EA0..=0x1EFF];
        for letter in scripts.into_iter().flatten().filter_map(char::from_u32) {
            // Two capitals whose small letters are elsewhere, and a code without a letter.
            if !matches!(letter, 'İ' | 'Ӏ' | '\u{3a2}') {
                let small: String = letter.to_lowercase().collect();
                assert_eq!(lower_case(&letter.to_string()), small, "{letter:?}");
            }
        }
        assert_eq!(lower_case("ÉCOLE Ωmega ПОЧТА"), "école ωmega почта");
    }
}
