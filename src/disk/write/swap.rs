//! Turns a finished new site into the output folder in one step, and what a killed build left
//! beside the folder into nothing.

use std::fs;
use std::io;
use std::path::Path;

use super::error::ApplyError;
use super::lock::Lock;
use super::place::Place;
use super::retire::retire;
use super::stage::discard;

/// Makes `place.new` the output folder; what was the output folder is then at `place.old`.
///
/// Errors leave the output folder as it was.
pub(super) fn swap(place: &Place, exchange: bool) -> Result<(), ApplyError> {
    let (live, new, old) = (&place.live, &place.new, &place.old);
    let refuse = |cause: io::Error| match cause.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
            ApplyError::Mount { path: place.given() }
        }
        _ => place.disk("replace", live)(cause),
    };
    if !is_there(live) {
        return fs::rename(new, live).map_err(refuse);
    }
    if exchange && change_places(new, live).map_err(refuse)? {
        return fs::rename(new, old).map_err(|cause| ApplyError::LeftOver { path: new.clone(), cause });
    }
    // Killed after the first of these, there is no folder until the next build has recovered.
    fs::rename(live, old).map_err(refuse)?;
    fs::rename(new, live).map_err(|cause| {
        let _ = fs::rename(old, live);
        refuse(cause)
    })
}

/// Brings the output folder to be whole, old or new, and clears away what is beside it.
///
/// Errors when something beside it is not ours or cannot be removed.
pub(super) fn recover(place: &Place, lock: &Lock) -> Result<(), ApplyError> {
    for beside in [&place.new, &place.old] {
        match fs::symlink_metadata(beside) {
            Ok(there) if !there.is_dir() => {
                return Err(ApplyError::InTheWay { path: beside.clone() });
            }
            _ => {}
        }
    }
    if is_there(&place.new) && !lock.has_other_than_noted(&place.new) {
        discard(&place.new).map_err(place.disk("remove", &place.new))?;
    }
    clear_old(place)?;
    // Left now is what was the old site when the kill came right after the exchange.
    if is_there(&place.new) {
        fs::rename(&place.new, &place.old).map_err(place.disk("move away", &place.new))?;
        clear_old(place)?;
    }
    Ok(())
}

fn clear_old(place: &Place) -> Result<(), ApplyError> {
    if !is_there(&place.old) {
        return Ok(());
    }
    if is_there(&place.live) {
        return retire(place);
    }
    fs::rename(&place.old, &place.live).map_err(place.disk("put back", &place.live))
}

/// Returns whether anything is at `path`, be it a link to nothing.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Lets two folders change places in one step; returns false where the system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn change_places(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    let unable = [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP];
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(cause) if unable.contains(&cause) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn change_places(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
