import type { AuditEvent, Definition, Estate, OwnershipStatement, Pipeline } from "../estate/index.js";
import { directoryOf, type Directory } from "./directory.js";

/** Look-ups over lists that would otherwise be walked for every role of every case. Built on the first question. */
export interface EstateIndex {
  readonly estate: Estate;
  /** Events that worked, newest first. */
  eventsOn(target: string): readonly AuditEvent[];
  /** Identity events of an account that worked, newest first. */
  identityEventsIn(account: string): readonly AuditEvent[];
  definitionsOf(target: string): readonly Definition[];
  pipelinesOf(role: string): readonly Pipeline[];
  statementsOn(subject: string): readonly OwnershipStatement[];
  directory(): Directory;
}

export function indexEstate(estate: Estate): EstateIndex {
  const lazily = <Item>(make: () => ReadonlyMap<string, readonly Item[]>) => {
    let map: ReadonlyMap<string, readonly Item[]> | undefined;
    return (key: string): readonly Item[] => (map ??= make()).get(key) ?? [];
  };
  const worked = (): readonly AuditEvent[] =>
    estate.events
      .filter((event) => event.error === undefined)
      .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
  let directory: Directory | undefined;
  return {
    estate,
    directory: () => (directory ??= directoryOf(estate)),
    statementsOn: lazily(() => groups(estate.ownerships, (statement) => [statement.subject])),
    eventsOn: lazily(() => groups(worked(), (event) => event.targets)),
    identityEventsIn: lazily(() =>
      groups(
        worked().filter((event) => /^(iam|sso|sso-admin|organizations):/.test(event.action)),
        (event) => (event.account === undefined ? [] : [event.account]),
      ),
    ),
    definitionsOf: lazily(() =>
      groups(estate.definitions, (definition) =>
        definition.target === undefined ? [] : [definition.target],
      ),
    ),
    pipelinesOf: lazily(() => {
      const roles = new Map<string, string[]>();
      for (const link of estate.links)
        if (link.kind === "pipeline-role") roles.set(link.from, [...(roles.get(link.from) ?? []), link.to]);
      return groups(estate.pipelines, (pipeline) => [
        ...(pipeline.runsAs === undefined ? [] : [pipeline.runsAs]),
        ...(roles.get(pipeline.id) ?? []),
      ]);
    }),
  };
}

function groups<Item>(
  items: readonly Item[],
  keys: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of new Set(keys(item))) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [item]);
      else list.push(item);
    }
  }
  return found;
}
