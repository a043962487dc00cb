//! Each term of the model pushes in its own direction: the same seeds with and without, a clear difference. Turn the
//! sign of any of them and one of these fails.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod coupons;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::sim::metrics::Scope;
use walled_gardens::sim::metrics::metric;
use walled_gardens::sim::{Audience, Flow, Order, Orders, Outcome};
use walled_gardens::strategy;

const SEEDS: u64 = 4;
/// A duel with enough agents that a difference of a point shows.
const DUEL: &[&str] = &["setup.consumers=6000", "setup.merchants=1500", "setup.turns=18"];

/// Outcomes of all turns, by seed, when the first platform gives these orders in the first turn.
fn play(level: &str, changes: &[&str], orders: &Orders) -> Vec<Vec<Outcome>> {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level =
        Level::find(level, &changes, &strategy::vocabulary()).unwrap_or_else(|error| panic!("{error}"));
    let prepared = Prepared::new(level);
    let one = |seed| {
        let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
        setup.population.seed = seed;
        setup.seats[0] = Seat::Recorded("orders".into(), vec![orders.clone()]);
        let mut game = Match::new(&prepared, setup);
        let mut outcomes = Vec::new();
        while !game.is_over() {
            let record = game.play_turn();
            assert!(record.refusals[0].is_empty(), "{:?}", record.refusals[0]);
            outcomes.push(record.outcome);
        }
        outcomes
    };
    (1..=SEEDS).map(one).collect()
}

fn last(worlds: &[Vec<Outcome>], value: impl Fn(&Outcome) -> f64) -> f64 {
    worlds.iter().map(|turns| value(turns.last().expect("a turn"))).sum::<f64>() / worlds.len() as f64
}

fn share(outcome: &Outcome) -> f64 {
    outcome.share(0)
}

/// The first platform's share at the end with the orders less that without.
fn effect(changes: &[&str], orders: &Orders) -> f64 {
    let changes = [DUEL, changes].concat();
    last(&play("arena/duel", &changes, orders), share)
        - last(&play("arena/duel", &changes, &Orders::new()), share)
}

fn sales_of_a_duel() -> f64 {
    last(&play("arena/duel", &["setup.turns=1"], &Orders::new()), |outcome| outcome.gmv(0))
}

#[test]
fn a_brand_attracts() {
    let amount = 0.01 * sales_of_a_duel();
    assert!(effect(&[], &vec![Order::BrandBudget { amount }]) > 0.01);
    assert!(effect(&[], &vec![Order::BrandBudget { amount: 0.0 }]) < -0.01);
    assert!(effect(&["market.brand_effect=0"], &vec![Order::BrandBudget { amount }]).abs() < 0.005);
}

#[test]
fn strength_in_a_category_attracts_there_and_nowhere_else() {
    let amount = 0.01 * sales_of_a_duel();
    let orders = vec![Order::CategoryBudget { category: Some("apparel".into()), amount }];
    let (with, without) = (play("arena/duel", DUEL, &orders), play("arena/duel", DUEL, &Orders::new()));
    let gain = |category: usize| {
        last(&with, |o| o.category_share(category, 0)) - last(&without, |o| o.category_share(category, 0))
    };
    assert!(
        gain(0) > 0.05 && gain(1).abs() < 0.02 && gain(2).abs() < 0.02,
        "{} {} {}",
        gain(0),
        gain(1),
        gain(2)
    );
}

#[test]
fn marketing_makes_known_and_being_known_sells() {
    let amount = 0.01 * sales_of_a_duel();
    let orders = vec![Order::MarketingBudget { region: None, amount }];
    let aware = |outcome: &Outcome| outcome.awareness[[0, 0]];
    let (with, without) = (play("arena/duel", DUEL, &orders), play("arena/duel", DUEL, &Orders::new()));
    assert!(last(&with, aware) > last(&without, aware) + 0.03);
    assert!(last(&with, share) > last(&without, share) + 0.005);
}

#[test]
fn people_tell_each_other() {
    // Nobody advertises: what is known spreads by word of mouth, or is forgotten.
    let quiet = ["platforms.north.shop.marketing_budget=0", "platforms.south.shop.marketing_budget=0"];
    let aware = |changes: &[&str]| {
        let changes = [DUEL, &quiet, changes].concat();
        last(&play("arena/duel", &changes, &Orders::new()), |outcome| outcome.awareness[[0, 0]])
    };
    let (silent, talkative) = (aware(&["market.word_of_mouth=0"]), aware(&["market.word_of_mouth=0.5"]));
    assert!(talkative > silent + 0.1, "{talkative} {silent}");
}

