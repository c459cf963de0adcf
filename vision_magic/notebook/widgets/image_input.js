// A frame for images. Files are sent to the kernel in chunks, each of which is acknowledged. The kernel sends back the
// images to draw, so that every page shows the same pixels, upright and cropped. All text is set by textContent.

const CLASS_PREFIX = "vision-magic-input-"; // for elements.js
const REPLY_TIMEOUT = 20000; // milliseconds without a reply from the kernel until the user is asked
const STEP = 10; // pixels per arrow key with Shift
const MAX_HEIGHT = 480; // pixels of the image on the page
const TYPES = "image/png,image/jpeg,image/webp,image/gif,image/bmp,image/tiff,.png,.jpg,.jpeg,.webp,.gif,.bmp,.tif,.tiff";

const CORNERS = [
  { name: "Top left", x: 0, y: 1 },
  { name: "Top right", x: 2, y: 1 },
  { name: "Bottom right", x: 2, y: 3 },
  { name: "Bottom left", x: 0, y: 3 },
];

function readableBytes(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

const randomId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// Boxes are [left, top, right, bottom] in pixels of the whole image.
const whole = (one) => [0, 0, one.width, one.height];
const same = (box, other) => box.every((edge, index) => edge === other[index]);
const within = (box, outer) => [0, 1].every((edge) => box[edge] >= outer[edge] && box[edge + 2] <= outer[edge + 2]);
const sizeOf = (box) => `${box[2] - box[0]} × ${box[3] - box[1]}`;

// What is sent of an image.
function partText(one, box) {
  const all = `${one.width} × ${one.height} pixels`;
  return box && !same(box, whole(one)) ? `${sizeOf(box)} of ${all}; only this part is sent` : all;
}

// -- uploads ----------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(message, again) {
    super(message);
    this.again = again;
  }
}

