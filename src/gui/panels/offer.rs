//! An offer being composed: what is given and asked for, on what conditions, what it is worth to both, and how it is
//! likely to be answered.

use bevy_egui::egui::{Align, Button, Grid, Layout, ScrollArea, Slider, Ui, WidgetInfo, vec2};

use super::deals::{begun, gain};
use super::lever::lever;
use super::links::{asked, dear, depths};
use super::rivals;
use crate::gui::desk::{Action, Desk, Played, Proposal};
use crate::gui::texts::say;
use crate::gui::widgets::Form;
use crate::gui::{theme, widgets, words};
use crate::order::{Access, Deal, Term};
use crate::play::{Answers, Appraisal, Likely, amounts, answers, appraise, likely};

/// Longest agreement and notice that the sliders reach.
const YEARS: u32 = 60;

/// The window's contents.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let (Some(played), Some(proposal)) = (&desk.played, &desk.proposal) else { return };
    let position = &played.position;
    let mut changed = proposal.clone();
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.spacing_mut().interact_size.y = 26.0;
    widgets::sunk(ui);
    partners(ui, played, &mut changed);
    let width = (ui.available_width() - 40.0) / 2.0;
    // What it is worth stays in sight, however much there is to choose from.
    let high = (ui.ctx().content_rect().height() - 560.0).max(120.0);
    ScrollArea::vertical().id_salt("terms").max_height(high).auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let (me, with) = (position.me, changed.with);
            side(ui, played, &mut changed, (me, with), width);
            ui.add_space(8.0);
            side(ui, played, &mut changed, (with, me), width);
        });
    });
    ui.separator();
    conditions(ui, played, &mut changed.deal, width);
    ui.separator();
    let appraisal = appraise(&position.view, position.me, changed.with, &changed.deal);
    balance(ui, played, &changed, &appraisal);
    answer(ui, played, &changed, &appraisal);
    let order = changed.order(&position.level);
    let planned = played.draft.orders().contains(&order);
    let objection = played.objection(&order);
    ui.horizontal(|ui| {
        let name = if planned { say!("offer-is-planned") } else { say!("send-offer") };
        let response = widgets::primary(ui, &name, "", objection.is_none() && !planned);
        let why = if planned { Some(say!("offer-is-planned-meaning")) } else { objection.clone() };
        if response.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
            out.push(Action::Send);
        }
        if let Some(reason) = &objection {
            ui.label(theme::small(reason.clone()).color(theme::palette().warn));
        }
    });
    if changed != *proposal {
        out.push(Action::Propose(changed));
    }
}

fn partners(ui: &mut Ui, played: &Played, proposal: &mut Proposal) {
    let level = &played.position.level;
    if proposal.counter {
        ui.horizontal(|ui| {
            widgets::mark(ui, proposal.with);
            ui.label(theme::strong(say!("counter-to", whom = level.platforms[proposal.with].name)));
        });
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for other in played.position.view.others() {
            widgets::mark(ui, other);
            let button = Button::selectable(proposal.with == other, level.platforms[other].name.clone());
            if ui.add(button).clicked() && proposal.with != other {
                // What was asked of one cannot be asked of another.
                *proposal = begun(played, other);
            }
            ui.add_space(4.0);
        }
    });
}

/// What one of the two grants the other.
fn side(ui: &mut Ui, played: &Played, proposal: &mut Proposal, (by, to): (usize, usize), width: f32) {
    let position = &played.position;
    let level = &position.level;
    let mine = by == position.me;
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.push_id(mine, |ui| {
            let name = &level.platforms[if mine { to } else { by }].name;
            let title = if mine { say!("you-give") } else { say!("you-ask-of", whom = name) };
            ui.label(theme::caption(title));
            for service in 0..level.services.len() {
                if level.services[service].owner == Some(by) {
                    service_term(ui, played, proposal, mine, service);
                }
            }
            simple(ui, played, proposal, mine, Term::Data);
            simple(ui, played, proposal, mine, Term::NonBlocking);
            payment(ui, played, proposal, mine);
        });
    });
}

fn list(deal: &mut Deal, mine: bool) -> &mut Vec<Term> {
    if mine { &mut deal.gives } else { &mut deal.asks }
}

/// Why a term alone could not be offered.
fn objection(played: &Played, proposal: &Proposal, mine: bool, term: &Term) -> Option<String> {
    let nothing = Deal { gives: Vec::new(), asks: Vec::new(), ..proposal.deal.clone() };
    let mut alone = Proposal { deal: nothing, ..*proposal };
    list(&mut alone.deal, mine).push(term.clone());
    played.objection(&alone.order(&played.position.level))
}

