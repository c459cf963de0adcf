// A conversation: its turns, the answer that is being written, and the next question. Answers and small pictures are
// HTML that the kernel's renderer has made safe; everything else goes in by textContent. See controls.js.

function render({ model, el }) {
  const root = element("div", "root");

  // -- branches: the same conversation, gone on otherwise

  const branch = element("select");
  branch.addEventListener("change", () => model.send({ kind: "branch", number: branch.selectedIndex }));
  const branches = field("Branch", branch);

  function drawBranches(current, many) {
    branches.hidden = many < 2;
    while (branch.options.length > many) branch.options[branch.options.length - 1].remove();
    while (branch.options.length < many) {
      branch.append(element("option", "", `${branch.options.length + 1}`));
    }
    [...branch.options].forEach((option, index) => (option.textContent = `${index + 1} of ${many}`));
    branch.selectedIndex = current;
  }

  // -- turns

  const turns = element("ol", "turns");
  turns.setAttribute("aria-label", "Conversation");
  const drawn = new Map(); // by the turn's name
  let editing = null;

  function makeTurn(turn) {
    const place = element("li", "turn");
    const question = element("div", "question");
    const pictures = element("div", "pictures");
    pictures.innerHTML = turn.pictures; // made safe by the kernel's renderer
    const words = element("div", "words", turn.question);
    question.append(pictures, words);
    const answer = element("div", "answer");
    answer.classList.add("jp-RenderedHTMLCommon", "jp-RenderedHTML"); // the notebook's own look for text
    answer.setAttribute("role", "region");
    answer.setAttribute("aria-label", "Answer");
    answer.addEventListener("click", copyAnswer);
    place.append(question, answer);
    if (!turn.id) return { place, answer };
    showHtml(answer, turn.html);
    const bar = element("div", "bar");
    const again = button("again", "Ask again", () => send({ kind: "again", id: turn.id }));
    const edit = button("edit", "Edit", () => beginEdit(place, words, bar, turn));
    again.title = "The same question, in a branch; this answer stays";
    edit.title = "Another question in its place, in a branch; this one stays";
    bar.append(again, edit);
    place.append(bar);
    return { place, answer };
  }

  function beginEdit(place, words, bar, turn) {
    if (editing) editing.end();
    const text = element("textarea");
    text.value = turn.question;
    text.rows = Math.min(8, turn.question.split("\n").length + 1);
    const holder = field("Question instead", text);
    const post = () => text.value.trim() && send({ kind: "edit", id: turn.id, prompt: text.value });
    const buttons = element("div", "bar");
    const end = () => {
      const focused = holder.contains(document.activeElement) || buttons.contains(document.activeElement);
      holder.remove();
      buttons.remove();
      words.hidden = bar.hidden = false;
      editing = null;
      if (focused) bar.lastElementChild.focus();
    };
    buttons.append(button("ask", "Ask in a branch", post), button("cancel", "Cancel", end));
    holder.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
      else if (!isPost(event)) return;
      else post();
      event.preventDefault();
      event.stopPropagation();
    });
    words.hidden = bar.hidden = true;
    words.after(holder, buttons);
    editing = { id: turn.id, end };
    text.focus();
  }

  let pending = null; // the question on its way, and its answer as far as it has come

  function drawTurns(message) {
    const fresh = message.turns.filter((turn) => !drawn.has(turn.id));
    for (const turn of fresh) drawn.set(turn.id, makeTurn(turn));
    if (message.order.some((id) => !drawn.has(id))) {
      model.send({ kind: "hello" }); // another page had them
      return;
    }
    if (editing && !message.order.includes(editing.id)) editing.end();
    const wanted = message.order.map((id) => drawn.get(id).place);
    if (message.asking) {
      if (pending?.of !== JSON.stringify(message.asking)) {
        pending = { of: JSON.stringify(message.asking), ...makeTurn(message.asking) };
      }
      wanted.push(pending.place);
    } else {
      if (pending && fresh.length) unfoldAs(foldsIn(pending.answer), drawn.get(fresh.at(-1).id).answer);
      pending = null;
    }
    for (const child of [...turns.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((place, index) => {
      if (turns.children[index] !== place) turns.insertBefore(place, turns.children[index] ?? null);
    });
    turns.hidden = !wanted.length;
    for (const turn of fresh) typeset(model, drawn.get(turn.id).answer);
    drawBranches(message.branch, message.branches);
  }

  // -- may this function run?

  const consent = element("div", "consent");
  consent.setAttribute("role", "alert");
  const wish = element("div", "words");
  let wished = 0; // which call it is
  const decide = (run) => () => model.send({ kind: "consent", run, number: wished });
  const decisions = element("div", "bar");
  decisions.append(button("run", "Run it", decide(true)), button("refuse", "Refuse", decide(false)));
  consent.append(wish, decisions);

  // -- the next question

  const prompt = element("textarea", "prompt");
  prompt.rows = 3;
  const name = element("input");
  name.type = "text";
  name.spellcheck = false;
  name.autocapitalize = "off";
  const inputs = { prompt, model: name };
  const options = element("div", "options vision-magic-panel-line");
  options.append(field("Model", name), branches);
  const ask = button("ask", "Ask", () => send({ kind: "ask", prompt: prompt.value }));
  ask.title = "Ctrl+Enter";
  const stop = stopButton(model);
  const doing = element("span", "doing");
  const bar = element("div", "bar");
  bar.append(ask, stop, doing);

  const trouble = element("div", "trouble");
  trouble.setAttribute("role", "alert");
  const said = element("span", "said");
  said.setAttribute("role", "status");
  root.append(turns, consent, field("Question", prompt), options, bar, trouble, said);
  el.append(root);
  keepTyped(model, inputs);
  passPictures(prompt, root);

  const isPost = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey);
  prompt.addEventListener("keydown", (event) => {
    if (!isPost(event)) return;
    event.preventDefault();
    event.stopPropagation();
    send({ kind: "ask", prompt: prompt.value });
  });

  let asked = 0; // when, and zero once the kernel has said what became of it
  let began = 0;
  let typed = false; // whether the question on its way is the one in the field

  function send(message) {
    if (model.get("running") || asked) return;
    asked = performance.now();
    typed = message.kind === "ask";
    model.send({ ...message, model: name.value });
    draw();
  }

  function fill(words) {
    prompt.value = words;
    model.set("prompt", words);
    model.save_changes();
  }

  // -- what the kernel says

  const take = () => {
    for (const [key, input] of Object.entries(inputs)) if (input.value !== model.get(key)) input.value = model.get(key);
    name.placeholder = model.get("_default_model");
  };

  const hear = (message) => {
    if (message.kind === "turns") drawTurns(message);
    else if (message.kind === "answer" && pending) showHtml(pending.answer, message.html);
    else if (message.kind === "refused") asked = 0;
    else if (message.kind === "back" && !prompt.value) fill(message.prompt);
    else if (message.kind === "consent") {
      wish.textContent = message.words;
      wished = message.number;
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
    // The button under the finger changes; the focus goes with it.
    if (running && focused === ask) stop.focus();
    if (!running && focused === stop) ask.focus();
    branch.disabled = running;
    root.classList.toggle("vision-magic-panel-running", running);
    consent.hidden = !wish.textContent;
    if (trouble.textContent !== model.get("error")) trouble.textContent = model.get("error");
    tick();
  }

  function tick() {
    if (model.get("running")) doing.textContent = seconds(began);
    else doing.textContent = asked && performance.now() - asked > 500 ? `waiting for the kernel ${seconds(asked)}` : "";
  }

  const runs = () => {
    if (model.get("running")) {
      began = performance.now();
      if (typed) fill("");
      if (editing) editing.end();
    }
    asked = 0;
    typed = false;
    said.textContent = model.get("running") ? "The answer is being written." : "The answer has ended.";
    draw();
  };

  const events = { "msg:custom": hear, "change:running": runs, "change:error": draw };
  events["change:prompt change:model change:_default_model"] = take;
  for (const [event, listen] of Object.entries(events)) model.on(event, listen);
  const clock = setInterval(tick, 100);
  take();
  turns.hidden = branches.hidden = true;
  began = performance.now();
  draw();
  model.send({ kind: "hello" }); // a page that was loaded again gets the turns that there are
  return () => {
    clearInterval(clock);
    for (const [event, listen] of Object.entries(events)) model.off(event, listen);
  };
}

export default { render };
