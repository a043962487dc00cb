//! Market sanity.
