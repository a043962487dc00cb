//! What people could spend, worked out once: a turn asks for it thousands of times.

/// Yuan a month that people could spend, on platforms or offline.
#[derive(Clone, Debug, PartialEq)]
pub struct Potential {
    /// By region, all categories of the first, then all of the second, and so on.
    cells: Vec<f64>,
    by_region: Vec<f64>,
    by_category: Vec<f64>,
    total: f64,
}

impl Potential {
    /// By region what all people have together (their number times their income), how much of that the segments make of it on
    /// average, and by category what an average person spends.
    pub(super) fn of(regions: &[f64], segments: f64, categories: &[f64]) -> Self {
        let of_region = |region: f64| categories.iter().map(move |spend| region * segments * spend);
        let by_region: Vec<f64> = regions.iter().map(|&region| of_region(region).sum()).collect();
        let in_category = |spend: &f64| regions.iter().map(|region| region * segments * spend).sum();
        Self {
            cells: regions.iter().flat_map(|&region| of_region(region)).collect(),
            by_category: categories.iter().map(in_category).collect(),
            total: by_region.iter().sum(),
            by_region,
        }
    }

    pub(super) fn of_region_and_category(&self, region: usize, category: usize) -> f64 {
        self.cells[region * self.by_category.len() + category]
    }

    pub(super) fn of_region(&self, region: usize) -> f64 {
        self.by_region[region]
    }

    pub(super) fn of_category(&self, category: usize) -> f64 {
        self.by_category[category]
    }

    pub(super) fn total(&self) -> f64 {
        self.total
    }
}
