//! A program with all that it started, and what they take of the machine.

use std::time::Duration;

use anyhow::Context;
use rustix::param::clock_ticks_per_second;
use rustix::process::getpid;

/// The processes that a process started.
pub fn children(pid: i32) -> Vec<i32> {
    // The kernel lists a child under the thread that started it.
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<i32>>()).collect()
}

/// The same with those that these started, and so on.
pub fn descendants(pid: i32) -> Vec<i32> {
    children(pid).into_iter().flat_map(|child| std::iter::once(child).chain(descendants(child))).collect()
}

/// Memory of these processes in MiB, shared memory in equal parts (PSS).
pub fn memory(family: &[i32]) -> anyhow::Result<f64> {
    let mut kib = 0;
    for pid in family {
        // It may end while one looks.
        let Ok(rollup) = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) else { continue };
        let Some(pss) = rollup.lines().find_map(|line| line.strip_prefix("Pss:")) else { continue };
        kib += pss.split_whitespace().next().context("no figure")?.parse::<u32>()?;
    }
    Ok(f64::from(kib) / 1024.0)
}

/// A figure of a process's status, in KiB: `VmRSS` is the memory it uses, `VmHWM` the most it used.
pub fn status(pid: i32, figure: &str) -> anyhow::Result<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.with_context(|| format!("no {figure} in the status"))?.parse()?)
}

/// This process.
pub fn own() -> i32 {
    getpid().as_raw_nonzero().get()
}

/// Processor time of these processes so far, with that of children which have ended.
pub fn processor_time(family: &[i32]) -> anyhow::Result<Duration> {
    let mut ticks = 0;
    for pid in family {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        // The name before it stands in brackets and may hold anything.
        let (_, rest) = stat.rsplit_once(") ").context("a line of /proc/PID/stat")?;
        // utime, stime, cutime and cstime: fields 14 to 17 of proc(5), of which two stand before.
        for field in rest.split_whitespace().skip(11).take(4) {
            ticks += field.parse::<u64>()?;
        }
    }
    Ok(Duration::from_millis(ticks * 1000 / clock_ticks_per_second()))
}
