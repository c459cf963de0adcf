// One answer while it is written. The kernel sends blocks of HTML that its renderer has made safe: finished ones once,
// the open one again and again. Words that are no HTML go in by textContent.

const COPY = "vision-magic-copy";

// The buttons in finished answers are plain HTML without a handler; one listener on the page serves them all.
function copyButtonsWork() {
  if (document.documentElement.dataset.visionMagic) return;
  document.documentElement.dataset.visionMagic = "1";
  const style = document.createElement("style");
  style.textContent = `button.${COPY}[hidden] { display: inline-block !important; }`;
  document.head.append(style);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(`button.${COPY}`) : null;
    if (button) copy(button);
  });
}

async function copy(button) {
  const holder = button.closest(".vision-magic-code, .vision-magic-answer");
  if (!holder) return;
  const code = holder.classList.contains("vision-magic-code");
  const parts = code ? [holder.querySelector("pre")] : [...holder.querySelectorAll(".vision-magic-text")];
  const text = parts.map((part) => part?.innerText ?? "").join("\n\n").trimEnd();
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not allow it";
  }
  setTimeout(() => (button.textContent = words), 1500);
}

function element(tag, name, words) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words) made.textContent = words;
  return made;
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
  const behind = snapshot.choices?.some(
    (whole, index) => whole.blocks.length > (state.choices[index]?.blocks.length ?? -1),
  );
  if (behind) take(state, snapshot);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
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
  const said = element("span", "vision-magic-said", "The answer is being written.");
  said.setAttribute("role", "status");
  root.append(line, choices, said);
  // These classes give it the notebook's own look for text, as the static answer will have it.
  const page = element("div", "jp-RenderedHTMLCommon jp-RenderedHTML");
  page.append(root);
  el.append(page);

  stop.addEventListener("click", () => {
    stop.disabled = true;
    stop.textContent = "Stopping";
    model.send({ kind: "stop" });
    setTimeout(async () => {
      if (!root.isConnected) return;
      const heard = await interrupt(model.get("kernel_id")).catch(() => false);
      if (!heard && root.isConnected) stop.textContent = "Use the notebook's own stop button";
    }, 1200);
  });

  const columns = [];
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
    return { place, thinking, done, open, extra, shown: 0, html: "", more: "", thought: 0 };
  }

  function draw() {
    const running = state.choices.length && state.choices.some((choice) => choice.blocks.length || choice.open);
    const doing = state.status || (running ? "answering" : "waiting for the first token");
    status.textContent = `${model.get("asked")} · ${doing} · ${seconds(state.began)}`;
    state.choices.forEach((choice, index) => {
      const place = (columns[index] ??= column());
      place.place.textContent = choice.label;
      if (place.shown > choice.blocks.length) { place.done.replaceChildren(); place.shown = 0; }
      for (; place.shown < choice.blocks.length; place.shown++) {
        const block = document.createElement("template");
        block.innerHTML = choice.blocks[place.shown]; // made safe by the kernel's renderer
        place.done.append(block.content);
      }
      if (place.html !== choice.open) place.open.innerHTML = place.html = choice.open; // likewise
      if (place.more !== choice.extra) place.extra.innerHTML = place.more = choice.extra; // likewise
      if (place.thought !== choice.thought.length) {
        place.thinking.hidden = !choice.thought;
        place.thinking.lastChild.textContent = choice.thought;
        place.thought = choice.thought.length;
      }
    });
  }

  let frame = 0;
  const soon = () => (frame ||= requestAnimationFrame(() => { frame = 0; draw(); }));
  state.views.add(soon);
  const clock = setInterval(soon, 100);
  draw();
  return () => {
    clearInterval(clock);
    cancelAnimationFrame(frame);
    state.views.delete(soon);
  };
}

// A function: each answer gets a state of its own, also where the module is loaded once.
export default () => {
  const state = { began: performance.now(), status: "", choices: [], views: new Set() };
  const changed = () => state.views.forEach((draw) => draw());
  return {
    initialize({ model }) {
      // Here, not in render: what comes before the view is there would be lost.
      copyButtonsWork();
      const hear = (message) => { if (message.kind === "grow") { take(state, message); changed(); } };
      const look = () => { takeSnapshot(state, model.get("snapshot") ?? {}); changed(); };
      model.on("msg:custom", hear);
      model.on("change:snapshot", look);
      look();
      return () => { model.off("msg:custom", hear); model.off("change:snapshot", look); };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
