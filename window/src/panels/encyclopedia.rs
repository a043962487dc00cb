//! The encyclopedia: what every term, lever and service is, searchable, in the words of the tooltips.

use bevy_egui::egui::{Align, Button, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::articles::{Article, Section, sections};
use crate::desk::{Action, Desk};
use crate::texts::say;
use crate::{theme, widgets};

/// Width below which the list stands above the article.
const WIDE: f32 = 560.0;

/// The window.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let level = desk.level();
    let id = ui.id().with("search");
    let mut search = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut search).hint_text(say!("search-articles")).margin(vec2(10.0, 8.0));
    let width = ui.available_width();
    ui.add(field.desired_width(width.min(420.0)));
    let found = found(sections(level), &search);
    ui.data_mut(|data| data.insert_temp(id, search.clone()));
    ui.add_space(8.0);
    let articles = || found.iter().flat_map(|section| &section.articles);
    let open = articles().find(|article| Some(&article.key) == desk.article.as_ref()).or(articles().next());
    let Some(open) = open else {
        ui.label(say!("no-article"));
        return;
    };
    let height = ui.available_height();
    if width < WIDE {
        list(ui, (&found, &search), open, 0.45 * height, out);
        ui.add_space(8.0);
        widgets::card(ui, |ui| page(ui, open));
        return;
    }
    ui.horizontal_top(|ui| {
        widgets::column(ui, 0.38 * width, |ui| list(ui, (&found, &search), open, height, out));
        ui.add_space(16.0);
        let rest = ui.available_width();
        widgets::column(ui, rest, |ui| widgets::card(ui, |ui| page(ui, open)));
    });
}

/// The articles that have every word that is searched for; those with the words in their titles come first.
fn found(mut sections: Vec<Section>, search: &str) -> Vec<Section> {
    let wanted = search.to_lowercase();
    let has = |text: &str| wanted.split_whitespace().all(|word| text.contains(word));
    for section in &mut sections {
        section.articles.retain(|article| {
            has(&format!("{} {} {}", article.title, article.text, section.title).to_lowercase())
        });
        if !wanted.is_empty() {
            section.articles.sort_by_key(|article| !has(&article.title.to_lowercase()));
        }
    }
    sections.retain(|section| !section.articles.is_empty());
    if !wanted.is_empty() {
        sections.sort_by_key(|section| !section.articles.iter().any(|a| has(&a.title.to_lowercase())));
    }
    sections
}

fn list(
    ui: &mut Ui,
    (found, search): (&[Section], &str),
    open: &Article,
    height: f32,
    out: &mut Vec<Action>,
) {
    let id = ui.id().with("shown");
    let frame = ui.ctx().cumulative_frame_nr();
    // What was shown when the window was closed is not shown any more.
    let seen = ui.data(|data| data.get_temp::<(String, u64)>(id)).filter(|(_, seen)| seen + 1 >= frame);
    ScrollArea::vertical()
        .id_salt(("articles", search))
        .max_height(height)
        .min_scrolled_height(0.0)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for section in found {
                ui.add_space(6.0);
                ui.label(theme::caption(section.title.clone()));
                for article in &section.articles {
                    let chosen = article.key == open.key;
                    let p = theme::palette();
                    let text = RichText::new(&article.title).size(13.0);
                    let text = if chosen {
                        text.family(theme::semibold()).color(p.text)
                    } else {
                        text.color(p.text2)
                    };
                    let fill = if chosen { p.selected } else { p.raised };
                    let width = ui.available_width() - 6.0;
                    let button = Button::selectable(chosen, text).fill(fill).min_size(vec2(width, 26.0));
                    let response = ui.add(button);
                    if chosen {
                        if seen.as_ref().is_none_or(|(key, _)| *key != article.key) {
                            // Whatever opened it, the list shows where it stands.
                            response.scroll_to_me(Some(Align::Center));
                        }
                        ui.data_mut(|data| data.insert_temp(id, (article.key.clone(), frame)));
                    }
                    if response.clicked() {
                        out.push(Action::Read(Some(article.key.clone())));
                    }
                }
            }
        });
}

fn page(ui: &mut Ui, article: &Article) {
    // Each opens at its top.
    let text = ScrollArea::vertical().id_salt(&article.key).min_scrolled_height(0.0);
    text.auto_shrink([false, true]).show(ui, |ui| {
        ui.label(theme::title(article.title.clone()));
        ui.add_space(4.0);
        ui.label(article.text.clone());
    });
}
