//! A person's side of a match, without a window.

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Deadline, Level, shipped};
use walled_gardens::order::{Answer, Audience, Deal, Order, Term};
use walled_gardens::play::objectives::{Medal, medal, progress};
use walled_gardens::play::{
    self, AUTOSAVES, Difficulty, Explained, Figure, Forecast, Programme, Record, Save, SaveError, Session,
    Shelf, Showing, TaskState, Told, forecast, report, worth_of_orders,
};
use walled_gardens::strategy;

const TWO: &str = "tutorial/two-gardens";
const FOUR: &str = "tutorial/four-gardens";
const CHINA: &str = "history/china_2024";

fn begin(level: &str, seat: Option<&str>) -> Session {
    Session::begin(level, seat, Some(5), Difficulty::Fair).expect("a shipped level plays")
}

fn coupon(depth: f64) -> Order {
    Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }
}

/// Plays some turns with an order or two in each.
fn play(session: &mut Session, turns: u32) {
    for turn in 0..turns {
        session.draft.set(Order::TakeRate { category: None, rate: 0.02 + 0.001 * f64::from(turn) });
        if turn % 2 == 0 {
            session.draft.set(Order::BrandBudget { amount: 3e6 });
        }
        session.end_turn(None);
    }
}

fn adds_up(explained: &Explained, what: &str) {
    let tolerance = 1e-9 * explained.parts.iter().map(|part| part.amount.abs()).sum::<f64>().max(1e-3);
    assert!((explained.sum() - explained.total).abs() <= tolerance, "{what}: {explained:?}");
}

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

