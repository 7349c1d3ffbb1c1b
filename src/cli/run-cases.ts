import { ask } from "./client/call.js";
import { throughDoor, type Door } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import { usesColour, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { instantOf } from "./inputs.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

export interface ListFlags extends ClientFlags {
  readonly status?: string;
  readonly verdict?: string;
  readonly kind?: string;
  readonly tier?: string;
  readonly lead?: string;
  readonly account?: string;
  readonly mine?: boolean;
  readonly dueBefore?: string;
  readonly after?: string;
  readonly limit?: string;
  readonly all?: boolean;
}

export interface ShowFlags extends ClientFlags {
  readonly events?: boolean;
}

/** As many as a page may have: the order of the table is that of everything that is shown. */
const mostOfPage = 1000;

/** `remit cases list`: the rows and words of `analyze`, with who has taken them. */
export async function runList(flags: ListFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const query = queryOf(flags);
  const [{ listCases }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const { items, next, now } = await throughDoor(flags, io, async (door) => {
    const found = [];
    for (let after = flags.after; ;) {
      const { body, at } = await ask(door, listCases, { query: { ...query, after } });
      found.push(...body.items);
      if (body.next === undefined || flags.all !== true)
        return { items: found, next: body.next, now: at ?? io.now() };
      after = body.next;
    }
  });
  const sorted = [...items].sort(report.byTable);
  const text =
    format === "json"
      ? report.renderJson({ schema: "remit.cases/1", items: sorted, ...(next === undefined ? {} : { next }) })
      : report.renderCaseList(sorted, {
          width: widthFor(io),
          colour: usesColour(io) && flags.out === undefined,
          now,
          ...(next === undefined ? {} : { next }),
        });
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

function queryOf(flags: ListFlags): Readonly<Record<string, string | undefined>> {
  const { status, verdict, kind, tier, lead, account, mine, dueBefore, limit } = flags;
  if (limit !== undefined && !(/^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= mostOfPage))
    throw fault("usage", `\`--limit ${limit}\`: give 1 to ${String(mostOfPage)}`);
  return {
    status,
    verdict,
    kind,
    tier,
    lead,
    account,
    mine: mine === true ? "true" : undefined,
    dueBefore: dueBefore === undefined ? undefined : instantOf(dueBefore),
    limit: limit ?? String(mostOfPage),
  };
}

/** `remit cases show CASE`: where it stands, and what comes next. */
export async function runShow(typed: string, flags: ShowFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const [{ getCaseEvents }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const id = caseIdOf(typed);
  const found = await throughDoor(flags, io, async (door) => {
    const { body: view, at: now = io.now() } = await readCase(door, id);
    if (flags.events !== true) return { view, now };
    return { view, now, events: (await ask(door, getCaseEvents, { params: { id } })).body.items };
  });
  const { view, now, events } = found;
  const text =
    format === "json"
      ? report.renderJson({ schema: "remit.case/1", ...view, ...(events === undefined ? {} : { events }) })
      : report.renderCaseLife(view, {
          width: widthFor(io),
          colour: usesColour(io) && flags.out === undefined,
          now,
          ...(events === undefined ? {} : { events }),
        });
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

/** The case, and its `ETag`. */
export async function readCase(door: Door, id: string) {
  const { getCase } = await import("../api/index.js");
  return ask(door, getCase, { params: { id } });
}

/** `r-6k4v` and `6K4V` are `R-6K4V` too. */
export function caseIdOf(typed: string): string {
  const id = typed.toUpperCase().replace(/^(?!R-)/, "R-");
  if (!/^R-[0-9A-Z]{4,32}$/.test(id))
    throw fault("usage", `\`${typed}\` is no id of a case: they look like \`R-7K2Q\``);
  return id;
}
