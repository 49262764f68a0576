//! Files from the user: pickers, drops with folders, pasted text.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

use super::envelope::get;

/// A file that the user chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    pub file: File,
    /// With the folders it was in, `/` between them.
    pub name: String,
}

impl From<File> for Picked {
    fn from(file: File) -> Self {
        // Set by the folder picker; web-sys does not know it.
        let path = get(&file, "webkitRelativePath").and_then(|path| path.as_string());
        let name = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
        Self { file, name }
    }
}

/// The files of a picker, which is emptied, so that the same file can be chosen again.
pub fn of_input(input: &HtmlInputElement) -> Vec<Picked> {
    let picked = input.files().map(of_list).unwrap_or_default();
    input.set_value("");
    picked
}

/// A pasted text as a file.
pub fn of_text(name: &str, text: &str) -> Option<Picked> {
    File::new_with_str_sequence(&Array::of1(&text.into()), name).ok().map(Picked::from)
}

/// The first bytes of a file, `most` of them at most, on the page itself: for the small
/// texts that fields take.
pub async fn bytes(file: &File, most: u32) -> Option<Vec<u8>> {
    let start = file.slice_with_i32_and_i32(0, most.cast_signed()).ok()?;
    let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The first file of a drop, as it is.
pub fn first_of_drop(transfer: &DataTransfer) -> Option<File> {
    transfer.files()?.get(0)
}

/// The files of a drop, folders walked. Must be called in the event's own turn:
/// the browser empties the transfer after it.
pub fn of_drop(transfer: &DataTransfer) -> impl Future<Output = Vec<Picked>> + use<> {
    let items = transfer.items();
    let entries: Vec<_> = (0..items.length())
        .filter_map(|index| items.get(index)?.webkit_get_as_entry().ok()?)
        .collect();
    // Scripted drops and some file managers give files, but no entries.
    let plain = if entries.is_empty() { transfer.files() } else { None };
    async move {
        let mut picked = plain.map(of_list).unwrap_or_default();
        for entry in entries {
            walk(entry, &mut picked).await;
        }
        picked
    }
}

fn of_list(list: FileList) -> Vec<Picked> {
    (0..list.length()).filter_map(|index| list.get(index)).map(Picked::from).collect()
}

/// Collects what is under `root`; what the browser cannot read is left out, as
/// it has no name to report.
async fn walk(root: FileSystemEntry, picked: &mut Vec<Picked>) {
    let mut waiting = vec![root];
    while let Some(entry) = waiting.pop() {
        if let Some(directory) = entry.dyn_ref::<FileSystemDirectoryEntry>() {
            waiting.extend(children(directory).await);
        } else if let Ok(file) = entry.dyn_into::<FileSystemFileEntry>() {
            let name = file.full_path().trim_start_matches('/').to_owned();
            let got = promise(|done, failed| {
                file.file_with_callback_and_callback(done.unchecked_ref(), failed.unchecked_ref());
                Ok(())
            });
            if let Some(file) = got.await.and_then(|file| file.dyn_into::<File>().ok()) {
                picked.push(Picked { file, name });
            }
        }
    }
}

async fn children(directory: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = directory.create_reader();
    let mut all = Vec::new();
    loop {
        // A reader gives a hundred at a time, and then none.
        let some = promise(|done, failed| {
            reader.read_entries_with_callback_and_callback(
                done.unchecked_ref(),
                failed.unchecked_ref(),
            )
        });
        let some: Array = some.await.and_then(|some| some.dyn_into().ok()).unwrap_or_default();
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// An old callback interface as a future; `None` on failure.
async fn promise(start: impl Fn(&JsValue, &JsValue) -> Result<(), JsValue>) -> Option<JsValue> {
    let mut started = Ok(());
    let promise = Promise::new(&mut |resolve, reject| started = start(&resolve, &reject));
    started.ok()?;
    JsFuture::from(promise).await.ok()
}
