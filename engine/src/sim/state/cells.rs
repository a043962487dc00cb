//! Cells of consumers: who spends alike and is reached alike.

use bevy::prelude::*;

use crate::level::Level;

/// A cell of consumers who spend alike and are reached alike: one region, segment and set of apps.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Region index.
    pub region: usize,
    /// Consumer segment index.
    pub segment: usize,
    /// Apps they use, a bit each.
    pub apps: u8,
    /// Agents in it.
    pub agents: u32,
    /// People that one agent stands for.
    pub weight: f64,
    /// Yuan that one agent's people spend on each category in a usual month.
    usual: Vec<f64>,
    /// The same in this month.
    pub spend: Vec<f64>,
}

impl Cell {
    /// Median sensitivity to price of its people.
    pub fn typical_sensitivity(&self, level: &Level) -> f64 {
        let (region, segment) = (&level.regions[self.region], &level.consumer_segments[self.segment]);
        level.market.price_sensitivity * region.price_sensitivity * segment.price_sensitivity
    }
}

/// Where a cell is, and the part of its region's segment that uses just its apps.
struct Place {
    region: usize,
    segment: usize,
    apps: u8,
    part: f64,
}

/// All cells, in the order of their numbers.
#[derive(Resource, Clone, Debug)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// Shares a number of agents out over the cells by population (largest remainder), at least one each.
    pub fn new(level: &Level, consumers: u32) -> Self {
        let mut places = Vec::new();
        for region in 0..level.regions.len() {
            for segment in 0..level.consumer_segments.len() {
                let sets = level.app_sets(region).into_iter().filter(|&(_, part)| part > 0.0);
                places.extend(sets.map(|(apps, part)| Place { region, segment, apps, part }));
            }
        }
        let people = |place: &Place| {
            let part = level.consumer_segments[place.segment].share * place.part;
            level.regions[place.region].population * part
        };
        let population = level.population();
        let exact = |place: &Place| people(place) / population * f64::from(consumers);
        let mut agents: Vec<u32> = places.iter().map(|place| exact(place) as u32).collect();
        let mut by_remainder: Vec<usize> = (0..places.len()).collect();
        by_remainder.sort_by(|&a, &b| exact(&places[b]).fract().total_cmp(&exact(&places[a]).fract()));
        let missing = consumers.saturating_sub(agents.iter().sum()) as usize;
        by_remainder.into_iter().take(missing).for_each(|place| agents[place] += 1);
        let cell = |(place, &agents): (&Place, &u32)| {
            let &Place { region, segment, apps, .. } = place;
            let agents = agents.max(1);
            let weight = people(place) / f64::from(agents);
            let income = level.regions[region].income * level.consumer_segments[segment].income;
            let usual: Vec<f64> =
                level.categories.iter().map(|category| weight * income * category.monthly_spend).collect();
            Cell { region, segment, apps, agents, weight, spend: usual.clone(), usual }
        };
        Self(places.iter().zip(&agents).map(cell).collect())
    }

    /// Sets what people spend to the month of a turn.
    pub fn turn_to(&mut self, level: &Level, turn: u32) {
        let factors: Vec<f64> =
            (0..level.categories.len()).map(|category| level.spending(category, turn)).collect();
        for cell in &mut self.0 {
            let months = cell.usual.iter().zip(&factors).map(|(usual, factor)| usual * factor);
            cell.spend.iter_mut().zip(months).for_each(|(spend, month)| *spend = month);
        }
    }
}
