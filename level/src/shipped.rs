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
    /// Whether it plays when no level is named.
    pub fn is_default(&self) -> bool {
        self.has_tag("default")
    }

    /// Whether it has a tag.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags().any(|known| known == tag)
    }

    /// What follows in the first of its tags that begins so.
    pub fn tag_after(&self, begins: &str) -> Option<&'static str> {
        self.tags().find_map(|tag| tag.strip_prefix(begins))
    }

    /// Its tags. A look at the text: reading every level for that would be slow.
    fn tags(&self) -> impl Iterator<Item = &'static str> {
        let text: &'static str = self.text;
        let line = text.lines().find(|line| line.trim_start().starts_with("tags:"));
        // Whatever is quoted there is a tag.
        line.into_iter().flat_map(|line| line.split('"').skip(1).step_by(2))
    }
}

macro_rules! embed {
    ($($name:literal)*) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../levels/", $name, ".ron")),
        },)*]
    };
}

const SHIPPED: &[Shipped] = embed! {
    "arena/duel"
    "arena/festivals"
    "arena/newcomers"
    "arena/six"
    "arena/two_ecosystems"
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
    "systems/s01_payment_interconnection"
    "systems/s02_logistics_interconnection"
    "systems/s03_traffic_interconnection"
    "systems/s04_category_strength"
    "systems/s05_two_kinds_of_platform"
    "systems/s06_third_party_carriers"
    "systems/s07_heavy_or_light"
    "systems/s08_internal_linkage"
    "systems/s09_front"
    "systems/s10_wallet_as_platform"
    "systems/s11_asking_and_refusing"
    "systems/s12_public_opinion"
    "systems/s13_antitrust"
    "systems/s14_growth_then_saturation"
    "systems/s15_shop_inside_the_app"
    "systems/s16_budget_couriers"
    "systems/s17_listing"
    "systems/s18_cannibalised_wallet"
    "systems/s19_zero_sum_growth"
    "systems/s20_traffic_or_services"
    "systems/s21_governance"
    "systems/s22_lower_tier_cities"
    "systems/s23_paid_visits"
    "systems/s24_engineering"
    "systems/s25_expectations"
    "systems/s26_stakes"
    "systems/s27_crowd_logistics"
    "systems/s28_stores"
    "systems/s29_credit"
    "systems/s29_distress"
    "systems/s30_going_public"
    "systems/s31_third_parties"
    "systems/s32_newcomer"
    "systems/s33_blocking_war"
    "systems/s34_opening_by_steps"
    "systems/s35_data_fusion"
    "systems/s36_ai"
    "systems/s37_invitations"
    "tutorial/first-game"
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
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../levels");
        let mut found = Vec::new();
        files_below(Path::new(root), &mut found);
        let mut names: Vec<_> = found.iter().map(|path| path[root.len() + 1..].to_owned()).collect();
        names.sort();
        assert_eq!(names, SHIPPED.iter().map(|level| level.name).collect::<Vec<_>>());
    }

    #[test]
    fn one_shipped_level_is_the_default() {
        assert_eq!(shipped().filter(Shipped::is_default).count(), 1);
    }
}
