//! The window's panels, played without a window: controls are found by their labels, as a screen reader finds them.

mod bad_input;
mod choices;
mod ended;
mod headlines;
mod horizon;
mod input;
mod insolvency;
mod judged;
mod languages;
mod levers;
mod map;
mod months;
mod newcomer;
mod news;
mod overlays;
mod painted;
mod places;
mod plain;
mod reach;
mod reveal;
mod said;
mod set_up;
mod sitting;
mod small;
mod table;
mod typed;
mod waiting;
mod watch;

use bevy_egui::egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Difficulty, Session, Shelf};
use walled_gardens_window::desk::{Action, Desk, Overlay, Screen, Tab};
use walled_gardens_window::hints::Finder;
use walled_gardens_window::scene::layout::Layout;
use walled_gardens_window::settings::Settings;
use walled_gardens_window::{screens, theme};

/// A desk with a match on it, or none, and a folder of its own for saves.
struct Window {
    desk: Desk,
    dressed: bool,
    /// The map as it was drawn last, which is before the match of this frame is known.
    layout: Layout,
    folder: tempfile::TempDir,
    /// Whether anything is worked out beside it: a forecast for each of a hundred matches is not looked at.
    ticks: bool,
}

fn window(level: Option<(&str, &str)>) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { reduced_motion: true, speed: 8.0, ..Settings::default() };
    let mut desk = Desk::new(settings, Shelf::at(folder.path()));
    if let Some((level, seat)) = level {
        desk.open(Session::begin(level, Some(seat), Some(3), Difficulty::Fair).expect("plays"));
    }
    let draw = |ui: &mut bevy_egui::egui::Ui, window: &mut Window| {
        if !window.dressed {
            theme::dress(ui.ctx());
            window.dressed = true;
            return;
        }
        if window.ticks {
            window.desk.tick(0.05);
        }
        let map = screens::show(ui, &mut window.desk, &window.layout);
        if let Some((map, position)) = map.zip(window.desk.position())
            && !window.layout.is_of(position, map.size())
        {
            window.layout = Layout::of(position, map.size());
        }
    };
    let window = Window { desk, dressed: false, layout: Layout::default(), folder, ticks: true };
    let mut harness = Harness::builder().with_size(Vec2::new(1_280.0, 800.0)).build_ui_state(draw, window);
    harness.run_steps(4);
    harness
}

/// A match in which a strategy of the test's choosing has a rival's seat: one that makes no offers, or one that opens to everybody.
fn against(level: &str, seat: &str, rival: (&str, &str)) -> Harness<'static, Window> {
    let change = format!("platforms.{}.strategy=\"{}\"", rival.0, rival.1);
    let level = walled_gardens_engine::level::Level::find(
        level,
        &[change],
        &walled_gardens_engine::strategy::vocabulary(),
    );
    let session = Session::begin_level(&level.expect("is shipped"), Some(seat), Some(3), Difficulty::Fair);
    let mut harness = window(None);
    harness.state_mut().desk.open(session.expect("plays"));
    harness.run_steps(4);
    harness
}

/// A match after so many months in which nobody ordered anything.
fn after(level: &str, seat: &str, months: usize) -> Session {
    let mut session = Session::begin(level, Some(seat), Some(1), Difficulty::Fair).expect("plays");
    while session.turns().len() < months {
        session.end_turn(None);
    }
    session
}

/// Draws until nothing is being worked out.
fn settle(harness: &mut Harness<Window>) {
    for _ in 0..4_000 {
        harness.run_steps(1);
        if !harness.state().desk.is_working() && harness.state().desk.watch.is_none() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it does not settle");
}

fn orders(harness: &Harness<Window>) -> Vec<Order> {
    harness.state().desk.played.as_ref().expect("a match").draft.orders().to_vec()
}

/// Pulls the slider of a label to the right.
fn pull(harness: &mut Harness<Window>, label: &str, steps: usize) {
    let slider = harness.get_by_role_and_label(bevy_egui::egui::accesskit::Role::Slider, label);
    slider.focus();
    harness.run_steps(2);
    for _ in 0..steps {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(2);
    }
}

/// Types a lever's number.
fn enter(harness: &mut Harness<Window>, label: &str, text: &str) {
    use bevy_egui::egui::accesskit::Role;
    harness.get_by_role_and_label(Role::SpinButton, &format!("{label}, in figures")).focus();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::SpinButton, &format!("{label}, in figures")).type_text(text);
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
}

