//! What went well is said in passing: nobody has to dismiss it.

use super::Desk;

/// Seconds that a notice stays.
const STAYS: f32 = 5.0;

/// Something that is said in passing.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// Seconds since.
    age: f32,
}

impl Notice {
    /// The notice so many seconds later, if it is still to be seen.
    pub(super) fn later(self, seconds: f32) -> Option<Self> {
        let age = self.age + seconds;
        (age < STAYS).then_some(Self { age, ..self })
    }
}

impl Desk {
    /// Says something in passing.
    pub(super) fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, age: 0.0 });
    }
}
