// One answer while it is written. The kernel sends blocks of HTML that its renderer has made safe: finished ones once,
// the open one again and again. Words that are no HTML go in by textContent. See shared.js.

const PATIENCE = 3000; // milliseconds until a kernel that has not heard of the Stop is interrupted

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The buttons in finished answers are plain HTML without a handler; one listener on the page serves them all.
function copyButtonsWork() {
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

function element(tag, name, words) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words) made.textContent = words;
  return made;
}

// Said to those who listen to the page, from a place that stays: the answer itself is busy, and then replaced.
function announce(words) {
  let place = document.getElementById("vision-magic-said");
  if (!place) {
    place = element("div");
    place.id = "vision-magic-said";
    place.setAttribute("role", "status");
    place.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
    document.body.append(place);
  }
  place.textContent = words;
}

function emptyChoice() {
  return { label: "", blocks: [], open: "", extra: "", thought: "" };
}

// Take what has come into what is known; say whether something before it is missing.
function take(state, message) {
  if (message.status) state.status = message.status;
  message.choices?.forEach((grown, index) => {
    const choice = (state.choices[index] ??= emptyChoice());
    if (grown.first > choice.blocks.length) return; // lost on the way: the next snapshot brings it
    choice.blocks.splice(grown.first, Infinity, ...keep(choice, grown));
    choice.label = grown.label;
    choice.open = grown.open;
    choice.extra = grown.extra;
    if (grown.thought_at <= choice.thought.length) {
      choice.thought = choice.thought.slice(0, grown.thought_at) + grown.thought;
    }
  });
}

// A snapshot can be older than what has come since: then only what it has more of counts.
function keep(choice, grown) {
  const end = grown.first + grown.blocks.length;
  return end >= choice.blocks.length ? grown.blocks : [...grown.blocks, ...choice.blocks.slice(end)];
}

function takeSnapshot(state, snapshot) {
  state.html = snapshot.html;
  const behind = snapshot.choices?.some(
    (whole, index) =>
      whole.blocks.length > (state.choices[index]?.blocks.length ?? -1) ||
      whole.thought.length > state.choices[index].thought.length,
  );
  if (behind) take(state, snapshot);
}

