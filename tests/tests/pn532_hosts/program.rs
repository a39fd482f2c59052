//! The simulator as a program: its control socket, its standard input, its end.

use super::*;

/// The program, and a hand on its three ways in and out.
struct Program {
    child: Child,
    out: mpsc::Receiver<Value>,
    link: PathBuf,
    control: PathBuf,
    _folder: tempfile::TempDir,
}

impl Program {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let [link, control, log] = ["reader", "control", "frames"].map(|name| folder.path().join(name));
        let mut child = Command::new(env!("CARGO_BIN_EXE_pn532-simulator"))
            .args(["--link".as_ref(), link.as_os_str(), "--control".as_ref(), control.as_os_str()])
            .args(["--log".as_ref(), log.as_os_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("stdout is a pipe")).lines();
        let (report, out) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = report.send(serde_json::from_str(&line).expect("each line is JSON"));
            }
        });
        Self { child, out, link, control, _folder: folder }
    }

    fn next(&self) -> Value {
        self.out.recv_timeout(SOON).expect("the program answers")
    }

    fn ends_clean(mut self) {
        // Its stdout ends with it.
        assert_eq!(self.out.recv_timeout(SOON), Err(mpsc::RecvTimeoutError::Disconnected));
        assert!(self.child.wait().expect("a child can be waited for").success());
        assert!(!self.link.is_symlink() && !self.control.exists());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_program_obeys_its_socket_and_its_stdin_and_ends_clean() {
    let _turn = one_at_a_time();
    let mut program = Program::start();
    let ready = program.next();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["line"].as_str(), program.link.to_str());
    assert_eq!(fs::read_link(&program.link).unwrap().to_str(), ready["pty"].as_str());

    let mut socket = UnixStream::connect(&program.control).unwrap();
    let mut replies = BufReader::new(socket.try_clone().unwrap()).lines();
    let mut ask = |command: &str| -> Value {
        writeln!(socket, "{command}").unwrap();
        serde_json::from_str(&replies.next().unwrap().unwrap()).unwrap()
    };
    assert_eq!(ask(&format!("present {SEVEN}"))["type"], "ntag213");
    assert_eq!(nfc_list(&program.link).uids(), [SEVEN]);
    let unknown = ask("levitate");
    assert_eq!(unknown["ok"], false);
    assert!(unknown["error"].as_str().unwrap().contains("levitate"), "{unknown}");
    assert!(unknown["commands"].as_array().unwrap().iter().any(|name| name == "unplug"), "{unknown}");
    let log = ask("log 3");
    assert_eq!(log["frames"].as_array().unwrap().len(), 3);
    assert_eq!(log["frames"][2]["hex"], "0000FF03FDD517001400", "nfc-list ends with PowerDown: {log}");
    assert_eq!(ask("fault slow 2")["faults"][0]["left"], 2);
    assert_eq!(ask("fault none")["faults"].as_array().unwrap().len(), 0);
    assert_eq!(ask("unplug")["plugged"], false);
    assert_eq!(ask("unplug")["ok"], true);
    let replugged = ask("replug");
    assert_eq!(fs::read_link(&program.link).unwrap().to_str(), replugged["pty"].as_str());
    assert_eq!(ask("replug")["ok"], false);
    let status = ask("status");
    assert_eq!((&status["plugged"], &status["tiles"][0]["uid"]), (&Value::from(true), &Value::from(SEVEN)));
    assert!(ask("help")["faults"].as_array().unwrap().len() >= 10);
    assert_eq!(ask(&format!("remove {SEVEN}"))["removed"], 1);

    let mut stdin = program.child.stdin.take().unwrap();
    writeln!(stdin, "present phone").unwrap();
    assert_eq!(program.next()["type"], "phone");
    writeln!(stdin, "remove").unwrap();
    assert_eq!(program.next()["removed"], 1);
    drop(stdin);
    assert_eq!(ask("status")["ok"], true, "the end of stdin is not the end of the program");
    assert_eq!(ask("quit")["quit"], true);
    program.ends_clean();
}

#[test]
fn a_signal_or_quit_on_stdin_ends_the_program_clean() {
    let _turn = one_at_a_time();
    let mut program = Program::start();
    assert_eq!(program.next()["ready"], true);
    writeln!(program.child.stdin.take().unwrap(), "quit").unwrap();
    assert_eq!(program.next()["quit"], true);
    program.ends_clean();
    for signal in [Signal::TERM, Signal::INT] {
        let program = Program::start();
        assert_eq!(program.next()["ready"], true);
        kill_process(Pid::from_child(&program.child), signal).unwrap();
        program.ends_clean();
    }
}