#[test]
fn what_is_not_bought_is_forgotten() {
    let aware = |forgetting: &str| {
        let changes = [DUEL, &[forgetting]].concat();
        last(&play("arena/duel", &changes, &Orders::new()), |outcome| outcome.awareness[[0, 0]])
    };
    assert!(aware("market.forgetting=0.2") < aware("market.forgetting=0.01") - 0.1);
}

#[test]
fn a_consumer_fee_drives_away_and_is_paid() {
    let orders = vec![Order::ConsumerFee { region: None, category: None, rate: 0.05 }];
    assert!(effect(&["market.fee_resentment=0"], &orders) < -0.02);
    let paid = last(&play("arena/duel", DUEL, &orders), |o| o.flow(0, Flow::ConsumerFees) / o.gmv(0));
    assert!((paid - 0.05).abs() < 1e-6, "{paid}");
}

#[test]
fn a_fee_is_resented_beyond_its_price_whether_on_purchases_or_members() {
    // A tenth of what a person spends, either way.
    for order in
        [Order::ConsumerFee { region: None, category: None, rate: 0.1 }, Order::MembershipFee { fee: 100.0 }]
    {
        let effect = |resentment| effect(&[resentment], &vec![order.clone()]);
        assert!(
            effect("market.fee_resentment=20") < effect("market.fee_resentment=0") - 0.01,
            "{}",
            order.kind()
        );
    }
}

#[test]
fn a_membership_fee_drives_away() {
    assert!(effect(&[], &vec![Order::MembershipFee { fee: 50.0 }]) < -0.02);
}

#[test]
fn adverts_earn_and_annoy() {
    let orders = vec![Order::AdvertLoad { load: 0.12 }];
    let annoyed = effect(&["market.advert_annoyance=5"], &orders);
    assert!(annoyed < effect(&["market.advert_annoyance=0"], &orders) - 0.02, "{annoyed}");
    let income =
        |orders: &Orders| last(&play("arena/duel", &["setup.turns=1"], orders), |o| o.flow(0, Flow::Adverts));
    // Thrice the places, and each goes to a lower bid than the last: (1 − e⁻³) / (1 − e⁻¹) times the income, on fewer sales.
    let more = income(&orders) / income(&Orders::new());
    assert!((1.2..1.504).contains(&more), "{more}");
}

#[test]
fn adverts_are_in_no_price_and_drive_no_merchant_away() {
    let calm = ["market.advert_annoyance=0"];
    let full = vec![Order::AdvertLoad { load: 0.5 }];
    let (with, without) = (play("arena/duel", &calm, &full), play("arena/duel", &calm, &Orders::new()));
    assert_eq!(last(&with, |o| o.price[[0, 0]]), last(&without, |o| o.price[[0, 0]]));
    assert_eq!(last(&with, |o| o.variety[[0, 0]]), last(&without, |o| o.variety[[0, 0]]));
}

#[test]
fn merchants_leave_a_dear_platform_and_pass_a_part_of_the_fee_on() {
    let dear = vec![Order::TakeRate { category: None, rate: 0.07 }];
    let (with, without) = (play("arena/duel", DUEL, &dear), play("arena/duel", DUEL, &Orders::new()));
    let variety = |outcome: &Outcome| outcome.variety[[0, 0]];
    assert!(last(&with, variety) < last(&without, variety) - 0.1);
    // P = 1/(1 − ½·commission).
    let price = last(&with, |outcome| outcome.price[[0, 0]]);
    assert!((price - 1.0 / (1.0 - 0.5 * 0.07)).abs() < 1e-9, "{price}");
}

#[test]
fn nobody_lists_at_a_loss() {
    // Half of fees of 32% is far more than any merchant's margin.
    let ruinous = vec![Order::TakeRate { category: None, rate: 0.32 }];
    let listed = last(&play("arena/duel", DUEL, &ruinous), |outcome| outcome.variety[[0, 0]]);
    assert!(listed < 0.001, "{listed}");
}

#[test]
fn a_fee_for_being_listed_is_paid_and_drives_merchants_away() {
    // A shop usually sells for some ¥40,000 a month; the median one, which is smaller than the mean, for less.
    let orders = vec![Order::MerchantFee { fee: 1_000.0 }];
    let (with, without) = (play("arena/duel", DUEL, &orders), play("arena/duel", DUEL, &Orders::new()));
    let variety = |outcome: &Outcome| outcome.variety[[0, 0]];
    assert!(
        last(&with, variety) < last(&without, variety) - 0.1,
        "{} {}",
        last(&with, variety),
        last(&without, variety)
    );
    let paid = last(&with, |o| o.flow(0, Flow::Listings) / o.merchant_count(0));
    assert!((paid - 1_000.0).abs() < 1e-3, "{paid}");
}