#[test]
fn from_the_browser_to_the_first_report_by_keys_alone() {
    let mut harness = window(None);
    harness.get_by_label("Choose a level");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.get_by_label_contains("Whose CEO");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Play);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.get_by_label("Forecast against outcome");
    assert_eq!(harness.state().desk.shelf.list().len(), 1, "it is saved by itself");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::Play);
}

#[test]
fn looking_at_the_levers_orders_nothing_and_pulling_them_does() {
    let mut harness = window(Some(("tutorial/four-gardens", "lotus")));
    for tab in Tab::ALL {
        harness.state_mut().desk.act(Action::Tab(tab));
        harness.run_steps(4);
    }
    assert_eq!(orders(&harness), []);
    harness.state_mut().desk.act(Action::Tab(Tab::Prices));
    harness.run_steps(3);
    let levers = ["Commission", "Advert load", "Consumer fee", "Coupon"];
    for label in levers {
        pull(&mut harness, label, 3);
    }
    harness.state_mut().desk.act(Action::Tab(Tab::Invest));
    harness.run_steps(3);
    for label in ["Brand", "Governance"] {
        pull(&mut harness, label, 3);
    }
    let given = orders(&harness);
    assert_eq!(given.len(), 6, "{given:?}");
    assert!(matches!(given[0], Order::TakeRate { category: None, rate } if rate > 0.03), "{given:?}");
    assert!(matches!(given[5], Order::GovernanceBudget { .. }), "{given:?}");
    for left in (0..6).rev() {
        harness.get_by_label("Undo").click();
        harness.run_steps(3);
        // A lever pulled three times by keys was changed three times.
        while orders(&harness).len() > left {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run_steps(3);
        }
        assert_eq!(orders(&harness), given[..left]);
    }
}

#[test]
fn an_order_taken_off_the_list_is_gone_and_comes_back_by_undo() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    let order = Order::AdvertLoad { load: 0.1 };
    harness.state_mut().desk.act(Action::Order(order.clone()));
    harness.run_steps(3);
    harness.get_by_label("Remove Advert load").click();
    harness.run_steps(3);
    assert_eq!(orders(&harness), []);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(orders(&harness), [order]);
}

#[test]
fn a_refused_order_says_why_in_the_plan() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    harness.state_mut().desk.act(Action::Order(Order::BrandBudget { amount: 1e15 }));
    harness.run_steps(3);
    harness.get_by_label_contains("there is ¥2.0 bn in cash");
}

#[test]
fn every_screen_draws_in_a_small_window_and_a_large_one() {
    for size in [Vec2::new(640.0, 480.0), Vec2::new(1_280.0, 800.0), Vec2::new(1_920.0, 1_080.0)] {
        let mut harness = window(Some(("history/china_2024", "tencent")));
        harness.set_size(size);
        settle(&mut harness);
        harness.get_by_label_contains("End month");
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
        harness.get_by_label_contains("Who moved");
        for screen in [Screen::Browser, Screen::SetUp, Screen::Briefing, Screen::End] {
            harness.state_mut().desk.act(Action::Go(screen));
            harness.run_steps(3);
        }
    }
}

#[test]
fn a_match_saved_and_loaded_stands_as_it_stood() {
    let mut harness = window(Some(("tutorial/two-gardens", "south")));
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
    harness.state_mut().desk.act(Action::Save);
    let saved = harness.state().desk.shelf.list().pop().expect("is there");
    harness.state_mut().desk.act(Action::EndTurn);
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Load(saved));
    settle(&mut harness);
    let played = harness.state().desk.played.as_ref().expect("a match");
    assert_eq!((played.position.played(), played.draft.orders().len()), (1, 1));
}

