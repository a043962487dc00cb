//! Two programs at one folder, and a disk that is full: the exit status says what is worth another try.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::program::{path, program, stdout};
use crate::{contents, played, same};

fn status(arguments: &[&str]) -> (Option<i32>, String) {
    let output = program(arguments);
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
#[allow(clippy::disallowed_methods, reason = "that it waits is measured")]
fn who_comes_second_to_a_folder_is_told_to_come_again_or_waits() {
    let folder = TempDir::new().unwrap();
    let (plan, out) = played(&folder, "2");
    let expected = contents(Path::new(&out));
    let first = File::open(Path::new(&out).join("matches.jsonl")).unwrap();
    first.lock().unwrap();
    let again = ["tournament", &plan, "--out", &out, "--resume"];
    let (code, said) = status(&again);
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains("another program is playing this tournament") && said.contains("--wait"), "{said}");
    let began = Instant::now();
    assert_eq!(status(&[&again[..], &["--wait", "0.6"]].concat()).0, Some(75), "not for ever");
    assert!(began.elapsed() >= Duration::from_millis(600), "{:?}", began.elapsed());
    same(&contents(Path::new(&out)), &expected, "who is told to come again has changed nothing");

    let mut waiting = Command::new(env!("CARGO_BIN_EXE_walled-gardens"))
        .args([&again[..], &["--wait", "60"]].concat())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    drop(first);
    assert!(waiting.wait().unwrap().success(), "it goes on once the folder is free");
    same(&contents(Path::new(&out)), &expected, "waited");
}

#[test]
fn several_who_begin_or_go_on_with_one_part_at_once_all_end_well_and_lose_nothing() {
    let folder = TempDir::new().unwrap();
    let (plan, whole) = played(&folder, "2");
    let parts = [path(&folder, "part-0"), path(&folder, "part-1")];
    let play = |index: usize| {
        let arguments =
            ["shard", &plan, "--of", "2", "--threads", "1", "--resume", "--wait", "60", "--quiet"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_walled-gardens"));
        command.args(arguments).args(["--index", &index.to_string(), "--out", &parts[index]]);
        command.stdout(Stdio::null()).spawn().unwrap()
    };
    let children: Vec<_> = [0, 1, 0, 1, 0].map(play).into_iter().collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let merged = path(&folder, "merged");
    stdout(&["merge", &parts[0], &parts[1], "--out", &merged]);
    same(&contents(Path::new(&merged)), &contents(Path::new(&whole)), "two or three at each part");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_from_bad_use() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let size = ["--turns", "1", "--consumers", "200", "--merchants", "60", "--blocks", "1", "--threads", "1"];
    let what = ["tournament", "--level", "arena/duel", "--strategies", "passive,premium"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_walled-gardens"));
    let output = command.args(what).args(size).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{}", String::from_utf8_lossy(&output.stderr));
    // Files may have so many blocks of 512 bytes and no more, wherever that comes.
    let folder = TempDir::new().unwrap();
    let (plan, whole) = played(&folder, "2");
    let out = path(&folder, "league");
    for blocks in ["0", "1", "20", "60"] {
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_walled-gardens"), "tournament", &plan]);
        let output = command.args(["--out", &out, "--resume"]).output().unwrap();
        assert_eq!(output.status.code(), Some(74), "{blocks}: {}", String::from_utf8_lossy(&output.stderr));
    }
    stdout(&["tournament", &plan, "--out", &out, "--resume"]);
    let mut found = contents(Path::new(&out));
    found.remove("damaged.txt");
    same(&found, &contents(Path::new(&whole)), "gone on with once there is room");
    let (code, said) = status(&[&what[..], &size[..], &["--out", "/dev/null/league"]].concat());
    assert_eq!(code, Some(2), "a folder within a file is bad use: {said}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_task_takes_as_many_threads_as_its_engine_gave_it_cores() {
    let folder = TempDir::new().unwrap();
    let plan = crate::program::file(&folder, "plan.ron", crate::SMALL);
    let most = |name: &str, set: &[(&str, &str)], more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_walled-gardens"));
        command.args(["tournament", &plan, "--blocks", "20", "--quiet", "--out", &path(&folder, name)]);
        command.args(more).envs(set.iter().copied()).stdout(Stdio::null());
        let mut task = command.spawn().unwrap();
        let threads = Path::new("/proc").join(task.id().to_string()).join("task");
        let counted = (0..200).map(|_| {
            std::thread::sleep(Duration::from_millis(5));
            fs::read_dir(&threads).map_or(0, Iterator::count)
        });
        // One of them only waits for the others.
        let most = counted.max().unwrap() - 1;
        task.kill().unwrap();
        task.wait().unwrap();
        most
    };
    let slurm = ("SLURM_CPUS_PER_TASK", "5");
    assert_eq!(most("slurm", &[slurm], &[]), 5);
    assert_eq!(
        most("hyperqueue", &[slurm, ("HQ_CPUS", "0,2,4")], &[]),
        3,
        "a worker may be a job of Slurm's"
    );
    assert_eq!(most("flag", &[slurm], &["--threads", "7"]), 7, "what is said counts");
}
