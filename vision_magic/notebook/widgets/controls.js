// The controls of the panels, put before each panel's own script, after shared.js.

function element(tag, name, words) {
  const made = document.createElement(tag);
  if (name) made.className = `vision-magic-panel-${name}`;
  if (words) made.textContent = words;
  // JupyterLab's keys for cells are not meant here: x would cut the cell. It asks what has the focus, and what is above
  // only after that.
  made.dataset.lmSuppressShortcuts = "true";
  return made;
}

function button(name, words, act) {
  const made = element("button", name, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// Acts when it is pressed and not when it is let go: the answer that grows above it moves it away from under the finger.
function stopButton(model) {
  const stop = () => {
    if (made.getAttribute("aria-disabled")) return; // a disabled button would lose the focus
    made.setAttribute("aria-disabled", "true");
    model.send({ kind: "stop" });
  };
  const made = button("stop", "Stop", stop); // by keyboard too
  made.addEventListener("mousedown", (event) => event.button === 0 && stop());
  return made;
}

// A label above its control.
function field(words, control) {
  const holder = element("div", "field");
  const label = element("label", "", words);
  control.id = `vision-magic-panel-${Math.random().toString(36).slice(2)}`; // two panels are two modules
  label.htmlFor = control.id;
  holder.append(label, control);
  return holder;
}

// The buttons in an answer are plain HTML without a handler.
function copyAnswer(event) {
  const pressed = event.target instanceof Element ? event.target.closest(`button.${COPY}`) : null;
  if (!pressed) return;
  event.stopPropagation(); // the page may listen for them too
  copyPart(pressed);
}

// What was typed is state, so that a page that is loaded again has it.
function keepTyped(model, inputs) {
  for (const [key, input] of Object.entries(inputs)) {
    input.addEventListener("change", () => {
      model.set(key, input.value);
      model.save_changes();
    });
  }
}

// A picture that is pasted into the question belongs into the frame beside it.
function passPictures(prompt, root) {
  prompt.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.items ?? [])].filter((item) => item.kind === "file");
    const frame = root.closest(".widget-vbox, .jupyter-widgets.widget-box")?.querySelector(".vision-magic-input-root");
    if (!files.length || !frame || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    event.stopPropagation();
    frame.dispatchEvent(new ClipboardEvent("paste", { clipboardData: event.clipboardData, bubbles: true, cancelable: true }));
  });
}