#[test]
fn the_briefing_lists_the_objectives_of_the_seat_that_is_chosen() {
    let mut harness = window(None);
    harness.state_mut().desk.find("tutorial/first-game", &[]);
    harness.state_mut().desk.act(Action::Go(Screen::Briefing));
    harness.run_steps(3);
    harness.get_by_label("A name people know");
    harness.get_by_label("Awareness of Lotus at least 75.0%, by month 12");
    harness.get_by_label("Share of sales of Lotus at least 35.0%, in month 12");
    harness.get_by_label_contains("Sparrow 22.0%").click();
    harness.run_steps(3);
    harness.get_by_label("Share of sales of Sparrow, Inland at least 31.0%, by month 12");
    harness.state_mut().desk.find("tutorial/two-gardens", &[]);
    harness.run_steps(3);
    harness.get_by_label_contains("no objectives");
}

#[test]
fn progress_stands_above_the_map_with_its_number_and_deadline() {
    let harness = window(Some(("tutorial/first-game", "lotus")));
    harness.get_by_label_contains("A place to trust: 83.8%");
    harness.get_by_label_contains("· ≥ 85.0% by month 12");
    harness.get_by_label_contains("Stand your ground: 36.0%, holds so far");
    // Whoever has no objectives has no strip.
    let harness = window(Some(("tutorial/two-gardens", "north")));
    assert!(harness.query_by_label_contains("by month").is_none());
}

#[test]
fn the_end_shows_the_medal_and_the_number_behind_each_objective() {
    let mut session =
        Session::begin("tutorial/first-game", Some("lotus"), Some(1), Difficulty::Fair).expect("plays");
    session.draft.set(Order::MarketingBudget { region: None, amount: 1.2e8 });
    session.draft.set(Order::GovernanceBudget { amount: 4e7 });
    while !session.is_over() {
        session.end_turn(None);
    }
    let mut harness = window(None);
    harness.state_mut().desk.open(session);
    harness.run_steps(3);
    assert_eq!(harness.state().desk.screen, Screen::End);
    harness.get_by_label("Gold: 3 of 3 objectives met");
    harness.get_by_label_contains("A place to trust: met in month");
    harness.get_by_label_contains("Share of sales of Lotus at least 35.0%, in month 12 · it was 36.");
}

#[test]
fn whoever_does_nothing_in_the_first_game_is_told_of_no_win() {
    let begin =
        || Session::begin("tutorial/first-game", Some("lotus"), Some(1), Difficulty::Fair).expect("plays");
    let mut harness = window(None);
    harness.state_mut().desk.open(begin());
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Value ¥").is_none(), "no month has passed to judge a value by");
    let mut session = begin();
    while !session.is_over() {
        session.end_turn(None);
    }
    harness.state_mut().desk.open(session);
    harness.run_steps(3);
    harness.get_by_label("No medal: 0 of 3 objectives met");
    assert!(harness.query_by_label_contains("You win").is_none());
}

/// The step that the hint shows, if there is one.
fn hint(harness: &Harness<Window>) -> Option<usize> {
    (1..=11).find(|step| harness.query_by_label(&format!("STEP {step} OF 11")).is_some())
}

