//! The command line.

/// Short matches make and drop many small things: a fifth more of them end in a second than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    walled_gardens::cli::main()
}
