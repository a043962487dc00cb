//! How far ahead is looked: the forecast's horizons, what is going wrong, and what orders were worth since.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Advice, Forecast};
use walled_gardens_window::desk::{Action, Screen};

use crate::{Window, against, settle, window};

fn forecast(harness: &Harness<Window>) -> Forecast {
    let played = harness.state().desk.played.as_ref().expect("a match");
    played.forecast.clone().expect("a forecast")
}

#[test]
fn a_plan_is_forecast_for_a_month_a_quarter_a_year_and_its_objectives() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    settle(&mut harness);
    let share = |low: f64, high: f64| format!("{:.1}% … {:.1}%", 100.0 * low, 100.0 * high);
    let known = forecast(&harness);
    let months: Vec<u32> = known.later.iter().map(|horizon| horizon.months).collect();
    assert_eq!(months, [3, 12]);
    for (label, figures) in
        [("3 mo.", &known.later[0].figures), ("12 mo.", &known.later[1].figures), ("1 mo.", &known.figures)]
    {
        harness.get_by_label(label).click();
        harness.run_steps(4);
        let band = figures[0].band;
        harness.get_by_label(&share(band.low, band.high));
    }
    harness.get_by_label("Goals").click();
    harness.run_steps(4);
    assert_eq!(known.due.len(), 3);
    for due in &known.due {
        let (low, high) = (due.band.low, due.band.high);
        assert!(harness.query_all_by_label(&share(low, high)).next().is_some(), "{due:?}");
    }
}

#[test]
fn a_lever_that_is_pulled_changes_the_forecast_of_a_year_too() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    settle(&mut harness);
    let before = forecast(&harness);
    harness.state_mut().desk.act(Action::Order(Order::TakeRate { category: None, rate: 0.08 }));
    settle(&mut harness);
    let after = forecast(&harness);
    assert_ne!(before.later, after.later);
    assert!(after.later[1].figures[0].band.middle < before.later[1].figures[0].band.middle);
}

#[test]
fn what_goes_wrong_is_told_above_the_map_and_nothing_where_nothing_does() {
    let mut harness = window(Some(("tutorial/two-gardens", "north")));
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Cash runs out").is_none());
    let played = harness.state_mut().desk.played.as_mut().expect("a match");
    played.advice = vec![Advice::CashRunsOut { turn: 5 }];
    harness.run_steps(3);
    harness.get_by_label_contains("Cash runs out in Month 5");
}

#[test]
fn orders_of_months_ago_are_weighed_over_the_months_since() {
    let mut harness = against("tutorial/two-gardens", "north", ("south", "steady-investor"));
    settle(&mut harness);
    harness.state_mut().desk.act(Action::Order(Order::AdvertLoad { load: 0.1 }));
    for _ in 0..3 {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
    }
    assert_eq!(harness.state().desk.screen, Screen::Report);
    harness.set_size(bevy_egui::egui::Vec2::new(1_280.0, 2_000.0));
    harness.run_steps(3);
    harness.get_by_label("You ordered nothing.");
    harness.get_by_label("Month 1").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("You ordered nothing.").is_none());
    harness.get_by_label_contains("Find out").click();
    settle(&mut harness);
    harness.run_steps(4);
    harness.get_by_label("Advert load");
    harness.get_by_label("so far: 3 months").click();
    harness.get_by_label("1 month").click();
    harness.run_steps(4);
    harness.get_by_label("Advert load");
}
