//! The command line.

fn main() -> std::process::ExitCode {
    walled_gardens::cli::main()
}
