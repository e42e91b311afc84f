//! Settings of targets, and what is wrong with them.

use super::Desk;

#[test]
fn a_name_in_the_settings_comes_before_everything_else() {
    let desk = Desk::new(Vec::new());
    desk.append("site.toml", "\n[publish.archive]\nto = \"../kept\"\n");
    desk.publish(&["archive"]);
    assert!(desk.path("kept/index.html").is_file());
}

#[test]
fn one_publish_of_a_dossier_at_a_time() {
    let desk = Desk::new(Vec::new());
    desk.publish(&["../out"]);
    let lock = std::fs::File::options().write(true).open(desk.path("dossier/.dossier/publish/lock")).unwrap();
    lock.lock().unwrap();
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1);
    assert!(text.contains("being published already"), "{text}");
    drop(lock);
    desk.publish(&["../out"]);
}
