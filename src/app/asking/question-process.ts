import { fork, type ChildProcess } from "node:child_process";
import type { Answered, Asked, HeldInputs, Question, Said } from "./question.js";

/** Limits of the process that answers questions. Milliseconds. */
export interface AskingLimits {
  /** Reading the estate. */
  readonly load: number;
  /** One question. */
  readonly answer: number;
  /** Without a question: it ends, and is started again by the next one. */
  readonly idle: number;
  /** Questions that wait. */
  readonly queue: number;
}

export const usualAskingLimits: AskingLimits = {
  load: 600_000,
  answer: 120_000,
  idle: 900_000,
  queue: 32,
};

export type AskFault = "busy" | "too-slow" | "died";

/** Why a question has no answer, now; the next may have one. */
export interface AskError extends Error {
  readonly asking: AskFault;
}

export const isAskError = (error: unknown): error is AskError => error instanceof Error && "asking" in error;

const askError = (asking: AskFault, message: string): AskError =>
  Object.assign(new Error(message), { asking });

/** A process that has read one estate. */
export interface QuestionProcess {
  /** Settles when the estate is read; rejects where that takes too long or the process ends before. */
  readonly ready: Promise<void>;
  /** Rejects with an AskError. */
  ask(question: Question): Promise<Answered>;
  readonly ended: () => boolean;
  end(): void;
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
}

/** `program`: `bin/remit`; `folder`: where the documents lie while they are read. */
export function startQuestionProcess(
  {
    program,
    secret,
    folder,
  }: { readonly program: string; readonly secret?: string; readonly folder: string },
  inputs: HeldInputs,
  limits: AskingLimits,
): QuestionProcess {
  const child = fork(program, ["answer-questions", JSON.stringify(inputs)], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    env: secret === undefined ? process.env : { ...process.env, REMIT_SECRET_KEY: secret },
  });
  const waiting: Waiting[] = [];
  let [ids, running, over, readyNow] = [0, undefined as (Waiting & { id: number }) | undefined, false, false];
  let timer: NodeJS.Timeout | undefined;
  let said = "";
  let settleReady: { readonly resolve: () => void; readonly reject: (error: Error) => void };
  const ready = new Promise<void>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  // Whoever asks is told; nobody has to wait for it.
  ready.catch(() => undefined);
  const arm = (milliseconds: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
    timer.unref();
  };
  const stop = (error: AskError): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    child.kill("SIGKILL");
    settleReady.reject(error);
    running?.reject(error);
    running = undefined;
    // Those that wait for another answer have done nothing wrong: whoever asked begins a new process with them.
    const told = readyNow ? askError("died", error.message) : error;
    for (const item of waiting.splice(0)) item.reject(told);
  };
  const next = (): void => {
    if (over || running !== undefined || !readyNow) return;
    const item = waiting.shift();
    if (item === undefined) {
      arm(limits.idle, () => {
        stop(askError("died", "nobody asked anything"));
      });
      return;
    }
    ids += 1;
    running = { ...item, id: ids };
    arm(limits.answer, () => {
      stop(askError("too-slow", `it took longer than ${String(limits.answer / 1000)} s and was given up`));
    });
    child.send({ id: ids, question: item.question } satisfies Asked);
  };
  const hear = (message: Said): void => {
    if (message.kind === "ready") {
      readyNow = true;
      settleReady.resolve();
    } else if (running?.id === message.id) {
      const { resolve, reject } = running;
      running = undefined;
      if (message.kind === "answered") resolve(message.answer);
      else reject(new Error(message.message));
    }
    next();
  };
  loosen(child);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2000)));
  child.on("message", (message) => {
    hear(message as Said);
  });
  child.on("error", (error) => {
    stop(askError("died", error.message));
  });
  child.on("exit", (code) => {
    stop(askError("died", `the process that holds the estate ended with ${String(code)}: ${said.trim()}`));
  });
  arm(limits.load, () => {
    stop(askError("too-slow", `the estate was not read within ${String(limits.load / 1000)} s`));
  });
  return {
    ready,
    ended: () => over,
    end: () => {
      stop(askError("died", "it was ended"));
    },
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (over) reject(askError("died", "the process that holds the estate has ended"));
        else if (waiting.length >= limits.queue)
          reject(askError("busy", `${String(waiting.length)} questions wait already`));
        else {
          waiting.push({ question, resolve, reject });
          next();
        }
      }),
  };
}

/** A process that answers nobody keeps nobody running: it ends with its parent. */
function loosen(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  if (child.stderr !== null && "unref" in child.stderr) (child.stderr as { unref(): void }).unref();
}
