// Opens the notebook of a folder, and runs it on the Jupyter server that VISION_MAGIC_JUPYTER names if it is called "run". Microsoft's Jupyter
// extension is only on its marketplace; this one shows outputs and their updates, and knows no widgets.
const { randomUUID } = require("crypto");
const { readdirSync } = require("fs");
const vscode = require("vscode");
const WebSocket = require(process.env.VISION_MAGIC_WS);

const SERVER = process.env.VISION_MAGIC_JUPYTER;
const { NotebookCellOutput: Output, NotebookCellOutputItem: Item } = vscode;

function item([type, value]) {
  if (type.startsWith("image/") && type !== "image/svg+xml") return new Item(Buffer.from(value, "base64"), type);
  return type.endsWith("json") ? Item.json(value, type) : Item.text(String(value), type);
}

const items = (data) => Object.entries(data).map(item);

async function connect(onMessage) {
  const response = await fetch(`${SERVER}/api/kernels`, { method: "POST", body: '{"name": "python3"}' });
  const { id } = await response.json();
  const socket = new WebSocket(`${SERVER.replace("http", "ws")}/api/kernels/${id}/channels`);
  socket.on("message", (message) => onMessage(JSON.parse(message.toString())));
  await new Promise((done, failed) => socket.on("open", done).on("error", failed));
  return socket;
}

function request(code) {
  const header = { msg_id: randomUUID(), username: "", session: randomUUID(), msg_type: "execute_request", version: "5.3" };
  const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
  return { header: { ...header, date: new Date().toISOString() }, parent_header: {}, metadata: {}, content, channel: "shell", buffers: [] };
}

exports.activate = async (context) => {
  const controller = vscode.notebooks.createNotebookController("vision-magic", "jupyter-notebook", "Python 3");
  controller.supportedLanguages = ["python"];
  const displays = new Map(); // an execution and its output, for each display that can be updated
  let socket, running;

  const show = (output) => running.execution.appendOutput(output);
  const handlers = {
    stream: ({ text }) => show(new Output([Item.stdout(text)])),
    error: ({ ename, evalue, traceback }) => show(new Output([Item.error({ name: ename, message: evalue, stack: traceback.join("\n") })])),
    clear_output: () => running.execution.clearOutput(),
    execute_result: (content) => handlers.display_data(content),
    display_data: ({ data, metadata, transient }) => {
      const output = new Output(items(data), metadata);
      if (transient?.display_id) displays.set(transient.display_id, [running.execution, output]);
      return show(output);
    },
    update_display_data: ({ data, transient }) => {
      const [execution, output] = displays.get(transient.display_id) ?? [];
      return execution?.replaceOutputItems(items(data), output);
    },
    execute_reply: ({ status }) => running.done(status === "ok"),
  };
  let last = Promise.resolve(); // messages one after another
  const onMessage = ({ header, parent_header: parent, content }) => {
    if (parent.msg_id !== running?.id && header.msg_type !== "update_display_data") return;
    last = last.then(() => handlers[header.msg_type]?.(content)).catch(() => {});
  };

  controller.executeHandler = async (cells) => {
    socket ??= await connect(onMessage);
    for (const cell of cells) {
      const execution = controller.createNotebookCellExecution(cell);
      execution.start(Date.now());
      await execution.clearOutput();
      const message = request(cell.document.getText());
      const ok = await new Promise((done) => {
        running = { id: message.header.msg_id, execution, done };
        socket.send(JSON.stringify(message));
      });
      execution.end(ok, Date.now());
    }
  };

  context.subscriptions.push(controller);
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const name = readdirSync(folder.fsPath).find((name) => name.endsWith(".ipynb")); // VS Code's own search is not installed
  const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.joinPath(folder, name));
  await vscode.window.showNotebookDocument(notebook);
  if (name !== "run.ipynb") return;
  controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  await vscode.commands.executeCommand("notebook.selectKernel", { id: "vision-magic", extension: "vision-magic.kernel" });
  await vscode.commands.executeCommand("notebook.execute");
};
