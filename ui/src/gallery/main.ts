// Entry of the gallery: `?scene=NAME` shows one scene full screen, `&dir=rtl` mirrored; without, a list.
import { mount } from "svelte";
import Gallery from "./Gallery.svelte";
import "./pseudo";
import "../styles/tokens.css";
import "../styles/base.css";

const target = document.getElementById("gallery");
const asked = new URLSearchParams(location.search);
if (target !== null) mount(Gallery, { target, props: { name: asked.get("scene"), mirrored: asked.get("dir") === "rtl" } });
