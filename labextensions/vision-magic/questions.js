// An extension of JupyterLab and Notebook 7 that shows the questions of %%vision cells as text. Without it, they are
// coloured as Python: JupyterLab gives all code cells of a notebook one language.
//
// This is a prebuilt extension as it is loaded, a container of webpack's module federation. There is no bundler.

(() => {
  const QUESTION = /^\uFEFF?(\s*(#.*)?\n)*\s*%%vision(?![^\s\\])/;
  const TEXT = "text/plain";

  function watch(model) {
    if (model.type !== "code") return;
    let language = ""; // the one that JupyterLab has given the cell
    const update = () => {
      const asks = QUESTION.test(model.sharedModel.getSource());
      if (asks && model.mimeType !== TEXT) {
        language = model.mimeType;
        model.mimeType = TEXT;
      } else if (!asks && language) {
        model.mimeType = language;
        language = "";
      }
    };
    model.contentChanged.connect(update);
    model.mimeTypeChanged.connect(update); // once the kernel has named its language
    update();
  }

  function activate(app, tracker) {
    const watched = new WeakSet();
    tracker.widgetAdded.connect(async (_, { context }) => {
      await context.ready;
      const { cells } = context.model;
      const update = () => {
        for (const cell of cells) {
          if (!watched.has(cell)) watch(cell);
          watched.add(cell);
        }
      };
      cells.changed.connect(update);
      update();
    });
  }

  // Return a module of JupyterLab, which has loaded it; other extensions may have brought versions of their own.
  async function shared(scope, name) {
    const versions = Object.values(scope[name]);
    const load = await (versions.find((version) => version.loaded) ?? versions[0]).get();
    return load();
  }

  let scope;
  (globalThis._JUPYTERLAB ??= {})["vision-magic"] = {
    init(given) {
      scope = given;
    },
    async get() {
      const { INotebookTracker } = await shared(scope, "@jupyterlab/notebook");
      const plugin = {
        id: "vision-magic:questions",
        description: "Shows the questions of %%vision cells as text.",
        autoStart: true,
        requires: [INotebookTracker],
        activate,
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