#[test]
fn merchants_go_where_buyers_are_for_their_own_sake() {
    let coupon =
        vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth: 0.2 }];
    let listed = |benefit: &str| {
        let changes = [DUEL, &["platforms.north.cash=1e11", benefit]].concat();
        last(&play("arena/duel", &changes, &coupon), |o| o.variety[[0, 0]] - o.variety[[0, 1]])
    };
    let (some, none) = (listed("market.merchant_benefit=0.1"), listed("market.merchant_benefit=0"));
    assert!(some > none + 0.01, "{some} {none}");
}

#[test]
fn buyers_follow_merchants() {
    // Fees are not passed on, so that only the loss of merchants can drive buyers away.
    let dear = vec![Order::TakeRate { category: None, rate: 0.06 }];
    let still = "market.pass_through=0";
    assert!(effect(&[still], &dear) < -0.02);
    assert!(effect(&[still, "market.listing_effect=0"], &dear).abs() < 0.012);
}

#[test]
fn merchants_follow_buyers() {
    let coupon =
        vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth: 0.2 }];
    let changes = [DUEL, &["platforms.north.cash=1e11"]].concat();
    let listed =
        |orders: &Orders| last(&play("arena/duel", &changes, orders), |outcome| outcome.variety[[0, 0]]);
    assert!(listed(&coupon) > listed(&Orders::new()) + 0.005);
}

#[test]
fn crowds_draw_crowds() {
    let coupon =
        vec![Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth: 0.1 }];
    let strong = effect(&["market.own_side_effect=1.5"], &coupon);
    let none = effect(&["market.own_side_effect=0"], &coupon);
    assert!(strong > none + 0.005, "{strong} {none}");
}

#[test]
fn without_governance_there_is_fraud_less_trust_and_less_business() {
    let orders = vec![Order::GovernanceBudget { amount: 0.0 }];
    let (with, without) = (play("arena/duel", DUEL, &orders), play("arena/duel", DUEL, &Orders::new()));
    assert!(last(&with, |o| o.fraud[0]) > last(&without, |o| o.fraud[0]) + 0.01);
    assert!(last(&with, |o| o.trust[0]) < last(&without, |o| o.trust[0]) - 0.05);
    assert!(last(&with, share) < last(&without, share) - 0.01);
    assert!(last(&with, |o| o.flow(0, Flow::FraudRefunds)) < 0.0);
}

#[test]
fn ai_draws_buyers_where_there_are_data_and_nowhere_else() {
    let orders = vec![Order::AiBudget { amount: 0.01 * sales_of_a_duel() }];
    // Half shown, half searched, and nothing for merchants.
    let base = ["categories[0].feed=0.5", "market.ai_listing=0", "market.ai_returns=0"];
    let with = |change: &str| effect(&[&base[..], &[change]].concat(), &orders);
    let usual = with("market.ai_feed=0.3");
    assert!(usual > 0.005, "{usual}");
    assert!(with("market.ai_data=1e9").abs() < 1e-4, "there is nothing to learn from");
    let [search, feed] = ["market.ai_feed=0", "market.ai_search=0"].map(with);
    assert!(search > 0.002 && usual > search && usual > feed, "{search} {feed} {usual}");
}

#[test]
fn ai_draws_merchants_by_work_and_by_returns_that_it_spares_them() {
    let orders = vec![Order::AiBudget { amount: 0.01 * sales_of_a_duel() }];
    let variety = |changes: &[&str]| {
        let changes = [DUEL, &["market.ai_search=0", "market.ai_feed=0"], changes].concat();
        let listed = |orders: &Orders| last(&play("arena/duel", &changes, orders), |o| o.variety[[0, 0]]);
        listed(&orders) - listed(&Orders::new())
    };
    assert!(variety(&["market.ai_returns=0"]) > 0.005);
    assert!(variety(&["market.ai_listing=0"]) > 0.005);
    assert_eq!(variety(&["market.ai_listing=0", "market.ai_returns=0"]), 0.0);
}

#[test]
fn habit_keeps() {
    let churn = metric("churn").expect("a metric of that name");
    let monthly = |change: &str| {
        let changes = [DUEL, &[change]].concat();
        last(&play("arena/duel", &changes, &Orders::new()), |o| {
            (churn.of)(o, Scope::platform(0)).expect("churn")
        })
    };
    assert!(monthly("market.habit=2") < 0.7 * monthly("market.habit=0"));
    assert!(monthly("market.reconsideration=0.05") < 0.7 * monthly("market.reconsideration=0.2"));
}

