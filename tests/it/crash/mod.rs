//! The whole program, killed, raced, and given rubbish in place of what it kept: the old site or the new one is there,
//! whole.

mod damaged;
mod dossier;
mod killed;
mod races;