/// A box to be ticked; whether it was clicked.
fn ticked(ui: &mut Ui, holds: bool, name: &str, objection: Option<String>) -> bool {
    let mut tick = holds;
    let response = ui.add_enabled_ui(holds || objection.is_none(), |ui| ui.checkbox(&mut tick, name)).inner;
    response.on_disabled_hover_text(objection.unwrap_or_default()).clicked()
}

/// A term that is granted or not.
fn simple(ui: &mut Ui, played: &Played, proposal: &mut Proposal, mine: bool, term: Term) {
    let holds = list(&mut proposal.deal, mine).contains(&term);
    let name = words::term(&played.position.level, &term, mine);
    let objection = objection(played, proposal, mine, &term);
    if ticked(ui, holds, &name, objection) {
        let terms = list(&mut proposal.deal, mine);
        terms.retain(|known| *known != term);
        if !holds {
            terms.push(term);
        }
    }
}

/// A service, how far it is opened, and at what price.
fn service_term(ui: &mut Ui, played: &Played, proposal: &mut Proposal, mine: bool, service: usize) {
    let level = &played.position.level;
    let known = &level.services[service];
    let of = |term: &Term| matches!(term, Term::Service { service: id, .. } if *id == known.id);
    let to = if mine { proposal.with } else { played.position.me };
    let counterpart = played.position.view.public.ecosystem.services[service].counterparts[to];
    let place = list(&mut proposal.deal, mine).iter().position(of);
    let deepest = depths(level, service).last().copied().unwrap_or(Access::Native);
    let whole = Term::Service { service: known.id.clone(), access: deepest, price: None };
    let objection = objection(played, proposal, mine, &whole);
    let now = say!("service-now", what = known.name, depth = words::access(counterpart.granted));
    if ticked(ui, place.is_some(), &now, objection) {
        let terms = list(&mut proposal.deal, mine);
        match place {
            Some(place) => drop(terms.remove(place)),
            None => terms.push(whole),
        }
        return;
    }
    let Some(Term::Service { access, price, .. }) =
        place.and_then(|place| list(&mut proposal.deal, mine).get_mut(place))
    else {
        return;
    };
    ui.push_id(service, |ui| {
        let choices: Vec<_> = depths(level, service).iter().map(|&d| (d, words::access(d))).collect();
        if choices.len() > 1
            && let Some(depth) = widgets::choices(ui, &choices, *access)
        {
            *access = depth;
        }
        let (asks, most) = (price.unwrap_or(counterpart.price), dear(level, service, counterpart.price));
        let write = |price: f64| asked(level, service, price);
        let (name, meaning) = (say!("price-of", what = known.name), say!("term-price-meaning"));
        lever(ui, &name, &meaning, asks, most, &write, |asks| *price = Some(asks));
    });
}

/// As much as the sliders for money reach: a hundredth of what the larger of the two sells in a month.
fn much(played: &Played, with: usize, now: f64) -> f64 {
    let position = &played.position;
    let sales = [position.me, with].map(|platform| position.now().gmv(platform));
    (0.01 * sales[0].max(sales[1])).max(1e6).max(1.5 * now)
}

fn payment(ui: &mut Ui, played: &Played, proposal: &mut Proposal, mine: bool) {
    let of = |term: &Term| matches!(term, Term::Payment { .. });
    let place = list(&mut proposal.deal, mine).iter().position(of);
    let now = place.map_or(0.0, |place| match list(&mut proposal.deal, mine)[place] {
        Term::Payment { amount } => amount,
        _ => 0.0,
    });
    let name = if mine { say!("you-pay") } else { say!("they-pay") };
    let most = much(played, proposal.with, now);
    let mut set = None;
    let write = |yuan: f64| say!("a-month", yuan = amounts::yuan(yuan));
    lever(ui, &name, &say!("payment-meaning"), now, most, &write, |amount| set = Some(amount));
    let Some(amount) = set else { return };
    let terms = list(&mut proposal.deal, mine);
    terms.retain(|term| !of(term));
    if amount > 0.0 {
        terms.push(Term::Payment { amount });
    }
}

