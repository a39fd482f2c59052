// Entry of the staff desk's page: puts the desk on the staff's screen.
import { mount } from "svelte";
import { answerTheShell } from "../door";
import { applyAppearance } from "../shared/appearance";
import { stayOnThePage } from "../shared/passer-by";
import App from "./App.svelte";
import "../styles/tokens.css";
import "../styles/themes.css";
import "../styles/base.css";

// First of all, so that both hold whatever becomes of the app.
answerTheShell();
stayOnThePage();

// Until the shell has said how the operator wants it.
applyAppearance("system", 100, null);

const target = document.getElementById("staff-desk");
if (target !== null) mount(App, { target });
