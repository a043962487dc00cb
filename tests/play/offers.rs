//! What offers are worth to both sides, and who is expected to answer.

use walled_gardens::order::{Access, Deal, Objection, Order, Reason, Term};
use walled_gardens::play::{
    self, Answers, Appraisal, Difficulty, Explained, Guess, Label, Likely, Session, likely,
};

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

/// What the player guesses an offer of money for a service to be worth to Tencent.
fn guessed(session: &Session) -> Guess {
    let position = session.position();
    let view = &position.view;
    let service = Term::Service { service: "wechat-pay".to_owned(), access: Access::Native, price: None };
    let gives = vec![Term::Payment { amount: 2e8 }];
    let deal = Deal { gives, asks: vec![service], months: 12, notice: 3, penalty: 0.0 };
    let other = view.level.platforms.iter().position(|platform| platform.id == "tencent").expect("is there");
    play::guess(&position, other, play::appraise(view, view.me, other, &deal))
}

#[test]
fn what_it_is_worth_to_the_other_is_a_guess_that_its_answers_narrow() {
    let mut session = begin(CHINA, Some("alibaba"));
    let first = guessed(&session);
    let money = |guess: &Guess| {
        let parts = &guess.appraisal.theirs.parts;
        parts
            .iter()
            .filter(|part| part.label == Label::Term(0, Reason::Payment))
            .map(|part| part.amount)
            .sum::<f64>()
    };
    assert_eq!((money(&first), first.answers), (2e8, 0), "money is what it is");
    assert!(first.spread_at_answer > first.spread, "until the other answers it moves on");
    adds_up(&first.appraisal.theirs, "theirs");
    assert_eq!(guessed(&session), first, "asking again tells nothing more");
    let another =
        Session::begin(CHINA, Some("alibaba"), Some(6), Difficulty::Fair).expect("a shipped level plays");
    assert_ne!(
        guessed(&another).appraisal.theirs,
        first.appraisal.theirs,
        "another match is misjudged otherwise"
    );
    let asks = vec![Term::Service { service: "wechat".to_owned(), access: Access::Native, price: None }];
    let little =
        Deal { gives: vec![Term::Payment { amount: 1.0 }], asks, months: 12, notice: 3, penalty: 0.0 };
    session.draft.set(Order::Offer { to: "tencent".to_owned(), deal: little });
    session.end_turn(None);
    session.end_turn(None);
    let second = guessed(&session);
    assert!(second.answers == 1 && second.spread < 0.7 * first.spread, "{second:?} {first:?}");
    let open =
        Session::begin(CHINA, Some("alibaba"), Some(5), Difficulty::Gentle).expect("a shipped level plays");
    assert_eq!(guessed(&open).spread, 0.0, "open books leave nothing to be guessed");
}

#[test]
fn nothing_is_likely_of_whom_nobody_has_heard_and_of_others_what_chances_say() {
    let answers = |yes, no, none| Answers { yes, no, none, objection: None };
    let guess = |total: f64| {
        let theirs = Explained { total, parts: Vec::new() };
        let appraisal = Appraisal { terms: Vec::new(), mine: Explained::default(), theirs };
        Guess { appraisal, spread: 1.0, spread_at_answer: 1.0, answers: 0, open: false }
    };
    assert_eq!(likely(&guess(9.0), answers(0, 0, 1)), Likely::Unknown);
    assert_eq!(likely(&guess(9.0), answers(0, 0, 2)), Likely::Silence);
    assert_eq!(likely(&guess(9.0), answers(0, 1, 9)), Likely::Yes(None));
    assert_eq!(likely(&guess(-9.0), answers(1, 0, 0)), Likely::No(None));
    assert_eq!(likely(&guess(0.5), answers(1, 0, 0)), Likely::Open);
    let refused = |objection| Answers { objection: Some(objection), ..answers(0, 1, 0) };
    assert_eq!(
        likely(&guess(9.0), refused(Objection::KeepsToItself)),
        Likely::Never(Objection::KeepsToItself)
    );
    assert_eq!(likely(&guess(9.0), refused(Objection::TooLittle)), Likely::Yes(None), "more may be enough");
    assert!((guess(0.0).chance() - 0.5).abs() < 1e-12);
}
