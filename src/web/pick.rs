//! Files from the user: pickers, drops with folders, pasted text.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry as Entry,
    FileSystemFileEntry, HtmlInputElement,
};

use super::envelope::get;

/// Among many things, nothing is a folder that is called so: to ask the browser, which asks the system,
/// holds the page up for a fifth of a millisecond each.
const OF_FILES: [&str; 6] = [".eml", ".gz", ".json", ".msg", ".xml", ".zip"];
const MANY: u32 = 200;

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
    // Chromium has no classes of entries: they can be asked what they are, not whether they are of one.
    let items = transfer.items();
    let (mut picked, mut folders) = (Vec::new(), Vec::new());
    for item in (0..items.length()).filter_map(|index| items.get(index)) {
        let Some(file) = item.get_as_file().ok().flatten() else { continue };
        // A folder is a file, too, but one that cannot be read.
        let is_file = || OF_FILES.iter().any(|end| file.name().ends_with(end));
        let entry = match items.length() > MANY && is_file() {
            true => None,
            false => item.webkit_get_as_entry().ok().flatten(),
        };
        match entry.filter(Entry::is_directory) {
            Some(folder) => folders.push(folder),
            None => picked.push(file.into()),
        }
    }
    async move {
        while !folders.is_empty() {
            // In the order in which they were dropped: of two copies the first one counts.
            let folder = folders.remove(0);
            let (more, files) = children(&folder).await.into_iter().partition(Entry::is_directory);
            folders.extend::<Vec<_>>(more);
            picked.extend(files_of(files).await);
        }
        picked
    }
}

fn of_list(list: FileList) -> Vec<Picked> {
    (0..list.length()).filter_map(|index| list.get(index)).map(Picked::from).collect()
}

async fn children(folder: &Entry) -> Vec<Entry> {
    let reader = folder.unchecked_ref::<FileSystemDirectoryEntry>().create_reader();
    let mut all = Vec::new();
    loop {
        // A reader gives a hundred at a time, and then none.
        let some = promise(|done| {
            if reader.read_entries_with_callback_and_callback(done, done).is_err() {
                let _ = done.call0(&JsValue::NULL);
            }
        });
        let some = array(some).await;
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<Entry>));
    }
}

/// What the browser cannot read is left out. All are asked for at once: each takes it a while.
async fn files_of(entries: Vec<Entry>) -> Vec<Picked> {
    let file = |entry: &Entry| {
        let entry = entry.unchecked_ref::<FileSystemFileEntry>();
        promise(|done| entry.file_with_callback_and_callback(done, done))
    };
    let files = array(Promise::all(&entries.iter().map(file).collect::<Array>())).await;
    let picked = |(entry, file): (&Entry, JsValue)| {
        let name = entry.full_path().trim_start_matches('/').to_owned();
        Some(Picked { file: file.dyn_into().ok()?, name })
    };
    entries.iter().zip(files.iter()).filter_map(picked).collect()
}

/// What is promised, if it is an array; an empty one where it is not.
async fn array(promise: Promise) -> Array {
    JsFuture::from(promise).await.unwrap_or_default().dyn_into().unwrap_or_default()
}

/// An old interface of callbacks as a promise, which is kept with a fault, too.
fn promise(start: impl Fn(&Function)) -> Promise {
    Promise::new(&mut |done, _| start(&done))
}
