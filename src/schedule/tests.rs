//! The pool against workers that are slow, crash, stall, or never start.

use super::waiting::{BYTES_PER_JOB, BYTES_WORTH_A_JOB, BYTES_WORTH_CUTTING};
use super::*;
use crate::base::FileId;

fn file(id: u32, size: u64) -> FileRef {
    FileRef::new(FileId(id), format!("{id}.eml"), size)
}

fn drain(pool: &mut Pool) -> Vec<Command> {
    std::iter::from_fn(|| pool.next_command()).collect()
}

/// A pool of ready workers with nothing to do.
fn pool(workers: u32) -> Pool {
    let mut pool = Pool::new(workers);
    for slot in 0..workers {
        pool.ready(Slot(slot), 0.0);
    }
    drain(&mut pool);
    pool
}

fn ids(files: &[FileRef]) -> Vec<u32> {
    files.iter().map(|file| file.id.0).collect()
}

#[test]
fn spawns_before_it_sends() {
    let mut pool = Pool::new(2);
    pool.add(vec![file(1, 10)], 0.0);
    assert_eq!(drain(&mut pool), [Command::Spawn(Slot(0)), Command::Spawn(Slot(1))]);
    pool.ready(Slot(1), 0.0);
    assert!(matches!(&drain(&mut pool)[..], [Command::Send { slot: Slot(1), .. }]));
}

#[test]
fn big_files_go_first_and_alone() {
    let mut pool = pool(2);
    pool.add(vec![file(1, 10), file(2, BYTES_PER_JOB), file(3, 20)], 0.0);
    let sent: Vec<_> = drain(&mut pool)
        .into_iter()
        .map(|command| match command {
            Command::Send { files, .. } => ids(&files),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sent, [vec![2], vec![3, 1]]);
}

#[test]
fn jobs_shrink_so_that_nobody_is_left_alone_at_the_end() {
    const SIZE: u64 = 100 << 10;
    let mut pool = pool(2);
    pool.add((0..200).map(|id| file(id, SIZE)).collect(), 0.0);
    let mut sent = Vec::new();
    loop {
        let commands = drain(&mut pool);
        if commands.is_empty() {
            break;
        }
        for command in commands {
            let Command::Send { slot, job, files } = command else { panic!("{command:?}") };
            sent.push(files.len() as u64 * SIZE);
            pool.finished(slot, job, 0.0, 1.0);
            pool.appended(job, 1.0);
        }
    }
    assert_eq!(sent.iter().sum::<u64>(), 200 * SIZE);
    assert!(sent.is_sorted_by(|a, b| a >= b), "{sent:?}");
    assert!(sent.first().is_some_and(|first| *first > BYTES_PER_JOB / 2), "{sent:?}");
    assert!(sent.last().is_some_and(|last| *last <= BYTES_WORTH_A_JOB), "{sent:?}");
    assert!(sent.len() < 30, "{sent:?}");
}

#[test]
fn is_done_when_the_engine_has_it() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    let [Command::Send { slot, job, .. }] = &drain(&mut pool)[..] else { panic!() };
    pool.finished(*slot, *job, 0.0, 1.0);
    assert!(!pool.is_done());
    pool.appended(*job, 2.0);
    assert!(pool.is_done());
}

#[test]
fn the_engine_may_speak_before_the_parser() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    let [Command::Send { slot, job, .. }] = drain(&mut pool)[..] else { panic!() };
    pool.appended(job, 1.0);
    assert!(!pool.is_done());
    pool.finished(slot, job, 0.0, 2.0);
    assert!(pool.is_done());
}

#[test]
fn what_the_engine_has_is_not_read_again() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    let [Command::Send { slot, job, .. }] = drain(&mut pool)[..] else { panic!() };
    pool.appended(job, 1.0);
    pool.crashed(slot, "late", 2.0);
    assert_eq!(drain(&mut pool), [Command::Kill(slot), Command::Spawn(slot)]);
    assert!(pool.is_done());
}

#[test]
fn a_lost_job_of_many_is_tried_one_by_one_and_the_culprit_refused() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10), file(2, 10)], 0.0);
    drain(&mut pool);
    pool.crashed(Slot(0), "boom", 1.0);
    pool.ready(Slot(0), 2.0);
    let commands = drain(&mut pool);
    let Command::GiveUp { job, refused } = &commands[2] else { panic!("{commands:?}") };
    assert!(refused.is_empty());
    pool.appended(*job, 2.0);
    let Command::Send { files, .. } = &commands[3] else { panic!("{commands:?}") };
    assert_eq!(ids(files), [1]);
    pool.crashed(Slot(0), "boom", 3.0);
    pool.ready(Slot(0), 4.0);
    let commands = drain(&mut pool);
    let Command::GiveUp { refused, .. } = &commands[2] else { panic!("{commands:?}") };
    assert_eq!(refused[..], [(file(1, 10), Refusal::Crashed("boom".into()))]);
    let Command::Send { files, .. } = &commands[3] else { panic!("{commands:?}") };
    assert_eq!(ids(files), [2]);
}

