//! Deals: offers that wait for an answer, with what they are worth to both; offers to be made; agreements in force.

use bevy_egui::egui::{Align, CollapsingHeader, Label, Layout, Ui};

use super::balance::{balance, gain};
use super::gates::toggle;
use super::waiting::find;
use crate::desk::{Action, Played, Proposal};
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::{Answer, Deal, Order, Term};
use walled_gardens_engine::play::{Explained, Waiting, appraise, guess, months_to_build};
use walled_gardens_engine::sim::state::negotiations::{Agreement, PendingOffer};
use walled_gardens_engine::sim::state::relations::Deed;

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let negotiations = &view.public.ecosystem.negotiations;
    let to_me: Vec<&PendingOffer> = negotiations.offers.iter().filter(|offer| offer.to == view.me).collect();
    widgets::heading(ui, &say!("offers-to-you"), &say!("answer-this-month"));
    if to_me.is_empty() {
        ui.label(theme::small(say!("no-offers")));
    }
    for offer in to_me {
        widgets::card(ui, |ui| incoming(ui, played, offer, out));
    }
    for offer in negotiations.offers.iter().filter(|offer| offer.from == view.me) {
        let whom = &of_level(&view.level.platforms[offer.to].name);
        ui.label(theme::small(say!("offer-waits", whom = whom)));
    }
    ui.separator();
    widgets::heading(ui, &say!("make-an-offer"), &say!("worth-shown-first"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.x = 8.0;
        for other in view.others() {
            let name = say!("offer-to", whom = of_level(&view.level.platforms[other].name));
            if ui.button(name).clicked() {
                out.push(Action::Compose(begun(played, other)));
            }
        }
    });
    ui.separator();
    let mine: Vec<&Agreement> =
        negotiations.agreements.iter().filter(|agreement| agreement.parties.contains(&view.me)).collect();
    widgets::heading(ui, &say!("agreements-in-force"), &mine.len().to_string());
    if mine.is_empty() {
        ui.label(theme::small(say!("no-agreements")));
    }
    for agreement in mine {
        ui.push_id(agreement.number, |ui| widgets::card(ui, |ui| in_force(ui, played, agreement, out)));
    }
}

/// The offer to a platform that is on the plan already, or an empty one.
pub(super) fn begun(played: &Played, with: usize) -> Proposal {
    let deal = Deal { gives: Vec::new(), asks: Vec::new(), months: 12, notice: 3, penalty: 0.0 };
    let proposal = Proposal { with, counter: false, deal };
    match played.draft.pulled(&proposal.order(&played.position.level)) {
        Some(Order::Offer { deal, .. }) => Proposal { deal: deal.clone(), ..proposal },
        _ => proposal,
    }
}

/// Terms of one side, each in a line: who grants them to whom.
fn terms(ui: &mut Ui, played: &Played, title: &str, terms: &[Term], parties: (usize, usize)) {
    ui.label(theme::caption(title));
    if terms.is_empty() {
        ui.label(theme::small(say!("nothing-granted")));
    }
    for term in terms {
        let text = match term {
            // Whose money it is has to be plain.
            Term::Payment { amount } if parties.0 == played.position.me => {
                say!("you-pay-this", amount = form::yuan(*amount))
            }
            _ => words::term(&played.position.view, term, parties),
        };
        ui.label(theme::small(text).color(theme::palette().text));
    }
}

/// How long a deal holds and what a breach costs, in words.
fn conditions(months: u32, notice: u32, penalty: f64) -> String {
    let (months, notice, penalty) = (words::months(months), words::months(notice), form::yuan(penalty));
    say!("conditions", months = months, notice = notice, penalty = penalty)
}

fn worth_line(ui: &mut Ui, played: &Played, name: &str, meaning: String, worth: &Explained) {
    ui.horizontal(|ui| {
        ui.label(theme::small(name)).on_hover_text(meaning);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = say!("a-month", yuan = Form::Yuan.write_change(worth.total));
            let colour = gain(worth.total);
            let text = theme::strong(text).color(colour);
            widgets::number(ui, &played.position.level, text, Form::Yuan, name, worth);
        });
    });
}

/// When what an offer brings comes, where it is not at once: what is paid for it goes off from the first month on.
pub(super) fn comes(ui: &mut Ui, played: &Played, partner: usize, granted: &[Term], worth: &Explained) {
    let service = |term: &Term| matches!(term, Term::Service { .. } | Term::Data);
    if !granted.iter().any(service) || !worth.parts.iter().any(|part| part.amount > 0.0) {
        return;
    }
    let policy = &played.rehearsal.policy;
    let text = match months_to_build(&played.position.view, policy, partner, granted) {
        Some(0) => say!("comes-slowly"),
        Some(months) => say!("comes-after", months = words::months(months)),
        None => say!("comes-never"),
    };
    ui.add(Label::new(theme::small(text).color(theme::palette().weak)).wrap());
}

