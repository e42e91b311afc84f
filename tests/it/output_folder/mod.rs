//! The folder that a build writes: the old site or the new one, and what a person put there.

mod applier;
mod apply;
mod killed;
mod left_over;
#[cfg(target_os = "linux")]
mod refused_by_disk;
pub mod support;
