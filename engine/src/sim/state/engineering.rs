//! Integration as engineering: projects with effort and prerequisites, worked off by the engineers there are.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::services::{ServiceKind, Step};
use crate::order::Access;
use crate::sim::state::services::ServiceState;

/// What a company's engineers have built and are building: public.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Engineering {
    /// How far each service has ever been built in, by number.
    pub built: Vec<Access>,
    /// Platforms whose shared data can be read.
    pub joined: Vec<bool>,
    /// Under way, oldest first.
    pub projects: Vec<Project>,
}

/// One step of integration under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Project {
    /// What is built.
    pub goal: Goal,
    /// Engineer-months left.
    pub effort: f64,
    /// Most engineer-months that can be worked on it in a month.
    pub pace: f64,
}

/// What a project builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Goal {
    /// A service, to a depth.
    Service(usize, Access),
    /// The reading of another platform's data.
    Data(usize),
}

impl Engineering {
    /// What is in use at the opening is built.
    pub fn at_opening(level: &Level, services: &[ServiceState], platform: usize) -> Self {
        // An advert takes no engineers.
        let least = |service: &ServiceState| match level.services[service.number].kind {
            ServiceKind::App(_) => Access::Advert,
            _ => Access::Blocked,
        };
        let built = |service: &ServiceState| service.counterparts[platform].used.max(least(service));
        Self {
            built: services.iter().map(built).collect(),
            joined: vec![false; level.platforms.len()],
            projects: Vec::new(),
        }
    }

    /// Whether a project for a service is under way.
    pub fn works_on(&self, service: usize) -> bool {
        self.projects
            .iter()
            .any(|project| matches!(project.goal, Goal::Service(number, _) if number == service))
    }

    /// Starts the next step that a service needs on its way to a depth, unless it is under way or done.
    ///
    /// # Errors
    /// The step that must be done before.
    pub fn start(
        &mut self,
        level: &Level,
        service: usize,
        depth: Access,
        familiar: f64,
    ) -> Result<(), String> {
        let depths = [Access::Advert, Access::Jump, Access::MiniProgram, Access::Native];
        let next = depths.into_iter().find(|&next| {
            next > self.built[service] && next <= depth && level.step_to(service, next).is_some()
        });
        let (Some(next), false) = (next, self.works_on(service)) else { return Ok(()) };
        let Some(step) = level.step_to(service, next) else { return Ok(()) };
        self.ready(level, step, level.services[service].owner)?;
        self.begin(level, step, Goal::Service(service, next), familiar);
        Ok(())
    }

    /// Starts to join another platform's data.
    ///
    /// # Errors
    /// The step that must be done before.
    pub fn join(&mut self, level: &Level, partner: usize, familiar: f64) -> Result<(), String> {
        let under_way = self.projects.iter().any(|project| project.goal == Goal::Data(partner));
        if self.joined[partner] || under_way {
            return Ok(());
        }
        self.ready(level, Step::Data, Some(partner))?;
        self.begin(level, Step::Data, Goal::Data(partner), familiar);
        Ok(())
    }

    /// Whether nothing must be done before the next step of a service on its way to a depth.
    pub fn is_ready(&self, level: &Level, service: usize, depth: Access) -> bool {
        self.clone().start(level, service, depth, 0.0).is_ok()
    }

    /// A month's work on what is under way, the oldest project first; what was finished by it.
    pub fn advance(&mut self, engineer_months: f64) -> Vec<Goal> {
        let mut left = engineer_months;
        let mut done = Vec::new();
        for project in &mut self.projects {
            let worked = left.min(project.pace).min(project.effort);
            project.effort -= worked;
            left -= worked;
            if project.effort <= 1e-9 {
                done.push(project.goal);
            }
        }
        self.projects.retain(|project| project.effort > 1e-9);
        done
    }

    fn begin(&mut self, level: &Level, step: Step, goal: Goal, familiar: f64) {
        let work = &level.integration[step as usize];
        let effort = work.effort * (1.0 - level.market.familiarity * familiar.clamp(0.0, 1.0));
        self.projects.push(Project { goal, effort, pace: work.effort / f64::from(work.months) });
    }

    /// Whether all that a step requires with an owner is done; what the owner does not offer is required of nobody.
    fn ready(&self, level: &Level, step: Step, owner: Option<usize>) -> Result<(), String> {
        for &required in &level.integration[step as usize].requires {
            let offered = || {
                level.services.iter().enumerate().filter(|(_, service)| service.owner == owner).filter_map(
                    |(number, _)| {
                        let depths = [Access::Jump, Access::MiniProgram, Access::Native];
                        let depth =
                            depths.into_iter().find(|&d| level.step_to(number, d) == Some(required))?;
                        Some(self.built[number] >= depth)
                    },
                )
            };
            let done = match required {
                Step::Data => owner.is_none_or(|owner| self.joined[owner]),
                _ => offered().next().is_none() || offered().any(|done| done),
            };
            if !done {
                let with = owner.map_or("the firm", |owner| level.platforms[owner].name.as_str());
                return Err(format!("`{}` with {with} must be done first", required.name()));
            }
        }
        Ok(())
    }
}
