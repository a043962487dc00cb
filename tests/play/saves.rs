//! Matches that are saved, loaded and played again.

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::order::{Access, Order};
use walled_gardens::play::{Difficulty, Save, SaveError, Session};
use walled_gardens::sim::state::files::Stage;
use walled_gardens::strategy;

use crate::{CHINA, FOUR, TWO, begin, play};

#[test]
fn loading_and_going_on_equals_never_having_stopped() {
    for (level, seat) in [(FOUR, Some("granite")), ("arena/two_ecosystems", None)] {
        let mut one = Session::begin(level, seat, None, Difficulty::Fierce).expect("plays");
        play(&mut one, 3);
        one.draft.set(Order::AdvertLoad { load: 0.1 });
        one.draft.set(Order::AdvertLoad { load: 0.05 });
        let bytes = Save::of(&one).to_bytes().expect("encodes");
        let save = Save::from_bytes("test", &bytes).expect("reads");
        let (mut other, differs) = save.resume("test").expect("resumes");
        assert_eq!(differs, None);
        assert_eq!(other.draft, one.draft);
        assert!(other.draft.undo());
        other.draft.redo();
        for _ in 0..2 {
            one.end_turn(None);
            other.end_turn(None);
        }
        assert_eq!(one.replay(), other.replay());
        assert_eq!(one.record(), other.record());
    }
}

#[test]
fn a_save_amid_an_unanswered_event_or_a_probe_goes_on_as_if_it_had_not_been() {
    let goes_on = |one: &mut Session| {
        let bytes = Save::of(one).to_bytes().expect("encodes");
        let (mut other, differs) =
            Save::from_bytes("test", &bytes).expect("reads").resume("test").expect("resumes");
        assert_eq!(differs, None);
        assert_eq!(other.draft, one.draft);
        for _ in 0..5 {
            one.end_turn(None);
            other.end_turn(None);
        }
        assert_eq!(one.replay(), other.replay());
        assert_eq!(one.record(), other.record());
    };
    let mut asked =
        Session::begin("arena/festivals", Some("lantern"), Some(2), Difficulty::Fair).expect("plays");
    play(&mut asked, 3);
    let waiting = asked.position().view.public.chronicle.waiting.clone();
    assert!(!waiting.is_empty());
    asked.draft.set(Order::Choose { event: "sellers".into(), choice: "grant".into() });
    goes_on(&mut asked);
    let mut probed =
        Session::begin("systems/s13_antitrust", Some("tower"), Some(2), Difficulty::Fair).expect("plays");
    probed.draft.set(Order::Exclusivity { on: true });
    play(&mut probed, 6);
    let stage = probed.position().view.public.files.0[probed.me()].stage;
    assert!(matches!(stage, Stage::Probed { .. }), "{stage:?}");
    goes_on(&mut probed);
}

#[test]
fn a_save_amid_loans_goes_on_as_if_it_had_not_been() {
    let mut lender =
        Session::begin("systems/s29_credit", Some("north"), Some(2), Difficulty::Fair).expect("plays");
    for order in [
        Order::MerchantCredit { rate: 0.015, standard: 0.3 },
        Order::BuyerCredit { rate: 0.012, standard: 0.2 },
        Order::OutsideFunds { part: 0.4 },
    ] {
        lender.draft.set(order);
    }
    play(&mut lender, 5);
    let loans = lender.now().loans[lender.me()];
    assert!(loans.owed > loans.claims && loans.defaulted > 0.0, "{loans:?}");
    let bytes = Save::of(&lender).to_bytes().expect("encodes");
    let (mut other, differs) =
        Save::from_bytes("test", &bytes).expect("reads").resume("test").expect("resumes");
    assert_eq!(differs, None);
    for _ in 0..3 {
        lender.end_turn(None);
        other.end_turn(None);
    }
    assert_eq!(lender.replay(), other.replay());
    assert_eq!(lender.now().loans, other.now().loans);
}

#[test]
fn a_save_amid_expectations_goes_on_as_if_it_had_not_been() {
    let mut payer = Session::begin("systems/s25_expectations", Some("harbour"), Some(2), Difficulty::Fair)
        .expect("plays");
    payer.draft.set(Order::Open {
        service: "harbour-pay".into(),
        to: Some("north".into()),
        access: Access::Native,
    });
    play(&mut payer, 3);
    assert!(payer.now().expected.iter().any(|yuan| *yuan != 0.0));
    let bytes = Save::of(&payer).to_bytes().expect("encodes");
    let (mut other, differs) =
        Save::from_bytes("test", &bytes).expect("reads").resume("test").expect("resumes");
    assert_eq!(differs, None);
    for _ in 0..3 {
        payer.end_turn(None);
        other.end_turn(None);
    }
    assert_eq!(payer.replay(), other.replay());
    assert_eq!(payer.now().expected, other.now().expected);
}

#[test]
fn a_save_amid_an_administration_goes_on_as_if_it_had_not_been() {
    // Whoever costs so much is run by an administrator from the fifth month on, and closes after the eighth.
    let changes = ["platforms.harbour.fixed_cost=3e8".to_owned(), "market.credit_line=0".to_owned()];
    let level = Level::find("systems/s29_distress", &changes, &strategy::vocabulary()).expect("is shipped");
    let mut buyer = Session::begin_level(&level, Some("south"), Some(2), Difficulty::Fair).expect("plays");
    let acts = |session: &Session| session.position().view.public.insolvencies.administered(2);
    while acts(&buyer).is_none() {
        play(&mut buyer, 1);
    }
    buyer.draft.set(Order::Bid { service: "harbour-pay".into(), price: 3e9 });
    let bytes = Save::of(&buyer).to_bytes().expect("encodes");
    let (mut other, differs) =
        Save::from_bytes("test", &bytes).expect("reads").resume("test").expect("resumes");
    assert_eq!((differs, acts(&other)), (None, acts(&buyer)));
    for _ in 0..6 {
        buyer.end_turn(None);
        other.end_turn(None);
    }
    assert_eq!(buyer.replay(), other.replay());
    assert_eq!(
        other.position().view.level.services[1].owner,
        Some(1),
        "the bid on the plan was saved with it"
    );
}

