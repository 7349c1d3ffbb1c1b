import {
  draftReading,
  isRecord,
  listOf,
  numberOf,
  textOf,
  timeOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";

type Read = (item: JsonRecord, place: Place, draft: Draft) => void;

/** Answers of the REST API of PagerDuty, by the member that holds the list. */
const lists: Readonly<Record<string, { readonly is: (item: JsonRecord) => boolean; readonly read: Read }>> = {
  oncalls: { is: (item) => isRecord(item["user"]) && isRecord(item["escalation_policy"]), read: readOnCall },
  schedules: { is: isSchedule, read: readSchedule },
  services: {
    is: (item) => /^service$/.test(String(item["type"])) && isRecord(item["escalation_policy"]),
    read: readService,
  },
  users: { is: (item) => item["type"] === "user" && typeof item["email"] === "string", read: readUser },
};

/** People, who is on call when, and which service calls whom, after PagerDuty. */
export const pagerDutyReader: EstateReader = {
  kind: "pagerduty",
  title: "PagerDuty export",
  recognises: ({ value }) => partsOf(value).length > 0,
  read({ value }, context) {
    const draft = draftReading(context);
    for (const { name, items, path } of partsOf(value))
      items.forEach((item, index) => {
        const place = draft.root.at(...path, ...(path.length === 1 && path[0] === name ? [index] : []));
        draft.count(name);
        lists[name]?.read(item, place, draft);
      });
    return draft.reading();
  },
};

function partsOf(value: unknown): readonly {
  readonly name: string;
  readonly items: readonly JsonRecord[];
  readonly path: readonly string[];
}[] {
  if (!isRecord(value)) return [];
  const single = value["schedule"];
  if (isRecord(single) && isSchedule(single))
    return [{ name: "schedules", items: [single], path: ["schedule"] }];
  return Object.entries(lists).flatMap(([name, { is }]) => {
    const items = listOf(value[name]).filter(isRecord);
    return items.length > 0 && items.every(is) ? [{ name, items, path: [name] }] : [];
  });
}

function isSchedule(item: JsonRecord): boolean {
  return (
    item["type"] === "schedule" &&
    (Array.isArray(item["schedule_layers"]) || isRecord(item["final_schedule"]))
  );
}

const nameOf = (item: unknown): string | undefined =>
  isRecord(item) ? (textOf(item["summary"]) ?? textOf(item["name"])) : undefined;

const lower = (names: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(names.flatMap((name) => (name === undefined ? [] : [name.trim().toLowerCase()]))),
];

/** Without an end somebody is always on call for the policy (PagerDuty API, "List all of the on-calls"). */
const always = { from: "1970-01-01T00:00:00.000Z", until: "9999-12-31T00:00:00.000Z" };

function readOnCall(item: JsonRecord, place: Place, draft: Draft): void {
  const person = nameOf(item["user"]);
  if (person === undefined) {
    draft.reject(place, "an on-call without the name of its user");
    return;
  }
  const schedule = nameOf(item["schedule"]);
  const policy = nameOf(item["escalation_policy"]);
  draft.add("shifts", {
    schedule: schedule ?? policy ?? "on call",
    covers: lower([schedule, policy]),
    person,
    from: timeOf(item["start"]) ?? always.from,
    until: timeOf(item["end"]) ?? always.until,
    level: numberOf(item["escalation_level"]) ?? 1,
    origin: place.origin,
  });
}

function readSchedule(item: JsonRecord, place: Place, draft: Draft): void {
  const name = nameOf(item) ?? "schedule";
  const final = isRecord(item["final_schedule"]) ? item["final_schedule"] : {};
  const entries = final["rendered_schedule_entries"];
  const covers = lower([name, ...listOf(item["escalation_policies"]).map(nameOf)]);
  if (!Array.isArray(entries)) {
    draft.reject(place, `schedule \`${name}\` says how shifts turn, and not who has them`, {
      hint: "fetch it with `since` and `until`, or list `oncalls`",
    });
    return;
  }
  listOf(entries).forEach((entry, index) => {
    const at = place.at("final_schedule", "rendered_schedule_entries", index);
    const person = isRecord(entry) ? nameOf(entry["user"]) : undefined;
    const from = isRecord(entry) ? timeOf(entry["start"]) : undefined;
    const until = isRecord(entry) ? timeOf(entry["end"]) : undefined;
    if (person === undefined || from === undefined || until === undefined) {
      draft.reject(at, "a shift without user, start or end");
      return;
    }
    draft.add("shifts", { schedule: name, covers, person, from, until, level: 1, origin: at.origin });
  });
}

/** The team of a service is who the inventory of PagerDuty says owns it; its policy says whom calls reach. */
function readService(item: JsonRecord, place: Place, draft: Draft): void {
  const service = nameOf(item);
  if (service === undefined) return;
  const subject = `workload:${service.trim().toLowerCase().replace(/\s+/g, "-")}`;
  for (const team of listOf(item["teams"])) {
    const owner = nameOf(team);
    if (owner !== undefined)
      draft.add("ownerships", {
        kind: "registry",
        subject,
        owner: owner.trim().toLowerCase().replace(/\s+/g, "-"),
        ownerKind: "team",
        source: `PagerDuty service ${service}`,
        origin: place.origin,
      });
  }
  const [calls] = lower([nameOf(item["escalation_policy"])]);
  for (const name of lower([service, subject.slice("workload:".length)]))
    if (calls !== undefined) draft.add("onCallServices", { service: name, calls, origin: place.origin });
}

/** PagerDuty lists who has a login to it; that says nothing about who works there. */
function readUser(item: JsonRecord, place: Place, draft: Draft): void {
  const id = (textOf(item["email"]) ?? "").toLowerCase();
  const name = textOf(item["name"]);
  const own = textOf(item["id"])?.toLowerCase();
  draft.add("people", {
    id,
    ...(name === undefined ? {} : { name }),
    aliases: own === undefined ? [] : [own],
    active: "unknown",
    origin: place.origin,
  });
  for (const team of listOf(item["teams"])) {
    const title = nameOf(team);
    const teamId = isRecord(team) ? textOf(team["id"])?.toLowerCase() : undefined;
    if (title !== undefined)
      draft.add("teams", {
        id: title.trim().toLowerCase().replace(/\s+/g, "-"),
        name: title,
        aliases: teamId === undefined ? [] : [teamId],
        members: [id],
        // Users come in pages, each with their own teams.
        membersListed: false,
        origin: place.origin,
      });
  }
}
