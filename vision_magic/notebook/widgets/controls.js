// The controls of the panels. They are put before the script of each panel, after frontend.js.

function element(tag, name, text) {
  const created = document.createElement(tag);
  if (name) created.className = `vision-magic-panel-${name}`;
  if (text) created.textContent = text;
  // Keep JupyterLab's shortcuts for cells away: x would cut the cell. It looks at the focused element first, and only
  // then at the elements around it.
  created.dataset.lmSuppressShortcuts = "true";
  return created;
}

function button(name, text, onClick) {
  const created = element("button", name, text);
  created.type = "button";
  created.addEventListener("click", onClick);
  return created;
}

// Acts on mousedown, since the answer that grows above moves the button away before the click ends.
function stopButton(model) {
  const stop = () => {
    if (created.getAttribute("aria-disabled")) return; // a disabled button would lose the focus
    created.setAttribute("aria-disabled", "true");
    model.send({ kind: "stop" });
  };
  const created = button("stop", "Stop", stop); // the click also comes from the keyboard
  created.addEventListener("mousedown", (event) => event.button === 0 && stop());
  return created;
}

// A label above its control.
function field(text, control) {
  const container = element("div", "field");
  const label = element("label", "", text);
  control.id = `vision-magic-panel-${Math.random().toString(36).slice(2)}`; // random, since each panel is a module
  label.htmlFor = control.id;
  container.append(label, control);
  return container;
}

// The buttons in an answer are plain HTML without a handler.
function copyAnswer(event) {
  const target = event.target instanceof Element ? event.target.closest(`button.${COPY}`) : null;
  if (!target) return;
  event.stopPropagation(); // the page may have a listener for them too
  copyPart(target);
}

// Keep what was typed in the state, for a page that is loaded again.
function saveInputs(model, inputs) {
  for (const [key, input] of Object.entries(inputs)) {
    input.addEventListener("change", () => {
      model.set(key, input.value);
      model.save_changes();
    });
  }
}

// Pass an image that is pasted into the question on to the frame beside it.
function forwardImages(prompt, root) {
  prompt.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.items ?? [])].filter((item) => item.kind === "file");
    const frame = root.closest(".widget-vbox, .jupyter-widgets.widget-box")?.querySelector(".vision-magic-input-root");
    if (!files.length || !frame || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    event.stopPropagation();
    frame.dispatchEvent(new ClipboardEvent("paste", { clipboardData: event.clipboardData, bubbles: true, cancelable: true }));
  });
}
