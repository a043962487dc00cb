//! Numbers that are the sum of their parts.

use walled_gardens::play::{self, Figure};

use crate::{CHINA, FOUR, adds_up, begin, coupon};

#[test]
fn every_number_is_the_sum_of_its_parts() {
    for (level, seat) in [(FOUR, None), (CHINA, None), (CHINA, Some("tencent"))] {
        let mut session = begin(level, seat);
        if session.level().platforms[session.me()].shop.is_some() {
            session.draft.set(coupon(0.03));
        }
        session.end_turn(None);
        let (outcome, me) = (session.now().clone(), session.me());
        let view = session.view();
        for platform in outcome.platforms() {
            adds_up(&play::profit(&outcome, platform), "profit");
            adds_up(&play::cash(&outcome, platform), "cash");
            adds_up(&play::share(&outcome, platform), "share");
            adds_up(&play::sales(&outcome, platform), "sales");
            adds_up(&play::users(&outcome, platform), "users");
            adds_up(&play::take_rate(&outcome, platform), "take rate");
        }
        let value = play::value(&view.own, view.level.market.discount_rate);
        adds_up(&value, "value");
        assert_eq!(value.total, outcome.value[me]);
        let spent: f64 = play::profit(&outcome, me).sum();
        assert!((play::cash(&outcome, me).parts[0].amount + spent - outcome.cash[me]).abs() < 1.0);
        for figure in Figure::of(session.level(), me) {
            adds_up(&figure.read(&outcome, me), "figure");
        }
    }
}
