// Entry of the kiosk page: puts the app on the screen.
import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

// A long press on a touch screen must not open the web view's own menu.
window.addEventListener("contextmenu", (event) => event.preventDefault());

const target = document.getElementById("kiosk");
if (target !== null) mount(App, { target });
