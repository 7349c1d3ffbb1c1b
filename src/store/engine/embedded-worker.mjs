/**
 * The embedded database, in a thread of its own: a heavy query would keep the event loop of the server from answering
 * for more than a second. One message is one statement; answers carry the number of their question.
 */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** @typedef {{ id: number, op: "query" | "exec" | "close", sql?: string, params?: unknown[] }} Question */

if (parentPort === null) throw new Error("this module runs in a worker thread");
const port = parentPort;
/** @type {unknown} */
const given = workerData;
const { folder, program: compiled } =
  /** @type {{ folder: string | undefined, program: object | undefined }} */ (given);
/** @type {unknown} */
const assembly = Reflect.get(globalThis, "WebAssembly");
const { compile } = /** @type {{ compile: (bytes: Uint8Array) => Promise<object> }} */ (assembly);

/** Writes reach the disk: PGlite itself never asks for it, so that what was committed could be lost with the power. */
class DurableFiles extends NodeFS {
  /**
   * @override
   * @param {Parameters<NodeFS["init"]>[0]} pg
   * @param {Parameters<NodeFS["init"]>[1]} options
   */
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const sync = (/** @type {object} */ module) => {
      const files = /** @type {{ NODEFS: { stream_ops: Record<string, unknown> } }} */ (module).NODEFS;
      files.stream_ops.fsync = (/** @type {{ nfd: number }} */ stream) => {
        fsyncSync(stream.nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), sync] } };
  }
}

// `-F` turns fsync off.
const startParams = [
  ...PGlite.defaultStartParams.filter((/** @type {string} */ param) => param !== "-F"),
  ...["-c", "wal_sync_method=fsync", "-c", "max_wal_size=256MB", "-c", "timezone=UTC"],
];
/** @type {Record<number, (text: string) => unknown>} */
const parsers = {
  20: Number,
  1700: Number,
  1184: (text) => new Date(text).toISOString(),
  /** bytea, in hex digits behind two signs */
  17: (text) => new Uint8Array(Buffer.from(text.slice(2), "hex")),
};

/** Bytes go in as they are, where PGlite would write them digit by digit: it takes them, its types do not say so. */
const asBytes = (/** @type {unknown} */ value) => /** @type {string} */ (value);
const serializers = {
  /** bytea */
  17: asBytes,
  /** json, whose binary form is its text */
  114: (/** @type {unknown} */ value) =>
    ArrayBuffer.isView(value) || typeof value === "string" ? asBytes(value) : JSON.stringify(value),
};

/** @param {unknown} error */
function plain(error) {
  const { code, message, detail, constraint, table } = /** @type {Record<string, unknown>} */ (
    error instanceof Error ? error : { message: String(error) }
  );
  // A trap of WebAssembly or a panic: whatever is in memory is not to be trusted any more.
  const fatal = error instanceof Error && (error.name === "RuntimeError" || error.message.includes("PANIC"));
  return { code, message: String(message), detail, constraint, table, fatal };
}

const program =
  compiled === undefined
    ? readFile(new URL("pglite.wasm", import.meta.resolve("@electric-sql/pglite"))).then(compile)
    : Promise.resolve(compiled);

async function open() {
  const common = { startParams, parsers, serializers, pgliteWasmModule: await program };
  if (folder === undefined) return PGlite.create(common);
  const database = await PGlite.create({ ...common, fs: new DurableFiles(folder) });
  const handle = openSync(dirname(folder), "r");
  fsyncSync(handle);
  closeSync(handle);
  return database;
}

const opening = open();
opening.then(
  async () => port.postMessage({ id: 0, rows: [], program: await program }),
  (/** @type {unknown} */ error) => port.postMessage({ id: 0, error: plain(error) }),
);

/** @param {Question} question */
async function answer({ id, op, sql = "", params = [] }) {
  try {
    const database = await opening;
    if (op === "close") {
      await database.close();
      port.postMessage({ id, rows: [] });
      port.close();
    } else if (op === "exec") {
      await database.exec(sql);
      port.postMessage({ id, rows: [] });
    } else {
      const { rows, affectedRows } = await database.query(sql, params);
      port.postMessage({ id, rows, affected: affectedRows ?? 0 });
    }
  } catch (error) {
    port.postMessage({ id, error: plain(error) });
  }
}

port.on("message", (/** @type {Question} */ question) => void answer(question));
