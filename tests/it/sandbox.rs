//! Templates that do not end, that grow without bound, or that reach for what is none of theirs.

use crate::cli::{ADA, Folder};

/// A template for the page of a person, how the build is told to fail, and what its report says.
struct Case {
    name: &'static str,
    template: &'static str,
    says: &'static [&'static str],
    /// How long a page may take.
    seconds: &'static str,
}

const LIMITS: [Case; 7] = [
    Case {
        name: "three loops within each other that write nothing",
        template: "{%- set r = range(end=100000) -%}{%- for a in r -%}{%- for b in r -%}{%- for c in r -%}\
                   {%- set x = 1 -%}{%- endfor -%}{%- endfor -%}{%- endfor -%}",
        says: &[
            "error[template-limit]",
            "templates/person.html takes longer than 2 seconds to make people/ada.html",
        ],
        seconds: "2",
    },
    Case {
        name: "a page that grows",
        template: "{% set text = \"0123456789\" ~ page.title %}{% for a in range(end=100000) %}\
                   {% for b in range(end=100000) %}\
                   {{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}\
                   {% endfor %}{% endfor %}",
        says: &["error[template-limit]", "makes a page of more than 256 MiB", "templates/person.html:1:1"],
        seconds: "60",
    },
    Case {
        name: "a text that is doubled again and again",
        template: "{%- set_global s = \"0123456789\" -%}{%- for a in range(end=80) -%}\
                   {%- set_global s = s ~ s -%}{%- endfor -%}{{ s | length }}",
        says: &["error[template-limit]", "templates/person.html takes", "to make people/ada.html"],
        seconds: "2",
    },
    Case {
        name: "a list that is doubled again and again",
        template: "{%- set_global s = [1] -%}{%- for a in range(end=80) -%}\
                   {%- set_global s = [...s, ...s] -%}{%- endfor -%}{{ s | length }}",
        says: &["error[template-limit]", "templates/person.html takes", "to make people/ada.html"],
        seconds: "2",
    },
    Case {
        name: "a component that calls itself",
        template: "{% component rec(n) %}{{<rec n={n} />}}{% endcomponent rec %}{{<rec n={1} />}}",
        says: &["error[template-render]", "recursion depth for components", "templates/person.html:1:1"],
        seconds: "60",
    },
    Case {
        name: "a component that calls itself by `once`",
        template: "{% component rec(n) %}{{ once(component=\"rec\", n=n+1) or <rec n={n} /> }}{% endcomponent rec %}\
                   {{<rec n={1} />}}",
        says: &["error[template-render]", "by `once` more than 10 levels deep", "templates/person.html:1:26"],
        seconds: "60",
    },
    Case {
        name: "a list of more numbers than any page has a use for",
        template: "{% for a in range(end=1000000000) %}x{% endfor %}",
        says: &["error[template-render]", "exceeds the limit", "templates/person.html:1:"],
        seconds: "60",
    },
];

#[test]
fn a_template_that_does_not_end_is_an_error_and_leaves_the_old_site() {
    for Case { name, template, says, seconds } in LIMITS {
        let folder = Folder::with(&[ADA]);
        folder.run(&["build"]).succeeds();
        let before = folder.read("public/people/ada.html");
        folder.write("templates/person.html", template);
        let ran = folder.run_with(&["build"], &[("DOSSIER_PAGE_SECONDS", seconds)]).fails();
        for part in says {
            assert!(ran.err().contains(part), "{name}: {}", ran.err());
        }
        assert_eq!(folder.read("public/people/ada.html"), before, "{name}");
        for beside in [".public.dossier-new", ".public.dossier-lock"] {
            assert!(!folder.path(beside).exists(), "{name} leaves {beside}");
        }
        // The next build is none the worse for it, and leaves nothing beside the site.
        folder.write("templates/person.html", "{% extends \"theme/person.html\" %}");
        folder.run(&["build"]).succeeds();
        assert!(!folder.path(".public.dossier-new").exists(), "{name}");
    }
    println!("{} templates that do not end, {0} clear errors", LIMITS.len());
}

#[test]
fn every_command_that_makes_pages_is_ended_by_one_that_takes_too_long() {
    let endless = LIMITS[0].template;
    let seconds = [("DOSSIER_PAGE_SECONDS", "1")];
    let commands: [fn(&Folder) -> Vec<String>; 4] = [
        |_| vec!["check".to_owned()],
        |_| vec!["serve".to_owned(), "--port".to_owned(), "0".to_owned()],
        |folder| vec!["publish".to_owned(), folder.path("published").display().to_string()],
        |_| vec!["build".to_owned(), "--watch".to_owned()],
    ];
    for command in commands {
        let folder = Folder::with(&[ADA, ("templates/person.html", endless)]);
        let arguments = command(&folder);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = folder.run_with(&arguments, &seconds).fails();
        assert!(ran.err().contains("error[template-limit]"), "{arguments:?}: {}", ran.err());
        assert!(!folder.path("published").exists() && !folder.path("public").exists(), "{arguments:?}");
    }
    // The sheet of the editor has a template, too.
    let folder = Folder::with(&[ADA, ("templates/factcheck.html", endless)]);
    let ran = folder.run_with(&["factcheck"], &seconds).fails();
    assert!(ran.err().contains("templates/factcheck.html takes longer than 1 seconds"), "{}", ran.err());
}

/// Each reaches for a file, the network, the environment or the clock; the secret is what it would show.
const REACHES: [&str; 10] = [
    "{% include \"../secret.txt\" %}",
    "{% include \"/etc/passwd\" %}",
    "{% include \"../content/people.toml\" %}",
    "{% extends \"../secret.html\" %}",
    "{{ get_env(name=\"SECRET\") }}",
    "{{ load_data(path=\"secret.txt\") }}",
    "{{ load_file(path=\"secret.txt\") }}",
    "{{ get(url=\"https://example.org/\") }}",
    "{{ now() }}",
    "{{ get_random(start=0, end=9) }}",
];

#[test]
fn a_template_reaches_no_file_no_network_no_environment_and_no_clock() {
    for template in REACHES {
        let folder = Folder::with(&[ADA, ("templates/person.html", template)]);
        folder.write("secret.txt", "the secret");
        folder.write("secret.html", "the secret");
        let ran = folder.run_with(&["build"], &[("SECRET", "the secret")]).fails();
        assert!(ran.err().contains("templates/person.html:1:"), "{template}: {}", ran.err());
        assert!(!ran.err().contains("the secret"), "{template}: {}", ran.err());
        assert!(!folder.path("public").exists(), "{template}");
    }
    println!("{} ways out of the templates, {0} errors", REACHES.len());
}

/// What templates can call is on this list: whoever adds to it has thought of what it lets in.
#[test]
fn templates_can_call_these_functions_and_no_others() {
    let known = ["once", "range", "t", "throw"];
    for name in known.iter().chain(&["get_env", "now", "load_data", "include", "dump", "read", "http"]) {
        let template = format!("{{{{ {name}(nothing=\"of this\") }}}}");
        let folder = Folder::with(&[ADA, ("templates/person.html", &template)]);
        let said = folder.run(&["check"]).err();
        let unknown = said.contains(&format!("unknown function `{name}`"));
        assert_eq!(unknown, !known.contains(name), "{name}: {said}");
    }
    // The context of a page is data alone.
    let folder = Folder::with(&[ADA, ("templates/person.html", "{{ __tera_context }}")]);
    folder.run(&["build"]).succeeds();
    let page = folder.read("public/people/ada.html");
    assert!(!page.contains(&folder.path("").display().to_string()), "{page}");
}
