import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Analysis } from "../../core/decision/index.js";
import { knownFile, readRows } from "../findings-rows.js";
import {
  analyseInProcess,
  writeDocuments,
  type AnalyseDocuments,
  type AnalysedDocument,
  type AnalysisRequest,
} from "../installation/analyse-documents.js";
import type { HeldReply, HeldRequest } from "./request.js";

/** Milliseconds without an analysis after which the process ends; the next one begins anew. */
export const usualIdle = 300_000;

export interface HeldAnalyses {
  readonly analyse: AnalyseDocuments;
  /** How many exposures the last analysis asked; undefined where it was made by a process of its own. */
  readonly asked: () => number | undefined;
  end(): void;
}

interface Running {
  readonly child: ChildProcess;
  holds: string | undefined;
  ids: number;
}

/**
 * Analyses in a process that keeps the estate and its answers between two analyses (docs/adr/0012), as `analyze` would,
 * byte for byte. Whatever goes wrong in it, the same documents are analysed once more by a process of their own, which
 * says what is wrong with them. Requests come one after the other.
 */
export function analyseHeld(program: string, secret?: string, idle: number = usualIdle): HeldAnalyses {
  const alone = analyseInProcess(program, secret);
  let running: Running | undefined;
  let asked: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    running?.child.kill("SIGKILL");
    running = undefined;
  };
  return {
    asked: () => asked,
    end,
    async analyse(request) {
      clearTimeout(timer);
      asked = undefined;
      const process = (running ??= start(program, secret));
      const found = await ask(process, request);
      if (found === undefined) {
        end();
        return alone(request);
      }
      asked = found.asked;
      timer = setTimeout(end, idle);
      timer.unref();
      return found.made;
    },
  };
}

function start(program: string, secret: string | undefined): Running {
  const child = fork(program, ["hold-analyses"], {
    cwd: tmpdir(),
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: secret === undefined ? process.env : { ...process.env, REMIT_SECRET_KEY: secret },
  });
  return { child, holds: undefined, ids: 0 };
}

/** Undefined where it came to nothing, for whatever reason. */
async function ask(running: Running, request: AnalysisRequest) {
  const { estate, findings, catalogue, now, stored, watched = [] } = request;
  const folder = await mkdtemp(join(tmpdir(), "remit-analysis-"));
  try {
    const estateKey = keyOf(estate);
    if (running.holds !== estateKey) await writeDocuments(join(folder, "estate"), estate);
    await writeDocuments(join(folder, "findings"), findings);
    if (catalogue !== undefined) await writeFile(join(folder, "remit.yaml"), catalogue, { mode: 0o600 });
    const [out, rows] = ["analysis.json", "rows.jsonl"];
    if (stored !== undefined)
      await writeFile(join(folder, knownFile(rows)), JSON.stringify(stored), { mode: 0o600 });
    running.ids += 1;
    const reply = await send(running.child, {
      id: running.ids,
      folder,
      estateKey,
      estate: estate.length > 0 ? ["estate"] : [],
      findings: findings.length > 0 ? ["findings"] : [],
      ...(catalogue === undefined ? {} : { catalogue: "remit.yaml" }),
      ...(stored === undefined ? {} : { rowsOut: rows }),
      now,
      watched,
      out,
    });
    if (reply?.kind !== "analysed") return undefined;
    running.holds = reply.holds;
    const bytes = await readFile(join(folder, out));
    return {
      asked: reply.asked,
      made: {
        bytes,
        analysis: JSON.parse(bytes.toString("utf8")) as Analysis,
        ...(stored === undefined ? {} : { rows: await readRows(join(folder, rows)) }),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names, bytes and times: evidence says all three. */
const keyOf = (documents: readonly AnalysedDocument[]): string =>
  createHash("sha256")
    .update(JSON.stringify(documents.map(({ path, digest, takenAt }) => [path, digest, takenAt])))
    .digest("hex");

/** A process that analyses for nobody keeps nobody running: only while somebody waits is it held on to. */
function send(child: ChildProcess, request: HeldRequest): Promise<HeldReply | undefined> {
  return new Promise((resolve) => {
    const done = (reply: HeldReply | undefined): void => {
      child.off("message", hear).off("error", fail).off("exit", fail);
      child.unref();
      child.channel?.unref();
      resolve(reply);
    };
    const fail = (): void => {
      done(undefined);
    };
    const hear = (message: unknown): void => {
      const reply = message as HeldReply;
      if (reply.kind !== "ready" && reply.id === request.id) done(reply);
    };
    child.on("message", hear).on("error", fail).on("exit", fail);
    if (!child.connected) {
      fail();
      return;
    }
    child.ref();
    child.channel?.ref();
    child.send(request, (error) => {
      if (error !== null) fail();
    });
  });
}
