//! Small settings kept on the device. Storage may be refused (private windows,
//! frames of other sites): then nothing is kept, and nothing breaks.

/// A setting kept for good.
pub fn load(key: &str) -> Option<String> {
    super::window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a setting for good.
pub fn save(key: &str, value: &str) {
    if let Ok(Some(storage)) = super::window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Whether this is the first call with this key in this tab; `None` where the
/// browser refuses to remember.
pub fn first_time(key: &str) -> Option<bool> {
    let storage = super::window().session_storage().ok()??;
    let first = storage.get_item(key).ok()?.is_none();
    storage.set_item(key, "1").ok()?;
    Some(first)
}
