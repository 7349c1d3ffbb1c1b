import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "../../core/decision/index.js";
import type { cutIn } from "../cut.js";
import { whatIfIn } from "../what-if.js";
import type { HeldEstate } from "./held-estate.js";
import type { Answered, Question } from "./question.js";

type WhatIfQuestion = Extract<Question, { readonly kind: "what-if" }>;

/** What a change makes of one case: its word before and after, and which of its routes still work. */
export async function caseWhatIf(
  held: HeldEstate,
  question: WhatIfQuestion,
  cutOf: (id: string) => ReturnType<typeof cutIn> | undefined,
): Promise<Answered> {
  const analysis = held.analysis();
  const item = analysis.cases.find(({ id }) => id === question.case);
  if (item === undefined) return { kind: "no-case" };
  const change = "document" in question.change ? question.change.document : ticked(question.change.cut);
  if (change === undefined) return { kind: "bad-question", detail: "the cut of the case has no such change" };
  const made = await changed(held, change);
  if (made.kind === "bad-question") return made;
  const { document, after } = made;
  const shown = after === undefined ? undefined : sameCase(item, after.cases);
  const left = new Set(routesOf(after?.cases ?? [], item));
  const before = new Set(item.recreation.paths.map(({ route }) => route));
  const named = (shown === undefined ? [] : [shown]).flatMap(({ recreation }) =>
    recreation.paths.filter(({ route }) => !before.has(route)).map(({ because }) => because),
  );
  const lost = document.access.lost;
  const used = new Set(document.broken.map(({ who, action }) => `${who} ${action}`));
  return {
    kind: "answer",
    document: {
      case: item.id,
      before: sideOf(item),
      ...(shown === undefined ? {} : { after: sideOf(shown) }),
      routes: item.recreation.paths.map(({ route, because }, index) => ({
        route: index,
        because,
        broken: !left.has(route),
      })),
      opened: [...new Set(named)],
      lost: {
        used: document.broken.length,
        // Without an audit log nobody can say that a right is not used.
        unused:
          document.asked.auditLogDays === 0
            ? 0
            : lost.filter(({ principal, action }) => !used.has(`${principal} ${action}`)).length,
        unknown:
          document.asked.auditLogDays === 0 ? lost.length + document.access.more : document.access.more,
      },
      document,
    },
  };

  function ticked(indices: readonly number[]): string | undefined {
    const found = cutOf(question.case);
    const parts = indices.map((index) => found?.changes[index]);
    if (parts.some((part) => part === undefined)) return undefined;
    return JSON.stringify({
      schema: "remit.change/1",
      version: 1,
      changes: parts.flatMap((part) => part?.changes ?? []),
    });
  }
}

/** What a change makes of everything. */
export async function estateWhatIf(held: HeldEstate, change: string): Promise<Answered> {
  const made = await changed(held, change);
  return made.kind === "bad-question" ? made : { kind: "answer", document: made.document };
}

async function changed(held: HeldEstate, change: string) {
  const { loaded, options } = held;
  const made = await inFile(change, (path) =>
    whatIfIn(loaded, { ...options, change: path }, { become: held.become(), before: held.analysis() }),
  );
  if (made.kind === "bad-change") {
    const said = made.rejected.map(
      ({ pointer, line, column, reason, hint }) =>
        `${pointer ?? (line === undefined ? "" : `line ${String(line)}:${String(column ?? 1)}`)} ${reason}${hint === undefined ? "" : ` (${hint})`}`,
    );
    return { kind: "bad-question", detail: said.slice(0, 20).join("\n").trim() } as const;
  }
  const { document, after } = made;
  return {
    kind: "made",
    after,
    // The file was made to be read once: where it lay is nobody's business.
    document: {
      ...document,
      change: { ...document.change, document: "change" },
      rejected: document.rejected.map((rejection) =>
        rejection.document === document.change.document ? { ...rejection, document: "change" } : rejection,
      ),
    },
  } as const;
}

const sideOf = ({ recreation, lead }: Case) => ({
  verdict: recreation.verdict,
  words: recreation.words,
  because: recreation.because,
  lead,
});

/** The same root cause, or the case that has its exposures now: without its control point a case is called otherwise. */
function sameCase(item: Case, cases: readonly Case[]): Case | undefined {
  const exposures = new Set(item.exposures.map(({ id }) => id));
  return (
    cases.find(({ id }) => id === item.id) ??
    cases.find((other) => other.exposures.some(({ id }) => exposures.has(id)))
  );
}

/** Routes that still lead to an exposure of the case, whichever case has it after the change. */
const routesOf = (cases: readonly Case[], item: Case): readonly string[] => {
  const exposures = new Set(item.exposures.map(({ id }) => id));
  return cases
    .filter((other) => other.id === item.id || other.exposures.some(({ id }) => exposures.has(id)))
    .flatMap(({ recreation }) => recreation.paths.map(({ route }) => route));
};

async function inFile<Result>(text: string, work: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "remit-change-"));
  try {
    const path = join(folder, "change.json");
    await writeFile(path, text, { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
