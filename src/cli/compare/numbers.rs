//! Numbers as a command line lists them: `20`, `5-30`, `1,4,9`, and these together.

use std::collections::BTreeSet;

/// With fewer there is no interval to speak of.
const FEWEST_SEEDS: usize = 4;
/// More would be a slip.
const MOST_SEEDS: usize = 100_000;

/// Seeds: one number alone is how many, from 1 on; otherwise they are listed, singly or by ranges.
pub(super) fn seeds(text: &str) -> Result<Vec<u64>, String> {
    let seeds = match text.trim().parse::<u64>() {
        Ok(count) if count <= MOST_SEEDS as u64 => (1..=count).collect(),
        Ok(_) => return Err(format!("at most {MOST_SEEDS} seeds")),
        Err(_) => listed(text)?,
    };
    if seeds.len() < FEWEST_SEEDS {
        return Err(format!(
            "{} seeds; expected at least {FEWEST_SEEDS}: with fewer there is no interval",
            seeds.len()
        ));
    }
    Ok(seeds)
}

/// Numbers, singly or by ranges, each once and in order.
pub(super) fn listed(text: &str) -> Result<Vec<u64>, String> {
    let mut all = BTreeSet::new();
    for part in text.split(',').map(str::trim) {
        let number = |text: &str| {
            let expected = "expected whole numbers and ranges, such as 1,4,10-20";
            text.trim().parse::<u64>().map_err(|_| format!("`{text}` is no whole number; {expected}"))
        };
        let (low, high) = match part.split_once('-') {
            Some((low, high)) => (number(low)?, number(high)?),
            None => (number(part)?, number(part)?),
        };
        if low > high {
            return Err(format!("`{part}` goes down; expected the lower number first"));
        }
        if high - low >= MOST_SEEDS as u64 || all.len() > MOST_SEEDS {
            return Err(format!("`{part}` is too much; expected at most {MOST_SEEDS} numbers"));
        }
        for number in low..=high {
            if !all.insert(number) {
                return Err(format!("{number} stands twice; expected each number once"));
            }
        }
    }
    Ok(all.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_how_many_and_several_are_which() {
        assert_eq!(seeds("4"), Ok(vec![1, 2, 3, 4]));
        assert_eq!(seeds("7-10"), Ok(vec![7, 8, 9, 10]));
        assert_eq!(seeds("9, 1,4-5"), Ok(vec![1, 4, 5, 9]));
        for wrong in ["3", "1,2,3", "5-2", "1,1,2,3", "1-3,2", "x", "-4", "1-", "", "1-999999999", "200000"] {
            assert!(seeds(wrong).is_err(), "{wrong}");
        }
    }
}