async function sha256(data) {
  if (!globalThis.crypto?.subtle) return ""; // on plain HTTP, for which only the length is checked
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function uploader(model, state) {
  const waiting = new Map(); // by the id of a file: settles the promise of the kernel's next reply

  function onMessage(message) {
    const settle = waiting.get(message.id);
    if (!settle) return;
    if (message.kind === "refused") settle(new Refused(message.message, message.again));
    else settle(message);
  }

  // Send one chunk. If no reply arrives, the chunk may be lost or the kernel busy: the user decides, and a late
  // reply is still accepted.
  function sendChunk(content, chunk) {
    return new Promise((resolve, reject) => {
      let clock = 0;
      const startClock = () => {
        clock = setTimeout(() => {
          state.stalled = { again: post, giveUp: () => settle(new Refused("Sending was cancelled.", true)) };
          state.redraw();
        }, REPLY_TIMEOUT);
      };
      const post = () => {
        state.stalled = null;
        try {
          model.send(content, undefined, [chunk]);
          startClock();
        } catch (error) {
          settle(new Refused(`The picture could not be sent (${error.message}).`, true));
        }
      };
      const settle = (reply) => {
        if (reply.kind === "ack" && reply.index !== content.index) return; // for a chunk that was sent twice
        clearTimeout(clock);
        state.stalled = null;
        waiting.delete(content.id);
        if (reply instanceof Error) reject(reply);
        else resolve(reply);
      };
      waiting.set(content.id, settle);
      post();
    });
  }

  async function send(file) {
    const limit = model.get("max_bytes");
    if (!file.size) throw new Refused(`${file.name || "The file"} holds 0 bytes; expected a picture.`, false);
    if (file.size > limit) {
      const fix = "Save it at a smaller size, or open it with PIL in a cell.";
      throw new Refused(`${file.name || "The file"} holds ${readableBytes(file.size)}; the limit is ${readableBytes(limit)}. ${fix}`, false);
    }
    const data = await file.arrayBuffer().catch(() => {
      throw new Refused(`${file.name || "The file"} could not be read.`, true);
    });
    const about = { kind: "chunk", id: randomId(), name: file.name, total: data.byteLength, sha256: await sha256(data) };
    const size = model.get("_chunk");
    try {
      for (let index = 0; index * size < data.byteLength; index++) {
        state.progress = (index * size) / data.byteLength;
        state.redraw();
        const chunk = data.slice(index * size, (index + 1) * size);
        const reply = await sendChunk({ ...about, index }, chunk);
        if (reply.kind === "complete") return;
      }
      throw new Refused("The kernel has not confirmed that the picture is complete.", true);
    } catch (error) {
      model.send({ kind: "cancel", id: about.id });
      throw error;
    }
  }

  // Files are sent one after another, because the rest of the notebook uses the same connection.
  let queue = Promise.resolve();
  function upload(files) {
    for (const file of files) {
      state.sending++;
      queue = queue.then(async () => {
        state.name = file.name || "picture";
        try {
          await send(file);
          state.announcement = `${state.name} is in the frame.`;
        } catch (error) {
          state.fail(error.message, error.again ? () => upload([file]) : null);
        }
        state.sending--;
        state.redraw();
      });
    }
    state.redraw();
  }

  return { onMessage, upload };
}

// -- clipboard, drop and camera ----------------------------------------------------------------------------

function filesIn(transfer) {
  const files = [...(transfer?.files ?? [])];
  if (files.length) return files;
  return [...(transfer?.items ?? [])].map((item) => (item.kind === "file" ? item.getAsFile() : null)).filter(Boolean);
}

const isImage = (file) => file.type.startsWith("image/") || (!file.type && /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i.test(file.name));

function cameraError(error) {
  const messages = {
    NotAllowedError: "The browser does not allow the camera. Allow it for this page, next to its address, and try again.",
    NotFoundError: "There is no camera on this computer.",
    NotReadableError: "The camera is in use by another program.",
  };
  return messages[error.name] ?? `The camera could not be opened (${error.message}).`;
}

function camera(state, upload, onChange) {
  let stream = null;
  let request = 0; // number of the current request; a camera that opens after it was closed is switched off again
  const video = element("video", "video");
  video.muted = true;
  video.playsInline = true;
  video.setAttribute("aria-label", "Camera picture");

  function stop() {
    request++;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    onChange();
  }

  async function start() {
    const own = ++request;
    state.clear();
    if (!navigator.mediaDevices?.getUserMedia) {
      state.fail("This page may not use a camera: browsers allow it on https and localhost only.");
      return;
    }
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
      if (own !== request) {
        opened.getTracks().forEach((track) => track.stop());
        return;
      }
      stream = opened;
      video.srcObject = opened;
      onChange();
      await video.play();
    } catch (error) {
      if (own !== request) return;
      stop();
      state.fail(cameraError(error));
    }
  }

  function shoot() {
    if (!stream || !video.videoWidth) {
      state.fail("The camera shows no picture yet; try again in a moment.");
      return;
    }
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    stop();
    canvas.toBlob((blob) => {
      if (blob) upload([new File([blob], "camera.png", { type: "image/png" })]);
      else state.fail("The camera's picture could not be saved; take it again.");
    }, "image/png");
  }

  return { video, start, stop, shoot, open: () => stream !== null };
}

// -- cropping ----------------------------------------------------------------------------------------------

