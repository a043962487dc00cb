//! The levels that come with the program, embedded so that an installed binary plays from any folder.

/// A level that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Name: path below `levels/` without `.ron`.
    pub name: &'static str,
    /// The file's text.
    pub text: &'static str,
}

impl Shipped {
    /// Whether it plays when no level is named. A look at the text: reading every level for that would be slow.
    pub fn is_default(&self) -> bool {
        self.text.lines().any(|line| line.trim_start().starts_with("tags:") && line.contains("\"default\""))
    }
}

macro_rules! embed {
    ($($name:literal)*) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/levels/", $name, ".ron")),
        },)*]
    };
}

const SHIPPED: &[Shipped] = embed! {
    "arena/duel"
    "arena/six"
    "history/china_2024"
    "lab/bass"
    "lab/competitive_bottleneck"
    "lab/cournot_networks"
    "lab/hotelling"
    "lab/interconnection"
    "lab/logit_duopoly"
    "lab/logit_oligopoly"
    "lab/logit_ten"
    "lab/network_duopoly"
    "lab/network_oligopoly"
    "lab/outside_option"
    "lab/outside_option_five"
    "lab/switching_costs"
    "lab/tipping"
    "lab/two_sided_logit"
    "lab/two_sided_single_homing"
    "tutorial/four-gardens"
    "tutorial/two-gardens"
};

/// All shipped levels, by name.
pub fn shipped() -> impl Iterator<Item = Shipped> {
    SHIPPED.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::level::Level;
    use crate::strategy;

    fn files_below(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("levels/ is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                files_below(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "ron") {
                found.push(path.with_extension("").to_string_lossy().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_level_file_is_embedded() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/levels");
        let mut found = Vec::new();
        files_below(Path::new(root), &mut found);
        let mut names: Vec<_> = found.iter().map(|path| path[root.len() + 1..].to_owned()).collect();
        names.sort();
        assert_eq!(names, SHIPPED.iter().map(|level| level.name).collect::<Vec<_>>());
    }

    #[test]
    fn every_shipped_level_is_sound_and_bears_its_name() {
        for level in shipped() {
            let read = Level::from_text(level.name, level.text, &strategy::vocabulary())
                .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(read.id, level.name);
        }
    }

    #[test]
    fn one_shipped_level_is_the_default() {
        assert_eq!(shipped().filter(Shipped::is_default).count(), 1);
    }
}
