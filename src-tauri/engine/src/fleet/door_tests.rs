//! A desk that does not open, or does not stay, with a configuration on trial.

use std::path::Path;

use super::super::state::Signed;
use super::super::trial::Trial;
use super::*;

fn settings(data_dir: &Path) -> Settings {
    let fleet = serde_json::json!({
        "url": "https://fleet.example.org/kiosks.toml",
        "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
    });
    let spaces = serde_json::json!({ "business_id": 9 });
    serde_json::from_value(serde_json::json!({ "data_dir": data_dir, "spaces": spaces, "fleet": fleet })).unwrap()
}

fn on_trial(settings: &Settings) -> Store {
    let store = Store::of(&settings.fleet, &settings.data_dir).unwrap();
    let trial = Some(Trial { version: 8, reader_worked: true, link_worked: true, starts: 0 });
    let before = Some(Signed { text: "before".to_owned(), signature: String::new() });
    store.keep(&State { before, trial, ..State::default() }).unwrap();
    store
}

fn is_rolled_back(store: &Store) -> bool {
    let state = store.read().unwrap();
    state.bad(8).is_some() && state.trial.is_none() && state.in_force.is_some_and(|file| file.text == "before")
}

#[tokio::test]
async fn a_desk_that_begins_again_and_again_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    opened(settings.clone()).await.unwrap();
    assert!(!folder.path().join("fleet").exists(), "nothing is on trial");
    let store = on_trial(&settings);
    for start in 1..=MOST_STARTS {
        opened(settings.clone()).await.unwrap();
        assert!(!is_rolled_back(&store), "{start}");
    }
    let error = opened(settings.clone()).await.unwrap_err();
    assert!(matches!(error, StartError::RolledBack { version: 8 }) && error.restart_may_mend(), "{error}");
    assert!(is_rolled_back(&store));
    opened(settings).await.unwrap();
}

#[tokio::test]
async fn what_the_configuration_is_to_blame_for_goes_back_and_nothing_else_does() {
    let wrong = || StartError::WrongLocation { wanted: 77, seen: "9 (Quay House)".to_owned() };
    for (error, expected) in [(wrong(), true), (StartError::Failed, false)] {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let store = on_trial(&settings);
        let said = error.to_string();
        assert_eq!(failed(settings, error).await.to_string(), said);
        assert_eq!(is_rolled_back(&store), expected, "{said}");
    }
}
