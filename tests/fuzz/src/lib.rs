//! The targets of `tests/it/fuzz`, for libFuzzer.

#[path = "../../it/fuzz/targets/mod.rs"]
pub mod targets;