#[test]
fn a_sudden_fee_is_noticed() {
    // In the first month only those act who reconsider: the more attention, the more they are.
    let orders = vec![Order::ConsumerFee { region: None, category: None, rate: 0.2 }];
    let first_month = |attention: &str| {
        let worlds = play("arena/duel", &["setup.consumers=6000", "setup.turns=1", attention], &orders);
        last(&worlds, share)
    };
    assert!(first_month("market.attention=2") < first_month("market.attention=0") - 0.05);
}

#[test]
fn a_sudden_commission_is_noticed_by_merchants() {
    let orders = vec![Order::TakeRate { category: None, rate: 0.1 }];
    let first_month = |attention: &str| {
        let worlds = play("arena/duel", &["setup.merchants=1500", "setup.turns=1", attention], &orders);
        last(&worlds, |outcome| outcome.variety[[0, 0]])
    };
    assert!(first_month("market.merchant_attention=30") < first_month("market.merchant_attention=0") - 0.1);
}

#[test]
fn people_buy_where_their_taste_is() {
    // Tastes from 0 to 1, everybody alike but for taste: the middle is nearer to three quarters of them.
    let share = |strength: &str| {
        let changes = [
            "market.taste_space=Line",
            strength,
            "market.logit_scale=0.05",
            "platforms.left.shop.taste=0.5",
            "platforms.right.shop.taste=1",
            "setup.turns=1",
        ];
        last(&play("lab/logit_duopoly", &changes, &Orders::new()), |outcome| {
            outcome.user_count(0) / 100_000.0
        })
    };
    let strong = share("market.taste_strength=5");
    assert!((strong - 0.75).abs() < 0.01, "{strong}");
    assert!((share("market.taste_strength=0") - 0.5).abs() < 0.01);
}

#[test]
fn merchants_list_where_their_taste_is() {
    let changes = [
        "platforms.left.shop.taste=0.5",
        "market.listing_effect=0",
        "market.merchant_benefit=0",
        "setup.consumers=1000",
        "setup.turns=1",
    ];
    let worlds = play("lab/two_sided_single_homing", &changes, &Orders::new());
    let left = last(&worlds, |outcome| outcome.variety[[0, 0]]);
    assert!((left - 0.75).abs() < 0.01, "{left}");
}

#[test]
fn on_a_circle_nobody_sits_in_the_middle() {
    let changes =
        ["market.taste_space=Circle", "market.taste_strength=5", "market.logit_scale=0.05", "setup.turns=1"];
    let worlds = play("lab/logit_duopoly", &changes, &Orders::new());
    let half = last(&worlds, |outcome| outcome.user_count(0) / 100_000.0);
    assert!((half - 0.5).abs() < 0.01, "{half}");
}

#[test]
fn some_stay_offline_as_the_logit_says() {
    // Two shops at utility −2 and staying offline at 0, μ = .5: each shop e⁻⁴/(1 + 2e⁻⁴).
    let changes = ["categories[0].online_share=0.5", "setup.turns=2"];
    let share = last(&play("lab/logit_duopoly", &changes, &Orders::new()), |o| o.user_count(0) / 100_000.0);
    let expected = libm::exp(-4.0) / (1.0 + 2.0 * libm::exp(-4.0));
    assert!((share - expected).abs() < 4.0 * (expected / 400_000.0).sqrt() + 1e-4, "{share} {expected}");
}

#[test]
fn people_come_online_and_buy() {
    let changes = ["regions.city.online=0.3", "setup.turns=24", "setup.consumers=4000"];
    let worlds = play("arena/duel", &changes, &Orders::new());
    let sold = |turn: usize| worlds.iter().map(|turns| turns[turn].total()).sum::<f64>();
    assert!(last(&worlds, |o| o.online[0]) > 0.6);
    assert!(sold(23) > 1.4 * sold(0), "{} {}", sold(23), sold(0));
}

#[test]
fn cash_binds_every_budget() {
    let changes = ["platforms.north.cash=1000000", "setup.turns=1"];
    let level = Level::find("arena/duel", &changes.map(str::to_owned), &strategy::vocabulary());
    let prepared = Prepared::new(level.unwrap_or_else(|error| panic!("{error}")));
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    setup.seats[0] = Seat::Recorded("orders".into(), vec![vec![Order::BrandBudget { amount: 2e9 }]]);
    let mut game = Match::new(&prepared, setup);
    let record = game.play_turn();
    assert!(record.refusals[0][0].reason.contains("in cash"), "{:?}", record.refusals);
    // The opening's budgets are more than a million too: they are cut to what is there.
    let flows = [Flow::Brand, Flow::Categories, Flow::Marketing, Flow::Governance];
    let spent: f64 = flows.iter().map(|&flow| -record.outcome.flow(0, flow)).sum();
    assert!((spent - 1e6).abs() < 1.0, "{spent}");
}
