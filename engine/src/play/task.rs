//! Work beside the window: a thread that answers, once or as it goes on. A frame asks whether it has, and never waits.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Work under way.
pub struct Task<T> {
    // Only ever read by one; the lock lets it be kept where many could.
    answer: Mutex<Receiver<T>>,
}

/// How far a task has come.
#[derive(Debug, PartialEq, Eq)]
pub enum TaskState<T> {
    /// It works.
    Running,
    /// It has an answer, and gives it once.
    Done(T),
    /// It has no more to say. Where an answer is still missing its thread died, which is an error in the program.
    Failed,
}

impl<T: Send + 'static> Task<T> {
    /// Starts a thread.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(name: &str, work: impl FnOnce() -> T + Send + 'static) -> std::io::Result<Self> {
        // Whoever asked may be gone; then nobody minds.
        Self::telling(name, move |tell| {
            tell(work());
        })
    }

    /// Starts a thread that answers as it goes on. What it tells by says whether anybody still listens.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn telling(
        name: &str,
        work: impl FnOnce(&dyn Fn(T) -> bool) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, answer) = channel();
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work(&|answer| sender.send(answer).is_ok()))?;
        Ok(Self { answer: Mutex::new(answer) })
    }

    /// How far it has come, at once.
    pub fn poll(&self) -> TaskState<T> {
        match self.answer.lock().unwrap_or_else(PoisonError::into_inner).try_recv() {
            Ok(answer) => TaskState::Done(answer),
            Err(TryRecvError::Empty) => TaskState::Running,
            Err(TryRecvError::Disconnected) => TaskState::Failed,
        }
    }

    /// Waits until it is done; nothing if it failed.
    pub fn wait(self) -> Option<T> {
        self.answer.into_inner().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_answers_once_and_a_broken_one_says_so() {
        let task = Task::start("sum", || 2 + 2).expect("a thread");
        let answer = loop {
            match task.poll() {
                TaskState::Running => thread::yield_now(),
                state => break state,
            }
        };
        assert_eq!(answer, TaskState::Done(4));
        let broken =
            Task::<u8>::start("broken", || std::panic::resume_unwind(Box::new(()))).expect("a thread");
        assert_eq!(broken.wait(), None);
    }

    #[test]
    fn a_task_that_goes_on_stops_when_nobody_listens() {
        let (sender, told) = channel();
        let task = Task::telling("count", move |tell| {
            let heard = (0..).take_while(|&number| tell(number)).count();
            let _ = sender.send(heard);
        });
        let task = task.expect("a thread");
        while task.poll() != TaskState::Done(3) {}
        drop(task);
        assert!(told.recv().expect("it ends") > 3);
    }
}