#[test]
fn what_an_offer_is_worth_is_the_sum_of_its_terms_to_both() {
    let session = begin(CHINA, Some("alibaba"));
    let view = session.view();
    let service = |id: &str| Term::Service {
        service: id.to_owned(),
        access: walled_gardens::order::Access::Native,
        price: None,
    };
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
fn a_plan_says_what_is_not_legal_in_the_simulations_own_words() {
    // As things stand: rivals that order nothing open nothing in the meantime.
    let mut session = Session::begin(CHINA, Some("alibaba"), None, Difficulty::Gentle).expect("plays");
    let adopt = Order::Adopt { service: "wechat-pay".into() };
    let plan = [
        Order::TakeRate { category: None, rate: 0.9 },
        adopt.clone(),
        Order::BrandBudget { amount: 1e15 },
        Order::BrandBudget { amount: 1e9 },
        Order::Close { service: "alipay".into(), to: Some("jd".into()) },
        Order::Answer { from: "jd".into(), answer: Answer::Accept },
    ];
    let view = session.view();
    let rehearsal = Session::rehearse(&view, &plan);
    let legal: Vec<bool> = rehearsal.refused.iter().map(Option::is_none).collect();
    assert_eq!(legal, [false, false, false, true, false, false]);
    assert_eq!(rehearsal.policy.budgets.brand, 1e9);
    plan.iter().for_each(|order| session.draft.set(order.clone()));
    let orders = session.draft.orders().to_vec();
    let expected = Session::rehearse(&view, &orders);
    let turn = session.end_turn(None);
    let refused: Vec<&String> = turn.record.refusals[0].iter().map(|refusal| &refusal.reason).collect();
    assert_eq!(refused, expected.refused.iter().flatten().collect::<Vec<_>>());
}

#[test]
fn a_forecast_on_a_true_clone_with_the_rivals_orders_is_the_outcome_exactly() {
    let mut session = begin(FOUR, Some("jade"));
    play(&mut session, 3);
    let (view, now) = (session.view(), session.now().clone());
    let past = session.replay().orders.clone();
    session.draft.set(coupon(0.05));
    session.end_turn(None);
    let orders = session.replay().orders[3].clone();
    // A clone: the same seed and all orders up to here, then everybody's of this turn.
    let prepared = Prepared::new(Level::clone(session.level()));
    let mut clone = Match::new(&prepared, session.setup().clone());
    for orders in past {
        clone.play_orders(orders);
    }
    let future = clone.play_orders(orders).outcome;
    let forecast = forecast(&view, &now, &[future], None, &Record::default());
    for figure in &forecast.figures {
        let found = figure.figure.read(session.now(), session.me()).total;
        assert_eq!(figure.band.middle, found, "{:?}", figure.figure);
    }
}

#[test]
fn a_forecast_tells_nothing_that_the_ceo_may_not_know() {
    let session = begin(FOUR, Some("jade"));
    let mut tampered = begin(FOUR, Some("jade"));
    play::tamper(&mut tampered, 0, 5e9, -1e8);
    let orders = vec![coupon(0.04)];
    assert_eq!(session.forecast(&orders), tampered.forecast(&orders));
    let other_seed = Session::begin(FOUR, Some("jade"), Some(6), Difficulty::Fair).expect("plays");
    let public = |session: &Session| session.forecast(&orders).turn;
    assert_eq!(public(&session), public(&other_seed));
}

#[test]
fn an_order_is_weighed_by_what_the_objectives_measure_too() {
    let mut session = begin("tutorial/first-game", Some("lotus"));
    session.draft.set(Order::MarketingBudget { region: None, amount: 6e7 });
    session.draft.set(Order::GovernanceBudget { amount: 4e7 });
    session.end_turn(None);
    let worth = worth_of_orders(&session.again(), 1);
    let objectives = &session.level().objectives;
    let of = |order: usize, metric: &str| {
        let mut measured = worth[order].objectives.iter();
        let found = measured.find(|(place, _)| objectives[*place].measure.metric == metric);
        found.and_then(|(_, worth)| *worth)
    };
    assert!(of(0, "awareness") > Some(0.005), "marketing makes known: {worth:?}");
    assert!(of(1, "trust") > Some(0.001), "policing makes trusted: {worth:?}");
    assert!(of(0, "trust").is_some_and(|trust| trust.abs() < 1e-4), "marketing does not: {worth:?}");
    assert_eq!(of(0, "share"), None, "a figure says it already");
}

#[test]
fn an_order_is_worth_what_the_turn_lacks_without_it() {
    let mut session = begin(FOUR, Some("jade"));
    play(&mut session, 2);
    session.draft.set(Order::AdvertLoad { load: 0.2 });
    session.draft.set(Order::GovernanceBudget { amount: 3e7 });
    session.end_turn(None);
    let worth = worth_of_orders(&session.again(), 3);
    assert_eq!(worth.len(), 2);
    let profit = |number: usize| {
        worth[number].worth.iter().find(|(figure, _)| *figure == Figure::Profit).expect("a shop has one").1
    };
    assert!(profit(0) > 0.0, "adverts pay at once: {worth:?}");
    assert!(profit(1) < 0.0, "policing costs: {worth:?}");
    assert!(worth_of_orders(&session.again(), 9).is_empty());
}

#[test]
fn a_report_holds_each_figure_against_its_forecast_and_says_where_it_missed() {
    let mut session = begin(FOUR, Some("lotus"));
    session.draft.set(coupon(0.04));
    let expected: Forecast = session.forecast(&session.draft.orders().to_vec());
    session.end_turn(Some(expected));
    let report = report(&session.turns()[0], session.me());
    assert_eq!(report.lines.len(), 5);
    for line in &report.lines {
        adds_up(&line.miss, "miss");
        assert_eq!(line.miss.total, line.found.total - line.band.middle);
        assert!(line.reason().is_some(), "{line:?}");
    }
}

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
fn a_played_matchs_replay_verifies_and_equals_run_with_the_same_orders() {
    let mut session = begin(CHINA, Some("pinduoduo"));
    play(&mut session, 4);
    let replay = session.replay().clone();
    assert_eq!(replay.verify("played").expect("plays"), None);
    let level = Level::find(CHINA, &[], &strategy::vocabulary()).expect("is shipped");
    let mut setup = Setup::of(&level).expect("its strategies exist");
    setup.population.seed = 5;
    setup.seats = Difficulty::Fair.seats(&level, session.me()).expect("strategies exist");
    setup.seats[session.me()] = Seat::Recorded("orders".into(), replay.orders_of(session.me()));
    let mut game = Match::new(&Prepared::new(level), setup);
    for _ in 0..4 {
        game.play_turn();
    }
    assert_eq!(game.simulation().state_hash().as_bytes(), replay.hashes.last().expect("four turns"));
}

/// Hears a match that is watched to its end, or until so many turns are known.
fn watch(programme: Programme, turns: u32) -> Showing {
    let task = programme.start().expect("a thread");
    let mut showing: Option<Showing> = None;
    loop {
        match task.poll() {
            TaskState::Running => std::thread::sleep(std::time::Duration::from_millis(1)),
            TaskState::Done(Told::Opened(opened)) => showing = Some(*opened),
            TaskState::Done(Told::Turn(turn)) => showing.as_mut().expect("it has opened").add(*turn),
            TaskState::Done(Told::Refused(error)) => panic!("{error}"),
            TaskState::Failed => panic!("it ends too early"),
        }
        if let Some(showing) = showing.take_if(|showing| showing.known() >= turns.min(showing.last())) {
            return showing;
        }
    }
}

#[test]
fn a_match_between_strategies_kept_half_known_goes_on_as_if_it_had_never_been_left() {
    let level = Level::find("arena/two_ecosystems", &[], &strategy::vocabulary()).expect("is there");
    let cast = ["reciprocator".to_owned(), "random".to_owned()];
    let between = || Programme::Between(level.clone().into(), cast.to_vec(), Some(9));
    let whole = watch(between(), u32::MAX);
    let half = watch(between(), 7);
    assert!(!half.save().has_person() && half.known() == 7);
    let bytes = half.save().to_bytes().expect("encodes");
    let save = Save::from_bytes("half", &bytes).expect("reads");
    let mut again = watch(Programme::Recorded("half".into(), Box::new(save)), u32::MAX);
    assert_eq!((again.known(), again.differs()), (36, None));
    assert_eq!(again.save().replay, whole.save().replay);
    let replay = Save::of_replay("replay", whole.save().replay.clone()).expect("reads");
    assert_eq!(watch(Programme::Recorded("replay".into(), Box::new(replay)), u32::MAX).differs(), None);
    // Any turn can be shown, and is the state after that turn.
    for turn in [36, 0, 7, 99] {
        again.show(turn);
        assert_eq!((again.turn(), again.position().now().turn), (turn.min(36), turn.min(36)));
        assert_eq!(again.position().view.turn, turn.min(36) + 1);
    }
}

#[test]
fn a_match_that_no_longer_comes_out_the_same_is_shown_and_says_from_which_turn() {
    let mut session = begin(TWO, None);
    play(&mut session, 3);
    let mut save = Save::of(&session);
    save.replay.orders[1][0] = vec![Order::AdvertLoad { load: 0.2 }];
    let showing = watch(Programme::Recorded("altered".into(), Box::new(save)), u32::MAX);
    assert_eq!((showing.known(), showing.differs()), (3, Some(2)));
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

#[test]
fn saves_kept_from_every_version_still_read_and_play() {
    for version in [1, 2] {
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

/// Writes the fixture: `cargo test --test play -- --ignored fixture`, once for each version of the format.
#[test]
#[ignore = "writes the fixture"]
fn write_the_fixture() {
    let mut session = begin(TWO, Some("south"));
    for rate in [0.02, 0.025, 0.03] {
        session.draft.set(Order::TakeRate { category: None, rate });
        let expected = session.forecast(&session.draft.orders().to_vec());
        session.end_turn(Some(expected));
    }
    session.draft.set(coupon(0.05));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    Shelf::at(folder).write("version_2", &Save::of(&session)).expect("writes");
}

#[test]
fn the_last_ten_autosaves_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::at(folder.path().join("saves"));
    let session = begin(TWO, None);
    let save = Save::of(&session);
    shelf.write("by hand", &save).expect("writes");
    for _ in 0..AUTOSAVES + 3 {
        shelf.autosave(&save).expect("writes");
    }
    let list = shelf.list();
    assert_eq!(list.len(), AUTOSAVES + 1);
    let name = |place: usize| list[place].file_name().expect("has a name").to_string_lossy().into_owned();
    assert!(name(0).starts_with("autosave-000013 tutorial-two-gardens north seed "), "{list:?}");
    assert!(list[1].ends_with("by hand.wgsave"), "what was saved by hand is not buried");
    assert_eq!(Save::read(&list[0]).expect("reads"), save);
}

#[test]
fn autosaves_are_kept_by_match_and_no_match_takes_the_place_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    // Two windows on one folder, and two matches that are begun alike.
    let (mine, theirs) = (Shelf::at(folder.path()), Shelf::at(folder.path()));
    let mut first = begin(TWO, None);
    first.end_turn(None);
    let waiting = Save::of(&first);
    mine.autosave(&waiting).expect("writes");
    let other = Save::of(&begin(TWO, None));
    assert_ne!(waiting.number, other.number, "begun alike, and two matches all the same");
    for _ in 0..2 * AUTOSAVES {
        theirs.autosave(&other).expect("writes");
    }
    let kept: Vec<Save> = mine.list().iter().map(|path| Save::read(path).expect("reads")).collect();
    assert_eq!(kept.len(), AUTOSAVES + 1);
    assert_eq!(kept.last(), Some(&waiting), "the match that waits is still there");
    // However many others are played, the newest of a match that is not over stays; of one that is over it goes.
    let mut over = Save { number: 1, turns: 0, ..other.clone() };
    mine.autosave(&over).expect("writes");
    assert!(over.is_over());
    for number in 2..130 {
        over.number = number;
        mine.autosave(&over).expect("writes");
    }
    let kept: Vec<Save> = mine.list().iter().map(|path| Save::read(path).expect("reads")).collect();
    assert!(kept.contains(&waiting));
    assert!(kept.len() <= 102 && !kept.iter().any(|save| save.number == 1), "{}", kept.len());
}

#[test]
fn a_save_never_writes_over_anything_but_the_same_months_of_the_same_match() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::at(folder.path());
    let match_of = |seat: &str, seed: u64| {
        let mut session = Session::begin(TWO, Some(seat), Some(seed), Difficulty::Fair).expect("plays");
        session.end_turn(None);
        session
    };
    let matches = [match_of("north", 1), match_of("south", 77), match_of("north", 2), match_of("north", 1)];
    let saves: Vec<Save> = matches.iter().map(Save::of).collect();
    let keep = |save: &Save| shelf.keep(&save.called(), save).expect("writes");
    let paths: Vec<_> = saves.iter().map(keep).collect();
    for (path, save) in paths.iter().zip(&saves) {
        assert_eq!(Save::read(path).expect("reads"), *save, "{path:?}");
    }
    let name = |place: usize| paths[place].file_stem().expect("has a name").to_string_lossy().into_owned();
    assert_eq!(name(0), "tutorial-two-gardens north seed 1 month 1");
    assert_eq!(name(3), "tutorial-two-gardens north seed 1 month 1 (2)", "begun alike, and another match");
    // The same months with another plan take the place of what was saved; other months of the match do not.
    let mut planned = saves[0].clone();
    planned.draft.set(Order::AdvertLoad { load: 0.1 });
    assert_eq!(keep(&planned), paths[0]);
    let mut elsewhere = Session::begin(TWO, Some("north"), Some(1), Difficulty::Fair).expect("plays");
    elsewhere.draft.set(Order::AdvertLoad { load: 0.1 });
    elsewhere.end_turn(None);
    let elsewhere = Save { number: planned.number, ..Save::of(&elsewhere) };
    assert!(!paths.contains(&keep(&elsewhere)), "gone back, and played on otherwise");
    // Nor does what is no save at all.
    std::fs::write(&paths[1], "a letter").expect("writes");
    assert_ne!(keep(&saves[1]), paths[1]);
    assert_eq!(std::fs::read_to_string(&paths[1]).expect("is there"), "a letter");
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
fn a_shelf_that_cannot_be_written_says_so_and_keeps_what_there_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in the way");
    std::fs::write(&file, "here").expect("writes");
    let shelf = Shelf::at(&file);
    assert!(shelf.autosave(&Save::of(&begin(TWO, None))).is_err());
    assert_eq!(std::fs::read_to_string(&file).expect("is there"), "here");
    assert!(shelf.list().is_empty());
}

#[test]
fn an_offers_worth_is_by_term_by_reason_and_as_the_other_reckons_it() {
    let (mine, theirs) = (begin(CHINA, Some("alibaba")).view(), begin(CHINA, Some("tencent")).view());
    let service = |id: &str, access| Term::Service { service: id.to_owned(), access, price: None };
    use walled_gardens::order::Access;
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
    use walled_gardens::play::{Answers, Explained, Likely, likely};
    let gains = Explained { total: 1.0, parts: Vec::new() };
    let answers = |yes, no, none| Answers { yes, no, none };
    assert_eq!(likely(&gains, answers(0, 0, 1)), Likely::Yes(None));
    assert_eq!(likely(&gains, answers(0, 0, 2)), Likely::Silence);
    assert_eq!(likely(&gains, answers(0, 1, 9)), Likely::Yes(None));
    assert_eq!(likely(&Explained::default(), answers(0, 0, 0)), Likely::Open);
}

/// Plays a level to its end with one order list in the first month for a seat, and hands back that seat's medal.
fn medal_of(level: &str, seat: &str, orders: &[Order], seed: u64) -> Option<Medal> {
    let mut session = Session::begin(level, Some(seat), Some(seed), Difficulty::Fair).expect("plays");
    for order in orders {
        session.draft.set(order.clone());
    }
    while !session.is_over() {
        session.end_turn(None);
    }
    let position = session.position();
    medal(&progress(&position.level, position.me, &position.outcomes().collect::<Vec<_>>()))
}

#[test]
fn a_simple_plan_wins_a_medal_in_the_tutorial_and_standing_still_does_not() {
    let level = "tutorial/first-game";
    let (marketing, governance) =
        (Order::MarketingBudget { region: None, amount: 6e7 }, Order::GovernanceBudget { amount: 4e7 });
    for seed in 1..=3 {
        assert_eq!(medal_of(level, "lotus", &[], seed), None, "seed {seed}");
        let won = medal_of(level, "lotus", &[marketing.clone(), governance.clone()], seed);
        assert_eq!(won, Some(Medal::Gold), "seed {seed}: as the tutorial says");
        let one = medal_of(level, "lotus", std::slice::from_ref(&marketing), seed);
        assert!(one >= Some(Medal::Bronze), "seed {seed}: {one:?}");
    }
}

#[test]
fn no_objective_is_met_from_the_start_and_nobody_wins_gold_by_standing_still() {
    let mut seats = 0;
    for shipped in shipped().filter(|level| level.text.contains("objectives: [")) {
        let level = Level::from_text(shipped.name, shipped.text, &strategy::vocabulary()).expect("reads");
        let mut setup = Setup::of(&level).expect("plays");
        setup.population.consumers = setup.population.consumers.min(3_000);
        setup.population.merchants = setup.population.merchants.min(1_000);
        setup.seats =
            level.platforms.iter().map(|_| Seat::Recorded("nobody".to_owned(), Vec::new())).collect();
        let prepared = Prepared::new(level);
        let mut game = Match::new(&prepared, setup);
        let mut outcomes = vec![game.simulation().outcome().clone()];
        while !game.is_over() {
            outcomes.push(game.play_turn().outcome);
        }
        let outcomes: Vec<_> = outcomes.iter().collect();
        for seat in 0..prepared.level.platforms.len() {
            for one in progress(&prepared.level, seat, &outcomes[..1]) {
                let title = &one.objective.title;
                assert!(one.opening.is_some(), "{}: {title} is not measured", shipped.name);
                let by = matches!(one.objective.deadline, Deadline::By(_));
                assert!(!by || !one.holds(), "{}: {title} holds already", shipped.name);
            }
            let all = progress(&prepared.level, seat, &outcomes);
            assert!(medal(&all) < Some(Medal::Gold), "{}: {seat}", shipped.name);
            seats += usize::from(!all.is_empty());
        }
    }
    assert!(seats >= 10, "{seats}");
}
