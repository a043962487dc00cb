//! Why people moved, and what everybody can see of merchants, carriers and wallets: parts that add up, nothing secret.

use walled_gardens::game::{Match, Prepared};
use walled_gardens::order::{Audience, Order};
use walled_gardens::play::{
    Between, Difficulty, Explained, Label, People, Session, carrier_load, carrier_quality, flows, listed,
    merchant_cost, merchant_margin, regard, tamper, wallet_people, why,
};
use walled_gardens::sim::{ChoiceTerm, Flow, Viewer};

const FOUR: &str = "tutorial/four-gardens";
const CHINA: &str = "history/china_2024";

fn begin(level: &str, seat: &str) -> Session {
    Session::begin(level, Some(seat), Some(5), Difficulty::Gentle).expect("a shipped level plays")
}

fn adds_up(explained: &Explained, what: &str) {
    let tolerance = 1e-9 * explained.parts.iter().map(|part| part.amount.abs()).sum::<f64>().max(1e-3);
    assert!((explained.sum() - explained.total).abs() <= tolerance, "{what}: {explained:?}");
}

fn part(explained: &Explained, term: ChoiceTerm) -> f64 {
    let label = Label::Choice(term);
    explained.parts.iter().find(|part| part.label == label).map_or(0.0, |part| part.amount)
}

fn pair(from: usize, to: usize) -> Between {
    Between { from: vec![(from, 1.0)], to: vec![(to, 1.0)] }
}

#[test]
fn reasons_add_up_for_everybody_and_for_every_group() {
    let mut session = begin(CHINA, "jd");
    session.draft.set(Order::Coupon {
        region: None,
        category: None,
        audience: Audience::Switchers,
        depth: 0.04,
    });
    session.end_turn(None);
    session.end_turn(None);
    let position = session.position();
    let some = || [None, Some(0), Some(1)];
    for months in [1, 2, 12, u32::MAX] {
        for region in some() {
            for segment in some() {
                let people = People { region, segment };
                for between in [pair(position.me, 0), pair(0, position.me), pair(2, 3)] {
                    let why = why(&position, people, &between, months);
                    adds_up(&why.now, "now");
                    adds_up(&why.before, "before");
                    adds_up(&why.change, "change");
                    let difference = why.now.total - why.before.total;
                    assert!((why.change.total - difference).abs() < 1e-9);
                }
            }
        }
    }
    // Towards the commons only what one leaves behind counts.
    let commons = Between { from: vec![(0, 1.0)], to: Vec::new() };
    adds_up(&why(&position, People::default(), &commons, 1).now, "commons");
}

#[test]
fn a_coupon_for_switchers_draws_those_who_come_and_is_minded_by_those_who_stay() {
    let mut session = begin(FOUR, "lotus");
    let depth = 0.1;
    session.draft.set(Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth });
    session.end_turn(None);
    let position = session.position();
    let (me, rival) = (position.me, 1);
    let coming = why(&position, People::default(), &pair(rival, me), 1);
    let leaving = why(&position, People::default(), &pair(me, rival), 1);
    assert!(part(&coming.change, ChoiceTerm::Coupons) > 0.05, "{coming:?}");
    let minded = part(&leaving.change, ChoiceTerm::Coupons);
    assert!(minded > 0.02 && minded < part(&coming.change, ChoiceTerm::Coupons), "{leaving:?}");
    assert!(part(&leaving.now, ChoiceTerm::Habit) < 0.0, "habit speaks for staying");
}

