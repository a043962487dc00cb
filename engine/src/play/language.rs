//! The languages that a person's side of a match is told in. The command line speaks English.

use serde::{Deserialize, Serialize};

use crate::level::nearest;

/// A language that every text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
    /// Vietnamese.
    Vietnamese,
}

/// There is no such language.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no language `{tag}`{hint}; there are en, zh-Hans and vi")]
pub struct UnknownLanguage {
    tag: String,
    /// " (did you mean …?)" or nothing.
    hint: String,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::English, Self::Chinese, Self::Vietnamese];

    /// Its tag (BCP 47), by which it is asked for.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
            Self::Vietnamese => "vi",
        }
    }

    /// What it calls itself: who cannot read the others finds it by that.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
            Self::Vietnamese => "Tiếng Việt",
        }
    }

    /// The language of a tag.
    ///
    /// # Errors
    /// There is none; the error names the nearest.
    pub fn of_tag(tag: &str) -> Result<Self, UnknownLanguage> {
        let named = |language: &Self| language.tag().eq_ignore_ascii_case(tag);
        Self::ALL.into_iter().find(named).ok_or_else(|| {
            let near = || nearest(tag, Self::ALL.map(Self::tag));
            let meant = Self::of_locale(tag).map(Self::tag).or_else(near);
            let hint = meant.map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
            UnknownLanguage { tag: tag.to_owned(), hint }
        })
    }

    /// The language nearest to a system's locale, such as `zh_CN.UTF-8` or `vi-VN`; none where nothing is near. Who reads
    /// Chinese in traditional letters is better served by simplified ones than by English.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match code.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            "vi" => Some(Self::Vietnamese),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag_and_by_the_systems_locale() {
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), Ok(language));
            assert_eq!(Language::of_locale(language.tag()), Some(language));
        }
        assert_eq!(Language::of_tag("ZH-hans"), Ok(Language::Chinese));
        for (locale, language) in [
            ("zh_CN.UTF-8", Some(Language::Chinese)),
            ("zh-Hant-TW", Some(Language::Chinese)),
            ("vi_VN", Some(Language::Vietnamese)),
            ("en_GB", Some(Language::English)),
            ("de_DE.UTF-8", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn an_unknown_tag_is_refused_with_the_one_that_may_be_meant() {
        for (tag, hint) in [
            ("zh", " (did you mean `zh-Hans`?)"),
            ("zh_Hans", " (did you mean `zh-Hans`?)"),
            ("vie", " (did you mean `vi`?)"),
            ("klingon", ""),
        ] {
            let error = Language::of_tag(tag).expect_err("is refused").to_string();
            assert_eq!(error, format!("there is no language `{tag}`{hint}; there are en, zh-Hans and vi"));
        }
    }
}
