//! What the program says to bots and hosts, and what it does with what they say.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod legal;
mod serve;
mod vectors;

use serde_json::Value;
use walled_gardens::bots::Limits;
use walled_gardens::serve::Host;

/// A host that plays on one thread.
fn host() -> Host {
    hosts(1)
}

fn hosts(threads: usize) -> Host {
    Host::new(Limits::default(), rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
}

/// Its answer, as it is written.
fn written(host: &mut Host, request: &str) -> String {
    let mut out = Vec::new();
    host.answer(request.as_bytes(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.matches('\n').count(), 1, "one line: {text}");
    text
}

/// Its answer.
fn asked(host: &mut Host, request: &Value) -> Value {
    serde_json::from_str(&written(host, &request.to_string())).unwrap()
}
