//! Tar archives, old, POSIX and GNU, member by member as they stream in.
//!
//! The blocks are walked here, and only the header's fields read by the tar
//! crate, because it holds long names whole, however long they claim to be.

use tar::{EntryType, Header};

use super::Step;
use super::input::{self, Input, Limited, Window};
use super::walk::Walk;
use super::zip;
use crate::base::{Findings, Format, Kind, Outcome, Whereabouts};

const BLOCK: usize = 512;

/// Bytes of a long name or of extended fields that are read.
const EXTENSION_BYTES: u64 = 64 << 10;

impl Walk<'_> {
    pub(super) fn tar(&mut self, input: &mut dyn Input, mut own: Findings) {
        let meter = self.meter;
        let mut at = 0; // bytes of the archive passed
        if let Some((start, _)) = self.target_step().and_then(|step| step.range) {
            // Straight to the member: its header stands in the block before it.
            at = input.skip(start.saturating_sub(BLOCK as u64));
        }
        let mut index = self.target_step().filter(|_| at > 0).map_or(0, |step| step.index);
        let mut long_name = None;
        let mut members = 0;
        while let Some(block) = input.peek(BLOCK).first_chunk::<BLOCK>().copied() {
            if block.iter().all(|byte| *byte == 0) {
                break; // the end of the archive
            }
            let header = Header::from_byte_slice(&block);
            let Ok(size) = header.entry_size() else {
                meter.fault(Kind::StreamDamaged, Whereabouts::Offset(at), "header");
                break;
            };
            if self.is_full(index, meter.limits().members, &mut own) {
                break;
            }
            at += input.skip(BLOCK as u64);
            let mut member = Limited::exactly(input, size, meter);
            match header.entry_type() {
                EntryType::GNULongName => long_name = Some(long_name_in(&mut member)),
                EntryType::XHeader => long_name = path_in(&mut member).or(long_name),
                EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                    let name = long_name.take().unwrap_or_else(|| {
                        String::from_utf8_lossy(&header.path_bytes()).into_owned()
                    });
                    if self.wants(index) && !zip::is_ignored(&name) {
                        members += 1;
                        self.begin_member(0);
                        let range = Some((at, at.saturating_add(size)));
                        let step =
                            Step { format: Format::Tar, index, range, name: Some(name.into()) };
                        self.enter(step, |walk| {
                            let mut window = Window::for_bytes(&mut member, size);
                            walk.stream(&mut window, None, Findings::default());
                        });
                    }
                    index += 1;
                }
                _ => long_name = None,
            }
            member.finish();
            at = at.saturating_add(size);
            // Members fill whole blocks.
            at = at.saturating_add(input.skip(size.wrapping_neg() % BLOCK as u64));
        }
        if members == 0 {
            self.add(&mut own, Kind::EmptyPart, "");
            self.tell(Format::Tar, Outcome::Empty, own);
        } else {
            self.tell_container(Format::Tar, own);
        }
    }
}

fn extension(member: &mut Limited<'_>) -> Vec<u8> {
    input::take(&mut Window::for_bytes(member, EXTENSION_BYTES), EXTENSION_BYTES)
}

/// The name in a GNU `L` member: it is the next member's.
fn long_name_in(member: &mut Limited<'_>) -> String {
    let bytes = extension(member);
    let name = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

/// The `path` among POSIX extended fields: `LENGTH KEY=VALUE\n` each.
fn path_in(member: &mut Limited<'_>) -> Option<String> {
    extension(member).split(|byte| *byte == b'\n').find_map(|record| {
        let key = record.iter().position(|byte| *byte == b' ')? + 1;
        let path = record[key..].strip_prefix(b"path=")?;
        Some(String::from_utf8_lossy(path).into_owned())
    })
}
