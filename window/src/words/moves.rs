//! Prices that rivals moved, in a sentence.

use super::joined::list;
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Price, PriceMove};

/// Of fewer people nothing is said.
const PEOPLE: f64 = 1_000.0;
/// Moves that are named at most: the largest come first.
const NAMED: usize = 3;

/// What a rival did to its prices, and where people went in that month: from whoever plays, or from all.
pub(super) fn prices(level: &Level, me: Option<usize>, by: usize, moves: &[PriceMove], won: f64) -> String {
    let told: Vec<String> = moves.iter().take(NAMED).map(|one| moved(level, one)).collect();
    let all = match told.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => say!("list-and", rest = list(rest), last = last),
        None => String::new(),
    };
    let deed = say!("deed", who = of_level(&level.platforms[by].name), what = all);
    let people = Form::Count.write(won.abs());
    match me {
        _ if won.abs() < PEOPLE => say!("full-stop", what = deed),
        Some(_) if won > 0.0 => say!("deed-lost", deed = deed, people = people),
        Some(_) => say!("deed-won", deed = deed, people = people),
        None if won > 0.0 => say!("deed-gained", deed = deed, people = people),
        None => say!("deed-shed", deed = deed, people = people),
    }
}

/// One price that moved.
fn moved(level: &Level, one: &PriceMove) -> String {
    let up = one.to > one.from;
    let part = form::percent(one.to);
    let told = match one.price {
        Price::Commission if up => say!("move-commission-up", to = part),
        Price::Commission => say!("move-commission-down", to = part),
        Price::ConsumerFee if up => say!("move-fee-up", to = part),
        Price::ConsumerFee if one.to <= 0.0 => say!("move-fee-none"),
        Price::ConsumerFee => say!("move-fee-down", to = part),
        Price::Adverts if up => say!("move-adverts-up", to = part),
        Price::Adverts => say!("move-adverts-down", to = part),
        Price::Coupons if up => say!("move-coupons-up", to = part),
        Price::Coupons if one.to <= 0.0 => say!("move-coupons-none"),
        Price::Coupons => say!("move-coupons-down", to = part),
        Price::Membership if up => say!("move-membership-up", to = form::yuan(one.to)),
        Price::Membership => say!("move-membership-down", to = form::yuan(one.to)),
        Price::Listing if up => say!("move-listing-up", to = form::yuan(one.to)),
        Price::Listing => say!("move-listing-down", to = form::yuan(one.to)),
        Price::MerchantLoans if one.to <= 0.0 => say!("move-merchant-loans-none"),
        Price::MerchantLoans => say!("move-merchant-loans", to = part),
        Price::BuyerLoans if one.to <= 0.0 => say!("move-buyer-loans-none"),
        Price::BuyerLoans => say!("move-buyer-loans", to = part),
    };
    match one.category {
        Some(category) => say!("move-in", what = told, place = of_level(&level.categories[category].name)),
        None => told,
    }
}
