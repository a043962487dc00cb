//! Carriers: what they carry, for whom, with how much room, at which price, how fast and how well.

use bevy_egui::egui::{Grid, Ui, vec2};

use super::parts::head;
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::services::Carrier;
use walled_gardens_engine::order::Access;
use walled_gardens_engine::play::{Position, carrier_load, carrier_quality};
use walled_gardens_engine::sim::state::outcome::ratio;

/// The part.
pub fn show(ui: &mut Ui, position: &Position) {
    let level = &position.level;
    super::parts::beside(ui, 0.62, |ui, second| {
        if second {
            users(ui, position);
            return;
        }
        widgets::heading(ui, &say!("explorer-carriers"), &say!("last-month"));
        Grid::new("carriers").num_columns(6).striped(true).spacing(vec2(20.0, 6.0)).show(ui, |ui| {
            let keys = [
                "carrier",
                "carrier-kind",
                "parcels-carried",
                "room-in-use",
                "price-a-parcel",
                "carrier-quality",
            ];
            keys.into_iter().for_each(|key| head(ui, key));
            ui.end_row();
            for (place, (number, carrier)) in level.carriers().into_iter().enumerate() {
                row(ui, position, place, number, carrier);
            }
        });
    });
}

fn row(ui: &mut Ui, position: &Position, place: usize, number: usize, carrier: &Carrier) {
    let (level, view) = (&position.view.level, &position.view);
    let (service, state) = (&level.services[number], &view.public.ecosystem.services[number]);
    widgets::cell(ui, 150.0, 22.0, |ui| {
        if let Some(owner) = service.owner {
            widgets::mark(ui, owner);
        }
        ui.label(theme::strong(of_level(&service.name)));
    });
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(180.0);
        ui.label(theme::small(words::supply(carrier.supply)).color(theme::palette().text));
        let how = say!("two-facts", one = words::speed(carrier.speed), other = words::door(carrier.delivery));
        ui.label(theme::small(how));
    });
    let load = carrier_load(view, place);
    let text = theme::strong(Form::Count.write(load.total));
    widgets::number(ui, level, text, Form::Count, &say!("parcels-of", who = of_level(&service.name)), &load);
    match state.capacity {
        None => {
            ui.label(theme::small(say!("room-as-needed")));
        }
        Some(room) => {
            let used = ratio(load.total, room);
            let p = theme::palette();
            let (sign, colour) = if used > 1.0 { ("! ", p.warn) } else { ("", p.text) };
            ui.horizontal(|ui| {
                widgets::bar(ui, 70.0, used, if used > 1.0 { p.warn } else { p.logistics });
                ui.label(theme::strong(format!("{sign}{}", Form::Percent.write(used))).color(colour))
                    .on_hover_text(say!("room-is", parcels = form::count(room)));
            });
        }
    }
    let asked: Vec<f64> = position.shops().into_iter().map(|shop| state.counterparts[shop].price).collect();
    let (least, most) = asked.iter().fold((f64::MAX, f64::MIN), |(a, b), &x| (a.min(x), b.max(x)));
    let price = if form::yuan(least) == form::yuan(most) {
        form::yuan(least)
    } else {
        say!("range", low = form::yuan(least), high = form::yuan(most))
    };
    ui.label(price);
    let quality = carrier_quality(view, place);
    let text = theme::strong(form::decimal(quality.total, 2));
    widgets::number(
        ui,
        level,
        text,
        Form::Ratio,
        &say!("quality-of", who = of_level(&service.name)),
        &quality,
    );
    ui.end_row();
}

/// Who ships with whom: parts of each platform's parcels.
fn users(ui: &mut Ui, position: &Position) {
    let (level, public) = (&position.level, &position.view.public);
    let carriers = level.carriers();
    widgets::heading(ui, &say!("who-ships-with-whom"), &say!("parts-of-parcels"));
    let heads: Vec<String> =
        carriers.iter().map(|(number, _)| of_level(&level.services[*number].name)).collect();
    super::parts::by_shop(ui, position, &heads, |platform, place| {
        let all: f64 = (0..carriers.len()).map(|place| public.parcels[[platform, place]]).sum();
        let part = ratio(public.parcels[[platform, place]], all);
        let open = public.ecosystem.services[carriers[place].0].counterparts[platform].in_force();
        if open == Access::Blocked && part == 0.0 {
            theme::small(say!("not-used")).color(theme::palette().weak)
        } else {
            theme::small(Form::Percent.write(part)).color(theme::palette().text)
        }
    });
}
