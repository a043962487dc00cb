//! What went well is said in passing: nobody has to dismiss it.

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
    /// It is said now.
    pub(super) fn now(text: String) -> Self {
        Self { text, age: 0.0 }
    }

    /// The notice so many seconds later, if it is still to be seen.
    pub(super) fn later(self, seconds: f32) -> Option<Self> {
        let age = self.age + seconds;
        (age < STAYS).then_some(Self { age, ..self })
    }
}
