//! Who has played too few blocks to be ranked.

/// Blocks below which nobody is ranked.
pub const LEAST_BLOCKS: usize = 8;

/// Of those who are unranked, so many are named.
const UNRANKED_NAMED: usize = 6;

/// Who is unranked, and how many blocks more each needs.
pub fn unranked<'a>(blocks: impl Iterator<Item = (&'a str, usize)>) -> Option<String> {
    let mut short: Vec<(&str, usize)> = blocks
        .filter(|&(_, blocks)| blocks < LEAST_BLOCKS)
        .map(|(name, blocks)| (name, LEAST_BLOCKS - blocks))
        .collect();
    short.sort_by_key(|&(_, needed)| std::cmp::Reverse(needed));
    let more = |&(name, needed): &(&str, usize)| format!("{name} {needed}");
    let named: Vec<String> = short.iter().take(UNRANKED_NAMED).map(more).collect();
    let others = match short.len() - named.len() {
        0 => String::new(),
        others => format!(", {others} others no more than that"),
    };
    (!short.is_empty()).then(|| {
        format!(
            "Unranked: with fewer than {LEAST_BLOCKS} blocks a place is mostly luck. Blocks still needed: {}{others}.",
            named.join(", ")
        )
    })
}
