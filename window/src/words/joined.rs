//! Several things in one text, joined as the language joins them.

use crate::texts::say;

/// Things one after the other: `Alipay, WeChat Pay`.
pub fn list<Text: AsRef<str>>(items: &[Text]) -> String {
    joined(items, |one, other| say!("list-comma", one = one, other = other))
}

/// Things of more words one after the other.
pub fn clauses<Text: AsRef<str>>(items: &[Text]) -> String {
    joined(items, |one, other| say!("list-semicolon", one = one, other = other))
}

/// Whole sentences one after the other.
pub fn sentences<Text: AsRef<str>>(items: &[Text]) -> String {
    joined(items, |one, other| say!("two-facts", one = one, other = other))
}

fn joined<Text: AsRef<str>>(items: &[Text], join: impl Fn(&str, &str) -> String) -> String {
    let mut items = items.iter().map(AsRef::as_ref);
    let first = items.next().unwrap_or_default().to_owned();
    items.fold(first, |before, item| join(&before, item))
}

/// A name within a sentence: in small letters, but for what is written in capitals anyway, such as AI.
pub fn within(name: &str) -> String {
    let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    if !capital(first) || capital(second) {
        return name.to_owned();
    }
    first.into_iter().flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::speak;
    use walled_gardens_engine::play::Language;

    #[test]
    fn things_are_joined_as_the_language_joins_them() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!((list(&["A"]), list(&["A", "B", "C"])), ("A".to_owned(), "A, B, C".to_owned()));
        assert_eq!(sentences(&["A.", "B."]), "A. B.");
        speak(Language::Chinese);
        assert_eq!(
            (list(&["甲", "乙", "丙"]), sentences(&["甲。", "乙。"])),
            ("甲、乙、丙".to_owned(), "甲。乙。".to_owned())
        );
        assert_eq!(
            (within("AI finds"), within("Links from apps")),
            ("AI finds".to_owned(), "links from apps".to_owned())
        );
    }
}
