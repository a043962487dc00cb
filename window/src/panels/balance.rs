//! What an offer is worth to both, term by term.

use bevy_egui::egui::{Color32, Grid, Label, RichText, Ui, vec2};

use crate::desk::Played;
use crate::form::Form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Explained, Guess, TermWorth};

/// A line of what an offer is worth: a term or all of them, and what it is worth to both, each number with its name.
struct Worth<'a> {
    what: String,
    sides: [(&'a Explained, String); 2],
    all: bool,
}

impl Worth<'_> {
    fn number(&self, ui: &mut Ui, level: &Level, side: usize) {
        let (worth, name) = &self.sides[side];
        let text = Form::Yuan.write_change(worth.total);
        let text = if self.all { theme::strong(text) } else { theme::small(text) };
        widgets::number(ui, level, text.color(gain(worth.total)), Form::Yuan, name, worth);
    }

    fn name(&self) -> RichText {
        let what = self.what.clone();
        if self.all { theme::strong(what) } else { theme::small(what).color(theme::palette().text) }
    }
}

/// What each term of an offer is worth to both; the numbers stand below the terms where there is no room beside them. `from` and `to` are who
/// makes it and who is asked.
pub(super) fn balance(ui: &mut Ui, played: &Played, (from, to): (usize, usize), guess: &Guess, narrow: bool) {
    let appraisal = &guess.appraisal;
    let (view, level) = (&played.position.view, &played.position.level);
    let with = if from == view.me { to } else { from };
    let name = &of_level(&level.platforms[with].name);
    if appraisal.terms.is_empty() {
        ui.label(theme::small(say!("nothing-in-it")));
        return;
    }
    let titles = [say!("worth-to-you"), say!("worth-to-them", whom = name)];
    let of_term = |term: &TermWorth| {
        let parties = if term.given { (from, to) } else { (to, from) };
        let text = words::term(view, &term.term, parties);
        if parties.0 == view.me { say!("term-given", what = text) } else { say!("term-asked", what = text) }
    };
    let mut lines: Vec<Worth> = Vec::new();
    for term in &appraisal.terms {
        let what = of_term(term);
        let [mine, theirs] = titles.each_ref().map(|side| say!("worth-of-term", whom = side, what = what));
        lines.push(Worth { what, sides: [(&term.mine, mine), (&term.theirs, theirs)], all: false });
    }
    let [mine, theirs] = titles.clone();
    let sides = [(&appraisal.mine, mine), (&appraisal.theirs, theirs)];
    lines.push(Worth { what: say!("all-together"), sides, all: true });
    ui.spacing_mut().interact_size.y = 20.0;
    if narrow {
        ui.label(theme::small(say!("yuan-a-month"))).on_hover_text(say!("worth-meaning"));
        for line in &lines {
            ui.add(Label::new(line.name()).wrap());
            for (side, title) in titles.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.label(theme::small(title).color(theme::palette().weak));
                    line.number(ui, level, side);
                });
            }
        }
        return;
    }
    let grid = Grid::new("balance").num_columns(3).striped(true).min_col_width(150.0);
    grid.spacing(vec2(16.0, 4.0)).show(ui, |ui| {
        ui.label(theme::small(say!("yuan-a-month"))).on_hover_text(say!("worth-meaning"));
        for title in &titles {
            ui.label(theme::caption(title)).on_hover_text(say!("worth-meaning"));
        }
        ui.end_row();
        for line in &lines {
            ui.label(line.name());
            line.number(ui, level, 0);
            line.number(ui, level, 1);
            ui.end_row();
        }
    });
}

/// Colour of what is won or lost; the sign stands besides.
pub(super) fn gain(yuan: f64) -> Color32 {
    match yuan {
        _ if yuan > 0.0 => theme::palette().good,
        _ if yuan < 0.0 => theme::palette().bad,
        _ => theme::palette().text,
    }
}
