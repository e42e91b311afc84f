//! `dossier serve`: the site from memory, and every edit on the open pages.

mod editor;
mod http;
mod mailbox;
mod message;
mod pages;
mod readers;
mod served;
mod site;
mod worker;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use dossier::preview::Preview;
use dossier::render::limits::STACK;
use dossier::{Options, theme};
use tokio::net::TcpListener;

pub use editor::Template;

use super::args::{DossierArgs, ReportFormat, ServeArgs};
use super::build::shelf;
use super::limits;
use super::terminal::{fail, print, say};
use super::watch::Watch;
use editor::Editor;
use http::Desk;
use mailbox::{Letter, Mailbox};
use site::Site;
use worker::Worker;

/// So many ports are tried after the first.
const PORTS: u16 = 100;

pub fn run(args: &ServeArgs) -> ExitCode {
    limits::begin(ReportFormat::Text);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("cannot serve: {error}"), ""),
    };
    match runtime.block_on(serve(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err((message, help)) => failed(&message, help),
    }
}

fn failed(message: &str, help: &str) -> ExitCode {
    fail(message, help);
    ExitCode::FAILURE
}

async fn serve(args: &ServeArgs) -> Result<(), (String, &'static str)> {
    let root = std::fs::canonicalize(&args.root).map_err(|error| {
        let message = format!("cannot read {}: {error}", args.root.display());
        (message, "name the folder of a dossier with `--root`")
    })?;
    if !root.is_dir() {
        let message = format!("{} is no folder", args.root.display());
        return Err((message, "name the folder of a dossier with `--root`"));
    }
    let (listener, address) = listen(args).await?;
    let (mailbox, inbox) = Mailbox::new();
    let letters = mailbox.clone();
    let watch = Watch::start(&root, move |change| letters.send(Letter::Changed(change)))
        .map_err(|message| (message, "build again with `dossier build` after each change"))?;
    let base = args.base.clone();
    let url = format!("http://{}{base}", shown(args, address));
    let desk = Desk::new(mailbox, base, args.host.clone(), address);

    let options = Options { drafts: !args.published, withheld: !args.published, as_of: None };
    let mut preview = Preview::new(theme::theme(), options);
    let shelf = shelf(&root, preview.cache());
    let editor = Editor { template: args.editor.clone(), root: root.clone() };
    let report = DossierArgs { root: args.root.clone(), drafts: false, format: ReportFormat::Text };
    let mut worker = Worker::new(root, report, Site { preview, editor }, shelf, watch);
    let open = args.open;
    let work = move || {
        worker.run(inbox, || {
            print(&format!("{url}\n"));
            say("every edit shows on the open pages; stop with Ctrl-C");
            if open && let Err(error) = open::that_detached(&url) {
                say(&format!("warning: cannot open a browser: {error}"));
            }
        });
    };
    std::thread::Builder::new()
        .name("preview".to_owned())
        .stack_size(STACK)
        .spawn(work)
        .map_err(|error| (format!("cannot serve: {error}"), ""))?;
    http::serve(listener, Arc::new(desk)).await;
    Ok(())
}

/// Takes the port that is asked for, or else the next that is free.
async fn listen(args: &ServeArgs) -> Result<(TcpListener, SocketAddr), (String, &'static str)> {
    let last = args.port.saturating_add(if args.port == 0 { 0 } else { PORTS });
    let mut error = None;
    for port in args.port..=last {
        match TcpListener::bind((args.host.as_str(), port)).await {
            Ok(listener) => match listener.local_addr() {
                Ok(address) => return Ok((listener, address)),
                Err(why) => error = Some(why),
            },
            Err(why) if why.kind() == std::io::ErrorKind::AddrInUse => error = Some(why),
            Err(why) => {
                let message = format!("cannot serve at {}:{port}: {why}", args.host);
                return Err((message, "name another address with `--host`, or another port with `--port`"));
            }
        }
    }
    let why = error.map_or_else(String::new, |why| format!(": {why}"));
    let message = format!("no port from {} to {last} is free at {}{why}", args.port, args.host);
    Err((message, "name another one with `--port`"))
}

/// The host and port as they stand in an address: an address that stands for all is reached at this machine's own.
fn shown(args: &ServeArgs, address: SocketAddr) -> String {
    let (ip, port) = (address.ip(), address.port());
    match args.host.parse::<std::net::IpAddr>() {
        Ok(_) if ip.is_unspecified() => format!("127.0.0.1:{port}"),
        Ok(_) => address.to_string(),
        Err(_) => format!("{}:{port}", args.host),
    }
}
