//! People come online: a Bass curve for each region.

use crate::level::Level;

/// The fraction adopted one month after it was `adopted`: the exact solution of F' = (p + q·F)(1 − F) (Bass 1969).
/// With w = (1 − F)/(p + q·F) the equation is w' = −(p + q)·w.
fn bass(adopted: f64, innovation: f64, imitation: f64) -> f64 {
    let rate = innovation + imitation * adopted;
    if rate <= 0.0 || adopted >= 1.0 {
        return adopted;
    }
    let w = (1.0 - adopted) / rate * libm::exp(-(innovation + imitation));
    ((1.0 - innovation * w) / (1.0 + imitation * w)).clamp(adopted, 1.0)
}

/// The fraction of a region's people who will be online a month after it was `online`, when so much is spent on stores there
/// (yuan a month, sustained). Those who would never come by themselves come through stores, the more of them the more
/// stores there are.
pub fn adopted(level: &Level, region: usize, online: f64, stores: f64) -> f64 {
    let (market, by_themselves) = (&level.market, level.regions[region].online_ceiling);
    let reference = market.store_reference * level.region_potential(region);
    let ceiling = by_themselves + (1.0 - by_themselves) * (1.0 - libm::exp(-stores / reference));
    if online >= ceiling {
        return online;
    }
    ceiling * bass(online / ceiling, market.adoption_innovation, market.adoption_imitation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adoption_peaks_when_and_where_bass_says() {
        // p = .03, q = .38: the peak rate (p+q)²/4q = .1106 comes at t = ln(q/p)/(p+q) = 6.193, at F = ½ − p/2q = .4605.
        let (p, q) = (0.03, 0.38);
        let steps: Vec<f64> = std::iter::successors(Some(0.0), |&f| Some(bass(f, p, q))).take(20).collect();
        let exact = |t: f64| {
            let decay = libm::exp(-(p + q) * t);
            (1.0 - decay) / (1.0 + q / p * decay)
        };
        for (t, &f) in steps.iter().enumerate() {
            assert!((f - exact(t as f64)).abs() < 1e-12, "{t}: {f}");
        }
        let fastest =
            (0..19).max_by(|&a, &b| (steps[a + 1] - steps[a]).total_cmp(&(steps[b + 1] - steps[b])));
        assert_eq!(fastest, Some(6));
        assert!((exact(6.193) - 0.4605).abs() < 1e-3);
    }

    #[test]
    fn whoever_is_online_stays_and_nobody_comes_without_a_cause() {
        assert_eq!(bass(1.0, 0.03, 0.38), 1.0);
        assert_eq!(bass(0.4, 0.0, 0.0), 0.4);
        assert_eq!(bass(0.0, 0.0, 0.38), 0.0);
    }
}