#[test]
fn a_stalled_file_is_refused_and_a_moving_one_is_not() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    let [Command::Send { job, .. }] = drain(&mut pool)[..] else { panic!() };
    pool.progressed(job, 4, STALL_MILLIS);
    assert_eq!(pool.left(), (1, 6));
    pool.tick(STALL_MILLIS * 1.5);
    assert_eq!(drain(&mut pool), []);
    pool.tick(STALL_MILLIS * 2.5);
    assert!(matches!(
        &drain(&mut pool)[..],
        [Command::Kill(_), Command::Spawn(_), Command::GiveUp { refused, .. }]
            if refused[0].1 == Refusal::Stalled
    ));
}

#[test]
fn what_is_on_its_way_to_the_engine_can_be_abandoned() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    let [Command::Send { slot, job, .. }] = drain(&mut pool)[..] else { panic!() };
    pool.finished(slot, job, 0.0, 1.0);
    pool.abandon(2.0);
    assert_eq!(drain(&mut pool), [Command::GiveUp { job, refused: vec![] }]);
}

#[test]
fn cancelling_refuses_what_is_left_and_ends() {
    let mut pool = pool(1);
    pool.add((0..300).map(|id| file(id, 10)).collect(), 0.0);
    drain(&mut pool);
    pool.cancel(1.0);
    let mut refused = 0;
    for command in drain(&mut pool) {
        if let Command::GiveUp { job, refused: files } = command {
            refused += files.len();
            pool.appended(job, 2.0);
        }
    }
    assert_eq!(refused, 300);
    assert!(pool.is_done());
}

#[test]
fn parsers_pause_while_the_engine_is_behind() {
    let mut pool = pool(1);
    pool.add((0..5).map(|id| file(id, BYTES_PER_JOB)).collect(), 0.0);
    let mut jobs = Vec::new();
    while let Some(Command::Send { slot, job, .. }) = pool.next_command() {
        pool.finished(slot, job, 0.0, 0.0);
        jobs.push(job);
    }
    assert_eq!(jobs.len(), BACKLOG_PER_WORKER);
    pool.appended(jobs[0], 1.0);
    assert!(matches!(pool.next_command(), Some(Command::Send { .. })));
}

#[test]
fn where_no_worker_starts_every_file_is_refused() {
    let mut pool = Pool::new(1);
    pool.add(vec![file(1, 10)], 0.0);
    for _ in 0..MOST_STARTS {
        pool.crashed(Slot(0), "no memory", 0.0);
    }
    let last = drain(&mut pool).pop();
    assert!(matches!(last, Some(Command::GiveUp { refused, .. }) if refused.len() == 1));
    pool.add(vec![file(2, 10)], 1.0);
    assert_eq!(drain(&mut pool), [Command::Kill(Slot(0)), Command::Spawn(Slot(0))]);
}

#[test]
fn a_restart_forgets_jobs_and_replaces_parsers() {
    let mut pool = pool(1);
    pool.add(vec![file(1, 10)], 0.0);
    drain(&mut pool);
    pool.restart();
    assert!(pool.is_done());
    assert_eq!(drain(&mut pool), [Command::Kill(Slot(0)), Command::Spawn(Slot(0))]);
}

const LARGE: u64 = BYTES_WORTH_CUTTING;

fn piece(from: u64, to: u64) -> Piece {
    Piece { is_archive: false, range: (from, to), before: 0, trusts_length: true }
}

