//! What the policy asks for of mail that fails, beside what the receiver did.

use crate::base::domain::comparable;
use crate::query::{PolicyLine, RecordLine};

/// What can be asked for, from the mildest on.
const ACTIONS: [&str; 3] = ["none", "quarantine", "reject"];

/// How what was done compares with what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    AsAsked,
    Milder,
    Stricter,
    /// One of the two is not known, or more than one thing may have been asked for.
    Unsure,
}

/// What was done with the messages of a record, beside the policy. Test mode and `pct` ask for
/// the next milder action of all messages or of some; where they are the reason (`is_softened`),
/// it is told against what is asked for without them.
pub fn deed(line: &RecordLine, is_softened: bool) -> Deed {
    let policy = &line.policy;
    let level = |action: &Option<String>| {
        ACTIONS.iter().position(|known| Some(*known) == action.as_deref())
    };
    let levels: Option<Vec<_>> = actions(line).into_iter().map(level).collect();
    let (Some(levels), Some(done)) = (levels, level(&line.disposition)) else {
        return Deed::Unsure;
    };
    let most = levels.iter().copied().max().unwrap_or_default();
    let mut least = levels.into_iter().min().unwrap_or_default();
    if may_be_softened(policy) && !is_softened {
        least = least.saturating_sub(1);
    }
    match done {
        _ if (least, most) == (done, done) => Deed::AsAsked,
        _ if done < least => Deed::Milder,
        _ if done > most => Deed::Stricter,
        _ => Deed::Unsure,
    }
}

/// Whether the policy is to be applied to some messages only, or in test mode (RFC 7489 §6.3,
/// RFC 9989 §4.7).
fn may_be_softened(policy: &PolicyLine) -> bool {
    let pct = policy.pct.as_deref().and_then(|pct| pct.trim().parse::<u32>().ok());
    pct.is_some_and(|pct| pct < 100) || policy.testing.as_deref() == Some("y")
}

/// What the policy may ask for, by whose name the author's domain is: `p` of the policy domain,
/// `sp` of those below it, `np` of those that do not exist, which no report tells. What is not
/// stated follows the next (RFC 9989 §4.7).
fn actions(line: &RecordLine) -> Vec<&Option<String>> {
    let PolicyLine { p, sp, np, .. } = &line.policy;
    let below = if sp.is_some() { sp } else { p };
    let nowhere = if np.is_some() { np } else { below };
    let name = |name: &Option<String>| name.as_deref().and_then(comparable);
    match (name(&line.header_from), name(&line.domain)) {
        (Some(author), Some(domain)) if author == domain => vec![p],
        (Some(_), Some(_)) => vec![below, nowhere],
        _ => vec![p, below, nowhere],
    }
}
