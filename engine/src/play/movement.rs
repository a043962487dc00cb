//! Who moved: where people are at home before a turn and after it.

use crate::level::Level;
use crate::sim::Homes;

/// One person of a sample: at home in one garden before the turn, in another (or the same) after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Platform index; none: outside, on the commons.
    pub from: Option<usize>,
    /// Likewise.
    pub to: Option<usize>,
}

/// Who moved in a turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Movement {
    /// A sample of people, the same ones every turn.
    pub sample: Vec<Walk>,
    /// People that one of the sample stands for.
    pub each: f64,
    /// People by garden before and after, platforms by index and then the commons.
    pub people: Vec<Vec<f64>>,
    /// The same by region and segment.
    pub groups: Vec<Group>,
}

/// Who moved of one region and segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Region index.
    pub region: usize,
    /// Consumer segment index.
    pub segment: usize,
    /// People by garden before and after, platforms by index and then the commons.
    pub people: Vec<Vec<f64>>,
}

impl Movement {
    /// Compares homes before and after, and keeps a sample of at most so many people.
    pub fn between(level: &Level, before: &Homes, after: &Homes, most: usize) -> Self {
        let platforms = level.platforms.len();
        let shops = level.shops();
        let home = |shop: u8| shops.get(usize::from(shop)).copied();
        let garden = |home: Option<usize>| home.unwrap_or(platforms);
        let agents = before.shop.len().min(after.shop.len());
        // Every so manieth person, by what they stand for, so that each of the sample stands for equally many.
        let all: f64 = before.runs.iter().map(|run| run.agents as f64 * run.weight).sum();
        let each = all / (most.min(agents).max(1)) as f64;
        let nobody = vec![vec![0.0; platforms + 1]; platforms + 1];
        let (mut people, mut groups) = (nobody.clone(), Vec::<Group>::new());
        let (mut sample, mut first, mut due) = (Vec::with_capacity(most), 0, 0.5 * each);
        for run in &before.runs {
            let of_run = |group: &Group| (group.region, group.segment) == (run.region, run.segment);
            let place = groups.iter().position(of_run).unwrap_or(groups.len());
            if place == groups.len() {
                groups.push(Group { region: run.region, segment: run.segment, people: nobody.clone() });
            }
            let group = &mut groups[place].people;
            for agent in first..(first + run.agents).min(agents) {
                let walk = Walk { from: home(before.shop[agent]), to: home(after.shop[agent]) };
                people[garden(walk.from)][garden(walk.to)] += run.weight;
                group[garden(walk.from)][garden(walk.to)] += run.weight;
                due -= run.weight;
                while due < 0.0 && sample.len() < most {
                    sample.push(walk);
                    due += each;
                }
            }
            first += run.agents;
        }
        Self { sample, each, people, groups }
    }

    /// People at home in a garden after the turn; platforms by index, then the commons.
    pub fn at_home(&self, place: usize) -> f64 {
        self.people.iter().map(|to| to[place]).sum()
    }

    /// Who moved, the largest crowds first: from, to, people.
    pub fn crowds(&self) -> Vec<(usize, usize, f64)> {
        let mut crowds = Vec::new();
        for (from, row) in self.people.iter().enumerate() {
            let moved = row.iter().enumerate().filter(|&(to, &people)| to != from && people > 0.0);
            crowds.extend(moved.map(|(to, &people)| (from, to, people)));
        }
        crowds.sort_by(|one, other| other.2.total_cmp(&one.2));
        crowds
    }
}
