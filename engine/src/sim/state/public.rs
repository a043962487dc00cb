//! What people think of each company.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

/// What people think of companies, and what they felt this turn. Lists are by platform.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Public {
    /// From −1 to 1; 0 where nothing was done that anybody minds.
    pub opinion: Vec<f64>,
    /// By how much people found prices and adverts worse than they expected, in utility, a mean over what was sold.
    pub disappointment: Vec<f64>,
}

impl Public {
    /// Nobody thinks anything of anybody.
    pub fn none(platforms: usize) -> Self {
        Self { opinion: vec![0.0; platforms], disappointment: vec![0.0; platforms] }
    }
}