#[test]
fn the_tutorial_leads_through_a_first_month_and_every_control_it_rings_is_there() {
    let mut harness = window(None);
    let level = harness.state().desk.chosen_level().expect("reads").clone();
    assert!(!level.tutorial.is_empty(), "a newcomer begins with the tutorial");
    let rung = |harness: &mut Harness<Window>, step: usize| {
        harness.run_steps(4);
        assert_eq!(hint(harness), Some(step));
        let Some(label) = level.tutorial[step - 1].highlight.as_deref() else { return };
        let place = Finder::find(&harness.ctx, Some(label));
        assert!(place.is_some_and(|place| place.is_positive()), "{label} is not there");
    };
    rung(&mut harness, 1);
    harness.get_by_label_contains("Briefing").click();
    rung(&mut harness, 2);
    harness.get_by_label_contains("Run Lotus").click();
    settle(&mut harness);
    rung(&mut harness, 3);
    harness.get_by_label("Next").click();
    rung(&mut harness, 4);
    harness.get_by_label("Invest").click();
    rung(&mut harness, 5);
    pull(&mut harness, "Marketing", 1);
    rung(&mut harness, 5);
    enter(&mut harness, "Marketing", "60 M");
    rung(&mut harness, 6);
    enter(&mut harness, "Governance", "¥40m");
    rung(&mut harness, 7);
    harness.get_by_label_contains("End month").click();
    settle(&mut harness);
    assert_eq!(harness.state().desk.screen, Screen::Report);
    rung(&mut harness, 8);
    harness.get_by_label_contains("Plan ").click();
    rung(&mut harness, 9);
    harness.get_by_label("Prices").click();
    rung(&mut harness, 10);
    pull(&mut harness, "Commission", 1);
    rung(&mut harness, 11);
    harness.get_by_label_contains("End month").click();
    settle(&mut harness);
    assert_eq!(hint(&harness), None, "it is over");
}

#[test]
fn hints_are_switched_off_and_stay_off() {
    let mut harness = window(None);
    let file = harness.state().folder.path().join("settings.ron");
    harness.state_mut().desk.settings.file = Some(file.clone());
    harness.get_by_label("Hide hints").click();
    harness.run_steps(3);
    assert_eq!(hint(&harness), None);
    assert!(std::fs::read_to_string(file).expect("is kept").contains("hints: false"));
    harness.state_mut().desk.act(Action::Over(Some(Overlay::Settings)));
    harness.run_steps(3);
    harness.get_by_label("Hints for newcomers").click();
    harness.run_steps(3);
    assert!(harness.state().desk.settings.hints);
}

#[test]
fn levels_of_the_users_folder_are_listed_and_one_that_breaks_keeps_its_last_sound_version() {
    let mut harness = window(None);
    let folder = harness.state().folder.path().join("levels");
    std::fs::create_dir_all(&folder).expect("a folder");
    let sound = include_str!("../../../levels/tutorial/two-gardens.ron").replace("Two gardens", "My own");
    let write = |name: &str, text: &str, second: u64| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("is written");
        let file = std::fs::File::options().write(true).open(&path).expect("opens");
        let when = std::time::UNIX_EPOCH + std::time::Duration::from_secs(second);
        file.set_modified(when).expect("is dated");
    };
    write("bad.ron", &sound.replace("turns: 24", "turnz: 24"), 1);
    write("good.ron", &sound, 1);
    harness.state_mut().desk.list_folder(&folder);
    let chosen = harness.state().desk.chosen_level().expect("reads").clone();
    assert!(!chosen.tutorial.is_empty(), "what was chosen stays chosen");
    harness.state_mut().desk.act(Action::Choose(0));
    harness.run_steps(3);
    harness.get_by_label_contains("did you mean `turns`");
    harness.get_by_label_contains("My own").click();
    harness.run_steps(3);
    write("good.ron", &sound.replace("turns: 24", "turns: 0"), 2);
    harness.run_steps(30);
    harness.get_by_label_contains("does not read. What you play");
    harness.get_by_label_contains("from 1 to 1200");
    harness.state_mut().desk.act(Action::Begin);
    settle(&mut harness);
    let position = &harness.state().desk.played.as_ref().expect("plays").position;
    assert_eq!((position.level.title.as_str(), position.length), ("My own", 24));
    harness.state_mut().desk.act(Action::Go(Screen::Browser));
    write("good.ron", &sound.replace("My own", "Mended"), 3);
    write("bad.ron", &sound.replace("My own", "Mended too"), 3);
    harness.run_steps(30);
    harness.get_by_label_contains("Mended too");
    assert!(harness.query_by_label_contains("What you play").is_none());
}
