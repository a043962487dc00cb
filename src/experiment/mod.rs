//! Published experiments: each a function from seeds to a report in Markdown, kept under `docs/experiments/`.

pub mod market_sanity;
