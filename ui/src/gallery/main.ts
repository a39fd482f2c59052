// Entry of the gallery: `?scene=NAME` shows one scene full screen; without, a list. Also `theme`, `text` (percent),
// `language` (of the page, in place of the scene's) and `dir=rtl` (mirrored whatever the language).
import { mount } from "svelte";
import Gallery from "./Gallery.svelte";
import "./pseudo";
import "../styles/tokens.css";
import "../styles/themes.css";
import "../styles/base.css";

const target = document.getElementById("gallery");
if (target !== null) mount(Gallery, { target });