#[test]
fn the_terms_of_the_own_shop_move_as_what_consumers_are_told() {
    let mut session = begin(CHINA, "jd");
    let me = session.me();
    let prepared = Prepared::new((**session.level()).clone());
    let mut game = Match::new(&prepared, session.setup().clone());
    let level = session.level().clone();
    let shop = level.shops().iter().position(|&shop| shop == me).expect("it has a shop");
    let outside = [ChoiceTerm::Prices, ChoiceTerm::Coupons, ChoiceTerm::Payment, ChoiceTerm::Habit];
    let mut before: Option<Vec<f64>> = None;
    for (turn, load) in [(1, 0.04), (2, 0.08), (3, 0.06)] {
        session.draft.set(Order::AdvertLoad { load });
        session.draft.set(Order::BrandBudget { amount: 1e9 * f64::from(turn) });
        session.draft.set(Order::GovernanceBudget { amount: 4e8 });
        session.draft.set(Order::AiBudget { amount: 1e9 });
        let orders = session.end_turn(None).record.orders.clone();
        game.play_orders(orders);
        let position = session.position();
        let regard = regard(&position, turn);
        // What is told less what the terms say: the appeal, which never changes.
        let (mut left, mut cell) = (Vec::new(), 0);
        for region in 0..level.regions.len() {
            let sets: Vec<_> = level.app_sets(region).into_iter().filter(|(_, part)| *part > 0.0).collect();
            for segment in 0..level.consumer_segments.len() {
                for category in 0..level.categories.len() {
                    let rows = &game.simulation().market().rows;
                    let told = sets
                        .iter()
                        .enumerate()
                        .map(|(set, (_, part))| part * f64::from(rows[[cell + set, category]].common[shop]));
                    let viewer = Viewer { region, segment, category, customer: true };
                    let terms = regard.terms(viewer, me).into_iter();
                    let common =
                        terms.filter(|(term, _)| !outside.contains(term)).map(|(_, utility)| utility);
                    left.push(told.sum::<f64>() - common.sum::<f64>());
                }
                cell += sets.len();
            }
        }
        if let Some(before) = &before {
            for (one, other) in left.iter().zip(before) {
                assert!((one - other).abs() < 1e-5, "turn {turn}: {one} after {other}");
            }
        }
        before = Some(left);
    }
}

#[test]
fn what_rivals_hide_is_in_no_reason() {
    let (mut one, mut other) = (begin(FOUR, "lotus"), begin(FOUR, "lotus"));
    one.end_turn(None);
    tamper(&mut other, 1, 9e9, 1e9);
    other.end_turn(None);
    // What was done to the rival is in the world by now, and in nothing that its CEO alone knows here.
    for session in [&one, &other] {
        let position = session.position();
        let why = why(&position, People::default(), &pair(position.me, 1), 1);
        for term in ChoiceTerm::SECRET {
            let own = why.now.parts.iter().filter(|part| part.label == Label::Choice(term));
            assert!(own.clone().all(|part| part.amount < 0.0), "only one's own, against going: {why:?}");
        }
        let rivals = between_rivals(&position);
        for term in ChoiceTerm::SECRET {
            assert_eq!(part(&rivals, term), 0.0);
        }
    }
}

/// Between two rivals.
fn between_rivals(position: &walled_gardens::play::Position) -> Explained {
    why(position, People::default(), &pair(1, 2), 1).now
}

#[test]
fn flows_of_all_groups_are_the_flows_of_everybody() {
    let mut session = begin(CHINA, "jd");
    for _ in 0..3 {
        session.end_turn(None);
    }
    let position = session.position();
    let level = position.level.clone();
    let all = flows(&position, People::default(), 2);
    let mut sums = vec![vec![0.0; all.len()]; all.len()];
    for region in 0..level.regions.len() {
        for segment in 0..level.consumer_segments.len() {
            let people = People { region: Some(region), segment: Some(segment) };
            for (sums, row) in sums.iter_mut().zip(flows(&position, people, 2)) {
                sums.iter_mut().zip(row).for_each(|(sum, people)| *sum += people);
            }
        }
    }
    let population = level.population();
    for (from, row) in all.iter().enumerate() {
        for (to, people) in row.iter().enumerate() {
            assert!((sums[from][to] - people).abs() < 1e-9 * population);
            let months = position.turns[1..].iter().map(|turn| turn.movement.people[from][to]);
            assert!((months.sum::<f64>() - people).abs() < 1e-6 * population);
        }
    }
    assert!(all.iter().flatten().sum::<f64>() > 1.9 * population, "everybody, twice");
}