// The part that is marked, drawn over what is shown of the image. A change is reported when the pointer is released, and
// after each key.
function cropper(stage, image, { onDraw, onMark, onEnter }) {
  let key = ""; // of the image
  let view = [0, 0, 0, 0]; // the box that is shown
  let box = null; // the box that is marked; null for all that is shown
  let dragging = false;
  const area = element("div", "area");
  const shade = element("div", "shade"); // covers the part that would be cut off
  const handles = CORNERS.map((corner) => {
    const handle = button("handle", "", () => {});
    handle.addEventListener("keydown", (event) => nudge(event, corner));
    handle.addEventListener("pointerdown", (event) => drag(event, (point) => move(corner, point)));
    area.append(handle);
    return handle;
  });
  stage.append(shade, area);

  // A corner stops one pixel before the opposite one.
  function move(corner, [x, y]) {
    if (!box) return;
    box[corner.x] = corner.x ? clamp(x, box[0] + 1, view[2]) : clamp(x, view[0], box[2] - 1);
    box[corner.y] = corner.y === 3 ? clamp(y, box[1] + 1, view[3]) : clamp(y, view[1], box[3] - 1);
    draw();
  }

  function nudge(event, corner) {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = directions[event.key];
    if (event.key === "Enter") onEnter();
    else if (!direction || !box) return;
    else {
      const step = event.shiftKey ? STEP : 1;
      move(corner, [box[corner.x] + step * direction[0], box[corner.y] + step * direction[1]]);
      onMark([...box]);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function pointOf(event) {
    const drawn = image.getBoundingClientRect();
    const x = view[0] + ((event.clientX - drawn.left) * (view[2] - view[0])) / drawn.width;
    const y = view[1] + ((event.clientY - drawn.top) * (view[3] - view[1])) / drawn.height;
    return [clamp(Math.round(x), view[0], view[2]), clamp(Math.round(y), view[1], view[3])];
  }

  function drag(event, follow) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const target = event.currentTarget;
    let moved = false;
    const onMove = (to) => {
      moved ||= Math.hypot(to.clientX - event.clientX, to.clientY - event.clientY) >= 4; // otherwise it is a click
      if (moved) follow(pointOf(to));
    };
    const onEnd = () => {
      target.removeEventListener("pointermove", onMove);
      target.removeEventListener("pointerup", onEnd);
      target.removeEventListener("pointercancel", onEnd);
      dragging = false;
      if (moved && box) onMark([...box]);
    };
    dragging = true;
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", onMove);
    target.addEventListener("pointerup", onEnd);
    target.addEventListener("pointercancel", onEnd);
  }

  image.draggable = false;
  image.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return; // touch scrolls the page; the Crop button shows handles for touch
    const start = pointOf(event);
    drag(event, (point) => {
      const [x, y] = [0, 1].map((axis) => [Math.min(start[axis], point[axis]), Math.max(start[axis], point[axis])]);
      if (x[0] === x[1] || y[0] === y[1]) return;
      box = [x[0], y[0], x[1], y[1]];
      draw();
    });
  });

  function draw() {
    area.hidden = shade.hidden = !box;
    if (box) {
      const part = (edge) => `${(100 * (box[edge] - view[edge % 2])) / (view[2 + (edge % 2)] - view[edge % 2])}%`;
      const hole = [[0, 1], [2, 1], [2, 3], [0, 3], [0, 1]].map(([x, y]) => `${part(x)} ${part(y)}`);
      shade.style.clipPath = `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${hole.join(", ")})`;
      area.style.left = part(0);
      area.style.top = part(1);
      area.style.right = `calc(100% - ${part(2)})`;
      area.style.bottom = `calc(100% - ${part(3)})`;
      CORNERS.forEach((corner, index) => {
        handles[index].setAttribute("aria-label", `${CORNERS[index].name} corner at ${box[corner.x]}, ${box[corner.y]}`);
      });
    }
    onDraw();
  }

  return {
    box: () => box,
    selectAll() {
      box = [...view];
      draw();
      handles[0].focus();
    },
    hide() {
      box = null;
      draw();
    },
    // Show a part of an image with a box in it. Handles around all that is shown stay where they are.
    show(newKey, newView, newBox) {
      if (dragging || (key === newKey && same(view, newView) && same(box ?? view, newBox))) return;
      [key, view] = [newKey, newView];
      box = same(newBox, view) ? null : [...newBox];
      draw();
    },
  };
}

// -- the view ----------------------------------------------------------------------------------------------

