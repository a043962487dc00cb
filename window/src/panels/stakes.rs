//! Shares in an offer that is composed: new ones of whoever grants them, and stakes in third companies.

use bevy_egui::egui::Ui;

use super::lever::lever;
use crate::desk::{Played, Proposal};
use crate::form;
use crate::texts::{of_level, say};
use walled_gardens_engine::order::{MAX_ISSUE, Term};

/// Least part of a company that is worth a lever.
const NOTABLE: f64 = 5e-4;

/// Levers for the shares that one of the two can grant the other.
pub(super) fn show(ui: &mut Ui, played: &Played, proposal: &mut Proposal, (by, to): (usize, usize)) {
    let position = &played.position;
    let (level, public) = (&position.level, &position.view.public);
    let mine = by == position.me;
    let name = if mine { say!("new-shares-mine") } else { say!("new-shares-theirs") };
    let value = public.market_value[by].max(0.0);
    let new = |part: f64, price: f64| Term::NewShares { part, price };
    let fair = move |part: f64| value * part / (1.0 - part);
    shares(ui, proposal, mine, (&name, MAX_ISSUE), &fair, &new);
    for of in (0..level.platforms.len()).filter(|&of| of != by && of != to) {
        let owned = public.capital.stakes[[of, by]];
        if owned > NOTABLE {
            let id = level.platforms[of].id.clone();
            let stake = |part: f64, price: f64| Term::Stake { of: id.clone(), part, price };
            let fair = |part: f64| part * public.market_value[of].max(0.0);
            let name = say!("stake-term", whom = of_level(&level.platforms[of].name));
            shares(ui, proposal, mine, (&name, owned), &fair, &stake);
        }
    }
}

/// How many shares, and for how much: at first for what they are worth.
fn shares(
    ui: &mut Ui,
    proposal: &mut Proposal,
    mine: bool,
    (name, most): (&str, f64),
    fair: &dyn Fn(f64) -> f64,
    term: &dyn Fn(f64, f64) -> Term,
) {
    let terms = if mine { &mut proposal.deal.gives } else { &mut proposal.deal.asks };
    let alike = |known: &Term| match (known, term(0.0, 0.0)) {
        (Term::NewShares { .. }, Term::NewShares { .. }) => true,
        (Term::Stake { of, .. }, Term::Stake { of: other, .. }) => *of == other,
        _ => false,
    };
    let found = terms.iter().find(|known| alike(known)).map(|known| match known {
        Term::NewShares { part, price } | Term::Stake { part, price, .. } => (*part, *price),
        _ => (0.0, 0.0),
    });
    let (part, price) = found.unwrap_or((0.0, 0.0));
    let mut set = None;
    ui.push_id(name, |ui| {
        let percent = |part: f64| form::percent(part);
        lever(ui, name, &say!("new-shares-meaning"), part, most, &percent, |part| {
            set = Some((part, fair(part)));
        });
        if part > 0.0 {
            let most = (2.0 * fair(part)).max(1.5 * price).max(1e6);
            let (name, meaning) = (say!("shares-price"), say!("shares-price-means"));
            lever(ui, &name, &meaning, price, most, &form::yuan, |price| set = Some((part, price)));
        }
    });
    if let Some((part, price)) = set {
        terms.retain(|known| !alike(known));
        if part > 0.0 {
            terms.push(term(part, price));
        }
    }
}