#[test]
fn whose_company_closes_may_watch_to_the_end() {
    let changes = ["platforms.harbour.fixed_cost=3e8".to_owned()];
    let level = Level::find("systems/s29_distress", &changes, &strategy::vocabulary()).expect("is shipped");
    let mut closed = Session::begin_level(&level, Some("harbour"), Some(2), Difficulty::Fair).expect("plays");
    play(&mut closed, 12);
    assert!(closed.position().view.level.platforms[2].left);
    closed.draft.set(Order::AdvertLoad { load: 0.1 });
    let refused = Session::rehearse(&closed.position().view, closed.draft.orders()).refused;
    assert!(refused[0].as_ref().is_some_and(|why| why.contains("Harbour has closed")), "{refused:?}");
    play(&mut closed, 12);
    let worth = closed.now().worth().to_vec();
    assert!(closed.position().is_over() && worth[2] == 0.0 && worth[0] > 0.0, "{worth:?}");
    let bytes = Save::of(&closed).to_bytes().expect("encodes");
    assert_eq!(Save::from_bytes("test", &bytes).expect("reads").resume("test").expect("resumes").1, None);
}

#[test]
fn a_played_matchs_replay_verifies_and_equals_run_with_the_same_orders() {
    let mut session = begin(CHINA, Some("pinduoduo"));
    play(&mut session, 4);
    let replay = session.replay().clone();
    assert_eq!(replay.verify("played").expect("plays"), None);
    let level = Level::find(CHINA, &[], &strategy::vocabulary()).expect("is shipped");
    let mut setup = Setup::of(&level).expect("its strategies exist");
    setup.population.seed = 5;
    setup.seats =
        Difficulty::Fair.seats(&level, &[session.me()], setup.population.seed).expect("strategies exist");
    setup.seats[session.me()] = Seat::Recorded("orders".into(), replay.orders_of(session.me()));
    let mut game = Match::new(&Prepared::new(level), setup);
    for _ in 0..4 {
        game.play_turn();
    }
    assert_eq!(game.simulation().state_hash().as_bytes(), replay.hashes.last().expect("four turns"));
}

#[test]
fn a_match_is_played_anew_as_it_was_whatever_its_level_has_become() {
    let mut session = Session::begin(TWO, Some("south"), Some(77), Difficulty::Fierce).expect("plays");
    session.end_turn(None);
    let anew = Save::of(&session).anew("mine").expect("begins");
    assert_eq!((anew.turns().len(), anew.me(), anew.difficulty()), (0, session.me(), session.difficulty()));
    assert_eq!(anew.setup().population.seed, 77);
    assert_eq!(anew.level().text, session.level().text);
    assert_eq!(anew.opening(), session.opening());
    assert_ne!(anew.number(), session.number(), "it is another match");
}

#[test]
fn a_bad_save_says_what_is_wrong_with_it() {
    let mut session = begin(TWO, None);
    play(&mut session, 1);
    let good = Save::of(&session).to_bytes().expect("encodes");
    let of = |bytes: &[u8]| Save::from_bytes("x.wgsave", bytes).expect_err("is bad");
    let mut flipped = good.clone();
    *flipped.last_mut().expect("has bytes") ^= 1;
    let mut future = good.clone();
    future[8] = 9;
    assert!(matches!(of(&flipped), SaveError::Damaged(_)));
    assert!(matches!(of(&good[..good.len() / 2]), SaveError::Damaged(_)));
    assert!(matches!(of(&good[..10]), SaveError::Damaged(_)));
    assert!(matches!(of(&future), SaveError::Future { found: 9, .. }));
    assert!(matches!(of(b"not a save at all"), SaveError::Foreign(_)));
    assert!(matches!(of(b""), SaveError::Foreign(_)));
    let missing = Save::read(std::path::Path::new("/nowhere/at.wgsave")).expect_err("is not there");
    assert!(missing.to_string().contains("/nowhere/at.wgsave"));
}

/// The versions of the format of which a save is kept: `tests/fixtures/version_N.wgsave`, three months of two gardens as the south,
/// and one order on the plan.
const VERSIONS: [u8; 4] = [1, 2, 3, 4];

#[test]
fn saves_kept_from_every_version_still_read_and_play() {
    let written = Save::of(&begin(TWO, Some("south"))).to_bytes().expect("encodes")[8];
    assert_eq!(
        written,
        *VERSIONS.last().expect("is one"),
        "keep a save of this version too: three months and one order"
    );
    for version in VERSIONS {
        let path = format!("{}/tests/fixtures/version_{version}.wgsave", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(&path).expect("is kept");
        assert_eq!(bytes[8], version);
        let save = Save::from_bytes(&path, &bytes).expect("every later version reads it");
        assert_eq!((save.played(), save.draft.orders().len()), (3, 1));
        // Whoever reads it twice reads the same match, and keeps it as one.
        assert_eq!(Save::from_bytes(&path, &save.to_bytes().expect("encodes")).expect("reads"), save);
        let (mut session, _) = save.resume(&path).expect("resumes");
        assert_eq!(session.turns().len(), 3);
        assert!(session.turns()[2].forecast.is_some());
        session.end_turn(None);
    }
}
