//! The market as a whole: the same from the same seed, balanced to the fen, and where its level says it starts.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::sync::Arc;

use proptest::prelude::*;
use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Level, Measure, shipped};
use walled_gardens::order::{Access, Answer, Deal, Term};
use walled_gardens::sim::reading::metrics::Scope;
use walled_gardens::sim::reading::metrics::{METRICS, measured, metric};
use walled_gardens::sim::{Audience, Order, Orders, Outcome};
use walled_gardens::strategy;

fn prepared(name: &str, changes: &[&str]) -> Prepared {
    let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    Prepared::new(level.unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn setup(prepared: &Prepared, seats: &str) -> Setup {
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    let seat = Seat::Strategy(strategy::strategy(seats).expect("a strategy of that name"));
    setup.seats.fill(seat);
    setup
}

fn play(prepared: &Prepared, setup: Setup) -> (Vec<Outcome>, blake3::Hash) {
    let mut game = Match::new(prepared, setup);
    let mut outcomes = vec![game.simulation().outcome().clone()];
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
        assert_eq!(game.simulation().ledger().sum(), 0);
    }
    (outcomes, game.simulation().state_hash())
}

#[test]
fn the_same_seed_gives_the_same_world_on_any_number_of_threads() {
    let prepared = prepared("history/china_2024", &["setup.consumers=50000", "setup.turns=6"]);
    let with_threads = |threads: usize| {
        let mut setup = setup(&prepared, "random");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        setup.population.threads = (threads > 1).then(|| Arc::new(pool));
        play(&prepared, setup)
    };
    let (outcomes, hash) = with_threads(1);
    assert_eq!((outcomes.clone(), hash), with_threads(1));
    assert_eq!((outcomes, hash), with_threads(2));
}

#[test]
fn another_seed_gives_another_world() {
    let prepared = prepared("arena/duel", &[]);
    let seeded = |seed| {
        let mut setup = setup(&prepared, "passive");
        setup.population.seed = seed;
        play(&prepared, setup).1
    };
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn a_match_in_a_used_world_is_the_match_in_a_new_one() {
    let (duel, six) = (prepared("arena/duel", &[]), prepared("arena/six", &["setup.turns=3"]));
    let fresh = play(&duel, setup(&duel, "random"));
    let mut game = Match::new(&six, setup(&six, "random"));
    game.play_out();
    game.restart(&duel, setup(&duel, "random"));
    let outcome = game.play_out().clone();
    assert_eq!((Some(&outcome), game.simulation().state_hash()), (fresh.0.last(), fresh.1));
}

#[test]
fn the_state_is_the_same_in_debug_and_release_builds() {
    // Floating point must not depend on the optimiser, the machine's vector unit or its mathematics library.
    let prepared = prepared("arena/six", &["setup.turns=8"]);
    let (_, hash) = play(&prepared, setup(&prepared, "random"));
    assert_eq!(hash.to_hex().as_str(), include_str!("fixtures/arena_six_random_8.hash").trim());
}

#[test]
fn a_passive_market_stays_where_its_level_opened_it() {
    let prepared = prepared("history/china_2024", &["setup.consumers=200000", "setup.turns=24"]);
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    for outcome in &outcomes {
        assert_at_stated_shares(&prepared.level, outcome, 0.02);
        let (opened, found) = (online_sales(&outcomes[0]), online_sales(outcome));
        assert!(
            (found - opened).abs() < 0.02,
            "turn {}: {found} of spending online, not {opened}",
            outcome.turn
        );
    }
}

#[test]
fn the_opening_is_inverted_into_the_model_and_not_remembered_by_it() {
    // Everybody reconsiders at once: only utilities can hold the shares.
    let prepared = prepared(
        "history/china_2024",
        &["setup.consumers=200000", "setup.turns=1", "market.reconsideration=1"],
    );
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    assert_at_stated_shares(&prepared.level, &outcomes[1], 0.02);
}

fn online_sales(outcome: &Outcome) -> f64 {
    let metric = metric("online_sales").expect("a metric of that name");
    (metric.of)(outcome, Scope::MARKET).expect("a market has it")
}

fn assert_at_stated_shares(level: &Level, outcome: &Outcome, tolerance: f64) {
    for (platform, row) in level.platforms.iter().enumerate() {
        let stated = row.shop.as_ref().map_or(0.0, |shop| shop.share);
        let found = outcome.share(platform);
        assert!(
            (found - stated).abs() < tolerance,
            "turn {}: {} at {found}, not {stated}",
            outcome.turn,
            row.id
        );
    }
}

#[test]
fn a_logit_duopoly_divides_the_market_as_the_formula_says() {
    // 1/(1 + exp(Δp/μ)) with μ = .5; tolerance four standard errors at 100,000 consumers, and platforms earn p − c.
    for (price, expected) in [("2", 0.5), ("2.5", 0.268_941), ("1.5", 0.731_059), ("3.5", 0.047_426)] {
        let change = format!("platforms.left.shop.membership_fee={price}");
        let prepared = prepared("lab/logit_duopoly", &[&change]);
        let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
        let bound = 4.0 * f64::sqrt(expected * (1.0 - expected) / 100_000.0);
        for outcome in &outcomes[1..] {
            let share = outcome.user_count(0) / 100_000.0;
            assert!((share - expected).abs() < bound, "{price}: {share}, not {expected}");
            let margin: f64 = price.parse::<f64>().expect("a number") - 1.0;
            assert!((outcome.profit[0] - margin * outcome.user_count(0)).abs() < 0.02);
        }
    }
}

#[test]
fn network_effects_tip_a_market_exactly_when_theory_says() {
    // u = α·s with last turn's s: shares of a half are stable below α = nμ; above, 2s − 1 = tanh(α(2s − 1)/2μ).
    for (strength, expected) in [("1.5", 0.5), ("2.5", 0.855_0), ("4", 0.978_7)] {
        let own_side = format!("market.own_side_effect={strength}");
        let prepared = prepared(
            "lab/logit_duopoly",
            &[
                &own_side,
                "market.logit_scale=1",
                "platforms.left.shop.share=0.6",
                "platforms.right.shop.share=0.4",
                "setup.turns=60",
            ],
        );
        let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
        let share = outcomes.last().expect("60 turns").share(0);
        assert!((share - expected).abs() < 0.01, "α/μ = {strength}: {share}, not {expected}");
    }
}

#[test]
fn opening_a_further_platform_raises_consumers_utility_by_the_logsum() {
    // Expected utility of the best of n equal alternatives is μ·ln n + what each is worth: here −2.
    let prepared = prepared("lab/logit_duopoly", &[]);
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    let utility = outcomes[1].consumer_utility.expect("measured");
    assert!((utility - (0.5 * libm::log(2.0) - 2.0)).abs() < 1e-4, "{utility}");
}

/// Any order at all: ids that exist and do not, numbers legal, illegal and absurd.
fn any_order() -> impl Strategy<Value = Order> {
    let category =
        || prop::option::of(prop::sample::select(vec!["apparel", "electronics", "goods", "nonsense"]));
    let region = || prop::option::of(prop::sample::select(vec!["city", "tier-1", "tier-4", "moon"]));
    let rate = || prop_oneof![4 => 0.0..0.5, 1 => -1.0..2.0, 1 => prop::num::f64::ANY];
    let amount = || prop_oneof![4 => 0.0..1e9, 1 => 0.0..1e13, 1 => prop::num::f64::ANY];
    let audience = || prop_oneof![Just(Audience::Switchers), Just(Audience::Everyone)];
    let owned = |id: Option<&str>| id.map(str::to_owned);
    prop_oneof![
        (category(), rate()).prop_map(move |(c, rate)| Order::TakeRate { category: owned(c), rate }),
        (region(), category(), rate()).prop_map(move |(r, c, rate)| Order::ConsumerFee {
            region: owned(r),
            category: owned(c),
            rate
        }),
        (region(), category(), audience(), rate()).prop_map(move |(r, c, audience, depth)| Order::Coupon {
            region: owned(r),
            category: owned(c),
            audience,
            depth
        }),
        rate().prop_map(|load| Order::AdvertLoad { load }),
        (-2000.0..2000.0).prop_map(|fee| Order::MembershipFee { fee }),
        (-2000.0..2000.0).prop_map(|fee| Order::MerchantFee { fee }),
        amount().prop_map(|amount| Order::BrandBudget { amount }),
        (category(), amount())
            .prop_map(move |(c, amount)| Order::CategoryBudget { category: owned(c), amount }),
        (region(), amount()).prop_map(move |(r, amount)| Order::MarketingBudget { region: owned(r), amount }),
        amount().prop_map(|amount| Order::GovernanceBudget { amount }),
        any_dealing(),
    ]
}

/// Any order between companies, about services and platforms that exist and that do not.
fn any_dealing() -> impl Strategy<Value = Order> {
    let service = || {
        let ids = vec![
            "north-pay",
            "harbour-pay",
            "fleet",
            "budget",
            "crowd",
            "chat",
            "square",
            "south-pay",
            "ether",
        ];
        prop::sample::select(ids).prop_map(str::to_owned)
    };
    let platform = || {
        let ids = vec!["north", "south", "harbour", "amber", "fern", "alibaba", "jd", "tencent", "nobody"];
        prop::sample::select(ids).prop_map(str::to_owned)
    };
    let number = || prop_oneof![4 => 0.0..1e8, 1 => 0.0..0.3, 1 => -1.0..2.0, 1 => prop::num::f64::ANY];
    let access = || {
        prop::sample::select(vec![
            Access::Blocked,
            Access::Advert,
            Access::Jump,
            Access::MiniProgram,
            Access::Native,
        ])
    };
    let term = || {
        prop_oneof![
            (service(), access(), prop::option::of(number()))
                .prop_map(|(service, access, price)| Term::Service { service, access, price }),
            Just(Term::Data),
            Just(Term::NonBlocking),
            number().prop_map(|amount| Term::Payment { amount }),
        ]
    };
    let deal = move || {
        let terms = move || prop::collection::vec(term(), 0..3);
        (terms(), terms(), 0u32..30, 0u32..5, number())
            .prop_map(|(gives, asks, months, notice, penalty)| Deal { gives, asks, months, notice, penalty })
    };
    prop_oneof![
        (service(), number()).prop_map(|(service, amount)| Order::VisitBudget { service, amount }),
        number().prop_map(|amount| Order::InvitationBudget { amount }),
        number().prop_map(|amount| Order::StoreBudget { region: None, amount }),
        number().prop_map(|amount| Order::EngineeringBudget { amount }),
        (service(), number()).prop_map(|(service, parcels)| Order::Capacity { service, parcels }),
        (service(), prop::option::of(platform()), number())
            .prop_map(|(service, to, price)| Order::ServicePrice { service, to, price }),
        (service(), prop::option::of(platform()), access()).prop_map(|(service, to, access)| Order::Open {
            service,
            to,
            access
        }),
        (service(), prop::option::of(platform())).prop_map(|(service, to)| Order::Close { service, to }),
        platform().prop_map(|platform| Order::Block { platform }),
        service().prop_map(|service| Order::Adopt { service }),
        service().prop_map(|service| Order::Drop { service }),
        service().prop_map(|service| Order::Abort { service }),
        (platform(), deal()).prop_map(|(to, deal)| Order::Offer { to, deal }),
        (
            platform(),
            prop_oneof![Just(Answer::Accept), Just(Answer::Refuse), deal().prop_map(Answer::Counter)]
        )
            .prop_map(|(from, answer)| Order::Answer { from, answer }),
        (1u32..6, any::<bool>()).prop_map(|(agreement, at_once)| Order::End { agreement, at_once }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_orders_whatever_break_a_market(turns in prop::collection::vec(prop::collection::vec(any_order(), 0..6), 1..8)) {
        for level in shipped() {
            let prepared = prepared(level.name, &["setup.consumers=300", "setup.merchants=90"]);
            let mut setup = setup(&prepared, "passive");
            setup.turns = turns.len() as u32 + 2;
            let seats = prepared.level.platforms.len();
            // Every seat gives the same orders, a turn apart.
            for seat in 0..seats {
                let mut orders: Vec<Orders> = turns.clone();
                orders.rotate_left(seat % turns.len());
                setup.seats[seat] = Seat::Recorded("any".into(), orders);
            }
            let given: usize = turns.iter().map(Vec::len).sum();
            let mut game = Match::new(&prepared, setup);
            let mut refused = 0;
            while !game.is_over() {
                let record = game.play_turn();
                refused += record.refusals[0].len();
                assert_eq!(game.simulation().ledger().sum(), 0);
                assert_sane(&record.outcome);
            }
            assert!(refused <= given);
        }
    }
}

fn assert_sane(outcome: &Outcome) {
    let shares: f64 = outcome.platforms().map(|platform| outcome.share(platform)).sum();
    assert!((shares - 1.0).abs() < 1e-9 || outcome.total() == 0.0, "shares sum to {shares}");
    let lists =
        [&outcome.profit, &outcome.cash, &outcome.value, &outcome.trust, &outcome.fraud, &outcome.lost];
    assert!(lists.into_iter().flatten().all(|value| value.is_finite()));
    let grids =
        [outcome.sales.cells(), outcome.offline.cells(), outcome.users.cells(), outcome.price.cells()];
    assert!(grids.into_iter().flatten().all(|&value| value.is_finite() && value >= 0.0));
    let variety = outcome.variety.cells().iter().chain(outcome.awareness.cells());
    assert!(variety.into_iter().all(|part| (0.0..=1.0 + 1e-9).contains(part)));
}

#[test]
fn coupons_never_cost_more_than_there_is_cash() {
    let prepared = prepared("arena/duel", &["platforms.north.cash=1e6", "platforms.north.fixed_cost=0"]);
    let deep = Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth: 0.5 };
    let mut setup = setup(&prepared, "passive");
    setup.seats[0] = Seat::Recorded("coupons".into(), vec![vec![deep]]);
    let mut game = Match::new(&prepared, setup);
    let record = game.play_turn();
    let paid = -record.outcome.flow(0, walled_gardens::sim::Flow::Coupons);
    assert!((0.0..=1e6).contains(&paid), "{paid}");
    // An empty purse attracts nobody either: the promise is cut to what is there.
    assert!(record.outcome.share(0) < 0.52, "{}", record.outcome.share(0));
}

/// Utility and surplus after one turn, of people who all choose anew.
fn consumers(name: &str, changes: &[String]) -> (f64, Option<f64>) {
    let few = ["setup.consumers=2000", "setup.turns=1"].map(str::to_owned);
    let changes: Vec<String> = few.into_iter().chain(changes.iter().cloned()).collect();
    let level = Level::find(name, &changes, &strategy::vocabulary());
    let prepared = Prepared::new(level.unwrap_or_else(|error| panic!("{name}: {error}")));
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    let measured = |name| metric(name).and_then(|metric| (metric.of)(&outcomes[1], Scope::MARKET));
    (measured("consumer_utility").expect("choices were made"), measured("consumer_surplus"))
}

#[test]
fn without_noise_utility_is_that_of_the_best_alternative() {
    // On a street the way to the nearer end is 1/4 on average, and the price 1.2.
    let (utility, surplus) = consumers("lab/hotelling", &[]);
    assert!((utility + 1.45).abs() < 0.01, "{utility}");
    assert!(surplus.is_some_and(|surplus| (surplus / 100_000.0 + 1.45).abs() < 0.01), "{surplus:?}");
}

#[test]
fn a_fee_raised_everywhere_harms_consumers_by_as_much_at_any_noise() {
    for scale in [0.0, 0.001, 0.002, 0.05, 0.5, 30.0, 1_000.0] {
        let at = |fee: f64| {
            let fees = ["left", "right"].map(|id| format!("platforms.{id}.shop.membership_fee={fee}"));
            let changes: Vec<String> =
                fees.into_iter().chain([format!("market.logit_scale={scale}")]).collect();
            let (utility, surplus) = consumers("lab/logit_duopoly", &changes);
            (utility, surplus.expect("prices matter") / 100_000.0)
        };
        let (before, after, far) = (at(2.0), at(3.0), at(900.0));
        for (change, expected) in [
            (before.0 - after.0, 1.0),
            (before.1 - after.1, 1.0),
            (before.0 - far.0, 898.0),
            (before.1 - far.1, 898.0),
        ] {
            assert!(
                (change - expected).abs() < 2e-3 * expected.max(1.0),
                "μ {scale}: {change} for {expected}"
            );
        }
    }
}

#[test]
fn surplus_is_the_logsum_over_the_sensitivity_to_price_at_any() {
    for (sensitivity, region) in [(1e-6, 1e-3), (1e-3, 1.0), (1.0, 1.0), (100.0, 1.0), (100.0, 1e3)] {
        let changes = [
            format!("market.price_sensitivity={sensitivity}"),
            format!("regions.everywhere.price_sensitivity={region}"),
            "platforms.left.shop.membership_fee=0".to_owned(),
            "platforms.right.shop.membership_fee=0".to_owned(),
        ];
        let (utility, surplus) = consumers("lab/logit_duopoly", &changes);
        let expected = 0.5 * std::f64::consts::LN_2 / (sensitivity * region);
        let surplus = surplus.expect("prices matter") / 100_000.0;
        assert!(
            (surplus / expected - 1.0).abs() < 1e-4,
            "β {sensitivity}·{region}: {surplus} for {expected}"
        );
        assert!((utility - 0.5 * std::f64::consts::LN_2).abs() < 1e-5, "{utility}");
    }
    // Where nobody minds a price there is no telling what anything is worth in yuan.
    assert_eq!(consumers("lab/logit_duopoly", &["market.price_sensitivity=0".to_owned()]).1, None);
}

#[test]
fn money_beyond_64_bits_is_refused_where_it_is_stated_and_fits_where_it_comes_about() {
    let room = |capacity: &str| {
        vec![format!(
            "services=[Carrier(id: \"k\", owner: \"north\", supply: Heavy, price: 6, capacity: {capacity}, \
             fixed_cost: 9000, used_by: [\"north\", \"south\"])]"
        )]
    };
    let find = |changes: &[String]| Level::find("tutorial/two-gardens", changes, &strategy::vocabulary());
    let refused = find(&room("1e13")).expect_err("¥9e16 a month").to_string();
    assert!(refused.contains("this room costs ¥9e16 a month"), "{refused}");
    // The largest that passes, for as long as a match may last: ¥1.08e16 in the end.
    let prepared = Prepared::new(find(&room("1e9")).expect("¥9e12 a month"));
    let mut setup = setup(&prepared, "passive");
    (setup.turns, setup.population.consumers, setup.population.merchants) = (1_200, 10, 10);
    let (outcomes, _) = play(&prepared, setup);
    let last = &outcomes[1_200];
    let lost = last.cash_in_fen[0] - outcomes[1_199].cash_in_fen[0];
    assert_eq!(lost, last.profit_in_fen(0));
    assert!(last.cash[0] < -1e16 && last.value[0] < last.value[1], "{:?}", last.cash);
}

#[test]
fn a_metric_has_a_value_for_what_it_says_it_is_taken_of_and_for_nothing_else() {
    let prepared = prepared("history/china_2024", &["setup.consumers=2000", "setup.merchants=600"]);
    let mut game = Match::new(&prepared, setup(&prepared, "dealmaker"));
    game.play_turn();
    let outcome = game.play_turn().outcome;
    let level = &prepared.level;
    let one_or_none = |count: usize| std::iter::once(None).chain((0..count).map(Some));
    for metric in METRICS {
        let mut seen = 0;
        for platform in one_or_none(level.platforms.len()) {
            for (region, category) in [(None, None), (Some(0), None), (None, Some(0)), (Some(0), Some(0))] {
                for service in one_or_none(level.services.len()) {
                    let of =
                        Measure { platform, region, category, service, ..Measure::of_market(metric.name) };
                    let value = measured(level, &of, &outcome);
                    let refused = metric.measurable().unmeasurable(level, &of);
                    // What a shop has is zero, or nothing, of a company without one.
                    let shop = platform.is_none_or(|platform| level.platforms[platform].shop.is_some());
                    if shop {
                        assert_eq!(
                            value.is_some(),
                            refused.is_none(),
                            "{}: {value:?}, {refused:?}",
                            of.in_words(level)
                        );
                    }
                    seen += usize::from(refused.is_none());
                }
            }
        }
        assert!(seen > 0, "{} has no value of anything", metric.name);
    }
}
