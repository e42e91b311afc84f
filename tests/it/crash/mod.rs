//! The whole program, killed, raced, without room on the disk, and given rubbish in place of what it kept: what was there,
//! or what is new, is there whole.

mod astray;
mod complete;
mod damaged;
mod dossier;
mod full_disk;
mod imports;
mod killed;
mod left;
mod races;
mod read_only;
mod work;
