// Functions of widgets that a page shows while a cell runs. They are prepended to each script, after frontend.js.

const STOP_TIMEOUT = 3000; // milliseconds until a kernel that does not acknowledge Stop is interrupted
const HELLO_TIMEOUT = 3000; // milliseconds after which the kernel is taken to hear nothing while the cell runs

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function element(tag, name, text) {
  const created = document.createElement(tag);
  if (name) created.className = name;
  if (text) created.textContent = text;
  return created;
}

// Announce a text to screen readers, in an element that stays, because the answer itself is busy and later replaced.
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

// Tell the kernel that this page shows the widget. The first message of a page reaches the kernel only after the cell, so
// it is repeated for a while, until it is acknowledged.
async function sayHello(model, state) {
  const page = Math.random().toString(36).slice(2);
  for (const end = performance.now() + HELLO_TIMEOUT; performance.now() < end && !state.heard; await pause(200)) {
    model.send({ kind: "hello", page });
  }
}

// Note a message of the kernel in the state: that it has heard the page or Stop, or that it has ended.
function noteMessage(state, message) {
  if (message.kind === "heard") state.heard = true;
  if (message.kind === "stopping") state.stopping = true;
  if (message.kind === "ended") {
    state.heard = true;
    announce(message.announcement);
  }
}

// The Jupyter server can interrupt a kernel that is too busy to read messages; other front ends cannot.
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

// A button that ends what the widget shows. The state is that of the widget, the root the part of the page that it is in.
function stopButton(model, state, root) {
  const stop = element("button", "vision-magic-stop", "Stop");
  stop.type = "button";
  stop.addEventListener("click", async () => {
    if (stop.getAttribute("aria-disabled")) return;
    stop.setAttribute("aria-disabled", "true"); // a disabled button would lose the focus
    stop.textContent = "Stopping";
    // A kernel that has just started does not read messages yet: repeat the message until it is acknowledged.
    for (const end = performance.now() + STOP_TIMEOUT; performance.now() < end; await pause(250)) {
      if (state.stopping || !root.isConnected) return;
      model.send({ kind: "stop" });
    }
    // Interrupt a kernel that reads no messages while it works (ipykernel 6), unless another cell may be running.
    if (state.stopping || !root.isConnected) return;
    if (model.get("background")) {
      stop.removeAttribute("aria-disabled");
      stop.textContent = "The kernel is busy: stop again";
      return;
    }
    const interrupted = await interrupt(model.get("kernel_id")).catch(() => false);
    if (!interrupted && root.isConnected) stop.textContent = "Use the notebook's own stop button";
  });
  return stop;
}