// The Jupyter server can interrupt a kernel that is too busy to hear the button; other front ends have no such address.
async function interrupt(kernel) {
  const page = document.getElementById("jupyter-config-data");
  if (!page || !kernel) return false;
  const config = JSON.parse(page.textContent);
  const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
  const headers = {};
  if (config.token) headers.Authorization = `token ${config.token}`;
  if (cookie) headers["X-XSRFToken"] = decodeURIComponent(cookie[1]);
  const answer = await fetch(`${config.baseUrl}api/kernels/${kernel}/interrupt`, { method: "POST", headers });
  return answer.ok;
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
  // These classes give it the notebook's own look for text, as the static answer will have it.
  const page = element("div", "jp-RenderedHTMLCommon jp-RenderedHTML");
  page.append(root);
  el.append(page);

  stop.addEventListener("click", async () => {
    if (stop.getAttribute("aria-disabled")) return;
    stop.setAttribute("aria-disabled", "true"); // a disabled button would lose the focus
    stop.textContent = "Stopping";
    // A kernel that has only just begun does not listen yet: it is told again until it has heard.
    for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(250)) {
      if (state.stopping || !root.isConnected) return;
      model.send({ kind: "stop" });
    }
    // One that hears nothing while it works (ipykernel 6) is interrupted; a cell that does not wait for this answer
    // must not be.
    if (state.stopping || !root.isConnected) return;
    if (model.get("background")) {
      stop.removeAttribute("aria-disabled");
      stop.textContent = "The kernel is busy: stop again";
      return;
    }
    const heard = await interrupt(model.get("kernel_id")).catch(() => false);
    if (!heard && root.isConnected) stop.textContent = "Use the notebook's own stop button";
  });

  const columns = [];
  const unset = []; // parts whose mathematics is set as soon as the view is in the page
  function column() {
    const root = element("div", "vision-magic-choice");
    const place = element("div", "vision-magic-line");
    const thinking = element("details");
    thinking.append(element("summary", "vision-magic-line", "Reasoning"), element("div", "vision-magic-thought"));
    const text = element("div", "vision-magic-text");
    const done = element("div");
    const open = element("div");
    const extra = element("div");
    text.append(done, open, extra);
    thinking.hidden = true;
    root.append(place, thinking, text);
    choices.append(root);
    return { root, place, thinking, text, done, open, extra, shown: 0, html: "", more: "", thought: "" };
  }

  function draw() {
    if (state.html !== undefined) {
      if (page.contains(root)) page.innerHTML = state.html; // made safe by the kernel's renderer
      if (page.isConnected) typeset(model, page);
      return;
    }
    const running = state.choices.length && state.choices.some((choice) => choice.blocks.length || choice.open);
    const before = model.get("sent") ? "waiting for the first token" : "reading the picture";
    const doing = state.status || (running ? "answering" : before);
    status.textContent = `${model.get("asked")} · ${doing} · ${seconds(state.began)}`;
    state.choices.forEach((choice, index) => {
      const place = (columns[index] ??= column());
      place.place.textContent = choice.label;
      const folds = place.shown < choice.blocks.length ? foldsIn(place.text) : [];
      if (place.shown > choice.blocks.length) { place.done.replaceChildren(); place.shown = 0; }
      for (; place.shown < choice.blocks.length; place.shown++) {
        const block = document.createElement("template");
        block.innerHTML = choice.blocks[place.shown]; // made safe by the kernel's renderer
        unset.push(...block.content.children);
        place.done.append(block.content);
      }
      if (place.html !== choice.open) {
        showHtml(place.open, (place.html = choice.open)); // likewise
        typesetItems(model, place.open);
      }
      if (place.more !== choice.extra) showHtml(place.extra, (place.more = choice.extra)); // likewise
      if (folds.includes(true)) unfoldAs(folds, place.text); // a finished round's calls go up into the blocks
      if (place.thought !== choice.thought) {
        place.thinking.hidden = !choice.thought;
        place.thinking.lastChild.textContent = place.thought = choice.thought;
      }
    });
    if (root.isConnected) unset.splice(0).forEach((part) => typeset(model, part));
  }

  // What a person unfolds stays so in the static answer. Looked at anew, since thoughts that come later move calls on.
  let unfolded = "";
  function tellFolds() {
    const places = columns.map(({ root }) => foldsIn(root).flatMap((open, place) => (open ? [place] : [])));
    const told = places.flat().length ? JSON.stringify(places) : "";
    if (told !== unfolded) model.send({ kind: "unfolded", places });
    unfolded = told;
  }
  choices.addEventListener("toggle", tellFolds, true); // it does not bubble

  let frame = 0;
  let clock = 0;
  const soon = () => (frame ||= requestAnimationFrame(() => { frame = 0; tick(); }));
  // The seconds go on where nothing comes; what comes, every 100 ms at the most, brings them along.
  const tick = () => {
    draw();
    tellFolds();
    clearTimeout(clock);
    if (page.contains(root) || !page.isConnected) clock = setTimeout(soon, 130);
  };
  // The focus on the button goes to the cell, and not to the top of the page, when the button goes.
  const leave = () => root.contains(document.activeElement) && root.closest("[tabindex]")?.focus({ preventScroll: true });
  const shown = { soon, leave };
  state.views.add(shown);
  tick();
  return () => {
    clearTimeout(clock);
    cancelAnimationFrame(frame);
    state.views.delete(shown);
  };
}

// A function: each answer gets a state of its own, also where the module is loaded once.
export default () => {
  const state = { began: performance.now(), status: "", stopping: false, choices: [], views: new Set() };
  const changed = () => state.views.forEach((shown) => shown.soon());
  return {
    initialize({ model }) {
      // Here, not in render: what comes before the view is there would be lost.
      copyButtonsWork();
      announce("The answer is being written.");
      const hear = (message) => {
        if (message.kind === "stopping") state.stopping = true;
        if (message.kind === "grow") { take(state, message); changed(); }
        if (message.kind === "ended") { announce(message.words); state.views.forEach((shown) => shown.leave()); }
      };
      const look = () => { takeSnapshot(state, model.get("snapshot") ?? {}); changed(); };
      model.on("msg:custom", hear);
      model.on("change:snapshot", look);
      look();
      model.send({ kind: "here" });
      return () => { model.off("msg:custom", hear); model.off("change:snapshot", look); };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
