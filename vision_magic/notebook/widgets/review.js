// Rows one after another, with keys for labels. What a model wrote is set by textContent. See elements.js.

const CLASS_PREFIX = "vision-magic-panel-";
const KEPT = 8; // pictures that are kept in the page

function render({ model, el }) {
  const root = element("div", "root");
  root.classList.add("vision-magic-review");
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Review of rows. The keys 1 to 9 give a label, 0 takes over the answer, arrows move, u undoes.");

  const place = element("span", "place");
  const name = element("span", "name");
  const labelled = element("span", "activity");
  const head = element("div", "bar");
  head.append(place, name, labelled);

  const frame = element("div", "picture");
  const image = element("img");
  const missing = element("div", "note");
  // A small picture is enlarged: its pixels stay what they are.
  image.addEventListener("load", () => image.classList.toggle(`${CLASS_PREFIX}enlarged`, image.naturalHeight < image.height));
  frame.append(image, missing);

  const answers = element("dl", "answers");
  const problem = element("div", "error");
  const doubt = element("div", "doubt");
  const said = element("div", "said");
  said.append(answers, problem, doubt);
  const classes = element("div", "bar");
  classes.setAttribute("role", "group");
  classes.setAttribute("aria-label", "Labels");

  const fields = element("select");
  fields.setAttribute("aria-label", "Field");
  const typed = element("input");
  typed.type = "text";
  typed.placeholder = "another label";
  typed.setAttribute("aria-label", "Another label");
  const give = button("give", "Label", () => label({ text: typed.value }));
  const free = element("div", "free");
  free.append(fields, typed, give);

  const previous = button("previous", "← Previous", () => move(-1));
  const next = button("next", "Next →", () => move(1));
  const undo = button("undo", "Undo (u)", takeBack);
  const done = button("done", "Done", () => model.send({ kind: "done" }));
  const bar = element("div", "bar");
  bar.append(previous, next, undo, done);

  const error = element("div", "error");
  error.setAttribute("role", "alert");
  const announcement = element("span", "announcement");
  announcement.setAttribute("role", "status");
  root.append(head, frame, said, classes, free, error, bar, announcement);
  el.append(root);

  const pictures = new Map(); // by position: an address of a blob, or the reason why there is none
  const asked = new Set();
  let accept;

  const shown = () => model.get("shown");
  const inside = (position) => position >= 0 && position < shown().count;

  function move(by) {
    const position = shown().position + by;
    if (inside(position)) model.send({ kind: "move", position });
  }

  function label(what) {
    const { position, field } = shown();
    model.send({ kind: "label", position, field, ...what });
    root.focus({ preventScroll: true }); // the buttons of the next row may be others
  }

  function takeBack() {
    if (shown().can_undo) model.send({ kind: "undo" });
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target === typed || event.target === fields;
    if (event.key === "Escape" && inField) return handled(event, () => root.focus({ preventScroll: true }));
    if (event.key === "Enter" && event.target === typed) return handled(event, () => label({ text: typed.value }));
    if (inField) return;
    const current = shown();
    if (current.typed && /^[-+.,\d]$/.test(event.key)) return typed.focus({ preventScroll: true }); // and the key goes there
    const number = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (number && number <= current.classes.length) handled(event, () => label({ value: current.classes[number - 1].value }));
    else if (event.key === "0") handled(event, () => label({ accept: true }));
    else if (event.key === "ArrowLeft") handled(event, () => move(-1));
    else if (event.key === "ArrowRight") handled(event, () => move(1));
    else if (event.key === "u") handled(event, takeBack);
  }
  function handled(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  root.addEventListener("keydown", onKey);

  fields.addEventListener("change", () => model.send({ kind: "field", name: fields.value }));

  // The picture of this row, and that of the next one before it is looked at.
  function askForPictures() {
    const { position } = shown();
    for (const one of [position, position + 1]) {
      if (!inside(one) || pictures.has(one) || asked.has(one)) continue;
      asked.add(one);
      model.send({ kind: "picture", position: one });
    }
  }

  function keep(position, picture) {
    asked.delete(position);
    pictures.set(position, picture);
    const { position: current } = shown();
    for (const one of [...pictures.keys()]) {
      if (pictures.size <= KEPT) break;
      if (Math.abs(one - current) < 2) continue;
      forget(one);
    }
  }

  function forget(position) {
    const { address } = pictures.get(position);
    if (address) URL.revokeObjectURL(address);
    pictures.delete(position);
  }

  function drawPicture() {
    const picture = pictures.get(shown().position);
    image.alt = `Picture ${shown().key}`;
    if (picture?.address && image.src !== picture.address) image.src = picture.address;
    image.hidden = !picture?.address;
    missing.textContent = picture?.problem ?? "";
  }

  function drawClasses(current) {
    const focused = classes.contains(document.activeElement);
    const made = current.classes.map(({ value, words }, index) => {
      const created = button("class", "", () => label({ value }));
      if (index < 9) {
        created.append(element("kbd", "", String(index + 1)));
        created.setAttribute("aria-keyshortcuts", String(index + 1));
      }
      created.append(element("span", "", words));
      created.setAttribute("aria-pressed", String(current.label === words));
      return created;
    });
    accept = button("class", "", () => label({ accept: true }));
    if (!current.typed) {
      accept.append(element("kbd", "", "0"));
      accept.setAttribute("aria-keyshortcuts", "0");
    }
    accept.append(element("span", "", "as answered"));
    classes.replaceChildren(...made, ...(current.problem ? [] : [accept]));
    if (focused) root.focus({ preventScroll: true });
  }

  function drawAnswers(current) {
    const parts = current.answers.flatMap(({ name: field, words }) => {
      const term = element("dt", "", field);
      const given = element("dd", "", words || "–");
      if (field === current.field && current.answers.length > 1) given.classList.add(`${CLASS_PREFIX}current`);
      return [term, given];
    });
    answers.replaceChildren(...(current.problem ? [] : parts));
  }

  function draw() {
    if (model.get("ended")) {
      root.replaceChildren(element("span", "activity", model.get("ended")));
      return;
    }
    const current = shown();
    place.textContent = `${current.position + 1} of ${current.count}`;
    name.textContent = current.key;
    const given = current.label === null ? "" : `label: ${current.label} · `;
    labelled.textContent = `${given}${current.labelled} labelled`;
    drawAnswers(current);
    problem.textContent = current.problem;
    doubt.textContent = current.doubt && `In doubt: ${current.doubt}`;
    said.style.minHeight = `${Math.max(said.offsetHeight, parseFloat(said.style.minHeight) || 0)}px`; // the buttons stay
    drawClasses(current);
    fields.replaceChildren(...current.fields.map((field) => new Option(field, field, false, field === current.field)));
    fields.hidden = current.fields.length < 2;
    previous.setAttribute("aria-disabled", String(!inside(current.position - 1))); // a disabled button would lose the focus
    next.setAttribute("aria-disabled", String(!inside(current.position + 1)));
    undo.setAttribute("aria-disabled", String(!current.can_undo));
    drawPicture();
    askForPictures();
    announcement.textContent = `${place.textContent}, ${current.key}. ${labelled.textContent}.`;
  }

  // What was typed stays where it was refused.
  function onShown() {
    typed.value = "";
    draw();
  }
  function drawError() {
    error.textContent = model.get("error");
    if (model.get("error") && typed.value) typed.focus({ preventScroll: true });
  }
  const onMessage = (message, buffers) => {
    if (message.kind !== "picture") return;
    const address = buffers.length ? URL.createObjectURL(new Blob([buffers[0]], { type: message.type })) : "";
    keep(message.position, { address, problem: message.problem });
    drawPicture();
  };
  const events = { "change:shown": onShown, "change:ended": draw, "change:error": drawError, "msg:custom": onMessage };
  for (const [event, handler] of Object.entries(events)) model.on(event, handler);
  draw();
  drawError();
  return () => {
    for (const [event, handler] of Object.entries(events)) model.off(event, handler);
    for (const position of [...pictures.keys()]) forget(position);
  };
}

export default { render };
