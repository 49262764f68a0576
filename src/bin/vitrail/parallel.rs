//! Work on many items at once, results in the order of the items.

use std::collections::VecDeque;
use std::io;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Results that may wait for an earlier one, per thread: enough to keep the
/// threads busy behind one slow item, and no more, since each holds a file's rows.
const AHEAD: usize = 4;

/// Gives each item to `work`, on as many threads as there are processors, and
/// each result to `take`, on this thread and in the order of the items. The
/// items are pulled as they are needed. Ends early where `take` fails.
pub fn in_order<I, T>(
    items: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()>
where
    I: Send,
    T: Send,
{
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_threads, jobs) = sync_channel::<(I, SyncSender<T>)>(threads * AHEAD);
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        // Moved in, so that the threads end when no more jobs can come.
        let to_threads = to_threads;
        for _ in 0..threads {
            scope.spawn(|| run(&jobs, &work));
        }
        let mut items = items.fuse();
        let mut pending: VecDeque<Receiver<T>> = VecDeque::new();
        loop {
            while pending.len() < threads * AHEAD {
                let Some(item) = items.next() else { break };
                let (done, result) = sync_channel(1);
                // The channel has room for all pending jobs, and the threads outlive it.
                if to_threads.send((item, done)).is_err() {
                    break;
                }
                pending.push_back(result);
            }
            let Some(next) = pending.pop_front() else { return Ok(()) };
            match next.recv() {
                Ok(result) => take(result)?,
                Err(_) => return Err(io::Error::other("a thread stopped working")),
            }
        }
    })
}

fn run<I, T>(jobs: &Mutex<Receiver<(I, SyncSender<T>)>>, work: impl Fn(I) -> T) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, done)) = job else { return };
        // Nobody waits any more where the taker has failed.
        if done.send(work(item)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut taken = Vec::new();
        let work = |n: u64| (0..(n * 7_919) % 1_000).fold(n, |sum, _| std::hint::black_box(sum));
        let take = |n| {
            taken.push(n);
            Ok(())
        };
        in_order(0..500, work, take).unwrap();
        assert_eq!(taken, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn a_failing_taker_ends_it_before_all_items_are_pulled() {
        let pulled = AtomicUsize::new(0);
        let items = (0..1_000_000).inspect(|_| _ = pulled.fetch_add(1, Ordering::Relaxed));
        let result = in_order(items, |n| n, |_| Err(io::ErrorKind::BrokenPipe.into()));
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert!(pulled.into_inner() < 10_000);
    }
}