/// What a pool does with its one large file while pieces of it are found.
fn cutting(pool: &mut Pool) -> JobId {
    pool.add(vec![file(1, LARGE)], 0.0);
    match &drain(pool)[..] {
        [Command::Cut { slot: Slot(0), job, file: FileId(1), .. }] => *job,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn sent(pool: &mut Pool) -> (Slot, JobId, FileRef) {
    match &drain(pool)[..] {
        [Command::Send { slot, job, files }] if files.len() == 1 => (*slot, *job, files[0].clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_large_file_is_read_in_pieces_by_all() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    assert_eq!(pool.left(), (1, LARGE));
    pool.cut(cutting, piece(0, 100), 1.0);
    let (slot, job, first) = sent(&mut pool);
    assert_eq!((slot, first.piece), (Slot(1), Some(piece(0, 100))));
    assert_eq!(pool.left(), (1, LARGE));
    pool.cut(cutting, piece(100, LARGE), 2.0);
    assert_eq!(drain(&mut pool), [], "nobody is free");
    pool.finished(Slot(0), cutting, 0.0, 3.0);
    let (slot, last, second) = sent(&mut pool);
    assert_eq!((slot, second.piece), (Slot(0), Some(piece(100, LARGE))));
    pool.finished(Slot(1), job, 0.4, 4.0);
    assert_eq!(pool.left(), (1, LARGE - 100));
    pool.finished(Slot(0), last, 0.5, 5.0);
    assert_eq!(pool.left(), (0, 0));
    assert!(!pool.is_done());
    pool.appended(job, 6.0);
    pool.appended(last, 6.0);
    assert!(pool.is_done());
}

#[test]
fn only_what_is_more_than_a_share_is_cut() {
    let mut one = pool(1);
    one.add(vec![file(1, LARGE)], 0.0);
    assert!(matches!(drain(&mut one)[..], [Command::Send { .. }]), "nobody to share with");
    let mut two = pool(2);
    two.add((0..9).map(|id| file(id, LARGE)).collect(), 0.0);
    let commands = drain(&mut two);
    assert!(commands.iter().all(|it| matches!(it, Command::Send { .. })), "{commands:?}");
}

#[test]
fn a_file_without_pieces_is_read_as_a_whole() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    pool.finished(Slot(0), cutting, 0.0, 1.0);
    let (slot, job, whole) = sent(&mut pool);
    assert_eq!(whole, file(1, LARGE));
    pool.finished(slot, job, 7.0, 2.0);
    pool.appended(job, 3.0);
    assert!(pool.is_done());
}

#[test]
fn pieces_that_may_pass_a_limit_are_taken_back() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    pool.cut(cutting, piece(0, 100), 1.0);
    let (slot, first, _) = sent(&mut pool);
    pool.cut(cutting, piece(100, 200), 1.0);
    pool.cut(cutting, piece(200, 300), 1.0);
    pool.finished(slot, first, 0.6, 2.0);
    let (slot, second, _) = sent(&mut pool);
    pool.finished(slot, second, 0.4, 3.0);
    let commands = drain(&mut pool);
    let [Command::Kill(Slot(0)), Command::Spawn(Slot(0)), back] = &commands[..] else {
        panic!("{commands:?}")
    };
    let &Command::TakeBack { job: back, file: FileId(1) } = back else { panic!("{back:?}") };
    assert!(back > second);
    assert_eq!(pool.left(), (1, LARGE));
    pool.appended(first, 4.0);
    pool.appended(second, 4.0);
    pool.ready(Slot(0), 4.0);
    assert_eq!(drain(&mut pool), [], "what comes of it could be taken back, too");
    pool.appended(back, 5.0);
    let (slot, job, whole) = sent(&mut pool);
    assert_eq!(whole, file(1, LARGE));
    pool.finished(slot, job, 1.0, 6.0);
    pool.appended(job, 7.0);
    assert!(pool.is_done());
}

#[test]
fn a_lost_piece_costs_no_other_and_lost_cutting_none() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    pool.cut(cutting, piece(0, 100), 1.0);
    drain(&mut pool);
    pool.crashed(Slot(1), "boom", 2.0);
    let commands = drain(&mut pool);
    assert!(
        matches!(&commands[2..], [Command::GiveUp { refused, .. }] if refused[0].0.piece.is_some()),
        "{commands:?}"
    );
    pool.crashed(Slot(0), "boom", 3.0);
    let commands = drain(&mut pool);
    assert!(matches!(commands[2..], [Command::TakeBack { .. }]), "{commands:?}");
}

/// The engine has the piece, and what it cost is not known: the file may be past a limit.
#[test]
fn a_piece_that_is_lost_behind_its_delivery_is_taken_back() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    pool.cut(cutting, piece(0, 100), 1.0);
    let (slot, job, _) = sent(&mut pool);
    pool.appended(job, 2.0);
    pool.crashed(slot, "late", 3.0);
    let commands = drain(&mut pool);
    assert!(matches!(commands.last(), Some(Command::TakeBack { .. })), "{commands:?}");
    assert_eq!(pool.left(), (1, LARGE));
}

#[test]
fn cancelling_lists_a_file_in_pieces_too() {
    let mut pool = pool(2);
    let cutting = cutting(&mut pool);
    pool.cut(cutting, piece(0, 100), 1.0);
    pool.cut(cutting, piece(100, 200), 1.0);
    drain(&mut pool);
    pool.cancel(2.0);
    let mut refused = Vec::new();
    for command in drain(&mut pool) {
        if let Command::GiveUp { job, refused: files } = command {
            refused.extend(files.iter().map(|(file, _)| file.piece.map(|piece| piece.range)));
            pool.appended(job, 3.0);
        }
    }
    assert_eq!(refused, [None, Some((0, 100)), Some((100, 200))]);
    assert!(pool.is_done());
    assert_eq!(pool.left(), (0, 0));
}
