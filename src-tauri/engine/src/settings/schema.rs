//! The configuration's JSON schema, from the types that read it.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::Settings;

/// The JSON schema (draft 2020-12) of a configuration file. It says less than the program checks: it does not know which
/// colours can be read, nor what another layer holds.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Settings>().to_value();
    simplify(&mut schema);
    schema["title"] = "Tapdesk's configuration".into();
    // A file may leave the location to another layer.
    for section in ["", "/properties/spaces"] {
        schema.pointer_mut(section).and_then(Value::as_object_mut).map(|section| section.shift_remove("required"));
    }
    if let Some(data_dir) = schema.pointer_mut("/properties/data_dir").and_then(Value::as_object_mut) {
        // It is another one on each machine.
        data_dir.shift_remove("default");
    }
    // As `PinSettings::fits` has it.
    schema["not"] = json!({
        "required": ["pin", "kiosk"],
        "properties": {
            "pin": { "required": ["accept"], "properties": { "accept": { "const": "name_and_pin" } } },
            "kiosk": { "required": ["names"], "properties": { "names": { "const": "none" } } },
        },
    });
    schema
}

/// TOML has no null: what may be left out is simply not required. A section's default only repeats those of its keys.
fn simplify(schema: &mut Value) {
    match schema {
        Value::Object(parts) => {
            if parts.get("default").is_some_and(|default| default.is_null() || default.is_object()) {
                parts.shift_remove("default");
            }
            if let Some(Value::Array(types)) = parts.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    parts.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(mut choices)) = parts.get("anyOf").cloned() {
                choices.retain(|choice| choice["type"] != "null");
                if let [Value::Object(only)] = choices.as_slice() {
                    parts.shift_remove("anyOf");
                    for (name, part) in only {
                        // What is said of the key goes before what is said of its type.
                        parts.entry(name.clone()).or_insert_with(|| part.clone());
                    }
                }
            }
            parts.values_mut().for_each(simplify);
        }
        Value::Array(parts) => parts.iter_mut().for_each(simplify),
        _ => {}
    }
}
