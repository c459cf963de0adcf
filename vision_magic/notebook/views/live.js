// One answer while it is written. The kernel sends blocks of HTML that its renderer has made safe: finished ones once,
// the open one again and again. Everything else is set by textContent. See frontend.js.

const PATIENCE = 3000; // milliseconds until a kernel that does not acknowledge Stop is interrupted

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The buttons in finished answers are plain HTML without a handler; one listener on the page serves them all.
function enableCopyButtons() {
  if (document.documentElement.dataset.visionMagic) return;
  document.documentElement.dataset.visionMagic = "1";
  const style = document.createElement("style");
  style.textContent = `button.${COPY}[hidden] { display: inline-block !important; }`;
  document.head.append(style);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(`button.${COPY}`) : null;
    if (button) copyPart(button);
  });
}

function element(tag, name, text) {
  const created = document.createElement(tag);
  if (name) created.className = name;
  if (text) created.textContent = text;
  return created;
}

// Announce something to screen readers, in an element that stays: the answer itself is busy, and then replaced.
function announce(text) {
  let region = document.getElementById("vision-magic-said");
  if (!region) {
    region = element("div");
    region.id = "vision-magic-said";
    region.setAttribute("role", "status");
    region.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
    document.body.append(region);
  }
  region.textContent = text;
}

function emptyChoice() {
  return { label: "", blocks: [], open: "", extra: "", reasoning: "" };
}

// Apply an update or a snapshot to the state.
function apply(state, message) {
  if (message.status) state.status = message.status;
  message.choices?.forEach((update, index) => {
    const choice = (state.choices[index] ??= emptyChoice());
    if (update.first > choice.blocks.length) return; // blocks before it were lost: the next snapshot has them
    choice.blocks.splice(update.first, Infinity, ...withLaterBlocks(choice, update));
    choice.label = update.label;
    choice.open = update.open;
    choice.extra = update.extra;
    if (update.reasoning_at <= choice.reasoning.length) {
      choice.reasoning = choice.reasoning.slice(0, update.reasoning_at) + update.reasoning;
    }
  });
}

// A snapshot can be older than the last update: blocks that came since are kept.
function withLaterBlocks(choice, update) {
  const end = update.first + update.blocks.length;
  return end >= choice.blocks.length ? update.blocks : [...update.blocks, ...choice.blocks.slice(end)];
}

function applySnapshot(state, snapshot) {
  state.html = snapshot.html;
  const behind = snapshot.choices?.some(
    (whole, index) =>
      whole.blocks.length > (state.choices[index]?.blocks.length ?? -1) ||
      whole.reasoning.length > state.choices[index].reasoning.length,
  );
  if (behind) apply(state, snapshot);
}

// The Jupyter server can interrupt a kernel that is too busy to read messages; other front ends have no such address.
async function interrupt(kernel) {
  const page = document.getElementById("jupyter-config-data");
  if (!page || !kernel) return false;
  const config = JSON.parse(page.textContent);
  const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
  const headers = {};
  if (config.token) headers.Authorization = `token ${config.token}`;
  if (cookie) headers["X-XSRFToken"] = decodeURIComponent(cookie[1]);
  const response = await fetch(`${config.baseUrl}api/kernels/${kernel}/interrupt`, { method: "POST", headers });
  return response.ok;
}

