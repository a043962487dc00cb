//! Segments of consumers and of merchants.

use super::checker::Checker;
use super::ranges::{FACTOR, FACTOR_MOST, FRACTION};
use crate::raw::RawLevel;
use crate::{ConsumerSegment, MAX_SEGMENTS, MarketParameters, MerchantSegment};

impl Checker<'_> {
    pub(super) fn consumer_segments(&mut self, raw: &RawLevel) -> Vec<ConsumerSegment> {
        let section = "consumer_segments";
        if raw.consumer_segments.is_empty() {
            return vec![ConsumerSegment {
                id: "all".into(),
                share: 1.0,
                income: 1.0,
                price_sensitivity: 1.0,
                delivery_sensitivity: 1.0,
            }];
        }
        self.count(section, raw.consumer_segments.len(), 1..=MAX_SEGMENTS);
        self.ids(section, raw.consumer_segments.iter().map(|segment| segment.id.as_str()));
        let at = |index: usize, field: &str| format!("{section}[{index}].{field}");
        let mut segments = Vec::new();
        for (index, segment) in raw.consumer_segments.iter().enumerate() {
            segments.push(ConsumerSegment {
                id: segment.id.clone(),
                share: self.number(&at(index, "share"), segment.share, 1e-6..=1.0),
                income: self.number(&at(index, "income"), segment.income, FACTOR),
                price_sensitivity: self.number(
                    &at(index, "price_sensitivity"),
                    segment.price_sensitivity,
                    FACTOR,
                ),
                delivery_sensitivity: self.number(
                    &at(index, "delivery_sensitivity"),
                    segment.delivery_sensitivity,
                    0.0..=FACTOR_MOST,
                ),
            });
        }
        let shares: Vec<f64> = segments.iter().map(|segment| segment.share).collect();
        self.sums_to_one(section, "share", &shares);
        let sum: f64 = shares.iter().sum();
        segments.iter_mut().for_each(|segment| segment.share /= sum);
        segments
    }

    pub(super) fn merchant_segments(
        &mut self,
        raw: &RawLevel,
        market: &MarketParameters,
    ) -> Vec<MerchantSegment> {
        let section = "merchant_segments";
        if raw.merchant_segments.is_empty() {
            return vec![MerchantSegment {
                id: "all".into(),
                share: 1.0,
                size: 1.0,
                size_spread: 0.8,
                margin: market.merchant_margin,
                pass_through: market.pass_through,
                delivery_worth: 1.0,
                contract_months: 12,
            }];
        }
        self.count(section, raw.merchant_segments.len(), 1..=MAX_SEGMENTS);
        self.ids(section, raw.merchant_segments.iter().map(|segment| segment.id.as_str()));
        let at = |index: usize, field: &str| format!("{section}[{index}].{field}");
        let mut segments = Vec::new();
        for (index, segment) in raw.merchant_segments.iter().enumerate() {
            let pass_through = segment.pass_through.unwrap_or(market.pass_through);
            let extra = self.number(&at(index, "extra_margin"), segment.extra_margin, -1.0..=1.0);
            segments.push(MerchantSegment {
                id: segment.id.clone(),
                share: self.number(&at(index, "share"), segment.share, 1e-6..=1.0),
                size: self.number(&at(index, "size"), segment.size, FACTOR),
                size_spread: self.number(&at(index, "size_spread"), segment.size_spread, 0.0..=3.0),
                margin: market.merchant_margin + extra,
                pass_through: self.number(&at(index, "pass_through"), pass_through, FRACTION),
                delivery_worth: self.number(
                    &at(index, "delivery_worth"),
                    segment.delivery_worth,
                    0.0..=FACTOR_MOST,
                ),
                contract_months: self.whole(&at(index, "contract_months"), segment.contract_months, 1..=120),
            });
        }
        let shares: Vec<f64> = segments.iter().map(|segment| segment.share).collect();
        self.sums_to_one(section, "share", &shares);
        let sum: f64 = shares.iter().sum();
        segments.iter_mut().for_each(|segment| segment.share /= sum);
        segments
    }
}