fn incoming(ui: &mut Ui, played: &Played, offer: &PendingOffer, out: &mut Vec<Action>) {
    find(ui, &Waiting::Offer { from: offer.from });
    // However long the terms are, what answers them is in sight.
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 22.0;
    let view = &played.position.view;
    let name = &of_level(&view.level.platforms[offer.from].name);
    ui.horizontal(|ui| {
        widgets::mark(ui, offer.from);
        ui.label(theme::strong(say!("offer-from", whom = name)));
    });
    terms(ui, played, &say!("it-gives"), &offer.deal.gives, (offer.from, view.me));
    terms(ui, played, &say!("it-asks"), &offer.deal.asks, (view.me, offer.from));
    ui.label(theme::small(conditions(offer.deal.months, offer.deal.notice, offer.deal.penalty)));
    let exact = appraise(view, offer.from, view.me, &offer.deal);
    let guess = guess(&played.position, offer.from, exact);
    worth_line(ui, played, &say!("worth-to-you"), say!("worth-meaning"), &guess.appraisal.mine);
    let theirs = say!("worth-to-them", whom = name);
    worth_line(ui, played, &theirs, words::guess(name, &guess), &guess.appraisal.theirs);
    let from = view.level.platforms[offer.from].id.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.x = 8.0;
        let answer = |answer| Order::Answer { from: from.clone(), answer };
        toggle(ui, played, &say!("accept"), "", answer(Answer::Accept), out);
        let refused = words::opinion(Deed::Refused.weight());
        let meaning = say!("refuse-meaning", much = refused);
        toggle(ui, played, &say!("refuse"), &meaning, answer(Answer::Refuse), out);
        if ui.button(say!("counter")).on_hover_text(say!("counter-meaning")).clicked() {
            let Deal { gives, asks, .. } = offer.deal.clone();
            let deal = match played.draft.pulled(&answer(Answer::Refuse)) {
                Some(Order::Answer { answer: Answer::Counter(deal), .. }) => deal.clone(),
                _ => Deal { gives: asks, asks: gives, ..offer.deal.clone() },
            };
            out.push(Action::Compose(Proposal { with: offer.from, counter: true, deal }));
        }
    });
    comes(ui, played, offer.from, &offer.deal.gives, &guess.appraisal.mine);
    // Folded: what answers it stays in sight.
    CollapsingHeader::new(theme::small(say!("term-by-term")).color(theme::palette().text))
        .id_salt(("term-by-term", offer.from))
        .show(ui, |ui| balance(ui, played, (offer.from, view.me), &guess, true));
}

fn in_force(ui: &mut Ui, played: &Played, agreement: &Agreement, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let position = &played.position;
    let Some(partner) = agreement.partner_of(position.me) else { return };
    let until = position.view.turn + agreement.months.max(1) - 1;
    find(ui, &Waiting::RunsOut { agreement: agreement.number, with: partner, until });
    ui.horizontal(|ui| {
        widgets::mark(ui, partner);
        let name = &of_level(&position.level.platforms[partner].name);
        ui.label(theme::strong(say!("agreement-with", number = agreement.number, whom = name)));
    });
    terms(ui, played, &say!("you-give"), agreement.given_by(position.me), (position.me, partner));
    terms(ui, played, &say!("it-gives"), agreement.given_by(partner), (partner, position.me));
    ui.label(theme::small(conditions(agreement.months, agreement.notice, agreement.penalty)));
    if agreement.ending {
        ui.label(theme::small(say!("notice-is-given")).color(theme::palette().warn));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.x = 8.0;
        let weight = |deed: Deed| words::opinion(deed.weight());
        let end = |at_once| Order::End { agreement: agreement.number, at_once };
        let left = agreement.notice.min(agreement.months);
        let much = weight(Deed::Ended);
        let meaning = match left {
            0 => say!("end-meaning-at-once", much = much),
            left => say!("end-meaning", months = words::months(left), much = much),
        };
        toggle(ui, played, &say!("end-it"), &meaning, end(false), out);
        // Without a notice to keep there is nothing to break.
        if agreement.notice > 0 {
            let penalty = form::yuan(agreement.penalty);
            let name = say!("break-it", penalty = penalty);
            let meaning = say!("break-meaning", penalty = penalty, much = weight(Deed::Broke));
            toggle(ui, played, &name, &meaning, end(true), out);
        }
    });
}
