//! Events and faults, drawn as text.

use serde_json::{Map, Value};

use super::{Event, Fault, Reader, Scalar, Shape};

/// The events of a text, drawn; then its faults.
fn check(text: &str, drawn: &str, faults: &[Fault]) {
    let mut reader = Reader::new(text, 4);
    let (mut all, mut met) = (String::new(), Vec::new());
    loop {
        let event = reader.next();
        met.extend(reader.faults.drain(..).map(|(fault, _)| fault));
        match event {
            Event::Open(Shape::Object) => all.push('{'),
            Event::Open(Shape::Array) => all.push('['),
            Event::Close => all.push_str("^ "),
            Event::Name(name) => all.push_str(&format!("{name}=")),
            Event::Scalar(Scalar::Text(text)) => all.push_str(&format!("{text:?} ")),
            Event::Scalar(Scalar::Number(number)) => all.push_str(&format!("{number} ")),
            Event::Scalar(scalar) => all.push_str(&format!("{scalar:?} ")),
            Event::End => break,
        }
    }
    assert_eq!(all.trim_end(), drawn, "{text}");
    assert_eq!(met, faults, "{text}");
}

#[test]
fn sound_texts() {
    check("", "", &[]);
    check(r#"{"a": [1, -2.5e3, true, null], "b": {}}"#, "{a=[1 -2.5e3 True Null ^ b={^ ^", &[]);
    check(r#""a\"\\\/\n\u00e9\ud83d\ude00""#, r#""a\"\\/\né😀""#, &[]);
    check("{\"a\":1}\n{\"a\":2}\u{1e}\n", "{a=1 ^ {a=2 ^", &[]);
}

#[test]
fn reads_past_faults() {
    check("[1, 2,]", "[1 2 ^", &[Fault::StrayComma]);
    check("[1 2,, 3]", "[1 2 3 ^", &[Fault::MissingComma, Fault::StrayComma]);
    check("{\"a\" 1 \"b\": 2}", "{a=1 b=2 ^", &[Fault::MissingColon, Fault::MissingComma]);
    check(
        "{a: b, 'c': 'd'}",
        "{a=\"b\" c=\"d\" ^",
        &[Fault::Unquoted, Fault::Unquoted, Fault::SingleQuotes, Fault::SingleQuotes],
    );
    check(
        "{\"a\":, \"b\"}",
        "{a=Null b=Null ^",
        &[Fault::MissingValue, Fault::MissingColon, Fault::MissingValue],
    );
    check("{\"a\": [1, {\"b\": 2 ]}", "{a=[1 {b=2 ^ ^ ^", &[Fault::MissingClose]);
    check("{\"a\": 1]}", "{a=1 ^", &[Fault::StrayCharacter]);
    check(
        "{\"a\": 007, {\"b\": +1}}",
        "{a=007 ={b=+1 ^ ^",
        &[Fault::BadNumber, Fault::MissingName, Fault::BadNumber],
    );
    check(r#"["\q\ud800x\u12"]"#, "[\"\\\\q\u{fffd}x\\\\u12\" ^", &[Fault::BadEscape; 3]);
}

#[test]
fn texts_over_several_lines() {
    check("{\"a\": \"x\n\ty\",\n\"b\": 1}", "{a=\"x\\n\\ty\" b=1 ^", &[Fault::BareControl]);
    check(
        "{\"a\": \"x,\r\n  \"b\": 1}",
        "{a=\"x\" b=1 ^",
        &[Fault::UnclosedText, Fault::MissingComma],
    );
}

#[test]
fn what_stood_before_the_break() {
    check("{\"a\": [1, 2", "{a=[1 Null ^ ^", &[Fault::BreaksOff]);
    check("{\"a\": [1, 2 ", "{a=[1 2 ^ ^", &[Fault::BreaksOff]);
    check("{\"a\": \"x", "{a=Null ^", &[Fault::BreaksOff]);
    check("{\"a\":", "{a=Null ^", &[Fault::BreaksOff]);
    check("{\"a", "{=Null ^", &[Fault::BreaksOff]);
}

#[test]
fn nested_too_deep_is_passed_over() {
    check("[[[[[\"]\", {}], 1]]]]", "[[[[Null 1 ^ ^ ^ ^", &[Fault::TooDeep]);
    check(&"[".repeat(1_000_000), "[[[[Null ^ ^ ^ ^", &[Fault::TooDeep, Fault::BreaksOff]);
}

/// What `serde_json` reads, this reader reads alike.
#[test]
fn agrees_with_serde_json() {
    let mut seed = 0x5EED;
    for _ in 0..2_000 {
        let value = any_value(&mut seed, 3);
        for text in [value.to_string(), format!("{value:#}")] {
            let mut reader = Reader::new(&text, 64);
            let event = reader.next();
            let read = rebuilt(&mut reader, event);
            assert_eq!((&read, reader.next()), (&value, Event::End), "{text}");
            assert_eq!(reader.faults, [], "{text}");
        }
    }
}

/// A value of at most `depth` levels, of texts with every kind of escape.
fn any_value(seed: &mut u64, depth: u32) -> Value {
    let mut draw = |below: u64| {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    };
    let kind = draw(if depth == 0 { 5 } else { 7 });
    let number = draw(1 << 20);
    let text =
        ["", "a b", "\"\\/", "é\u{1F600}", "\n\r\t\u{8}\u{c}\u{1}", "{[,:]}"][draw(6) as usize];
    match kind {
        0 => Value::Null,
        1 => Value::Bool(number % 2 == 0),
        2 => Value::from(number),
        3 => Value::from(-(number as f64) / 8.0),
        4 => Value::from(text),
        5 => (0..number % 4).map(|_| any_value(seed, depth - 1)).collect(),
        _ => Value::Object(
            (0..number % 4).map(|n| (format!("{text}{n}"), any_value(seed, depth - 1))).collect(),
        ),
    }
}

fn rebuilt(reader: &mut Reader<'_>, event: Event<'_>) -> Value {
    match event {
        Event::Scalar(Scalar::Text(text)) => Value::from(text),
        Event::Scalar(Scalar::Number(number)) => number.parse().map(Value::Number).expect(number),
        Event::Scalar(Scalar::True) => Value::Bool(true),
        Event::Scalar(Scalar::False) => Value::Bool(false),
        Event::Scalar(Scalar::Null) => Value::Null,
        Event::Open(Shape::Array) => {
            let mut values = Vec::new();
            loop {
                match reader.next() {
                    Event::Close => return Value::Array(values),
                    event => values.push(rebuilt(reader, event)),
                }
            }
        }
        Event::Open(Shape::Object) => {
            let mut members = Map::new();
            while let Event::Name(name) = reader.next() {
                let event = reader.next();
                members.insert(name.into_owned(), rebuilt(reader, event));
            }
            Value::Object(members)
        }
        other => panic!("{other:?} is no value"),
    }
}
