//! A tournament that a cluster plays, with engines whose commands are small scripts: they play what is submitted as the real ones do, from
//! a copy of the script, and call every task done.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::{file, path};
use crate::{SMALL, contents, played, same};

/// Notes how it was called, plays the parts of `--array` but those of SKIP, and exits well.
const ENGINE: &str = r#"#!/bin/bash
[ "$1" = --version ] && exit
[ -n "$REFUSES" ] && { echo "error: invalid partition" >&2; exit 1; }
here=$(dirname "$0")
echo "$(basename "$0") $*" >> "$here/calls"
for word; do case $word in --array=*) array=${word#*=};; *.sh) script=$word;; esac; done
cp "$script" "$here/spooled"
for range in ${array//,/ }; do
    for ((part = ${range%-*}; part <= ${range#*-}; part++)); do
        [[ " $SKIP " = *" $part "* ]] || SLURM_ARRAY_TASK_ID=$part HQ_TASK_ID=$part bash "$here/spooled" > /dev/null || exit 9
    done
done
echo "${ANSWERS-17}"
"#;

/// A machine that has both engines.
struct Cluster(TempDir);

impl Cluster {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for command in ["sbatch", "hq"] {
            let command = file(&folder, command, ENGINE);
            fs::set_permissions(command, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self(folder)
    }

    /// What a tournament on an engine answers, where these variables are set.
    fn tournament(&self, engine: &str, arguments: &[&str], set: &[(&str, &str)]) -> Output {
        let found = format!("{}:{}", self.0.path().display(), std::env::var("PATH").unwrap());
        Command::new(env!("CARGO_BIN_EXE_walled-gardens"))
            .args(["tournament", "--engine", engine])
            .args(arguments)
            .env("PATH", found)
            .envs(set.iter().copied())
            .output()
            .unwrap()
    }

    /// What it says where it goes well.
    fn says(&self, engine: &str, arguments: &[&str], set: &[(&str, &str)]) -> String {
        let output = self.tournament(engine, arguments, set);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it says where it is refused.
    fn refuses(&self, arguments: &[&str], set: &[(&str, &str)]) -> String {
        let output = self.tournament("slurm", arguments, set);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        said
    }

    /// How the engines were called, since this was asked last.
    fn calls(&self) -> String {
        let calls = self.0.path().join("calls");
        let text = fs::read_to_string(&calls).unwrap_or_default();
        let _ = fs::remove_file(calls);
        text
    }
}

fn has(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
}

#[test]
fn what_is_not_whole_is_submitted_again_whatever_the_engine_says_and_all_of_it_is_the_same_bytes() {
    let (cluster, folder) = (Cluster::new(), TempDir::new().unwrap());
    let (plan, whole) = played(&folder, "2");
    for (engine, call) in [
        ("slurm", "sbatch --parsable --array=PARTS slurm.sh\n"),
        ("hyperqueue", "hq --output-mode=quiet submit --array=PARTS ./hyperqueue.sh\n"),
    ] {
        let out = path(&folder, &format!("{engine}'s own league"));
        let part = |index: u32| Path::new(&out).join("parts").join(index.to_string());
        let begun = cluster.says(engine, &[&plan, "--parts", "4", "--out", &out], &[("SKIP", "1 3")]);
        has(&begun, &["Of 4 parts 0 are whole", &format!("Submitted to {engine}: job 17, parts 0-3.")]);
        assert_eq!(cluster.calls(), call.replace("PARTS", "0-3"));
        // One task was killed after a record, and yet the engine calls all four done.
        let records = part(2).join("matches.jsonl");
        let text: String =
            fs::read_to_string(&records).unwrap().lines().take(2).map(|line| format!("{line}\n")).collect();
        fs::write(&records, text).unwrap();
        fs::create_dir_all(part(3)).unwrap();
        File::create(part(3).join("matches.jsonl")).unwrap();

        let go_on = ["--out", &out, "--resume"];
        let again = cluster.says(engine, &[&go_on[..], &["--dry-run"]].concat(), &[]);
        has(
            &again,
            &[
                "parts/1 is not begun and has",
                "parts/2 was cut off and lacks",
                "parts/3 is not begun",
                "--array=1-3",
            ],
        );
        assert_eq!(cluster.calls(), "", "a dry run submits nothing");
        let again = cluster.says(engine, &go_on, &[]);
        has(&again, &["Of 4 parts 1 are whole", "job 17, parts 1-3."]);
        assert_eq!(cluster.calls(), call.replace("PARTS", "1-3"));

        let ended = cluster.says(engine, &go_on, &[]);
        has(&ended, &["premium"]);
        assert_eq!(cluster.calls(), "", "what is whole is put together");
        let expected = contents(Path::new(&whole));
        same(&contents(&Path::new(&out).join("whole")), &expected, engine);
        assert_eq!(cluster.says(engine, &go_on, &[]), ended, "and put together again");
        same(&contents(&Path::new(&out).join("whole")), &expected, "again");
        let jobs = fs::read_to_string(Path::new(&out).join("jobs.txt")).unwrap();
        assert_eq!(jobs, format!("{engine} job 17: parts 0-3\n{engine} job 17: parts 1-3\n"));
    }
}

#[test]
fn a_dry_run_writes_a_script_that_can_be_changed_and_run_by_hand() {
    let (cluster, folder) = (Cluster::new(), TempDir::new().unwrap());
    let (plan, out) = (file(&folder, "plan.ron", SMALL), path(&folder, "league"));
    let begin = [&plan, "--parts", "2", "--out", &out, "--threads", "3", "--bot-turn", "2.5", "--dry-run"];
    let said = cluster.says("slurm", &begin, &[]);
    let script = Path::new(&out).join("slurm.sh");
    let text = fs::read_to_string(&script).unwrap();
    has(&said, &[&text, "sbatch --parsable --array=0-1 slurm.sh"]);
    let wanted = ["#SBATCH --cpus-per-task=3", "#SBATCH --requeue", "\nexec ", " --of 2 ", " --bot-turn 2.5"];
    has(&text, &wanted);
    assert_eq!(cluster.calls(), "");
    let changed = text.replace("#SBATCH --requeue", "#SBATCH --partition=long");
    fs::write(&script, &changed).unwrap();
    let part = Command::new(&script).env("SLURM_ARRAY_TASK_ID", "1").current_dir("/").output().unwrap();
    assert!(part.status.success(), "{part:?}");
    let said = cluster.says("slurm", &["--out", &out, "--resume"], &[]);
    has(&said, &["Of 2 parts 1 are whole", "job 17, parts 0."]);
    assert_eq!(fs::read_to_string(&script).unwrap(), changed, "it is not written again");
    // Another engine goes on with the same parts, and to put them together none is needed.
    let whole = cluster.says("hq", &["--out", &out, "--resume", "--dry-run"], &[]);
    has(&whole, &["All parts are whole"]);
    assert!(!Path::new(&out).join("whole").exists());
    has(&cluster.says("hq", &["--out", &out, "--resume"], &[("PATH", "/nowhere")]), &["premium"]);
}

#[test]
fn a_part_that_is_being_played_is_not_submitted_again() {
    let (cluster, folder) = (Cluster::new(), TempDir::new().unwrap());
    let (plan, out) = (file(&folder, "plan.ron", SMALL), path(&folder, "league"));
    cluster.says("slurm", &[&plan, "--parts", "2", "--out", &out], &[("SKIP", "0")]);
    let records = Path::new(&out).join("parts/1/matches.jsonl");
    let text = fs::read_to_string(&records).unwrap();
    fs::write(&records, text.split_inclusive('\n').take(3).collect::<String>()).unwrap();
    let task = File::open(&records).unwrap();
    task.lock().unwrap();
    let said = cluster.says("slurm", &["--out", &out, "--resume"], &[]);
    has(&said, &["Being played: 1.", "parts 0."]);
    let said = cluster.says("slurm", &["--out", &out, "--resume"], &[]);
    has(&said, &["Of 2 parts 1 are whole", "Being played: 1.", "Nothing is to be submitted"]);
}

#[test]
fn where_there_is_no_engine_or_it_refuses_nothing_is_overwritten_or_lost() {
    let (cluster, folder) = (Cluster::new(), TempDir::new().unwrap());
    let (plan, out) = (file(&folder, "plan.ron", SMALL), path(&folder, "league"));
    let begin = [plan.as_str(), "--parts", "2", "--out", &out];
    let said = cluster.refuses(&begin, &[("PATH", "/nowhere")]);
    has(&said, &["slurm: there is no `sbatch` in PATH", "--dry-run"]);
    assert!(!Path::new(&out).exists(), "nothing is written");
    has(&cluster.refuses(&begin[..1], &[]), &["--out"]);
    has(&cluster.refuses(&[&plan, "--out", &out], &[]), &["--parts N", "two to four"]);
    has(&cluster.refuses(&["search", "--parts", "2", "--out", &out], &[]), &["cannot be played in parts"]);
    assert!(!Path::new(&out).exists(), "nothing is written");

    let output = cluster.tournament("slurm", &begin, &[("REFUSES", "yes")]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    has(&said, &["sbatch --parsable", "no job was made", "invalid partition", "--resume submits it"]);
    let written = contents(Path::new(&out));
    let said = cluster.refuses(&begin, &[]);
    has(&said, &["a tournament is here already", "--resume"]);
    let elsewhere = cluster.tournament("slurm", &["--out", &out, "--resume"], &[("PATH", "/nowhere")]);
    has(&String::from_utf8(elsewhere.stderr).unwrap(), &["there is no `sbatch` in PATH"]);
    let said = cluster.refuses(&["--out", &out, "--resume", "--parts", "3"], &[]);
    has(&said, &["2 parts, not 3"]);
    let said = cluster.refuses(&["--out", &out, "--resume", "--seed", "6"], &[]);
    has(&said, &["another tournament", "seed: 5, not 6"]);
    assert!(contents(Path::new(&out)) == written, "nothing is overwritten");
    let unclear =
        cluster.tournament("slurm", &["--out", &out, "--resume"], &[("ANSWERS", "later"), ("SKIP", "0 1")]);
    has(&String::from_utf8(unclear.stderr).unwrap(), &["no job was made", "later"]);
    has(&cluster.says("slurm", &["--out", &out, "--resume"], &[]), &["job 17, parts 0-1."]);

    let other = TempDir::new().unwrap();
    file(&other, "notes.txt", "mine");
    let taken = other.path().to_string_lossy().into_owned();
    has(&cluster.refuses(&[&plan, "--parts", "2", "--out", &taken], &[]), &["not empty"]);
    has(&cluster.refuses(&["--out", &taken, "--resume"], &[]), &["no tournament in parts"]);
}
