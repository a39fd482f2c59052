//! What the packages ship of the command line, made from its one definition: the man page and the shells' completions.

use clap::{Command, CommandFactory, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::command_line::{CommandLine, Failure};
use crate::once;

/// What can be made.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Text {
    /// The man page tapdesk(1).
    Man,
    /// Completions for bash.
    Bash,
    /// Completions for zsh.
    Zsh,
    /// Completions for fish.
    Fish,
}

/// What the command line cannot know of itself: heading, then entries of a term and what it means.
const MORE: [(&str, &[(&str, &str)]); 2] = [
    (
        "FILES",
        &[
            ("/etc/tapdesk/tapdesk.toml", "The managed configuration: yours; no package ships or changes it."),
            ("~/.config/tapdesk/tapdesk.toml", "The user's configuration; the set-up writes it."),
            ("~/.local/share/tapdesk", "The data folder: the encrypted journal, and logs."),
            ("/usr/share/doc/tapdesk/tapdesk.example.toml", "Every key with its default."),
            ("/usr/share/tapdesk/tapdesk.schema.json", "The JSON schema of a configuration file."),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("TAPDESK_CONFIG", "The configuration file, where --config is not given."),
            ("TAPDESK_MANAGED_CONFIG", "Another managed file, or none where it is empty."),
            (
                "TAPDESK_SECTION__KEY",
                "Any key of the configuration: TAPDESK_SPACES__BUSINESS_ID is spaces.business_id.",
            ),
        ],
    ),
];

/// Prints one of them.
pub(crate) fn run(what: Text) -> Result<(), Failure> {
    let command = CommandLine::command();
    let shell = match what {
        Text::Man => {
            let page = man(command).map_err(|error| Failure::Other(format!("the man page cannot be made: {error}")))?;
            once::say(page.trim_end());
            return Ok(());
        }
        Text::Bash => Shell::Bash,
        Text::Zsh => Shell::Zsh,
        Text::Fish => Shell::Fish,
    };
    once::say(completion(shell, &command).trim_end());
    Ok(())
}

fn completion(shell: Shell, command: &Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut without_hidden(command), "tapdesk", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The same command line without hidden commands: completions offer these too, and none can be taken out of it.
fn without_hidden(command: &Command) -> Command {
    let shown = command.get_subcommands().filter(|below| !below.is_hide_set());
    let version = command.get_version().map(|_| env!("CARGO_PKG_VERSION"));
    Command::new("tapdesk").version(version).args(command.get_arguments()).subcommands(shown)
}

/// The whole page: one for all commands, since whoever stands at a tablet searches one.
fn man(mut command: Command) -> std::io::Result<String> {
    command.build();
    let page = Man::new(command.clone()).section("1").date("").manual("Tapdesk");
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    let mut heading = Roff::new();
    heading.control("SH", ["COMMANDS"]);
    heading.to_writer(&mut text)?;
    for subcommand in command.get_subcommands() {
        describe(subcommand, &mut text)?;
    }
    page.render_extra_section(&mut text)?;
    let mut more = Roff::new();
    for (title, entries) in MORE {
        more.control("SH", [title]);
        for (term, meaning) in entries {
            more.control("TP", []).text([bold(*term)]).text([roman(*meaning)]);
        }
    }
    more.to_writer(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// One command and those below it: how it is called, what it does, its own options.
fn describe(command: &Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    if command.is_hide_set() || command.get_name() == "help" {
        return Ok(());
    }
    let mut entry = Roff::new();
    let usage = command.clone().render_usage().to_string();
    entry.control("SS", [usage.trim_start_matches("Usage: ").trim()]);
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        for paragraph in about.to_string().split("\n\n") {
            entry.control("PP", []).text([roman(paragraph)]);
        }
    }
    for option in command.get_arguments().filter(|option| !option.is_hide_set() && !option.is_global_set()) {
        if matches!(option.get_id().as_str(), "help" | "version") {
            continue;
        }
        entry.control("TP", []).text([bold(option.to_string())]);
        entry.text([roman(option.get_help().map(ToString::to_string).unwrap_or_default())]);
    }
    entry.to_writer(text)?;
    command.get_subcommands().try_for_each(|below| describe(below, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A command that the page does not name cannot be found on a tablet.
    #[test]
    fn the_man_page_names_every_command_that_help_names() {
        let page = man(CommandLine::command()).expect("the page is written to memory");
        let command = CommandLine::command();
        for name in command.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name) {
            let heading = format!(".SS \"tapdesk {}", name.replace('-', "\\-"));
            assert!(page.contains(&heading) || page.contains(&heading.replace("\\-", "-")), "{name}: {page}");
        }
        assert!(!page.contains("tapdesk generate"), "{page}");
    }

    #[test]
    fn shells_complete_what_help_names_and_nothing_that_is_hidden() {
        let command = CommandLine::command();
        let is_hidden = |name: &str| command.find_subcommand(name).is_some_and(Command::is_hide_set);
        assert!(is_hidden("generate"), "or this proves nothing");
        for below in command.get_subcommands() {
            assert!(!below.get_subcommands().any(Command::is_hide_set), "hidden below {}", below.get_name());
        }
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let script = completion(shell, &command);
            for name in command.get_subcommands().map(Command::get_name) {
                assert_eq!(script.contains(name), !is_hidden(name), "{shell}: {name}");
            }
            for words in ["config", "version", "roll-back", "keep-power-key", "discard"] {
                assert!(script.contains(words), "{shell}: {words}");
            }
        }
    }
}
