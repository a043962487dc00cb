//! Markets that are drawn: the text of a level from a few settings, so that whoever names the same ones plays the same market.

mod chance;
mod company;
mod country;
mod goals;
mod names;
mod opening;
mod ownership;
mod settings;
mod story;
mod writing;

use chance::Chance;
use company::Companies;
use country::Country;
use goals::Goals;
use opening::Opening;
use ownership::Services;
use story::Story;
use writing::section;

pub use settings::{RandomMarket, Size};

impl RandomMarket {
    /// The whole text of a sound level. The same settings give the same bytes on every machine; what lies outside its range counts as
    /// the nearest number.
    pub fn text(&self) -> String {
        let settings = self.within();
        let Self { rivals, turns, seed, size } = settings;
        // The length is no part of the seed: a longer match is of the same companies.
        let mut chance = Chance::new(seed, u64::from(rivals) << 8 | size as u64);
        let country = Country::draw(&mut chance, size, turns);
        let companies = Companies::draw(&mut chance, &country, rivals as usize + 1, turns);
        let services = Services::draw(&mut chance, &country, &companies, size);
        let regulated = chance.happens(60);
        let opening = Opening::of(&country, &companies);
        let goals = Goals { country: &country, companies: &companies, services: &services, opening, turns };
        let objectives = goals.lines(&mut chance);
        let story = Story { country: &country, companies: &companies, services: &services, regulated };
        let (title, summary) = (story.title(&mut chance), story.summary());
        let (id, name, agents) = (settings.id(), size.name(), country.agents());
        let mut text = format!(
            "#![enable(implicit_some, unwrap_variant_newtypes)]\n\
             // A random market, drawn by `walled-gardens new random --rivals {rivals} --turns {turns} --seed {seed} --size {name}`.\n\
             (\n    format: 1,\n    meta: (\n        id: \"{id}\",\n        title: \"{title}\",\n        summary: \"{summary}\",\n        \
             tags: [\"random\"],\n    ),\n    \
             setup: (turns: {turns}, seed: {seed}, {agents}),\n"
        );
        text += &country.text(turns);
        text += "    // Who owes too much for three months is run by an administrator.\n    market: (distress_months: 3),\n";
        if regulated {
            text += "    regulator: (),\n";
        }
        text += "    // Shares, cash and costs are round figures. A strength says where a shop sells more than its share.\n";
        text += &section("platforms", &companies.lines(&country));
        text += "    // Who is not named does not have it. Firms without an owner serve everybody.\n";
        text += &section("services", &services.lines(&companies));
        text += "    // Each begins where the market opens, or from nothing.\n";
        text += &section("objectives", &objectives);
        text + ")\n"
    }
}
