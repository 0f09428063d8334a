// Runs the golden tests of generated/ on Pyodide: CPython in WebAssembly, which has no
// threads and no processes, and comes in versions that may not be installed here.
//
//   npm install --prefix build/pyodide pyodide@314
//   .venv/bin/pip install --no-deps --target build/pyodide/site \
//     pytest pluggy iniconfig packaging pygments
//   node --stack-size=4000 .ci/pyodide.mjs build/pyodide

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const place = resolve(process.argv[2] ?? "build/pyodide");
const home = pathToFileURL(`${place}/node_modules/pyodide/pyodide.mjs`);
const { loadPyodide } = await import(home.href);
const python = await loadPyodide({ stdout: console.log, stderr: console.error });
const folders = { "/site": `${place}/site`, "/generated": resolve("generated") };
for (const [at, root] of Object.entries(folders)) {
  python.FS.mkdir(at);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, at);
}
process.exit(
  python.runPython(`
import os, sys

sys.path.insert(0, "/site")
sys.dont_write_bytecode = True
os.chdir("/generated")
print(sys.version)

import pytest

int(pytest.main(["-q", "-p", "no:cacheprovider", "tests"]))
`),
);
