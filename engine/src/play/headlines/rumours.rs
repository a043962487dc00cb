//! Rumours: what rivals' engineers build, before it is there. Who builds what is public, as job adverts and test pages are.

use super::month::Month;
use super::story::Story;
use crate::sim::state::engineering::{Engineering, Project};

/// What rivals began to build in the month, and what will be there next month at the earliest.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let of = |by: usize| {
        let (before, now) =
            (&month.seen.public.ecosystem.engineering[by], &month.view.public.ecosystem.engineering[by]);
        let told = now.projects.iter().filter(|project| !works_on(before, project) || months(project) == 1);
        told.map(move |project| Story::Builds { by, goal: project.goal, months: months(project) })
            .collect::<Vec<_>>()
    };
    month.others().flat_map(of).collect()
}

fn works_on(engineering: &Engineering, project: &Project) -> bool {
    engineering.projects.iter().any(|known| known.goal == project.goal)
}

/// Months that a project takes at the least: as many as it would with all the engineers that can work on it.
fn months(project: &Project) -> u32 {
    (project.effort / project.pace.max(1e-9)).ceil().clamp(1.0, 600.0) as u32
}
