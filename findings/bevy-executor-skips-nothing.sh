#!/usr/bin/env bash
# bevy_ecs 0.19.1: an executor of one's own that passes a set of systems to skip on to SingleThreadedExecutor, to run or to time systems one
# by one, runs all of them each time. `SystemExecutor::run` takes the set in every build, but the executor looks at it only where the
# feature bevy_debug_stepping is on, which std alone does not bring. Nothing is refused and nothing is said.
# Needs cargo and the network. Fails if what is printed changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "skipping"
version = "0.0.0"
edition = "2024"
[features]
stepping = ["bevy_ecs/bevy_debug_stepping"]
[dependencies]
bevy_ecs = { version = "=0.19.1", default-features = false, features = ["std"] }
TOML
cat > src/main.rs <<'RUST'
use bevy_ecs::error::ErrorHandler;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{FixedBitSet, SingleThreadedExecutor, SystemExecutor, SystemSchedule};

/// Asks for the first system alone.
struct OnlyTheFirst(SingleThreadedExecutor);

impl SystemExecutor for OnlyTheFirst {
    fn init(&mut self, schedule: &SystemSchedule) {
        self.0.init(schedule);
    }
    fn run(&mut self, schedule: &mut SystemSchedule, world: &mut World, _: Option<&FixedBitSet>, handler: ErrorHandler) {
        let mut skipped = FixedBitSet::with_capacity(2);
        skipped.insert(1);
        self.0.run(schedule, world, Some(&skipped), handler);
    }
    fn set_apply_final_deferred(&mut self, value: bool) {
        self.0.set_apply_final_deferred(value);
    }
}

fn main() {
    let mut world = World::new();
    let mut schedule = Schedule::default();
    schedule.set_executor(OnlyTheFirst(SingleThreadedExecutor::new()));
    schedule.add_systems((|| print!(" first"), || print!(" second")).chain());
    schedule.run(&mut world);
    println!();
}
RUST
found=$(printf 'std:%s\n' "$(cargo run --quiet)"; printf 'stepping:%s\n' "$(cargo run --quiet --features stepping)")
expected='std: first second
stepping: first'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
