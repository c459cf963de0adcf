// A frame that takes pictures. Files go to the kernel in parts, each acknowledged; what is drawn comes back from there,
// so that every page shows the same pixels, upright and cropped. Names and messages go in by textContent.

const PATIENCE = 20000; // milliseconds without an answer of the kernel until a person is asked
const STEP = 10; // pixels of an arrow key with Shift
const TALLEST = 480; // pixels of the shown picture
const KINDS = "image/png,image/jpeg,image/webp,image/gif,image/bmp,image/tiff,.png,.jpg,.jpeg,.webp,.gif,.bmp,.tif,.tiff";

const CORNERS = [
  { name: "Top left", x: 0, y: 1 },
  { name: "Top right", x: 2, y: 1 },
  { name: "Bottom right", x: 2, y: 3 },
  { name: "Bottom left", x: 0, y: 3 },
];

function element(tag, name, words) {
  const made = document.createElement(tag);
  if (name) made.className = `vision-magic-input-${name}`;
  if (words) made.textContent = words;
  // JupyterLab's keys for cells are not meant here: x would cut the cell. It asks what has the focus, and what is above
  // only after that.
  made.dataset.lmSuppressShortcuts = "true";
  return made;
}

function button(name, words, act) {
  const made = element("button", name, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function readable(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

const number = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// -- sending ----------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(message, again) {
    super(message);
    this.again = again;
  }
}

async function sha256(data) {
  if (!globalThis.crypto?.subtle) return ""; // over plain http: the length is then what is checked
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sender(model, state) {
  const answers = new Map(); // of the files on their way: who waits for the kernel's next word

  function hear(message) {
    const settle = answers.get(message.id);
    if (!settle) return;
    if (message.kind === "refused") settle(new Refused(message.message, message.again));
    else settle(message);
  }

  // One part at a time. A part without an answer may be lost, or the kernel busy: a person decides, and a late answer counts.
  function deliver(content, part) {
    return new Promise((resolve, reject) => {
      let clock = 0;
      const waits = () => {
        clock = setTimeout(() => {
          state.stalled = { again: post, give_up: () => settle(new Refused("Sending was given up.", true)) };
          state.changed();
        }, PATIENCE);
      };
      const post = () => {
        state.stalled = null;
        try {
          model.send(content, undefined, [part]);
          waits();
        } catch (error) {
          settle(new Refused(`The picture could not be sent (${error.message}).`, true));
        }
      };
      const settle = (answer) => {
        if (answer.kind === "ack" && answer.index !== content.index) return; // of a part that was sent twice
        clearTimeout(clock);
        state.stalled = null;
        answers.delete(content.id);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      answers.set(content.id, settle);
      post();
    });
  }

  async function send(file) {
    const limit = model.get("max_bytes");
    if (!file.size) throw new Refused(`${file.name || "The file"} holds 0 bytes; expected a picture.`, false);
    if (file.size > limit) {
      const fix = "Save it smaller, or open it with PIL in a cell.";
      throw new Refused(`${file.name || "The file"} holds ${readable(file.size)}; the limit is ${readable(limit)}. ${fix}`, false);
    }
    const data = await file.arrayBuffer().catch(() => {
      throw new Refused(`${file.name || "The file"} could not be read.`, true);
    });
    const about = { kind: "chunk", id: number(), name: file.name, total: data.byteLength, sha256: await sha256(data) };
    const size = model.get("_chunk");
    try {
      for (let index = 0; index * size < data.byteLength; index++) {
        state.progress = (index * size) / data.byteLength;
        state.changed();
        const part = data.slice(index * size, (index + 1) * size);
        const answer = await deliver({ ...about, index }, part);
        if (answer.kind === "taken") return;
      }
      throw new Refused("The kernel has not said that the picture is whole.", true);
    } catch (error) {
      model.send({ kind: "forget", id: about.id });
      throw error;
    }
  }

  // One file after another: the connection is shared with everything else in the notebook.
  let queue = Promise.resolve();
  function take(files) {
    for (const file of files) {
      state.sending++;
      queue = queue.then(async () => {
        state.name = file.name || "picture";
        try {
          await send(file);
          state.said = `${state.name} is in the frame.`;
        } catch (error) {
          state.fail(error.message, error.again ? () => take([file]) : null);
        }
        state.sending--;
        state.changed();
      });
    }
    state.changed();
  }

  return { hear, take };
}

// -- what comes from the person ----------------------------------------------------------------------------

function filesIn(transfer) {
  const files = [...(transfer?.files ?? [])];
  if (files.length) return files;
  return [...(transfer?.items ?? [])].map((item) => (item.kind === "file" ? item.getAsFile() : null)).filter(Boolean);
}

const isPicture = (file) => file.type.startsWith("image/") || (!file.type && /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i.test(file.name));

function cameraTrouble(error) {
  const words = {
    NotAllowedError: "The browser does not allow the camera. Allow it for this page, beside its address, and try again.",
    NotFoundError: "There is no camera on this computer.",
    NotReadableError: "The camera is in use by another program.",
  };
  return words[error.name] ?? `The camera could not be opened (${error.message}).`;
}

function camera(state, take, shown) {
  let stream = null;
  let asked = 0; // a camera that is granted after the person has gone away is switched off at once
  const video = element("video", "video");
  video.muted = true;
  video.playsInline = true;
  video.setAttribute("aria-label", "What the camera sees");

  function stop() {
    asked++;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    shown();
  }

  async function start() {
    const mine = ++asked;
    state.clear();
    if (!navigator.mediaDevices?.getUserMedia) {
      state.fail("This page may not use a camera: browsers allow it on https and localhost only.");
      return;
    }
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
      if (mine !== asked) {
        opened.getTracks().forEach((track) => track.stop());
        return;
      }
      stream = opened;
      video.srcObject = opened;
      shown();
      await video.play();
    } catch (error) {
      if (mine !== asked) return;
      stop();
      state.fail(cameraTrouble(error));
    }
  }

  function shoot() {
    if (!stream || !video.videoWidth) {
      state.fail("The camera has shown nothing yet; try again in a moment.");
      return;
    }
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    stop();
    canvas.toBlob((blob) => {
      if (blob) take([new File([blob], "camera.png", { type: "image/png" })]);
      else state.fail("The camera's picture could not be kept; take it again.");
    }, "image/png");
  }

  return { video, start, stop, shoot, open: () => stream !== null };
}

// -- cropping ----------------------------------------------------------------------------------------------

// A box [left, top, right, bottom] in pixels of the picture, over the picture as it is drawn.
function cropper(stage, image, changed, apply) {
  let size = [0, 0];
  let box = null;
  const area = element("div", "area");
  const shade = element("div", "shade"); // over what would fall away
  const handles = CORNERS.map((corner) => {
    const handle = button("handle", "", () => {});
    handle.addEventListener("keydown", (event) => nudge(event, corner));
    handle.addEventListener("pointerdown", (event) => drag(event, (point) => move(corner, point)));
    area.append(handle);
    return handle;
  });
  stage.append(shade, area);

  // A corner that is pulled past the opposite one stops a pixel before it.
  function move(corner, [x, y]) {
    if (!box) return;
    box[corner.x] = corner.x ? clamp(x, box[0] + 1, size[0]) : clamp(x, 0, box[2] - 1);
    box[corner.y] = corner.y === 3 ? clamp(y, box[1] + 1, size[1]) : clamp(y, 0, box[3] - 1);
    draw();
  }

  function nudge(event, corner) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (event.key === "Enter") apply();
    else if (!way || !box) return;
    else {
      const far = event.shiftKey ? STEP : 1;
      move(corner, [box[corner.x] + far * way[0], box[corner.y] + far * way[1]]);
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
    const holder = event.currentTarget;
    const onMove = (moved) => follow(pointOf(moved), moved);
    const onEnd = () => {
      holder.removeEventListener("pointermove", onMove);
      holder.removeEventListener("pointerup", onEnd);
      holder.removeEventListener("pointercancel", onEnd);
      changed();
    };
    holder.setPointerCapture(event.pointerId);
    holder.addEventListener("pointermove", onMove);
    holder.addEventListener("pointerup", onEnd);
    holder.addEventListener("pointercancel", onEnd);
  }

  image.draggable = false;
  image.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return; // a finger scrolls; the Crop button gives it handles
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
    changed();
  }

  function cancel() {
    box = null;
    draw();
  }

  return {
    cancel,
    box: () => box,
    whole() {
      box = [0, 0, ...size];
      draw();
      handles[0].focus();
    },
    of(width, height) {
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
  const doing = element("span");
  line.append(progress, doing);
  const said = element("span", "said");
  said.setAttribute("role", "status");
  const trouble = element("div", "trouble");
  trouble.setAttribute("role", "alert");
  root.append(label, frame, thumbs, bar, line, trouble, said);
  el.append(root);

  const take = (files) => {
    if (!files.length) return;
    state.clear();
    state.take(files);
  };
  // The button under the finger gives way to another one; the focus goes with it.
  const lens = camera(state, take, () => {
    const inside = root.contains(document.activeElement);
    draw();
    if (lens.open() && inside) buttons.shoot.focus();
  });
  frame.append(lens.video);

  const shown = () => {
    const pictures = model.get("_pictures") ?? [];
    return pictures.find((picture) => picture.key === model.get("_current")) ?? pictures[0];
  };
  const tell = (content) => {
    state.clear();
    model.send(content);
  };
  const apply = () => {
    const [picture, box] = [shown(), crop.box()];
    if (!picture || !box) return;
    tell({ kind: "crop", key: picture.key, box });
    frame.focus();
  };
  const crop = cropper(stage, image, () => drawBar(), apply);

  const picker = element("input");
  picker.type = "file";
  picker.accept = KINDS;
  picker.hidden = true;
  picker.addEventListener("change", () => {
    take([...picker.files]);
    picker.value = ""; // the same file may be chosen again
  });
  const buttons = {
    choose: button("choose", "Choose a picture", () => picker.click()),
    camera: button("camera", "Use the camera", () => lens.start()),
    shoot: button("shoot", "Take picture", () => { lens.shoot(); frame.focus(); }),
    leave: button("leave", "Close the camera", () => { lens.stop(); buttons.camera.focus(); }),
    crop: button("crop", "Crop", () => (crop.box() ? apply() : crop.whole())),
    reset: button("reset", "Reset", reset),
    remove: button("remove", "Remove", () => { tell({ kind: "remove", key: shown()?.key }); frame.focus(); }),
  };
  bar.append(...Object.values(buttons), picker);
  buttons.shoot.classList.add("vision-magic-input-primary");

  function reset() {
    if (crop.box()) crop.cancel();
    else tell({ kind: "crop", key: shown()?.key, box: null });
    frame.focus();
  }

  // -- paste, drop, keys

  root.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const files = filesIn(event.clipboardData).filter(isPicture);
    if (files.length) take(files);
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
    if (files.length) take(files);
    else state.fail("What was dropped is no file. Save the picture, then drop the file here.");
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
  function drawPicture(picture) {
    hint.hidden = Boolean(picture) || lens.open();
    stage.hidden = !picture || lens.open();
    const key = picture ? `${picture.key}/${picture.version}` : "";
    if (picture) {
      const address = state.preview(picture);
      image.alt = address ? `${picture.name}, ${picture.width}×${picture.height} pixels` : "";
      if (address && image.getAttribute("src") !== address) image.src = address;
      stage.classList.toggle("vision-magic-input-coming", !address);
    }
    if (key === drawn) return;
    drawn = key;
    if (!picture) {
      image.removeAttribute("src");
      return;
    }
    stage.style.aspectRatio = `${picture.width} / ${picture.height}`;
    stage.style.width = `${Math.max(1, Math.min(picture.width, (TALLEST * picture.width) / picture.height))}px`;
    crop.of(picture.width, picture.height);
  }

  function drawBar() {
    const [picture, box] = [shown(), crop.box()];
    const live = lens.open();
    size.textContent = picture && !live ? `${picture.width} × ${picture.height} pixels` : "";
    buttons.crop.textContent = box ? `Crop to ${box[2] - box[0]} × ${box[3] - box[1]}` : "Crop";
    const visible = {
      choose: !live,
      camera: !live,
      shoot: live,
      leave: live,
      crop: picture && !live,
      reset: picture && !live && (box || picture.cropped),
      remove: picture && !live && (model.get("_pictures") ?? []).length === 1,
    };
    for (const [name, on] of Object.entries(visible)) buttons[name].hidden = !on;
    buttons.choose.textContent = picture && model.get("multiple") ? "Add a picture" : "Choose a picture";
    buttons.choose.classList.toggle("vision-magic-input-primary", !picture);
    picker.multiple = model.get("multiple");
  }

  let row = "";
  function drawThumbs() {
    const pictures = model.get("_pictures") ?? [];
    thumbs.hidden = pictures.length < 2;
    const now = JSON.stringify([pictures, shown()?.key, pictures.map((picture) => Boolean(state.preview(picture)))]);
    if (now === row) return; // what has the focus is not made anew without need
    row = now;
    const focused = document.activeElement?.dataset?.focus;
    thumbs.replaceChildren(...(thumbs.hidden ? [] : pictures.map(thumb)));
    const again = focused && [...thumbs.querySelectorAll("button")].find((one) => one.dataset.focus === focused);
    if (again) again.focus();
  }

  function thumb(picture) {
    const item = element("li");
    const show = button("show", "", () => {
      model.set("_current", picture.key);
      model.save_changes();
    });
    show.dataset.focus = `show ${picture.key}`;
    show.setAttribute("aria-label", `Show ${picture.name}, ${picture.width}×${picture.height} pixels`);
    show.setAttribute("aria-pressed", String(shown()?.key === picture.key));
    const small = element("img");
    small.alt = "";
    const address = state.preview(picture);
    if (address) small.src = address;
    show.append(small);
    const away = button("away", "×", () => { tell({ kind: "remove", key: picture.key }); frame.focus(); });
    away.dataset.focus = `away ${picture.key}`;
    away.setAttribute("aria-label", `Remove ${picture.name}`);
    item.append(show, away);
    return item;
  }

  function drawWords() {
    caption.textContent = model.get("label");
    frame.setAttribute("aria-label", `${model.get("label")}. Paste, drop or choose a picture; drag on it to crop`);
    line.hidden = !state.sending;
    progress.value = state.progress;
    const more = state.sending > 1 ? `, ${state.sending - 1} more to come` : "";
    doing.textContent = state.sending ? `Sending ${state.name}, ${Math.round(100 * state.progress)} %${more}` : "";
    if (said.textContent !== state.said) said.textContent = state.said;
    drawTrouble();
  }

  let told = null;
  function drawTrouble() {
    const seconds = PATIENCE / 1000;
    const words = state.stalled ? `The kernel has not answered for ${seconds} s. It may be busy: then this goes on by itself.` : "";
    const troubles = words ? [{ words, again: state.stalled.again, dismiss: state.stalled.give_up }] : state.troubles;
    const now = troubles.map((one) => one.words).join("\n");
    if (now === told) return;
    told = now;
    trouble.replaceChildren(...troubles.map(oneTrouble));
    trouble.hidden = !troubles.length;
  }

  function oneTrouble(one) {
    const row = element("div");
    row.append(element("span", "", one.words));
    if (one.again) row.append(button("again", "Try again", () => { state.drop(one); one.again(); frame.focus(); }));
    const close = () => { state.drop(one); one.dismiss?.(); frame.focus(); };
    row.append(button("dismiss", one.dismiss ? "Give up" : "Dismiss", close));
    return row;
  }

  function draw() {
    lens.video.hidden = !lens.open();
    frame.classList.toggle("vision-magic-input-full", Boolean(shown()) || lens.open());
    drawPicture(shown());
    drawBar();
    drawThumbs();
    drawWords();
  }

  state.views.add(draw);
  draw();
  return () => {
    lens.stop();
    state.views.delete(draw);
  };
}

// -- what all views of one widget share ---------------------------------------------------------------------

function shared(model) {
  const previews = new Map(); // key/version → address of the pixels, or "" while they are on their way
  const state = {
    views: new Set(),
    sending: 0,
    progress: 0,
    name: "",
    said: "",
    stalled: null,
    troubles: [],
    changed: () => state.views.forEach((draw) => draw()),
    fail(words, again = null) {
      state.troubles = [...state.troubles, { words, again }].slice(-3);
      state.changed();
    },
    drop(one) {
      state.troubles = state.troubles.filter((other) => other !== one);
      state.changed();
    },
    clear() {
      state.troubles = [];
      state.said = "";
      state.changed();
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
      state.changed();
    },
    // The pixels of pictures that are gone, or that have been cropped, are let go.
    sweep(all) {
      const kept = new Set(all ? [] : (model.get("_pictures") ?? []).map(({ key, version }) => `${key}/${version}`));
      for (const [name, address] of previews) {
        if (kept.has(name)) continue;
        if (address) URL.revokeObjectURL(address);
        previews.delete(name);
      }
    },
  };
  return state;
}

// A function: each widget gets a state of its own, also where the module is loaded once.
export default () => {
  let state = null;
  return {
    initialize({ model }) {
      state = shared(model);
      const { hear, take } = sender(model, state);
      state.take = take;
      const listen = (message, buffers) => {
        if (message.kind === "preview") state.keepPreview(message, buffers);
        else if (message.kind === "trouble") state.fail(message.message);
        else hear(message);
      };
      const look = () => {
        state.sweep();
        state.changed();
      };
      model.on("msg:custom", listen);
      model.on("change:_pictures change:_current change:label change:multiple", look);
      return () => {
        model.off("msg:custom", listen);
        model.off("change:_pictures change:_current change:label change:multiple", look);
        state.sweep(true);
      };
    },
    render({ model, el }) {
      return view(model, state, el);
    },
  };
};
