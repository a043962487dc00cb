//! Many comparisons at once: the more are made, the likelier one of them looks good by luck.

/// The standard normal distribution function.
pub fn normal_cumulative(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Probability of deviations that sum so far from zero, or farther, if each could as well have had the other sign: two-sided.
/// Twelve wins of twelve are as unlikely as twelve heads; a mean over its standard error would call them certain.
pub fn sign_flip(deviations: &[f64]) -> f64 {
    let sum: f64 = deviations.iter().sum();
    let squares: f64 = deviations.iter().map(|d| d * d).sum();
    if sum == 0.0 { 1.0 } else { 2.0 * normal_cumulative(-sum.abs() / squares.sqrt()) }
}

/// Probabilities corrected for how many there are: each below .05 after it holds all together at 95% (Holm 1979).
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    let mut corrected = vec![0.0; probabilities.len()];
    let mut least = 0.0f64;
    for (rank, &place) in order.iter().enumerate() {
        least = least.max(probabilities[place] * (probabilities.len() - rank) as f64).min(1.0);
        corrected[place] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_textbook_case_is_corrected_as_in_the_textbook() {
        let found = holm(&[0.01, 0.04, 0.03, 0.005]);
        let expected = [0.03, 0.06, 0.06, 0.02];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn ten_heads_of_ten_are_unlikely_and_five_are_not() {
        let heads = |heads: usize| {
            let toss = |number| if number < heads { 0.5 } else { -0.5 };
            sign_flip(&(0..10).map(toss).collect::<Vec<f64>>())
        };
        assert!((heads(10) - 2.0 / 1024.0).abs() < 1e-3, "{}", heads(10));
        assert_eq!(heads(5), 1.0);
    }
}