/// How long it holds, how it ends and what a breach costs.
fn conditions(ui: &mut Ui, played: &Played, deal: &mut Deal, width: f32) {
    let third = (2.0 * width + 16.0) / 3.0 - 8.0;
    ui.horizontal_top(|ui| {
        widgets::column(ui, third, |ui| {
            months(ui, &say!("deal-months"), &say!("deal-months-meaning"), &mut deal.months, 1);
        });
        widgets::column(ui, third, |ui| {
            months(ui, &say!("deal-notice"), &say!("deal-notice-meaning"), &mut deal.notice, 0);
        });
        widgets::column(ui, third, |ui| {
            let (name, meaning) = (say!("deal-penalty"), say!("deal-penalty-meaning"));
            let most = much(played, played.position.me, deal.penalty);
            let now = deal.penalty;
            lever(ui, &name, &meaning, now, most, &amounts::yuan, |yuan| deal.penalty = yuan);
        });
    });
}

/// A number of months.
fn months(ui: &mut Ui, name: &str, meaning: &str, value: &mut u32, least: u32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.label(name).on_hover_text(meaning);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(say!("months", count = value)));
        });
    });
    ui.spacing_mut().slider_width = ui.available_width() - 4.0;
    ui.spacing_mut().interact_size.y = 20.0;
    let most = YEARS.max(*value);
    let response = ui.add(Slider::new(value, least..=most).show_value(false));
    let now = f64::from(*value);
    response.widget_info(|| WidgetInfo::slider(true, now, name));
}

/// What each term is worth to both.
fn balance(ui: &mut Ui, played: &Played, proposal: &Proposal, appraisal: &Appraisal) {
    let level = &played.position.level;
    let name = &level.platforms[proposal.with].name;
    if appraisal.terms.is_empty() {
        ui.label(theme::small(say!("nothing-in-it")));
        return;
    }
    let (mine, theirs) = (say!("worth-to-you"), say!("worth-to-them", whom = name));
    ui.spacing_mut().interact_size.y = 20.0;
    Grid::new("balance").num_columns(3).striped(true).min_col_width(150.0).spacing(vec2(16.0, 4.0)).show(
        ui,
        |ui| {
            ui.label(theme::small(say!("yuan-a-month"))).on_hover_text(say!("worth-meaning"));
            for side in [&mine, &theirs] {
                ui.label(theme::caption(side)).on_hover_text(say!("worth-meaning"));
            }
            ui.end_row();
            for term in &appraisal.terms {
                let text = words::term(level, &term.term, term.given);
                let text = if term.given {
                    say!("term-given", what = text)
                } else {
                    say!("term-asked", what = text)
                };
                ui.label(theme::small(text.clone()).color(theme::palette().text));
                for (worth, side) in [(&term.mine, &mine), (&term.theirs, &theirs)] {
                    let number = theme::small(Form::Yuan.write_change(worth.total)).color(gain(worth.total));
                    widgets::number(
                        ui,
                        level,
                        number,
                        Form::Yuan,
                        &say!("worth-of-term", whom = side, what = text),
                        worth,
                    );
                }
                ui.end_row();
            }
            ui.label(theme::strong(say!("all-together")));
            for (worth, side) in [(&appraisal.mine, &mine), (&appraisal.theirs, &theirs)] {
                let number = theme::strong(Form::Yuan.write_change(worth.total)).color(gain(worth.total));
                widgets::number(ui, level, number, Form::Yuan, side, worth);
            }
            ui.end_row();
        },
    );
}

/// How it is likely to be answered, and why.
fn answer(ui: &mut Ui, played: &Played, proposal: &Proposal, appraisal: &Appraisal) {
    let position = &played.position;
    let who = &position.level.platforms[proposal.with].name;
    let Answers { yes, no, none } = answers(position, proposal.with);
    if !appraisal.terms.is_empty() {
        let much = amounts::yuan(appraisal.theirs.total.abs());
        let reason = |reason: Option<_>| reason.map_or_else(String::new, words::reason);
        let (sign, text, colour) = match likely(&appraisal.theirs, Answers { yes, no, none }) {
            Likely::Yes(why) => {
                ("▲", say!("likely-yes", who = who, much = much, why = reason(why)), theme::palette().good)
            }
            Likely::No(why) => {
                ("▼", say!("likely-no", who = who, much = much, why = reason(why)), theme::palette().bad)
            }
            Likely::Open => ("•", say!("likely-open", who = who), theme::palette().warn),
            Likely::Silence => ("!", say!("likely-silence", who = who), theme::palette().warn),
        };
        ui.horizontal(|ui| {
            ui.label(theme::strong(sign).color(colour));
            ui.label(text);
        });
    }
    let opinion = position.view.public.ecosystem.relations.0[[proposal.with, position.me]];
    let much = words::opinion(opinion);
    let text = say!("answers-so-far", who = who, yes = yes, no = no, none = none, much = much);
    ui.label(theme::small(text)).on_hover_text(rivals::meaning(&position.level));
}
