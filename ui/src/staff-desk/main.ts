// Entry of the staff desk's page: puts the desk on the staff's screen.
import { mount } from "svelte";
import { applyAppearance } from "../shared/appearance";
import App from "./App.svelte";
import "../styles/tokens.css";
import "../styles/themes.css";
import "../styles/base.css";

// A long press on a touch screen must not open the web view's own menu.
window.addEventListener("contextmenu", (event) => event.preventDefault());

// Until the shell has said how the operator wants it.
applyAppearance("system", 100, null);

const target = document.getElementById("staff-desk");
if (target !== null) mount(App, { target });
