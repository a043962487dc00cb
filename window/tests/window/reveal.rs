//! While people walk: deeds appear where they were done, what came is told figure by figure, and the last of it last.

use egui_kittest::kittest::Queryable;
use walled_gardens_engine::play::{Difficulty, Session};
use walled_gardens_window::desk::{Action, WALK};

use super::window;

#[test]
fn deeds_and_figures_are_told_one_after_the_other_while_people_walk() {
    let mut harness = window(None);
    let session = Session::begin("history/china_2024", Some("jd"), None, Difficulty::Fair).expect("plays");
    harness.state_mut().desk.open(session);
    harness.state_mut().desk.settings.reduced_motion = false;
    harness.state_mut().desk.settings.speed = 1.0;
    harness.state_mut().desk.act(Action::EndTurn);
    for _ in 0..4_000 {
        if harness.state().desk.watch.is_some() {
            break;
        }
        harness.run_steps(1);
    }
    let told = |harness: &mut egui_kittest::Harness<super::Window>, part: f32| {
        if let Some(watch) = &mut harness.state_mut().desk.watch {
            watch.clock = part * WALK;
        }
        harness.run_steps(1);
        let deeds = harness.query_all_by_label_contains("Pinduoduo makes JD.com an offer").count();
        (deeds, harness.query_all_by_label("…").count())
    };
    assert_eq!(told(&mut harness, 0.01), (0, 5), "nothing is told before anybody has walked");
    let (_, half) = told(&mut harness, 0.5);
    assert!((1..5).contains(&half), "{half}");
    assert_eq!(told(&mut harness, 0.95), (1, 0));
}
