//! The months to come, above the map: where they differ.

use egui_kittest::kittest::Queryable;

use super::window;

#[test]
fn months_that_differ_are_told_by_name_a_year_ahead() {
    let harness = window(Some(("arena/festivals", "kite")));
    harness.get_by_label_contains("November 2024: Spending +");
    harness.get_by_label_contains("February 2024: Spending −");
    assert!(harness.query_by_label_contains("January 2025: Spending").is_none(), "that is a year away");
}

#[test]
fn where_no_month_is_unlike_another_nothing_is_told_of_them() {
    let harness = window(Some(("tutorial/two-gardens", "north")));
    assert!(harness.query_by_label_contains("Spending ").is_none());
}
