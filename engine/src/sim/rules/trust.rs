//! Fraud, and the trust that it costs.

use crate::level::MarketParameters;

/// Fraction of sales lost to fraud: governance spending halves it at `governance_reference`, as far as it sees anything.
pub fn fraud_rate(governance: f64, sales: f64, visibility: f64, market: &MarketParameters) -> f64 {
    let reference = market.governance_reference * sales;
    let policed = if governance > 0.0 { governance / (governance + reference) } else { 0.0 };
    market.fraud_rate * (1.0 - visibility * policed)
}

/// Where trust tends to at a rate of fraud, in a company that people think so of.
pub fn trust_target(fraud: f64, opinion: f64, market: &MarketParameters) -> f64 {
    (1.0 - market.trust_slope * fraud + market.opinion_trust * opinion).clamp(0.0, 1.0)
}
