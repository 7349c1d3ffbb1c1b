import type { Tri } from "../../core/estate/index.js";
import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";

type Field = "mail" | "user" | "name" | "status" | "left" | "manager" | "team";

/** Headings of HR lists and directory exports, without case, spaces and signs. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  mail: ["email", "mail", "emailaddress", "workemail", "userprincipalname", "primaryemail"],
  user: ["username", "login", "user", "userid", "samaccountname", "githublogin", "github", "handle"],
  name: ["name", "displayname", "fullname"],
  status: ["status", "active", "employmentstatus", "accountenabled", "enabled", "state"],
  left: [
    "left",
    "leftat",
    "leavedate",
    "leavingdate",
    "terminationdate",
    "enddate",
    "lastday",
    "lastworkingday",
  ],
  manager: ["manager", "manageremail", "reportsto", "supervisor", "managerid"],
  team: ["team", "teams", "department", "group", "groups"],
};

const present = ["active", "true", "yes", "1", "enabled", "employed", "current"];
const absent = [
  "inactive",
  "false",
  "no",
  "0",
  "disabled",
  "left",
  "terminated",
  "suspended",
  "deprovisioned",
  "offboarded",
  "leaver",
  "former",
];

/** A list of people as HR or a directory writes it: a mail or user name, and whether they are still there. */
export const peopleCsvReader: EstateReader = {
  kind: "people-list",
  title: "list of people",
  recognises: ({ format, value }) => {
    if (format !== "csv" || !Array.isArray(value)) return false;
    const fields = fieldsOf(value[0] as Row | undefined);
    const who = fields.has("mail") || fields.has("user");
    // Other tables have users too: only one that speaks of staying, leaving or reporting is about people.
    return who && fields.has("name") && (fields.has("status") || fields.has("left") || fields.has("manager"));
  },
  read({ value, lines }, context) {
    const draft = draftReading(context);
    const rows = Array.isArray(value) ? (value as readonly Row[]) : [];
    const fields = fieldsOf(rows[0]);
    const teams = new Map<string, { readonly name: string; readonly members: Set<string> }>();
    rows.forEach((row, index) => {
      const line = lines?.[index];
      const origin = { ...draft.root.origin, ...(line === undefined ? {} : { line }) };
      const place = { ...draft.root, origin };
      const cell = (field: Field): string | undefined => {
        const text = row[fields.get(field) ?? ""]?.trim();
        return text === undefined || text === "" ? undefined : text;
      };
      const mail = cell("mail")?.toLowerCase();
      const user = cell("user")?.toLowerCase();
      const id = mail ?? user;
      if (id === undefined) {
        draft.reject(place, "a row with neither mail nor user name");
        return;
      }
      const status = cell("status");
      const active = status === undefined ? undefined : activeOf(status);
      if (status !== undefined && active === undefined)
        draft.reject(place, `\`${status}\` does not say whether ${id} is still there`, {
          hint: `write one of ${[...present.slice(0, 3), ...absent.slice(0, 3)].join(", ")}; they count as unknown until then`,
        });
      const left = cell("left");
      const leftAt = left === undefined ? undefined : dayOf(left);
      if (left !== undefined && leftAt === undefined)
        draft.reject(place, `\`${left}\` is no date in ISO 8601`, { hint: "write it as `2026-06-20`" });
      const name = cell("name");
      const manager = cell("manager")?.toLowerCase();
      draft.add("people", {
        id,
        ...(name === undefined ? {} : { name }),
        aliases: user === undefined || user === id ? [] : [user],
        active: active ?? "unknown",
        ...(leftAt === undefined ? {} : { leftAt }),
        ...(manager === undefined ? {} : { manager }),
        origin,
      });
      draft.count("people");
      for (const team of (cell("team") ?? "").split(/[;|]/)) {
        const key = team.trim().toLowerCase().replace(/\s+/g, "-");
        if (key === "") continue;
        const known = teams.get(key) ?? { name: team.trim(), members: new Set<string>() };
        teams.set(key, known);
        known.members.add(id);
      }
    });
    for (const [id, { name, members }] of teams) {
      draft.add("teams", {
        id,
        name,
        aliases: [],
        members: [...members].sort(),
        membersListed: true,
        origin: draft.root.origin,
      });
      draft.count("teams");
    }
    return draft.reading();
  },
};

type Row = Readonly<Record<string, string>>;

function fieldsOf(row: Row | undefined): ReadonlyMap<Field, string> {
  const found = new Map<Field, string>();
  for (const column of Object.keys(row ?? {})) {
    const plain = column.toLowerCase().replace(/[^a-z]/g, "");
    for (const field of Object.keys(headings) as Field[])
      if (!found.has(field) && headings[field].includes(plain)) found.set(field, column);
  }
  return found;
}

function activeOf(text: string): Tri | undefined {
  const plain = text.toLowerCase();
  if (present.includes(plain)) return true;
  return absent.includes(plain) ? false : undefined;
}

function dayOf(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text)?.[1];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
    ? day
    : undefined;
}
