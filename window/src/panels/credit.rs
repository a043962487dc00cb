//! Credit: what merchants and buyers are lent on, and with whose money.

use bevy_egui::egui::Ui;

use super::lever::lever;
use crate::desk::{Action, Played};
use crate::form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::level::MAX_LOAN_RATE;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::sim::state::loans::LoanFigures;

/// The levers, where anybody wants credit.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let level = &played.position.level;
    let merchants = level.market.merchant_credit_need > 0.0 && level.setup.merchants > 0;
    let buyers = level.market.buyer_credit_need > 0.0;
    if !merchants && !buyers {
        return;
    }
    let credit = played.rehearsal.policy.prices.credit;
    ui.separator();
    widgets::heading(ui, &say!("credit"), "");
    if merchants {
        let stands = credit.merchants;
        let (name, hint) = (say!("merchant-loan-rate"), say!("merchant-loan-rate-meaning"));
        lever(ui, &name, &hint, stands.rate, MAX_LOAN_RATE, &percent, |rate| {
            out.push(Action::Order(Order::MerchantCredit { rate, standard: stands.standard }));
        });
        let (name, hint) = (say!("merchant-standard"), say!("merchant-standard-meaning"));
        lever(ui, &name, &hint, stands.standard, 1.0, &percent, |standard| {
            out.push(Action::Order(Order::MerchantCredit { rate: stands.rate, standard }));
        });
    }
    if buyers {
        let stands = credit.buyers;
        let (name, hint) = (say!("buyer-loan-rate"), say!("buyer-loan-rate-meaning"));
        lever(ui, &name, &hint, stands.rate, MAX_LOAN_RATE, &percent, |rate| {
            out.push(Action::Order(Order::BuyerCredit { rate, standard: stands.standard }));
        });
        let (name, hint) = (say!("buyer-standard"), say!("buyer-standard-meaning"));
        lever(ui, &name, &hint, stands.standard, 1.0, &percent, |standard| {
            out.push(Action::Order(Order::BuyerCredit { rate: stands.rate, standard }));
        });
    }
    let (name, hint) = (say!("outside-funds"), say!("outside-funds-meaning"));
    lever(ui, &name, &hint, credit.funds, 1.0, &percent, |part| {
        out.push(Action::Order(Order::OutsideFunds { part }));
    });
    if let Some(text) = standing(&played.position.view.public.loans[played.position.me]) {
        ui.label(theme::small(text));
    }
}

/// How a lender's loans stand, in words; nothing where nobody owes it anything.
pub(super) fn standing(loans: &LoanFigures) -> Option<String> {
    if loans.owed <= 0.0 && loans.wanted <= 0.0 {
        return None;
    }
    let defaults = if loans.due > 0.0 { loans.defaulted / loans.due } else { 0.0 };
    let owed = say!("loans-owed", owed = form::yuan(loans.owed), part = percent(defaults));
    Some(if loans.granted < 1.0 {
        words::sentences(&[owed, say!("loans-cut", part = form::percent(loans.granted))])
    } else {
        owed
    })
}

fn percent(rate: f64) -> String {
    form::percent_to(rate, 2)
}
