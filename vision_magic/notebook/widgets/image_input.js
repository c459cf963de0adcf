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

// A box [left, top, right, bottom] in pixels of the image, drawn over it.
function cropper(stage, image, onChange, apply) {
  let size = [0, 0];
  let box = null;
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
    box[corner.x] = corner.x ? clamp(x, box[0] + 1, size[0]) : clamp(x, 0, box[2] - 1);
    box[corner.y] = corner.y === 3 ? clamp(y, box[1] + 1, size[1]) : clamp(y, 0, box[3] - 1);
    draw();
  }

  function nudge(event, corner) {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = directions[event.key];
    if (event.key === "Enter") apply();
    else if (!direction || !box) return;
    else {
      const step = event.shiftKey ? STEP : 1;
      move(corner, [box[corner.x] + step * direction[0], box[corner.y] + step * direction[1]]);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function pointOf(event) {
    const drawn = image.getBoundingClientRect();
    const x = ((event.clientX - drawn.left) * size[0]) / drawn.width;
    const y = ((event.clientY - drawn.top) * size[1]) / drawn.height;
    return [clamp(Math.round(x), 0, size[0]), clamp(Math.round(y), 0, size[1])];
  }

  function drag(event, follow) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const target = event.currentTarget;
    const onMove = (moved) => follow(pointOf(moved), moved);
    const onEnd = () => {
      target.removeEventListener("pointermove", onMove);
      target.removeEventListener("pointerup", onEnd);
      target.removeEventListener("pointercancel", onEnd);
      onChange();
    };
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", onMove);
    target.addEventListener("pointerup", onEnd);
    target.addEventListener("pointercancel", onEnd);
  }

  image.draggable = false;
  image.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return; // touch scrolls the page; the Crop button shows handles for touch
    const start = pointOf(event);
    drag(event, (point, moved) => {
      if (!box && Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < 4) return;
      const [x, y] = [0, 1].map((axis) => [Math.min(start[axis], point[axis]), Math.max(start[axis], point[axis])]);
      if (x[0] === x[1] || y[0] === y[1]) return;
      box = [x[0], y[0], x[1], y[1]];
      draw();
    });
    if (box) cancel();
  });

  function draw() {
    area.hidden = shade.hidden = !box;
    if (box) {
      const part = (edge) => `${(100 * box[edge]) / size[edge % 2]}%`;
      const hole = [[0, 1], [2, 1], [2, 3], [0, 3], [0, 1]].map(([x, y]) => `${part(x)} ${part(y)}`);
      shade.style.clipPath = `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${hole.join(", ")})`;
      area.style.left = part(0);
      area.style.top = part(1);
      area.style.width = `${(100 * (box[2] - box[0])) / size[0]}%`;
      area.style.height = `${(100 * (box[3] - box[1])) / size[1]}%`;
      CORNERS.forEach((corner, index) => {
        handles[index].setAttribute("aria-label", `${CORNERS[index].name} corner at ${box[corner.x]}, ${box[corner.y]}`);
      });
    }
    onChange();
  }

  function cancel() {
    box = null;
    draw();
  }

  return {
    cancel,
    box: () => box,
    selectAll() {
      box = [0, 0, ...size];
      draw();
      handles[0].focus();
    },
    reset(width, height) {
      size = [width, height];
      cancel();
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
  const apply = () => {
    const [current, box] = [shown(), crop.box()];
    if (!current || !box) return;
    send({ kind: "crop", key: current.key, box });
    frame.focus();
  };
  const crop = cropper(stage, image, () => drawBar(), apply);

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
    crop: button("crop", "Crop", () => (crop.box() ? apply() : crop.selectAll())),
    reset: button("reset", "Reset", reset),
    remove: button("remove", "Remove", () => { send({ kind: "remove", key: shown()?.key }); frame.focus(); }),
  };
  bar.append(...Object.values(buttons), picker);
  buttons.shoot.classList.add("vision-magic-input-primary");

  function reset() {
    if (crop.box()) crop.cancel();
    else send({ kind: "crop", key: shown()?.key, box: null });
    frame.focus();
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
    if (event.key === "Escape" && (crop.box() || lens.open())) {
      crop.cancel();
      if (lens.open()) lens.stop();
      frame.focus();
      event.preventDefault();
      event.stopPropagation();
    }
  });

  // -- drawing

  let drawn = "";
  function drawImage(current) {
    hint.hidden = Boolean(current) || lens.open();
    stage.hidden = !current || lens.open();
    const key = current ? `${current.key}/${current.version}` : "";
    if (current) {
      const url = state.preview(current);
      image.alt = url ? `${current.name}, ${current.width}×${current.height} pixels` : "";
      if (url && image.getAttribute("src") !== url) image.src = url;
      stage.classList.toggle("vision-magic-input-loading", !url);
    }
    if (key === drawn) return;
    drawn = key;
    if (!current) {
      image.removeAttribute("src");
      return;
    }
    stage.style.aspectRatio = `${current.width} / ${current.height}`;
    stage.style.width = `${Math.max(1, Math.min(current.width, (MAX_HEIGHT * current.width) / current.height))}px`;
    crop.reset(current.width, current.height);
  }

  function drawBar() {
    const [current, box] = [shown(), crop.box()];
    const live = lens.open();
    size.textContent = current && !live ? `${current.width} × ${current.height} pixels` : "";
    buttons.crop.textContent = box ? `Crop to ${box[2] - box[0]} × ${box[3] - box[1]}` : "Crop";
    const visible = {
      choose: !live,
      camera: !live,
      shoot: live,
      leave: live,
      crop: current && !live,
      reset: current && !live && (box || current.cropped),
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
    const next = JSON.stringify([images, shown()?.key, images.map((one) => Boolean(state.preview(one)))]);
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
    show.setAttribute("aria-label", `Show ${held.name}, ${held.width}×${held.height} pixels`);
    show.setAttribute("aria-pressed", String(shown()?.key === held.key));
    const small = element("img");
    small.alt = "";
    const url = state.preview(held);
    if (url) small.src = url;
    show.append(small);
    const remove = button("thumb-remove", "×", () => { send({ kind: "remove", key: held.key }); frame.focus(); });
    remove.dataset.focus = `remove ${held.key}`;
    remove.setAttribute("aria-label", `Remove ${held.name}`);
    item.append(show, remove);
    return item;
  }

  function drawMessages() {
    caption.textContent = model.get("label");
    frame.setAttribute("aria-label", `${model.get("label")}. Paste, drop or choose a picture; drag on it to crop`);
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
  const previews = new Map(); // key/version → URL of the pixels, or "" while they are being loaded
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
    preview({ key, version }) {
      const name = `${key}/${version}`;
      if (!previews.has(name)) {
        previews.set(name, "");
        model.send({ kind: "preview", key });
      }
      return previews.get(name);
    },
    keepPreview(message, buffers) {
      const name = `${message.key}/${message.version}`;
      if (previews.get(name)) return;
      previews.set(name, URL.createObjectURL(new Blob([buffers[0]], { type: message.type })));
      state.redraw();
    },
    // Release the pixels of images that were removed or cropped, or of all images.
    sweep(all) {
      const kept = new Set(all ? [] : (model.get("_images") ?? []).map(({ key, version }) => `${key}/${version}`));
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
