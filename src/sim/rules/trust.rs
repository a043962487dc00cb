//! Fraud, and the trust that it costs.

use crate::level::MarketParameters;

/// Fraction of sales lost to fraud: governance spending halves it at `governance_reference`.
pub fn fraud_rate(governance: f64, sales: f64, market: &MarketParameters) -> f64 {
    let reference = market.governance_reference * sales;
    let policed = if governance > 0.0 { governance / (governance + reference) } else { 0.0 };
    market.fraud_rate * (1.0 - policed)
}

/// Where trust tends to at a rate of fraud.
pub fn trust_target(fraud: f64, market: &MarketParameters) -> f64 {
    (1.0 - market.trust_slope * fraud).clamp(0.0, 1.0)
}
