// One answer while it is being written. The kernel sends blocks of HTML that its renderer has made safe: a finished
// block once, the open block repeatedly. Everything else is set by textContent. See page.js and frontend.js.

// The buttons in finished answers are plain HTML without handlers, so one listener on the page handles all of them.
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

function emptyChoice() {
  return { label: "", blocks: [], open: "", extra: "", reasoning: "" };
}

// Apply an update or a snapshot to the state.
function apply(state, message) {
  if (message.status) state.status = message.status;
  message.choices?.forEach((update, index) => {
    const choice = (state.choices[index] ??= emptyChoice());
    if (update.first > choice.blocks.length) return; // earlier blocks were lost; the next snapshot has them
    choice.blocks.splice(update.first, Infinity, ...withLaterBlocks(choice, update));
    choice.label = update.label;
    choice.open = update.open;
    choice.extra = update.extra ?? choice.extra; // sent only if it has changed
    if (update.reasoning_at <= choice.reasoning.length) {
      choice.reasoning = choice.reasoning.slice(0, update.reasoning_at) + update.reasoning;
    }
  });
}

// A snapshot can be older than the last update: later blocks are kept.
function withLaterBlocks(choice, update) {
  const end = update.first + update.blocks.length;
  return end >= choice.blocks.length ? update.blocks : [...update.blocks, ...choice.blocks.slice(end)];
}

function applySnapshot(state, snapshot) {
  state.html = snapshot.html;
  const behind = snapshot.choices?.some(
    (whole, index) =>
      whole.blocks.length > (state.choices[index]?.blocks.length ?? -1) ||
      whole.reasoning.length > state.choices[index].reasoning.length ||
      whole.extra.length > state.choices[index].extra.length,
  );
  if (behind) apply(state, snapshot);
}

function view(model, state, el) {
  const root = element("div", "vision-magic-live vision-magic-answer");
  root.setAttribute("aria-busy", "true");
  const line = element("div", "vision-magic-line");
  const status = element("span");
  line.append(status, stopButton(model, state, root));
  const choices = element("div", "vision-magic-choices");
  root.append(line, choices);
  // These classes apply the notebook's style for text, which the static answer will have too.
  const page = element("div", "jp-RenderedHTMLCommon jp-RenderedHTML");
  page.append(root);
  el.append(page);

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
    status.textContent = `${model.get("target")} · ${activity} · ${seconds(state.began)}`;
    state.choices.forEach((choice, index) => drawChoice((columns[index] ??= makeColumn()), choice));
    if (root.isConnected) untypeset.splice(0).forEach((part) => typeset(model, part));
  }

  // The renderer in the kernel has made all of this HTML safe.
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
    if (folds.includes(true)) restoreFolds(folds, column.text); // a finished round's calls move up
    if (drawn.reasoning !== choice.reasoning) {
      column.fold.hidden = !choice.reasoning;
      column.reasoning.textContent = drawn.reasoning = choice.reasoning;
    }
  }

  // Folds that the user opens stay open in the static answer. Their positions are read at each drawing, since reasoning
  // that arrives later moves the calls.
  let unfolded = "";
  function sendFolds() {
    const places = columns.map(({ root }) => foldsIn(root).flatMap((open, place) => (open ? [place] : [])));
    const current = places.flat().length ? JSON.stringify(places) : "";
    if (current !== unfolded) model.send({ kind: "unfolded", places });
    unfolded = current;
  }
  choices.addEventListener("toggle", sendFolds, true); // in the capture phase, since the event does not bubble

  let frame = 0;
  let clock = 0;
  const schedule = () => (frame ||= requestAnimationFrame(() => { frame = 0; tick(); }));
  // The seconds advance even if nothing arrives; updates, which arrive at most every 100 ms, draw them too.
  const tick = () => {
    draw();
    sendFolds();
    clearTimeout(clock);
    if (page.contains(root) || !page.isConnected) clock = setTimeout(schedule, 130);
  };
  // When the button is removed, move its focus to the cell; otherwise it would move to the top of the page.
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

// A function, so that each answer has its own state even if the module is loaded only once.
export default () => {
  const state = { began: performance.now(), status: "", heard: false, stopping: false, choices: [], views: new Set() };
  const redraw = () => state.views.forEach((one) => one.schedule());
  return {
    initialize({ model }) {
      // Here and not in render, where messages that arrive before the first view would be lost.
      enableCopyButtons();
      announce("The answer is being written.");
      const onMessage = (message) => {
        noteMessage(state, message);
        if (message.kind === "update") {
          apply(state, message);
          redraw();
        }
        if (message.kind === "ended") {
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
      sayHello(model, state);
      return () => {
        state.heard = true;
        model.off("msg:custom", onMessage);
        model.off("change:snapshot", onSnapshot);
      };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
