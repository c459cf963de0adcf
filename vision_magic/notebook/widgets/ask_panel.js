// A question, its options, and the answer while it is being written. The answer is HTML that the renderer in the kernel
// has made safe; everything else is set by textContent. See controls.js.

function render({ model, el }) {
  const root = element("div", "root");

  const prompt = element("textarea", "prompt");
  prompt.rows = 3;
  const models = modelField(model);
  const name = models.input;
  const temperature = element("input");
  temperature.type = "text";
  temperature.inputMode = "decimal";
  temperature.placeholder = "default";
  const detail = element("select");
  for (const level of ["", "auto", "low", "high", "original"]) {
    const option = element("option", "", level || "default");
    option.value = level;
    detail.append(option);
  }
  const options = element("div", "options");
  options.append(models.labelled, field("Temperature", temperature), field("Detail", detail));

  const ask = button("ask", "Ask", submit);
  ask.title = "Ctrl+Enter";
  const stop = stopButton(model);
  const show = button("show", "Show as cell", () => {
    if (cell.hidden) model.send({ kind: "cell", ...fields() });
    else cell.hidden = true;
    draw();
  });
  const activity = element("span", "activity");
  const bar = element("div", "bar");
  bar.append(ask, stop, show, activity);

  const text = element("textarea", "cell-text");
  text.readOnly = true;
  const note = element("div", "note");
  const copy = button("copy", "Copy the cell", () => copyText(text.value, copy));
  const cell = element("div", "cell");
  cell.hidden = true;
  cell.append(field("The same as a cell", text), note, copy);

  const error = element("div", "error");
  error.setAttribute("role", "alert");
  const announcement = element("span", "announcement");
  announcement.setAttribute("role", "status");
  const answer = element("div", "answer");
  answer.setAttribute("role", "region");
  answer.setAttribute("aria-label", "Answer");
  // These classes apply the notebook's style for text.
  answer.classList.add("jp-RenderedHTMLCommon", "jp-RenderedHTML");
  answer.addEventListener("click", copyAnswer);
  root.append(field("Question", prompt), options, models.note, bar, cell, error, answer, announcement);
  el.append(root);

  const inputs = { prompt, model: name, temperature, detail };
  const fields = () => Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, input.value]));
  saveInputs(model, inputs);
  forwardImages(prompt, root);
  const onFields = () => {
    for (const [key, input] of Object.entries(inputs)) if (input.value !== model.get(key)) input.value = model.get(key);
    name.placeholder = model.get("_default_model");
  };

  let asked = 0; // time at which a question was sent; zero when the kernel has answered
  let began = 0; // time at which the answer began

  function submit() {
    if (model.get("running") || asked) return;
    asked = performance.now();
    model.send({ kind: "ask", ...fields() });
    draw();
  }

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  });

  function draw() {
    const running = model.get("running");
    const focused = document.activeElement;
    ask.hidden = running;
    ask.setAttribute("aria-disabled", String(Boolean(asked))); // a disabled button would lose the focus
    stop.hidden = !running;
    if (!running) stop.removeAttribute("aria-disabled");
    // The button that is replaced may have the focus.
    if (running && focused === ask) stop.focus();
    if (!running && focused === stop) ask.focus();
    show.textContent = cell.hidden ? "Show as cell" : "Hide the cell";
    show.setAttribute("aria-expanded", String(!cell.hidden));
    if (error.textContent !== model.get("error")) error.textContent = model.get("error");
    tick();
  }

  function tick() {
    if (model.get("running")) activity.textContent = seconds(began);
    else activity.textContent = asked && performance.now() - asked > 500 ? `waiting for the kernel ${seconds(asked)}` : "";
  }

  const typesetAnswer = () => model.get("running") || typeset(model, answer);

  const onRunning = () => {
    if (model.get("running")) began = performance.now();
    typesetAnswer();
    asked = 0;
    announcement.textContent = model.get("running") ? "The answer is being written." : "The answer has ended.";
    draw();
  };

  const onMessage = (message) => {
    if (message.kind === "answer") {
      showHtml(answer, message.html);
      typesetAnswer();
    } else if (message.kind === "models") models.show(message);
    else if (message.kind === "refused") asked = 0;
    else if (message.kind === "cell") {
      text.value = message.text;
      text.rows = Math.min(12, message.text.split("\n").length + 1);
      note.textContent = message.note;
      cell.hidden = false;
      text.focus();
      text.select();
    }
    draw();
  };

  const events = { "msg:custom": onMessage, "change:running": onRunning, "change:error": draw };
  events["change:prompt change:model change:temperature change:detail change:_default_model"] = onFields;
  for (const [name, handler] of Object.entries(events)) model.on(name, handler);
  const clock = setInterval(tick, 100);
  onFields();
  began = performance.now();
  draw();
  model.send({ kind: "hello" }); // a reloaded page then receives the answer
  return () => {
    clearInterval(clock);
    for (const [name, handler] of Object.entries(events)) model.off(name, handler);
  };
}

export default { render };
