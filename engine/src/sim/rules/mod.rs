//! The rules of the market: functions from state to numbers. Systems, openings, the continuum and whoever wants to know
//! beforehand ask the same ones.

pub mod ai;
pub mod antitrust;
pub mod calendar;
pub mod capital;
pub mod contracts;
pub mod credit;
pub mod data;
pub mod demand;
pub mod expectation;
pub mod fees;
pub mod funding;
pub mod growth;
pub mod insolvency;
pub mod listing;
pub mod logistics;
pub mod opinion;
pub mod payment;
pub mod possible;
pub mod regard;
pub mod situation;
pub mod standing;
pub mod supply;
pub mod third_parties;
pub mod traffic;
pub mod trust;
pub mod value;
pub mod visibility;
pub mod worth;
