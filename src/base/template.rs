//! Sentences with places for values: `%{name}`.

/// Puts the values in the places that the template has for them; a place of
/// another name stays as it is.
pub fn fill<V: AsRef<str>>(template: &str, values: &[(&str, V)]) -> String {
    let mut said = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("%{") {
        said.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            said.push_str("%{");
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => said.push_str(value.as_ref()),
            None => {
                said.push_str("%{");
                said.push_str(name);
                said.push('}');
            }
        }
        rest = tail;
    }
    said.push_str(rest);
    said
}

/// The names of the places in a template.
pub fn places(template: &str) -> impl Iterator<Item = &str> {
    template.split("%{").skip(1).filter_map(|rest| rest.split('}').next())
}

#[cfg(test)]
mod tests {
    use super::{fill, places};

    #[test]
    fn fills_known_places_only() {
        let values = [("field", "mode"), ("found", "%{field}")];
        assert_eq!(fill("%{field} is %{found}", &values), "mode is %{field}");
        assert_eq!(fill("%{other} and %{field", &values), "%{other} and %{field");
        assert!(places("%{field} is %{found}").eq(["field", "found"]));
    }
}