#[test]
fn merchants_come_and_go_as_the_listings_change() {
    let mut session = begin(CHINA, "jd");
    session.draft.set(Order::TakeRate { category: None, rate: 0.09 });
    session.end_turn(None);
    session.end_turn(None);
    let position = session.position();
    let (now, before) = (position.now(), position.before());
    let shops = position.level.setup.shops;
    for platform in position.level.shops() {
        let street = position.streets().platforms[platform];
        adds_up(&listed(now, platform), "listed");
        assert!((street.listed - now.merchant_count(platform)).abs() < 1e-6 * shops);
        let change = now.merchant_count(platform) - before.merchant_count(platform);
        assert!((street.entered - street.left - change).abs() < 1e-6 * shops);
        assert!(street.alone <= street.listed);
    }
    let streets = position.streets();
    assert!((streets.by_number.iter().sum::<f64>() - shops).abs() < 1e-6 * shops);
    assert!(streets.mean_number() >= 1.0);
    // Dear as it has become, merchants leave at once.
    let first = position.turns[0].streets.platforms[position.me];
    assert!(first.left > first.entered, "{first:?}");
}

#[test]
fn what_merchants_pay_is_what_the_ledger_booked() {
    let mut session = begin(CHINA, "jd");
    session.draft.set(Order::MerchantFee { fee: 20.0 });
    session.end_turn(None);
    let position = session.position();
    let (view, outcome, me) = (&position.view, position.now(), position.me);
    for platform in position.level.shops() {
        let cost = merchant_cost(view, platform);
        adds_up(&cost, "cost");
        adds_up(&merchant_margin(view, platform), "margin");
        assert!(merchant_margin(view, platform).total > 0.0);
        for flow in [Flow::Commissions, Flow::Adverts, Flow::Listings] {
            let booked = outcome.flow(platform, flow) / outcome.gmv(platform);
            let shown = cost.parts.iter().find(|part| part.label == Label::Flow(flow));
            let shown = shown.map_or(0.0, |part| part.amount);
            assert!((booked - shown).abs() < 1e-6, "{flow:?} of {platform}: {booked} {shown}");
        }
    }
    assert!(merchant_cost(view, me).parts.iter().any(|part| part.label == Label::Flow(Flow::Listings)));
    for carrier in 0..position.level.carriers().len() {
        let load = carrier_load(view, carrier);
        adds_up(&load, "load");
        let sent: f64 = outcome.platforms().map(|platform| outcome.parcels[[platform, carrier]]).sum();
        assert!((load.total - sent).abs() < 1e-6 * sent.max(1.0));
        let quality = carrier_quality(view, carrier);
        adds_up(&quality, "quality");
        assert!((0.0..=1.0).contains(&quality.total));
    }
    for wallet in 0..position.level.wallets().len() {
        for habitual in [false, true] {
            adds_up(&wallet_people(view, wallet, habitual), "people");
        }
        assert!(wallet_people(view, wallet, true).total <= wallet_people(view, wallet, false).total);
    }
}

#[test]
fn every_shipped_level_can_be_explained() {
    for shipped in walled_gardens::level::shipped() {
        let session = Session::begin(shipped.name, None, Some(1), Difficulty::Fair).expect(shipped.name);
        let position = session.position();
        let shops = position.level.shops();
        let Some((&first, &last)) = shops.first().zip(shops.last()) else { continue };
        let why = why(&position, People::default(), &pair(first, last), 1);
        adds_up(&why.now, shipped.name);
        assert_eq!(why.change.total, 0.0, "{}: nothing has happened", shipped.name);
        for &shop in &shops {
            adds_up(&merchant_cost(&position.view, shop), shipped.name);
            adds_up(&merchant_margin(&position.view, shop), shipped.name);
        }
    }
}
