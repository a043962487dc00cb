//! Builds machines that learn.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::Orders;

/// Builds AI on whatever data it has, and takes what data it is offered.
pub struct MachineBuilder;

impl Strategy for MachineBuilder {
    fn name(&self) -> &'static str {
        "machine-builder"
    }

    fn idea(&self) -> &'static str {
        "Spends on AI the more, the more data there are for it to learn from, takes every deal that pays, data above all, and leaves prices as they stand (S36)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::new("ai", "in AI, as a part of sales, if data were without end", 0.005, [0.0, 0.1])] }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [ai] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        orders.extend(view.ai_budget(ai * view.data_to_learn_from()));
        (orders, notes.clone())
    }
}
