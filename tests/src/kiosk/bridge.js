// What stands in for Tapdesk's shell where its page runs in a browser: answers what the page asks from files, and hands on
// the scenes that are sent at the address in `?scenes=`.
const handlers = {};
const files = { current_scene: "scene.json", appearance: "appearance.json" };

window.__TAURI_INTERNALS__ = {
  transformCallback: (callback) => callback,
  invoke: async (command, args) => {
    if (command === "plugin:event|listen") {
      handlers[args.event] = args.handler;
      return 1;
    }
    return command in files ? (await fetch(files[command])).json() : null;
  },
};

const scenes = new URLSearchParams(location.search).get("scenes");
if (scenes !== null) {
  new EventSource(scenes).onmessage = ({ data }) => handlers.scene?.({ event: "scene", id: 1, payload: JSON.parse(data) });
}
