// The controls of the panels. They are prepended to the script of each panel, after frontend.js and elements.js.

const CLASS_PREFIX = "vision-magic-panel-";

// It acts on mousedown, because the answer that grows above it can move the button before the click ends.
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

const randomName = () => Math.random().toString(36).slice(2); // each panel is a module, and counts for itself

// Put a label above a control.
function field(text, control) {
  const container = element("div", "field");
  const label = element("label", "", text);
  control.id = CLASS_PREFIX + randomName();
  label.htmlFor = control.id;
  container.append(label, control);
  return container;
}

// A field for the name of a model. The kernel lists those of the server when the field gets the focus; any other name can
// be typed.
function modelField(model) {
  const input = element("input");
  input.type = "text";
  input.spellcheck = false;
  input.autocapitalize = "off";
  input.autocomplete = "off"; // names typed elsewhere
  const list = element("datalist");
  list.id = CLASS_PREFIX + randomName();
  input.setAttribute("list", list.id);
  const note = element("div", "note");
  note.setAttribute("role", "status");
  input.addEventListener("focus", () => model.send({ kind: "models" }));
  const labelled = field("Model", input);
  labelled.append(list);

  function show(message) {
    note.textContent = message.note;
    list.replaceChildren(...message.models.map(([name, about]) => {
      const option = element("option");
      option.value = name;
      if (about) option.label = `${name} · ${about}`;
      return option;
    }));
  }
  return { input, labelled, note, show };
}

// Handle the copy buttons in an answer, which are plain HTML without handlers.
function copyAnswer(event) {
  const target = event.target instanceof Element ? event.target.closest(`button.${COPY}`) : null;
  if (!target) return;
  event.stopPropagation(); // the page may have a listener for them too
  copyPart(target);
}

// Keep the typed text in the state, for a page that is reloaded.
function saveInputs(model, inputs) {
  for (const [key, input] of Object.entries(inputs)) {
    input.addEventListener("change", () => {
      model.set(key, input.value);
      model.save_changes();
    });
  }
}

// Forward an image that is pasted into the question to the frame next to it.
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
