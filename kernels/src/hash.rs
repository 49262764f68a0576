//! Maps and sets without an order.

/// How keys are hashed. A process begins with a number of its own, so that nobody can write reports
/// whose keys all meet; but in WebAssembly, where there is nothing to begin with, and to look for it
/// is code.
#[cfg(not(target_arch = "wasm32"))]
pub type State = foldhash::fast::RandomState;
#[cfg(target_arch = "wasm32")]
pub type State = foldhash::fast::FixedState;

pub type Map<K, V> = hashbrown::HashMap<K, V, State>;
pub type Set<K> = hashbrown::HashSet<K, State>;
