//! The script that plays one part: a person can read it, change it, and run it without the program that wrote it.

use super::array::Array;
use super::engine::Engine;

/// Seconds that a task waits for another that is at its part: as long as an engine needs to find out that a machine is gone, and a
/// network's file system to give back what that machine had locked.
const WAIT: u32 = 120;

/// The script for an engine. It names everything whole: an engine may start it anywhere, with any environment.
pub fn script(engine: Engine, array: &Array, folder: &str) -> String {
    let quoted = |word: &str| shlex::try_quote(word).map_or_else(|_| word.to_owned(), Into::into);
    let all: Vec<u32> = (0..array.parts).collect();
    let (by_hand, part) = (engine.words(&all).join(" "), variable(engine));
    let (directory, program, folder) = (quoted(&array.directory), quoted(&array.program), quoted(folder));
    let limits: String = array.limits.iter().map(|word| format!(" {}", quoted(word))).collect();
    let (directives, of) = (directives(engine, array.threads), array.parts);
    format!(
        r#"#!/bin/bash
# Plays part ${part} of {of} of the tournament in plan.ron. In this folder, all of them:
#   {by_hand}
# One of them, without an engine: {part}=0 ./{name}
# Change it as you need: it is not written again. A part that was cut off is gone on with, and a whole one answers at once.
{directives}
folder={folder}
part=${part}
cd {directory} || exit 74
# In the shell's place, so that a signal to the task is one to the program, and the program's end is the task's.
exec {program} shard "$folder/plan.ron" --of {of} --index "$part" --out "$folder/parts/$part" \
    --resume --wait {WAIT} --quiet{limits}
"#,
        name = engine.script_name(),
    )
}

/// Which part a task is, as its engine says it. Of how many is said in the script: engines count the parts that were submitted
/// together, which are fewer where some are submitted again.
fn variable(engine: Engine) -> &'static str {
    match engine {
        Engine::Slurm => "SLURM_ARRAY_TASK_ID",
        Engine::HyperQueue => "HQ_TASK_ID",
    }
}

/// What the engine has to know. The program takes as many threads as the engine then says that it gave cores.
fn directives(engine: Engine, cores: u16) -> String {
    match engine {
        // A task that is queued again goes on with its log as it goes on with its part.
        Engine::Slurm => format!(
            "#SBATCH --job-name=walled-gardens\n#SBATCH --cpus-per-task={cores}\n#SBATCH --requeue\n\
             #SBATCH --open-mode=append\n#SBATCH --output=logs/%a.log"
        ),
        Engine::HyperQueue => format!(
            "#HQ --name=walled-gardens\n#HQ --cpus={cores}\n#HQ --stdout=none\n\
             #HQ --stderr=%{{SUBMIT_DIR}}/logs/%{{TASK_ID}}.log"
        ),
    }
}