function view(model, state, el) {
  const root = element("div", "vision-magic-live vision-magic-answer");
  root.setAttribute("aria-busy", "true");
  const line = element("div", "vision-magic-line");
  const status = element("span");
  const stop = element("button", "vision-magic-stop", "Stop");
  stop.type = "button";
  line.append(status, stop);
  const choices = element("div", "vision-magic-choices");
  root.append(line, choices);
  // These classes give it the notebook's own style for text, which the static answer will have.
  const page = element("div", "jp-RenderedHTMLCommon jp-RenderedHTML");
  page.append(root);
  el.append(page);

  stop.addEventListener("click", async () => {
    if (stop.getAttribute("aria-disabled")) return;
    stop.setAttribute("aria-disabled", "true"); // a disabled button would lose the focus
    stop.textContent = "Stopping";
    // A kernel that has only just started does not read messages yet: send it again until it is acknowledged.
    for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(250)) {
      if (state.stopping || !root.isConnected) return;
      model.send({ kind: "stop" });
    }
    // A kernel that reads no messages while it works (ipykernel 6) is interrupted, but not where another cell runs.
    if (state.stopping || !root.isConnected) return;
    if (model.get("background")) {
      stop.removeAttribute("aria-disabled");
      stop.textContent = "The kernel is busy: stop again";
      return;
    }
    const interrupted = await interrupt(model.get("kernel_id")).catch(() => false);
    if (!interrupted && root.isConnected) stop.textContent = "Use the notebook's own stop button";
  });

  const columns = [];
  const untypeset = []; // parts to typeset as soon as the view is in the page
  function makeColumn() {
    const root = element("div", "vision-magic-choice");
    const label = element("div", "vision-magic-line");
    const fold = element("details");
    const reasoning = element("div", "vision-magic-reasoning");
    fold.append(element("summary", "vision-magic-line", "Reasoning"), reasoning);
    const text = element("div", "vision-magic-text");
    const finished = element("div");
    const open = element("div");
    const extra = element("div");
    text.append(finished, open, extra);
    fold.hidden = true;
    root.append(label, fold, text);
    choices.append(root);
    const drawn = { blocks: 0, open: "", extra: "", reasoning: "" };
    return { root, label, fold, reasoning, text, finished, open, extra, drawn };
  }

  function draw() {
    if (state.html !== undefined) {
      if (page.contains(root)) page.innerHTML = state.html; // made safe by the renderer in the kernel
      if (page.isConnected) typeset(model, page);
      return;
    }
    const running = state.choices.length && state.choices.some((choice) => choice.blocks.length || choice.open);
    const waiting = model.get("sent") ? "waiting for the first token" : "reading the picture";
    const activity = state.status || (running ? "answering" : waiting);
    status.textContent = `${model.get("asked")} · ${activity} · ${seconds(state.began)}`;
    state.choices.forEach((choice, index) => drawChoice((columns[index] ??= makeColumn()), choice));
    if (root.isConnected) untypeset.splice(0).forEach((part) => typeset(model, part));
  }

  // All HTML here was made safe by the renderer in the kernel.
  function drawChoice(column, choice) {
    const { drawn } = column;
    column.label.textContent = choice.label;
    const folds = drawn.blocks < choice.blocks.length ? foldsIn(column.text) : [];
    if (drawn.blocks > choice.blocks.length) {
      column.finished.replaceChildren();
      drawn.blocks = 0;
    }
    for (; drawn.blocks < choice.blocks.length; drawn.blocks++) {
      const block = document.createElement("template");
      block.innerHTML = choice.blocks[drawn.blocks];
      untypeset.push(...block.content.children);
      column.finished.append(block.content);
    }
    if (drawn.open !== choice.open) {
      showHtml(column.open, (drawn.open = choice.open));
      typesetItems(model, column.open);
    }
    if (drawn.extra !== choice.extra) showHtml(column.extra, (drawn.extra = choice.extra));
    if (folds.includes(true)) restoreFolds(folds, column.text); // the calls of a finished round move up into the blocks
    if (drawn.reasoning !== choice.reasoning) {
      column.fold.hidden = !choice.reasoning;
      column.reasoning.textContent = drawn.reasoning = choice.reasoning;
    }
  }

  // Folds that a person opens stay open in the static answer. Read at each drawing, since reasoning that arrives later
  // moves the calls.
  let unfolded = "";
  function sendFolds() {
    const places = columns.map(({ root }) => foldsIn(root).flatMap((open, place) => (open ? [place] : [])));
    const current = places.flat().length ? JSON.stringify(places) : "";
    if (current !== unfolded) model.send({ kind: "unfolded", places });
    unfolded = current;
  }
  choices.addEventListener("toggle", sendFolds, true); // it does not bubble

  let frame = 0;
  let clock = 0;
  const schedule = () => (frame ||= requestAnimationFrame(() => { frame = 0; tick(); }));
  // The seconds advance where nothing arrives; updates, every 100 ms at most, draw them too.
  const tick = () => {
    draw();
    sendFolds();
    clearTimeout(clock);
    if (page.contains(root) || !page.isConnected) clock = setTimeout(schedule, 130);
  };
  // When the button goes, its focus moves to the cell, and not to the top of the page.
  const releaseFocus = () => {
    if (root.contains(document.activeElement)) root.closest("[tabindex]")?.focus({ preventScroll: true });
  };
  const self = { schedule, releaseFocus };
  state.views.add(self);
  tick();
  return () => {
    clearTimeout(clock);
    cancelAnimationFrame(frame);
    state.views.delete(self);
  };
}

// A function: each answer has its own state, also where the module is loaded once.
export default () => {
  const state = { began: performance.now(), status: "", stopping: false, choices: [], views: new Set() };
  const redraw = () => state.views.forEach((one) => one.schedule());
  return {
    initialize({ model }) {
      // Here, not in render: messages that arrive before there is a view would be lost.
      enableCopyButtons();
      announce("The answer is being written.");
      const onMessage = (message) => {
        if (message.kind === "stopping") state.stopping = true;
        if (message.kind === "update") {
          apply(state, message);
          redraw();
        }
        if (message.kind === "ended") {
          announce(message.announcement);
          state.views.forEach((one) => one.releaseFocus());
        }
      };
      const onSnapshot = () => {
        applySnapshot(state, model.get("snapshot") ?? {});
        redraw();
      };
      model.on("msg:custom", onMessage);
      model.on("change:snapshot", onSnapshot);
      onSnapshot();
      model.send({ kind: "hello" });
      return () => {
        model.off("msg:custom", onMessage);
        model.off("change:snapshot", onSnapshot);
      };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
