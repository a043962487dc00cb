//! What is given and asked for in an offer that is composed: services, data, peace and money.

use bevy_egui::egui::{Align, ComboBox, Layout, Ui, WidgetInfo, WidgetType, vec2};

use super::gates::asked;
use super::lever::lever;
use super::links::{dear, depths};
use super::stakes;
use crate::desk::{Played, Proposal};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::{Access, Deal, Term};

/// What one of the two grants the other.
pub(super) fn side(
    ui: &mut Ui,
    played: &Played,
    proposal: &mut Proposal,
    (by, to): (usize, usize),
    width: f32,
) {
    let position = &played.position;
    let level = &position.view.level;
    let mine = by == position.me;
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.push_id(mine, |ui| {
            let name = &of_level(&level.platforms[if mine { to } else { by }].name);
            let title = if mine { say!("you-give") } else { say!("you-ask-of", whom = name) };
            ui.label(theme::caption(title));
            for service in 0..level.services.len() {
                if level.services[service].owner == Some(by) {
                    service_term(ui, played, proposal, mine, service);
                }
            }
            simple(ui, played, proposal, mine, Term::Data);
            simple(ui, played, proposal, mine, Term::NonBlocking);
            front(ui, played, proposal, mine, (by, to));
            if level.market.blindness > 0.0 {
                simple(ui, played, proposal, mine, Term::Insight);
            }
            payment(ui, played, proposal, mine);
            stakes::show(ui, played, proposal, (by, to));
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
    let view = &played.position.view;
    let parties = if mine { (view.me, proposal.with) } else { (proposal.with, view.me) };
    let name = words::term(view, &term, parties);
    let objection = objection(played, proposal, mine, &term);
    if ticked(ui, holds, &name, objection) {
        let terms = list(&mut proposal.deal, mine);
        terms.retain(|known| *known != term);
        if !holds {
            terms.push(term);
        }
    }
}

/// A third company to which nothing further is opened: one list, and not a box for each.
fn front(ui: &mut Ui, played: &Played, proposal: &mut Proposal, mine: bool, parties: (usize, usize)) {
    let position = &played.position;
    let level = &position.level;
    let thirds: Vec<usize> = (0..level.platforms.len())
        .filter(|&third| third != parties.0 && third != parties.1 && position.view.level.sells(third))
        .collect();
    if thirds.is_empty() {
        return;
    }
    let against = |term: &Term| match term {
        Term::Front { against } => level.platforms.iter().position(|platform| platform.id == *against),
        _ => None,
    };
    let now = list(&mut proposal.deal, mine).iter().find_map(against);
    let name = |third: Option<usize>| {
        third.map_or_else(|| say!("nobody-shut-out"), |third| of_level(&level.platforms[third].name))
    };
    let title = if mine { say!("you-shut-out-whom") } else { say!("they-shut-out-whom") };
    let mut chosen = now;
    ui.horizontal_wrapped(|ui| {
        ui.label(&title);
        let shown = ComboBox::from_id_salt("front").selected_text(name(now)).show_ui(ui, |ui| {
            for third in std::iter::once(None).chain(thirds.into_iter().map(Some)) {
                ui.selectable_value(&mut chosen, third, name(third));
            }
        });
        let label = format!("{title} {}", name(now));
        shown.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, label.clone()));
        shown.response.on_hover_text(say!("front-meaning"));
    });
    if chosen != now {
        let terms = list(&mut proposal.deal, mine);
        terms.retain(|term| against(term).is_none());
        terms.extend(chosen.map(|third| Term::Front { against: level.platforms[third].id.clone() }));
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
    let now = say!("service-now", what = of_level(&known.name), depth = words::access(counterpart.granted));
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
        let (name, meaning) = (say!("price-of", what = of_level(&known.name)), say!("term-price-meaning"));
        lever(ui, &name, &meaning, asks, most, &write, |asks| *price = Some(asks));
    });
}

/// As much as the sliders for money reach: a hundredth of what the larger of the two sells in a month.
pub(super) fn much(played: &Played, with: usize, now: f64) -> f64 {
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
    let write = |yuan: f64| say!("a-month", yuan = form::yuan(yuan));
    lever(ui, &name, &say!("payment-meaning"), now, most, &write, |amount| set = Some(amount));
    let Some(amount) = set else { return };
    let terms = list(&mut proposal.deal, mine);
    terms.retain(|term| !of(term));
    if amount > 0.0 {
        terms.push(Term::Payment { amount });
    }
}
