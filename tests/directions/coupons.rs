//! Coupons: whom they win, where, and who minds.

use walled_gardens::sim::{Audience, Flow, Order, Orders};

use super::{DUEL, effect, last, play};

#[test]
fn who_pays_in_full_minds_what_switchers_are_offered() {
    let coupon = |audience| Order::Coupon { region: None, category: None, audience, depth: 0.1 };
    let effect = |betrayal, audience| {
        effect(&[&format!("market.coupon_betrayal={betrayal}")], &vec![coupon(audience)])
    };
    let (calm, minding) = (effect(0, Audience::Switchers), effect(4, Audience::Switchers));
    assert!(calm > 0.01 && minding < calm - 0.02, "{calm} {minding}");
    // Where everybody gets it, there is nothing to mind.
    assert_eq!(effect(0, Audience::Everyone), effect(4, Audience::Everyone));
}

#[test]
fn a_coupon_wins_whom_it_is_meant_for_and_costs_on_their_purchases_alone() {
    let coupon = |audience| vec![Order::Coupon { region: None, category: None, audience, depth: 0.08 }];
    assert!(effect(&[], &coupon(Audience::Switchers)) > 0.01);
    let rich = [DUEL, &["platforms.north.cash=1e11"]].concat();
    let cost = |audience| {
        last(&play("arena/duel", &rich, &coupon(audience)), |o| -o.flow(0, Flow::Coupons) / o.gmv(0))
    };
    let (switchers, everyone) = (cost(Audience::Switchers), cost(Audience::Everyone));
    assert!(switchers > 0.0 && switchers < 0.01, "{switchers}");
    assert!((everyone - 0.08).abs() < 1e-6, "{everyone}");
}

#[test]
fn a_coupon_works_where_it_is_given() {
    let orders = vec![Order::Coupon {
        region: None,
        category: Some("electronics".into()),
        audience: Audience::Switchers,
        depth: 0.15,
    }];
    let (with, without) = (play("arena/duel", DUEL, &orders), play("arena/duel", DUEL, &Orders::new()));
    let gain = |category: usize| {
        last(&with, |o| o.category_share(category, 0)) - last(&without, |o| o.category_share(category, 0))
    };
    assert!(gain(1) > gain(0).abs() + 0.02, "{} {}", gain(1), gain(0));
}