function view(model, state, el) {
  const root = element("div", "root");
  const label = element("div", "label");
  const caption = element("span");
  const size = element("span", "size");
  label.append(caption, size);
  const frame = element("div", "frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  const hint = element("p", "hint", "Paste, drop or choose a picture");
  const stage = element("div", "stage");
  const image = element("img");
  stage.append(image);
  frame.append(hint, stage);
  const thumbs = element("ul", "thumbs");
  thumbs.setAttribute("aria-label", "Pictures");
  const bar = element("div", "bar");
  const line = element("div", "line");
  const progress = element("progress");
  progress.setAttribute("aria-label", "Sent to the kernel");
  const activity = element("span");
  line.append(progress, activity);
  const announcement = element("span", "announcement");
  announcement.setAttribute("role", "status");
  const errors = element("div", "errors");
  errors.setAttribute("role", "alert");
  root.append(label, frame, thumbs, bar, line, errors, announcement);
  el.append(root);

  const upload = (files) => {
    if (!files.length) return;
    state.clear();
    state.upload(files);
  };
  // The button that is replaced may have the focus.
  const lens = camera(state, upload, () => {
    const inside = root.contains(document.activeElement);
    draw();
    if (lens.open() && inside) buttons.shoot.focus();
  });
  frame.append(lens.video);

  const shown = () => {
    const images = model.get("_images") ?? [];
    return images.find((one) => one.key === model.get("_current")) ?? images[0];
  };
  const send = (content) => {
    state.clear();
    model.send(content);
  };
  const zoom = () => {
    state.zoom(shown());
    frame.focus();
  };
  const onMark = (box) => state.mark(shown(), box);
  const crop = cropper(stage, image, { onDraw: () => drawBar(), onMark, onEnter: zoom });

  const picker = element("input");
  picker.type = "file";
  picker.accept = TYPES;
  picker.hidden = true;
  picker.addEventListener("change", () => {
    upload([...picker.files]);
    picker.value = ""; // the same file may be chosen again
  });
  const buttons = {
    choose: button("choose", "Choose a picture", () => picker.click()),
    camera: button("camera", "Use the camera", () => lens.start()),
    shoot: button("shoot", "Take picture", () => { lens.shoot(); frame.focus(); }),
    leave: button("leave", "Close the camera", () => { lens.stop(); buttons.camera.focus(); }),
    crop: button("crop", "Crop", () => crop.selectAll()),
    zoom: button("zoom", "Zoom in", () => state.zoom(shown())),
    all: button("all", "Whole picture", all),
    remove: button("remove", "Remove", () => { send({ kind: "remove", key: shown()?.key }); frame.focus(); }),
  };
  bar.append(...Object.values(buttons), picker);
  buttons.shoot.classList.add("vision-magic-input-primary");

  function all() {
    if (state.box(shown())) state.mark(shown(), null);
    crop.hide();
    frame.focus();
  }

  // Undo the last mark; without one, zoom out.
  function back() {
    const [current, view] = [shown(), state.view(shown())];
    if (same(view, whole(current))) all();
    else if (crop.box()) state.mark(current, view);
    else state.zoom(current);
  }

  // -- paste, drop, keys

  root.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const files = filesIn(event.clipboardData).filter(isImage);
    if (files.length) upload(files);
    else state.fail("There is no picture on the clipboard. Copy one, then press Ctrl+V here.");
  });
  root.addEventListener("dragover", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    root.classList.add("vision-magic-input-over");
  });
  root.addEventListener("dragleave", (event) => {
    if (!root.contains(event.relatedTarget)) root.classList.remove("vision-magic-input-over");
  });
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    root.classList.remove("vision-magic-input-over");
    const files = filesIn(event.dataTransfer);
    if (files.length) upload(files);
    else state.fail("The dropped object is not a file. Save the picture, then drop the file here.");
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (lens.open()) lens.stop();
    else if (shown() && (crop.box() || state.box(shown()))) back();
    else return;
    frame.focus();
    event.preventDefault();
    event.stopPropagation();
  });

  // -- drawing

  function drawImage(current) {
    hint.hidden = Boolean(current) || lens.open();
    stage.hidden = !current || lens.open();
    if (!current) {
      image.removeAttribute("src");
      return;
    }
    const [view, box, url] = [state.view(current), state.box(current), state.preview(current)];
    const [width, height] = [view[2] - view[0], view[3] - view[1]];
    image.alt = url ? `${current.name}, ${width}×${height} pixels` : "";
    if (url && image.getAttribute("src") !== url) image.src = url;
    stage.classList.toggle("vision-magic-input-loading", !url);
    stage.style.aspectRatio = `${width} / ${height}`;
    stage.style.width = `${Math.max(1, Math.min(width, (MAX_HEIGHT * width) / height))}px`;
    crop.show(current.key, view, box ?? whole(current));
  }

  function drawBar() {
    const current = shown();
    const live = lens.open();
    const part = current && (crop.box() ?? state.box(current));
    const zoomed = current && !same(state.view(current), whole(current));
    size.textContent = current && !live ? partText(current, part) : "";
    buttons.zoom.textContent = zoomed && !crop.box() ? "Zoom out" : "Zoom in";
    const visible = {
      choose: !live,
      camera: !live,
      shoot: live,
      leave: live,
      crop: current && !live && !part,
      zoom: current && !live && part && !same(part, whole(current)),
      all: current && !live && part,
      remove: current && !live && (model.get("_images") ?? []).length === 1,
    };
    for (const [name, on] of Object.entries(visible)) buttons[name].hidden = !on;
    buttons.choose.textContent = current && model.get("multiple") ? "Add a picture" : "Choose a picture";
    buttons.choose.classList.toggle("vision-magic-input-primary", !current);
    picker.multiple = model.get("multiple");
  }

  let row = "";
  function drawThumbs() {
    const images = model.get("_images") ?? [];
    thumbs.hidden = images.length < 2;
    const next = JSON.stringify([images, shown()?.key, images.map((one) => [state.preview(one), state.box(one)])]);
    if (next === row) return; // do not replace a focused button unnecessarily
    row = next;
    const focused = document.activeElement?.dataset?.focus;
    thumbs.replaceChildren(...(thumbs.hidden ? [] : images.map(thumb)));
    const again = focused && [...thumbs.querySelectorAll("button")].find((one) => one.dataset.focus === focused);
    if (again) again.focus();
  }

  function thumb(held) {
    const item = element("li");
    const show = button("show", "", () => {
      model.set("_current", held.key);
      model.save_changes();
    });
    show.dataset.focus = `show ${held.key}`;
    const [view, box, url] = [state.view(held), state.box(held) ?? whole(held), state.preview(held)];
    show.setAttribute("aria-label", `Show ${held.name}, ${box[2] - box[0]}×${box[3] - box[1]} pixels`);
    show.setAttribute("aria-pressed", String(shown()?.key === held.key));
    const small = element("span", "thumb"); // the part that is sent
    small.style.aspectRatio = `${box[2] - box[0]} / ${box[3] - box[1]}`;
    const pixels = element("img");
    pixels.alt = "";
    if (url) pixels.src = url;
    const [x, y] = [0, 1].map((axis) => 100 / (box[axis + 2] - box[axis])); // percent per pixel
    pixels.style.width = `${x * (view[2] - view[0])}%`;
    pixels.style.height = `${y * (view[3] - view[1])}%`;
    pixels.style.left = `${x * (view[0] - box[0])}%`;
    pixels.style.top = `${y * (view[1] - box[1])}%`;
    small.append(pixels);
    show.append(small);
    const remove = button("thumb-remove", "×", () => { send({ kind: "remove", key: held.key }); frame.focus(); });
    remove.dataset.focus = `remove ${held.key}`;
    remove.setAttribute("aria-label", `Remove ${held.name}`);
    item.append(show, remove);
    return item;
  }

  function drawMessages() {
    caption.textContent = model.get("label");
    frame.setAttribute("aria-label", `${model.get("label")}. Paste, drop or choose a picture; drag on it to mark the part that is sent`);
    line.hidden = !state.sending;
    progress.value = state.progress;
    const more = state.sending > 1 ? `, ${state.sending - 1} more to come` : "";
    activity.textContent = state.sending ? `Sending ${state.name}, ${Math.round(100 * state.progress)} %${more}` : "";
    if (announcement.textContent !== state.announcement) announcement.textContent = state.announcement;
    drawErrors();
  }

  let drawnErrors = null;
  function drawErrors() {
    const current = state.stalled ? [stalledError(state.stalled)] : state.errors;
    const next = current.map((one) => one.message).join("\n");
    if (next === drawnErrors) return;
    drawnErrors = next;
    errors.replaceChildren(...current.map(errorRow));
    errors.hidden = !current.length;
  }

  function stalledError({ again, giveUp }) {
    const message = `The kernel has not answered for ${REPLY_TIMEOUT / 1000} s. If it is only busy, sending continues by itself.`;
    return { message, again, dismiss: giveUp };
  }

  function errorRow(one) {
    const row = element("div");
    row.append(element("span", "", one.message));
    if (one.again) row.append(button("again", "Try again", () => { state.drop(one); one.again(); frame.focus(); }));
    const close = () => { state.drop(one); one.dismiss?.(); frame.focus(); };
    row.append(button("dismiss", one.dismiss ? "Give up" : "Dismiss", close));
    return row;
  }

  function draw() {
    lens.video.hidden = !lens.open();
    frame.classList.toggle("vision-magic-input-full", Boolean(shown()) || lens.open());
    drawImage(shown());
    drawBar();
    drawThumbs();
    drawMessages();
  }

  state.views.add(draw);
  draw();
  return () => {
    lens.stop();
    state.views.delete(draw);
  };
}

