// The elements of the panels and of the frame for images. They are prepended to each script, which defines
// CLASS_PREFIX, the beginning of the names of its classes.

function element(tag, name, text) {
  const created = document.createElement(tag);
  if (name) created.className = CLASS_PREFIX + name;
  if (text) created.textContent = text;
  // Suppress JupyterLab's shortcuts for cells, such as x, which would cut the cell. JupyterLab checks the focused
  // element first, then the elements around it.
  created.dataset.lmSuppressShortcuts = "true";
  return created;
}

function button(name, text, onClick) {
  const created = element("button", name, text);
  created.type = "button";
  created.addEventListener("click", onClick);
  return created;
}
