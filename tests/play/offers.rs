//! What offers are worth to both sides, and who is expected to answer.

use walled_gardens::order::{Access, Deal, Term};
use walled_gardens::play::{self, Answers, Explained, Likely, likely};

use crate::{CHINA, adds_up, begin};

#[test]
fn what_an_offer_is_worth_is_the_sum_of_its_terms_to_both() {
    let session = begin(CHINA, Some("alibaba"));
    let view = session.view();
    let service = |id: &str| Term::Service { service: id.to_owned(), access: Access::Native, price: None };
    let deal = Deal {
        gives: vec![Term::Payment { amount: 2e8 }, service("cainiao")],
        asks: vec![service("wechat-pay"), Term::NonBlocking],
        months: 12,
        notice: 3,
        penalty: 0.0,
    };
    let tencent =
        view.level.platforms.iter().position(|platform| platform.id == "tencent").expect("is there");
    for side in play::offer_worth(&view, view.me, tencent, &deal) {
        adds_up(&side, "offer");
        assert!(side.parts.len() > 1);
    }
}

#[test]
fn an_offers_worth_is_by_term_by_reason_and_as_the_other_reckons_it() {
    let (mine, theirs) = (begin(CHINA, Some("alibaba")).view(), begin(CHINA, Some("tencent")).view());
    let service = |id: &str, access| Term::Service { service: id.to_owned(), access, price: None };
    let deal = Deal {
        gives: vec![Term::Payment { amount: 2e8 }, Term::NonBlocking],
        asks: vec![service("wechat-pay", Access::Native), service("wechat", Access::MiniProgram)],
        months: 12,
        notice: 3,
        penalty: 0.0,
    };
    let appraisal = play::appraise(&mine, mine.me, theirs.me, &deal);
    let close = |one: f64, other: f64| assert!((one - other).abs() <= 1e-6 * other.abs(), "{one} {other}");
    adds_up(&appraisal.mine, "mine");
    adds_up(&appraisal.theirs, "theirs");
    close(appraisal.terms.iter().map(|term| term.mine.total).sum(), appraisal.mine.total);
    close(appraisal.terms.iter().map(|term| term.theirs.total).sum(), appraisal.theirs.total);
    // The other answers by the very number that was shown.
    close(theirs.worth_to_me(mine.me, &deal), appraisal.theirs.total);
}

#[test]
fn who_never_answers_is_not_expected_to() {
    let gains = Explained { total: 1.0, parts: Vec::new() };
    let answers = |yes, no, none| Answers { yes, no, none };
    assert_eq!(likely(&gains, answers(0, 0, 1)), Likely::Yes(None));
    assert_eq!(likely(&gains, answers(0, 0, 2)), Likely::Silence);
    assert_eq!(likely(&gains, answers(0, 1, 9)), Likely::Yes(None));
    assert_eq!(likely(&Explained::default(), answers(0, 0, 0)), Likely::Open);
}