// -- state that all views of one widget share ---------------------------------------------------------------

function shared(model) {
  const previews = new Map(); // key/box → URL of the pixels, or "" while they are being loaded
  const marks = new Map(); // key → box that the kernel may not have yet, and the id of that change
  const zooms = new Map(); // key → box that is shown, in this page
  const preview = (key, box) => `${key}/${box}`;
  const state = {
    views: new Set(),
    sending: 0,
    progress: 0,
    name: "",
    announcement: "",
    stalled: null,
    errors: [],
    redraw: () => state.views.forEach((draw) => draw()),
    fail(message, again = null) {
      state.errors = [...state.errors, { message, again }].slice(-3);
      state.redraw();
    },
    drop(one) {
      state.errors = state.errors.filter((other) => other !== one);
      state.redraw();
    },
    clear() {
      state.errors = [];
      state.announcement = "";
      state.redraw();
    },
    // The part that is marked, or null. The kernel may be busy: until it has the last change, its own box is an old one.
    box({ key, box, edit }) {
      const own = marks.get(key);
      if (own && own.edit !== edit) return own.box;
      marks.delete(key);
      return box;
    },
    mark(one, box) {
      const edit = randomId();
      state.clear();
      marks.set(one.key, { box: box && !same(box, whole(one)) ? box : null, edit });
      model.send({ kind: "crop", key: one.key, box, edit });
      state.announcement = partText(one, box);
      state.redraw();
    },
    view(one) {
      const [zoom, box] = [zooms.get(one.key), state.box(one)];
      return zoom && box && within(box, zoom) ? zoom : whole(one);
    },
    // Show only the marked part, or the whole image again.
    zoom(one) {
      const box = state.box(one);
      if (!box) return;
      zooms.set(one.key, same(state.view(one), box) ? whole(one) : box);
      state.redraw();
    },
    preview(one) {
      const name = preview(one.key, state.view(one));
      if (!previews.has(name)) {
        previews.set(name, "");
        model.send({ kind: "preview", key: one.key, box: state.view(one) });
      }
      return previews.get(name);
    },
    keepPreview(message, buffers) {
      const name = preview(message.key, message.box);
      if (previews.get(name)) return;
      previews.set(name, URL.createObjectURL(new Blob([buffers[0]], { type: message.type })));
      state.redraw();
    },
    // Release the pixels of images that were removed, and of parts that are no longer shown, or of all images.
    sweep(all) {
      const images = all ? [] : (model.get("_images") ?? []);
      const kept = new Set(images.flatMap((one) => [whole(one), state.view(one)].map((box) => preview(one.key, box))));
      for (const [name, url] of previews) {
        if (kept.has(name)) continue;
        if (url) URL.revokeObjectURL(url);
        previews.delete(name);
      }
    },
  };
  return state;
}

// A function, so that each widget has its own state even if the module is loaded only once.
export default () => {
  let state = null;
  return {
    initialize({ model }) {
      state = shared(model);
      const { onMessage, upload } = uploader(model, state);
      state.upload = upload;
      const onCustom = (message, buffers) => {
        if (message.kind === "preview") state.keepPreview(message, buffers);
        else if (message.kind === "error") state.fail(message.message);
        else onMessage(message);
      };
      const onState = () => {
        state.sweep();
        state.redraw();
      };
      model.on("msg:custom", onCustom);
      model.on("change:_images change:_current change:label change:multiple", onState);
      return () => {
        model.off("msg:custom", onCustom);
        model.off("change:_images change:_current change:label change:multiple", onState);
        state.sweep(true);
      };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
