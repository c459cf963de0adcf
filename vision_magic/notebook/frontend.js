// Functions that the live view and the panels share. They are prepended to each script, since there is no bundler.

const COPY = "vision-magic-copy";

// Format the seconds since a time, with a no-break space before the unit.
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)}\u00a0s`;
}

async function copyText(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not allow copying";
  }
  setTimeout(() => (button.textContent = label), 1500);
}

// Copy the block of code to which the button belongs, or the whole answer as the model wrote it.
function copyPart(button) {
  const code = button.closest(".vision-magic-code");
  if (code) copyText(code.querySelector("pre").innerText.trimEnd(), button);
  else copyText(button.dataset.source ?? button.closest(".vision-magic-answer").innerText, button);
}

// Let JupyterLab typeset the mathematics in a part that no longer changes, as the HTMLMath widget of ipywidgets does.
// Other front ends show its source until the static answer replaces the widget.
function typeset(model, part) {
  if (!part.isConnected || !part.textContent.includes("$")) return; // loading the typesetter takes half a second
  model.widget_manager?._rendermime?.latexTypesetter?.typeset(part);
}

// In a list that is still being written, only the last item changes. `match` does not change typeset items.
function typesetItems(model, open) {
  for (const item of open.querySelectorAll(":scope > :is(ol, ul) > li:not(:last-child)")) {
    if (item.source !== undefined || !item.isConnected || !item.textContent.includes("$")) continue;
    item.source = item.outerHTML;
    typeset(model, item);
  }
}

function foldsIn(part) {
  return [...part.querySelectorAll("details:not([hidden])")].map((fold) => fold.open);
}

// Open the folds that were open in the part that this part replaces.
function restoreFolds(folds, part) {
  part.querySelectorAll("details").forEach((fold, index) => (fold.open = Boolean(folds[index])));
}

// Show HTML that the renderer in the kernel has made safe. Only differences are changed, so that the selection, the
// focus and open folds stay while an answer grows.
function showHtml(target, html) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  match(target, wanted.content);
}

function match(target, wanted) {
  const nodes = [...wanted.childNodes];
  nodes.forEach((node, index) => {
    const current = target.childNodes[index];
    if (!current) target.append(node);
    else if (current.source !== undefined) { if (current.source !== node.outerHTML) current.replaceWith(node); }
    else if (current.nodeName !== node.nodeName) current.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.startsWith(current.data)) current.appendData(node.data.slice(current.length));
      else current.data = node.data;
    } else if (!current.isEqualNode(node)) {
      for (const { name } of [...current.attributes]) {
        if (!node.hasAttribute(name) && name !== "open") current.removeAttribute(name);
      }
      for (const { name, value } of node.attributes) current.setAttribute(name, value);
      match(current, node);
    }
  });
  while (target.childNodes.length > nodes.length) target.lastChild.remove();
}
