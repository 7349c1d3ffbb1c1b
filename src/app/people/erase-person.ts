import { erasureOf, eventText, type PeopleEvent, peopleStream } from "../../core/cases/index.js";
import type { Repositories } from "../../store/index.js";
import { operatorName } from "../access/member.js";
import { caseRecordOf, caseRowOf } from "../cases/case-row.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { erasedPerson } from "../installation/people.js";
import { mentionsOf, saysOneOf, type Mentions } from "./mentions.js";
import { holds, namesOfPerson } from "./names-of-person.js";

export interface EraseRequest {
  /** As the catalogue called them. */
  readonly person: string;
  readonly reason: string;
  /** Who asks for it, as the catalogue calls them. */
  readonly by: string;
  /** Changes nothing: says what would be erased and what would be left. */
  readonly preview?: boolean;
}

/** What was erased, and what still says the name: never more than stood there. */
export interface Erased {
  readonly pseudonym: string;
  readonly erased: boolean;
  readonly tokens: number;
  readonly sessions: number;
  /** Cases whose stored decision named them. */
  readonly decisions: number;
  /** Texts that people wrote, in the ledger for good. */
  readonly mentions: Mentions;
  /** Versions of the catalogue that name them; kept for good. */
  readonly catalogues: readonly number[];
}

export type Erasing =
  | { readonly kind: "done"; readonly report: Erased }
  | { readonly kind: "unknown" }
  /** Lower case, with what to do. */
  | { readonly kind: "not-now"; readonly why: string };

/**
 * Lets a pseudonym of the ledger stand for nobody: what was done under it stays and is chained as before, and whose it
 * was can no longer be found out. Cut off anywhere, asked again it goes on.
 */
export async function erasePerson(installation: Installation, request: EraseRequest): Promise<Erasing> {
  const { store, now, turn } = installation;
  const { person, reason, by, preview = false } = request;
  if (person === by) return notNow("nobody erases themselves: somebody else with the scope `admin` does");
  if (person === operatorName) return notNow("the operator is no person: there is nothing to erase");
  const current = await currentCatalogue(store, now());
  // Every move asks who the catalogue knows, and whoever it knows has a pseudonym again at once.
  if (current !== undefined && holds(current.catalogue, new Set([person])))
    return notNow(
      `version ${String(current.version)} of the catalogue names \`${person}\`: take them out of it first`,
    );
  const pseudonym = await store.people.heldPseudonym(person);
  if (pseudonym === undefined) return { kind: "unknown" };
  const { names, versions } = await namesOfPerson(store, person, now());
  if (saysOneOf(names)(reason))
    return notNow("the reason names them, and it stays in the ledger: say it without the name");
  const mentions = await mentionsOf(store, names);
  // Not while an analysis writes the same rows.
  const decisions = await turn(() => forgetInDecisions(installation, new Set(names), preview));
  const { tokens, sessions } = preview
    ? await countOf(store, pseudonym)
    : await store.transaction(async (repositories) => {
        const ended = await endAll(repositories, pseudonym);
        await record(repositories, { person: pseudonym, reason, by, now: now() });
        await repositories.people.erase(person);
        return ended;
      });
  return {
    kind: "done",
    report: { pseudonym, erased: !preview, tokens, sessions, decisions, mentions, catalogues: versions },
  };
}

const notNow = (why: string): Erasing => ({ kind: "not-now", why });

async function record(
  { ledger, people }: Repositories,
  {
    by,
    ...erasure
  }: { readonly person: string; readonly reason: string; readonly by: string; readonly now: string },
): Promise<void> {
  const whose = await people.pseudonymOf(by);
  // Somebody else may be erased in the same moment; from the second try on this transaction has the ledger to itself.
  for (let tries = 1; ; tries += 1) {
    const last = (await ledger.stream(peopleStream)).at(-1);
    const before = last === undefined ? undefined : (JSON.parse(last.body) as PeopleEvent);
    const event = erasureOf(before, { ...erasure, by: whose });
    if ("rule" in event) throw new Error(`${event.text}: ${event.todo}`);
    const { case: stream, sequence, at, previous, hash, fact } = event;
    const appended = await ledger.append({
      stream,
      expected: sequence - 1,
      events: [{ stream, sequence, kind: fact.kind, at, body: eventText(event) ?? "", previous, hash }],
    });
    if (appended.kind === "appended") return;
    if (tries === 3) throw new Error("the ledger did not take the erasure: ask again");
  }
}

async function endAll({ tokens, sessions }: Repositories, pseudonym: string) {
  let ended = 0;
  for (const { id } of await tokens.list(pseudonym)) if (await tokens.revoke(id)) ended += 1;
  return { tokens: ended, sessions: await sessions.endAll(pseudonym) };
}

const countOf = async ({ tokens }: Repositories, pseudonym: string) => ({
  tokens: (await tokens.list(pseudonym)).filter(({ revokedAt }) => revokedAt === undefined).length,
  sessions: 0,
});

/** Of what was decided once, the names of people; ids of identities in clouds are the estate's and stay. */
async function forgetInDecisions(
  { store, policy }: Installation,
  names: ReadonlySet<string>,
  preview: boolean,
): Promise<number> {
  let changed = 0;
  for (let after: string | undefined; ;) {
    const page = await store.cases.list(
      {},
      { limit: 200, ...(after === undefined ? {} : { after }) },
      "severity",
    );
    for (const row of page.items) {
      const { state, decided } = caseRecordOf(row);
      if (!holds(decided, names)) continue;
      changed += 1;
      if (preview) continue;
      const forgotten = forget(decided, names) as typeof decided;
      await store.cases.save(caseRowOf({ state, decided: forgotten }, policy));
    }
    if (page.next === undefined) return changed;
    after = page.next;
  }
}

function forget(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === "string") return names.has(value) ? erasedPerson : value;
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => forget(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, forget(item, names)]));
}
