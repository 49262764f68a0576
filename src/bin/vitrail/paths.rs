//! Which files are meant: files, folders with everything below them, `-`.

use std::fmt;
use std::path::PathBuf;

use walkdir::WalkDir;

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    File(PathBuf),
}

/// The path as the user wrote it, with what is below a folder; `-` for standard input.
impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// The files in the order of the arguments, those of a folder in the order of
/// their names. Links are followed, but never in a circle; of a folder only
/// regular files are taken, but a pipe that was named is. What is not there
/// comes as an error.
pub fn inputs(paths: &[PathBuf]) -> impl Iterator<Item = Result<Input, walkdir::Error>> {
    paths.iter().flat_map(|path| {
        let stdin = path.to_str() == Some("-");
        let walk = (!stdin).then(|| WalkDir::new(path).follow_links(true).sort_by_file_name());
        let files = walk.into_iter().flatten().filter_map(|entry| match entry {
            Ok(entry) => {
                let kind = entry.file_type();
                let wanted = kind.is_file() || entry.depth() == 0 && !kind.is_dir();
                wanted.then(|| Ok(Input::File(entry.into_path())))
            }
            // A link that leads back up: everything there is read already.
            Err(error) if error.loop_ancestor().is_some() => None,
            Err(error) => Some(Err(error)),
        });
        stdin.then_some(Ok(Input::Stdin)).into_iter().chain(files)
    })
}
