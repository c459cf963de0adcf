// A conversation: its turns, the answer that is being written, and the next question. Answers and thumbnails are HTML
// that the renderer in the kernel has made safe; everything else is set by textContent. See controls.js.

function render({ model, el }) {
  const root = element("div", "root");

  // -- branches: other continuations of the same conversation

  const branch = element("select");
  branch.addEventListener("change", () => model.send({ kind: "branch", number: branch.selectedIndex }));
  const branches = field("Branch", branch);

  function drawBranches(current, count) {
    branches.hidden = count < 2;
    while (branch.options.length > count) branch.options[branch.options.length - 1].remove();
    while (branch.options.length < count) {
      branch.append(element("option", "", `${branch.options.length + 1}`));
    }
    [...branch.options].forEach((option, index) => (option.textContent = `${index + 1} of ${count}`));
    branch.selectedIndex = current;
  }

  // -- turns

  const turns = element("ol", "turns");
  turns.setAttribute("aria-label", "Conversation");
  const drawn = new Map(); // by the id of the turn
  let editing = null;

  function makeTurn(turn) {
    const item = element("li", "turn");
    const question = element("div", "question");
    const images = element("div", "images");
    images.innerHTML = turn.images; // made safe by the renderer in the kernel
    const text = element("div", "text", turn.question);
    question.append(images, text);
    const answer = element("div", "answer");
    answer.classList.add("jp-RenderedHTMLCommon", "jp-RenderedHTML"); // the notebook's style for text
    answer.setAttribute("role", "region");
    answer.setAttribute("aria-label", "Answer");
    answer.addEventListener("click", copyAnswer);
    item.append(question, answer);
    if (!turn.id) return { item, answer };
    showHtml(answer, turn.html);
    const bar = element("div", "bar");
    const again = button("again", "Ask again", () => send({ kind: "again", id: turn.id }));
    const edit = button("edit", "Edit", () => beginEdit(text, bar, turn));
    again.title = "Ask the same question in a branch; this answer stays";
    edit.title = "Ask an edited question in a branch; this one stays";
    bar.append(again, edit);
    item.append(bar);
    return { item, answer };
  }

  function beginEdit(question, bar, turn) {
    if (editing) editing.end();
    const text = element("textarea");
    text.value = turn.question;
    text.rows = Math.min(8, turn.question.split("\n").length + 1);
    const container = field("Edited question", text);
    const submit = () => text.value.trim() && send({ kind: "edit", id: turn.id, prompt: text.value });
    const buttons = element("div", "bar");
    const end = () => {
      const focused = container.contains(document.activeElement) || buttons.contains(document.activeElement);
      container.remove();
      buttons.remove();
      question.hidden = bar.hidden = false;
      editing = null;
      if (focused) bar.lastElementChild.focus();
    };
    buttons.append(button("ask", "Ask in a branch", submit), button("cancel", "Cancel", end));
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
      else if (!isSubmit(event)) return;
      else submit();
      event.preventDefault();
      event.stopPropagation();
    });
    question.hidden = bar.hidden = true;
    question.after(container, buttons);
    editing = { id: turn.id, end };
    text.focus();
  }

  let pending = null; // the question that is being answered, and its answer so far

  function drawTurns(message) {
    const fresh = message.turns.filter((turn) => !drawn.has(turn.id));
    for (const turn of fresh) drawn.set(turn.id, makeTurn(turn));
    if (message.order.some((id) => !drawn.has(id))) {
      model.send({ kind: "hello" }); // they were sent to another page
      return;
    }
    if (editing && !message.order.includes(editing.id)) editing.end();
    const wanted = message.order.map((id) => drawn.get(id).item);
    if (message.pending) {
      const source = JSON.stringify(message.pending);
      if (pending?.source !== source) pending = { source, ...makeTurn(message.pending) };
      wanted.push(pending.item);
    } else {
      if (pending && fresh.length) restoreFolds(foldsIn(pending.answer), drawn.get(fresh.at(-1).id).answer);
      pending = null;
    }
    for (const child of [...turns.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((item, index) => {
      if (turns.children[index] !== item) turns.insertBefore(item, turns.children[index] ?? null);
    });
    turns.hidden = !wanted.length;
    for (const turn of fresh) typeset(model, drawn.get(turn.id).answer);
    drawBranches(message.branch, message.branches);
  }

  // -- approval of a function call

  const approval = element("div", "approval");
  approval.setAttribute("role", "alert");
  const request = element("div", "text");
  let call = 0; // the number of the call
  const decide = (run) => () => model.send({ kind: "approval", run, number: call });
  const decisions = element("div", "bar");
  decisions.append(button("run", "Run it", decide(true)), button("refuse", "Refuse", decide(false)));
  approval.append(request, decisions);

  // -- the next question

  const prompt = element("textarea", "prompt");
  prompt.rows = 3;
  const models = modelField(model);
  const name = models.input;
  const inputs = { prompt, model: name };
  const options = element("div", "options vision-magic-panel-line");
  options.append(models.labelled, branches);
  const ask = button("ask", "Ask", () => send({ kind: "ask", prompt: prompt.value }));
  ask.title = "Ctrl+Enter";
  const stop = stopButton(model);
  const activity = element("span", "activity");
  const bar = element("div", "bar");
  bar.append(ask, stop, activity);

  const error = element("div", "error");
  error.setAttribute("role", "alert");
  const announcement = element("span", "announcement");
  announcement.setAttribute("role", "status");
  root.append(turns, approval, field("Question", prompt), options, models.note, bar, error, announcement);
  el.append(root);
  saveInputs(model, inputs);
  forwardImages(prompt, root);

  const isSubmit = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey);
  prompt.addEventListener("keydown", (event) => {
    if (!isSubmit(event)) return;
    event.preventDefault();
    event.stopPropagation();
    send({ kind: "ask", prompt: prompt.value });
  });

  let asked = 0; // time at which a question was sent; zero when the kernel has answered
  let began = 0; // time at which the answer began
  let typed = false; // whether that question is the one in the field

  function send(message) {
    if (model.get("running") || asked) return;
    asked = performance.now();
    typed = message.kind === "ask";
    model.send({ ...message, model: name.value });
    draw();
  }

  function setPrompt(text) {
    prompt.value = text;
    model.set("prompt", text);
    model.save_changes();
  }

  // -- messages and state from the kernel

  const onFields = () => {
    for (const [key, input] of Object.entries(inputs)) if (input.value !== model.get(key)) input.value = model.get(key);
    name.placeholder = model.get("_default_model");
  };

  const onMessage = (message) => {
    if (message.kind === "turns") drawTurns(message);
    else if (message.kind === "answer" && pending) showHtml(pending.answer, message.html);
    else if (message.kind === "models") models.show(message);
    else if (message.kind === "refused") asked = 0;
    else if (message.kind === "restore" && !prompt.value) setPrompt(message.prompt);
    else if (message.kind === "approval") {
      request.textContent = message.text;
      call = message.number;
    }
    draw();
  };

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
    branch.disabled = running;
    root.classList.toggle("vision-magic-panel-running", running);
    approval.hidden = !request.textContent;
    if (error.textContent !== model.get("error")) error.textContent = model.get("error");
    tick();
  }

  function tick() {
    if (model.get("running")) activity.textContent = seconds(began);
    else activity.textContent = asked && performance.now() - asked > 500 ? `waiting for the kernel ${seconds(asked)}` : "";
  }

  const onRunning = () => {
    if (model.get("running")) {
      began = performance.now();
      if (typed) setPrompt("");
      if (editing) editing.end();
    }
    asked = 0;
    typed = false;
    announcement.textContent = model.get("running") ? "The answer is being written." : "The answer has ended.";
    draw();
  };

  const events = { "msg:custom": onMessage, "change:running": onRunning, "change:error": draw };
  events["change:prompt change:model change:_default_model"] = onFields;
  for (const [event, handler] of Object.entries(events)) model.on(event, handler);
  const clock = setInterval(tick, 100);
  onFields();
  turns.hidden = branches.hidden = true;
  began = performance.now();
  draw();
  model.send({ kind: "hello" }); // a page that was loaded again receives the turns
  return () => {
    clearInterval(clock);
    for (const [event, handler] of Object.entries(events)) model.off(event, handler);
  };
}

export default { render };
