// A run while it goes on: how many rows, Stop, a bar, the pace, the last pictures. The kernel sends HTML that its
// renderer has made safe. See page.js and frontend.js.

function view(model, state, el) {
  const page = element("div", "jp-RenderedHTMLCommon jp-RenderedHTML");
  const root = element("div", "vision-magic-live vision-magic-run");
  const line = element("div", "vision-magic-line");
  const parts = { rows: element("span"), pace: element("div"), pictures: element("div") };
  line.append(parts.rows, stopButton(model, state, root));
  root.append(line, parts.pace, parts.pictures);
  page.append(root);
  el.append(page);

  const draw = () => {
    if (model.get("ended")) page.innerHTML = model.get("ended");
    else for (const [name, part] of Object.entries(parts)) showHtml(part, model.get(name));
  };
  // When the button is removed, move its focus to the cell; otherwise it would move to the top of the page.
  const releaseFocus = (message) => {
    if (message.kind !== "ended" || !root.contains(document.activeElement)) return;
    root.closest("[tabindex]")?.focus({ preventScroll: true });
  };
  const events = { "change:rows change:pace change:pictures change:ended": draw, "msg:custom": releaseFocus };
  for (const [name, handler] of Object.entries(events)) model.on(name, handler);
  draw();
  return () => {
    for (const [name, handler] of Object.entries(events)) model.off(name, handler);
  };
}

// A function, so that each run has its own state even if the module is loaded only once.
export default () => {
  const state = { heard: false, stopping: false };
  return {
    initialize({ model }) {
      // Here and not in render, where messages that arrive before the first view would be lost.
      const onMessage = (message) => noteMessage(state, message);
      model.on("msg:custom", onMessage);
      announce("The pictures are being asked about.");
      sayHello(model, state);
      return () => {
        state.heard = true;
        model.off("msg:custom", onMessage);
      };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
