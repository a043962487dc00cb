//! The textbook levels: each says what theory expects, and every seed must come out.

use walled_gardens::experiment::play_reference;
use walled_gardens::level::{Level, shipped};
use walled_gardens::strategy;

/// One test a level, so that they run side by side and fail by name.
macro_rules! levels {
    ($($test:ident: $name:literal,)*) => {
        $(#[test]
        fn $test() {
            comes_out($name);
        })*

        #[test]
        fn every_textbook_level_is_tested() {
            let tested = [$($name),*];
            for level in shipped().filter(|level| level.name.starts_with("lab/")) {
                assert!(tested.contains(&level.name), "{} is not tested", level.name);
            }
        }
    };
}

levels! {
    adoption_follows_bass: "lab/bass",
    a_line_of_tastes_is_hotellings: "lab/hotelling",
    interconnection_prevents_tipping: "lab/interconnection",
    two_logit_platforms_share_as_the_formula_says: "lab/logit_duopoly",
    so_do_five_and_entry_is_worth_its_logsum: "lab/logit_oligopoly",
    so_do_ten: "lab/logit_ten",
    some_stay_outside: "lab/outside_option",
    and_do_so_with_five_rivals: "lab/outside_option_five",
    network_effects_lower_prices: "lab/network_duopoly",
    more_so_among_five: "lab/network_oligopoly",
    compatible_networks_sell_more: "lab/cournot_networks",
    switching_costs_add_to_the_leader: "lab/switching_costs",
    a_market_tips_when_theory_says: "lab/tipping",
    merchants_everywhere_and_consumers_in_one_place: "lab/competitive_bottleneck",
    two_sides_divide_as_armstrong_says: "lab/two_sided_single_homing",
    two_logit_sides_meet_at_their_fixed_point: "lab/two_sided_logit",
}

fn comes_out(name: &str) {
    let level = Level::find(name, &[], &strategy::vocabulary()).unwrap_or_else(|error| panic!("{error}"));
    let findings = play_reference(&level).unwrap_or_else(|error| panic!("{error}"));
    assert!(!findings.is_empty(), "{name} expects nothing");
    for finding in findings {
        assert!(finding.holds, "{name}: {finding:#?}");
    }
}
