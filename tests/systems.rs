//! Every system that the documents describe works: its level comes out, and no longer does when its mechanism is taken away.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use rayon::prelude::*;
use walled_gardens::experiment::play_reference;
use walled_gardens::level::{Level, shipped};
use walled_gardens::strategy;

fn level(name: &str, changes: &[&str]) -> Level {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    Level::find(name, &changes, &strategy::vocabulary()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What does not come out, in words.
fn failures(level: &Level) -> Vec<String> {
    let findings = play_reference(level).unwrap_or_else(|error| panic!("{}: {error}", level.id));
    assert!(!findings.is_empty(), "{} expects nothing", level.id);
    findings.iter().filter(|finding| !finding.holds).map(|finding| format!("{finding:?}")).collect()
}

/// The mechanism of each level, as the change that takes it away.
const MECHANISMS: &[(&str, &str)] = &[
    ("systems/s01_payment_interconnection", "market.payment_friction=0"),
    ("systems/s02_logistics_interconnection", "market.carrier_quality_worth=0"),
    ("systems/s02_logistics_interconnection", "market.delivery_effect=0"),
    ("systems/s03_traffic_interconnection", "market.jump_reach=0"),
    ("systems/s04_category_strength", "market.category_effect=0"),
    ("systems/s04_category_strength", "market.carrier_quality_worth=0"),
    ("systems/s05_two_kinds_of_platform", "market.carrier_quality_worth=0"),
    ("systems/s06_third_party_carriers", "services.fleet.capacity=0"),
    ("systems/s07_heavy_or_light", "market.carrier_quality_worth=0"),
    ("systems/s08_internal_linkage", "market.linkage=0"),
    ("systems/s09_front", "market.payment_friction=0"),
    ("systems/s10_wallet_as_platform", "market.wallet_redraw=0"),
    ("systems/s10_wallet_as_platform", "services.harbour-pay.income=0"),
    ("systems/s11_asking_and_refusing", "market.payment_friction=0"),
    ("systems/s12_public_opinion", "market.opinion_opening=0"),
    ("systems/s12_public_opinion", "market.opinion_closing=0"),
    ("systems/s12_public_opinion", "market.opinion_fees=0"),
    ("systems/s12_public_opinion", "market.opinion_fraud=0"),
    ("systems/s12_public_opinion", "market.opinion_trust=0"),
    ("systems/s13_antitrust", "regulator.exclusivity=0"),
    ("systems/s13_antitrust", "regulator.fees=0"),
    ("systems/s14_growth_then_saturation", "market.adoption_imitation=0"),
    ("systems/s15_shop_inside_the_app", "market.mini_program_reach=0.25"),
    ("systems/s15_shop_inside_the_app", "market.mini_program_habit_loss=0"),
    ("systems/s16_budget_couriers", "market.carrier_quality_worth=0"),
    ("systems/s16_budget_couriers", "merchant_segments.small.contract_months=1"),
    ("systems/s17_listing", "market.mood_economy=0"),
    ("systems/s17_listing", "market.mood_window=2"),
    ("systems/s18_cannibalised_wallet", "services.harbour-pay.held=0.001"),
    ("systems/s19_zero_sum_growth", "regions.country.online=0.2"),
    ("systems/s19_zero_sum_growth", "market.payment_friction=0"),
    ("systems/s20_traffic_or_services", "market.jump_reach=0"),
    ("systems/s20_traffic_or_services", "market.wallet_tie=0"),
    ("systems/s21_governance", "market.blindness=0"),
    ("systems/s22_lower_tier_cities", "market.payment_friction=0"),
    ("systems/s23_paid_visits", "market.visit_effect=0"),
    ("systems/s24_engineering", "market.engineer_cost=1e9"),
    ("systems/s25_expectations", "market.expectation=0"),
    ("systems/s26_stakes", "platforms.south.public=0"),
    ("systems/s26_stakes", "platforms.harbour.cash=0"),
    ("systems/s27_crowd_logistics", "market.congestion=0"),
    ("systems/s28_stores", "market.store_reference=1"),
    ("systems/s28_stores", "market.store_effect=0"),
    ("systems/s29_credit", "market.merchant_credit_lift=0"),
    ("systems/s29_credit", "market.buyer_credit_lift=0"),
    ("systems/s29_credit", "market.default_slope=0"),
    ("systems/s29_credit", "market.default_cycle=0"),
    ("systems/s29_credit", "market.fund_loss=0"),
    ("systems/s29_distress", "market.distress_months=0"),
    ("systems/s30_going_public", "market.mood_window=2"),
    ("systems/s30_going_public", "market.issue_discount=0.9"),
    ("systems/s31_third_parties", "market.third_party_response=0"),
    ("systems/s31_third_parties", "market.merchant_margin=1"),
    ("systems/s32_newcomer", "market.marketing_effect=0"),
    ("systems/s33_blocking_war", "market.payment_friction=0"),
    ("systems/s34_opening_by_steps", "market.familiarity=0"),
    ("systems/s35_data_fusion", "market.data_fusion=0"),
    ("systems/s35_data_fusion", "market.match_effect=0"),
    ("systems/s36_ai", "market.ai_search=0"),
    ("systems/s36_ai", "market.ai_feed=0"),
    ("systems/s36_ai", "market.ai_listing=0"),
    ("systems/s36_ai", "market.ai_returns=0"),
    ("systems/s36_ai", "market.ai_planning=0"),
    ("systems/s36_ai", "market.ai_data=1e6"),
    ("systems/s36_ai", "market.ai_reference=1"),
    ("systems/s37_invitations", "market.invitation_effect=0"),
];

#[test]
fn every_system_works() {
    let levels: Vec<_> = shipped().filter(|level| level.name.starts_with("systems/")).collect();
    let failed: Vec<String> =
        levels.into_par_iter().flat_map(|shipped| failures(&level(shipped.name, &[]))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Whether something does not come out: cases are played one by one, up to the first.
fn fails(level: &Level) -> bool {
    level.reference.iter().any(|case| {
        let mut alone = level.clone();
        alone.reference = vec![case.clone()];
        !failures(&alone).is_empty()
    })
}

#[test]
fn no_system_works_without_its_mechanism() {
    let idle = |(name, change): &&(&str, &str)| !fails(&level(name, &[change]));
    let idle: Vec<_> = MECHANISMS.par_iter().filter(idle).collect();
    assert!(idle.is_empty(), "these come out without it: {idle:?}");
}

#[test]
fn every_system_has_a_mechanism_to_take_away() {
    for level in shipped().filter(|level| level.name.starts_with("systems/")) {
        assert!(MECHANISMS.iter().any(|(name, _)| *name == level.name), "{}", level.name);
    }
}
