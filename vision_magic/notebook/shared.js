// What the live view and the panels share, put before each script: there is no bundler.

const COPY = "vision-magic-copy";

// How long ago a moment was; never on two lines.
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)}\u00a0s`;
}

async function copyText(text, pressed) {
  const words = pressed.textContent;
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = "Copied";
  } catch {
    pressed.textContent = "The browser does not allow it";
  }
  setTimeout(() => (pressed.textContent = words), 1500);
}

// Copy what a button stands at: a block of code, or the whole answer as the model wrote it.
function copyPart(pressed) {
  const code = pressed.closest(".vision-magic-code");
  if (code) copyText(code.querySelector("pre").innerText.trimEnd(), pressed);
  else copyText(pressed.dataset.source ?? pressed.closest(".vision-magic-answer").innerText, pressed);
}

// Let JupyterLab's typesetter set the mathematics in a part that no longer changes, as ipywidgets' HTMLMath does. Other
// front ends show its source until the answer is an output of their own.
function typeset(model, part) {
  if (!part.isConnected || !part.textContent.includes("$")) return; // loading it takes half a second
  model.widget_manager?._rendermime?.latexTypesetter?.typeset(part);
}

// The items of a list that is still being written change no more, but the last; `match` leaves those that are set alone.
function typesetItems(model, open) {
  for (const item of open.querySelectorAll(":scope > :is(ol, ul) > li:not(:last-child)")) {
    if (item.written !== undefined || !item.isConnected || !item.textContent.includes("$")) continue;
    item.written = item.outerHTML;
    typeset(model, item);
  }
}

function foldsIn(part) {
  return [...part.querySelectorAll("details:not([hidden])")].map((fold) => fold.open);
}

// Unfold what was unfolded in the part whose place this one takes.
function unfoldAs(folds, part) {
  part.querySelectorAll("details").forEach((fold, place) => (fold.open = Boolean(folds[place])));
}

// Show HTML that the kernel's renderer has made safe. Only what differs is touched: a selection, the focus and what was
// unfolded stay while an answer grows.
function showHtml(place, html) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  match(place, wanted.content);
}

function match(place, wanted) {
  const nodes = [...wanted.childNodes];
  nodes.forEach((node, index) => {
    const there = place.childNodes[index];
    if (!there) place.append(node);
    else if (there.written !== undefined) { if (there.written !== node.outerHTML) there.replaceWith(node); }
    else if (there.nodeName !== node.nodeName) there.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.startsWith(there.data)) there.appendData(node.data.slice(there.length));
      else there.data = node.data;
    } else if (!there.isEqualNode(node)) {
      for (const { name } of [...there.attributes]) {
        if (!node.hasAttribute(name) && name !== "open") there.removeAttribute(name);
      }
      for (const { name, value } of node.attributes) there.setAttribute(name, value);
      match(there, node);
    }
  });
  while (place.childNodes.length > nodes.length) place.lastChild.remove();
}
