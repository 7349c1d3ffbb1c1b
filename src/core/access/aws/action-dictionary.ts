/** One AWS action as the service authorization reference describes it. */
export interface ActionInfo {
  /** `s3:PutBucketPolicy`, in the case that AWS writes. */
  readonly name: string;
  readonly level: ActionLevel;
  /**
   * ARN patterns of the resource types that the action can be limited to, with `${Placeholder}` for the variable parts;
   * empty means that the action works only with `Resource: "*"`.
   */
  readonly resources: readonly string[];
  /** Those of `resources` that every call needs; the others are needed in some calls only. */
  readonly required: readonly string[];
  /**
   * Condition keys of the action and of its resource types, in the reference's own form (`aws:ResourceTag/${TagKey}`).
   * Global keys that every request carries (`aws:PrincipalOrgID`, ...) are not repeated here.
   */
  readonly conditionKeys: readonly string[];
}

export type ActionLevel = "list" | "read" | "write" | "permissions" | "tagging";

export interface ResourceTypeInfo {
  readonly name: string;
  /** `arn:${Partition}:s3:::${BucketName}` */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface ActionDictionary {
  /** Version of the source package. */
  readonly version: string;
  /** Day of the source, `2026-09-26`. */
  readonly updated: string;
  /** Prefixes (`s3`, `iam`, ...), sorted. */
  readonly services: readonly string[];
  /** Services whose resources resource control policies apply to, sorted. */
  readonly rcpServices: readonly string[];
  /** The action of that name in any case, `s3:putbucketpolicy`; undefined when the reference does not know it. */
  lookup(action: string): ActionInfo | undefined;
  /**
   * Names of the known actions that an `Action` element of a policy stands for: a name, a pattern with `*` and `?`, or
   * `*`; in any case. Sorted by service, then by name. Empty when nothing known matches.
   */
  expand(pattern: string): readonly string[];
  /** The actions of a service, sorted by name; empty for an unknown service. */
  actionsOf(service: string): readonly ActionInfo[];
  /** The resource types of a service, sorted by name; empty for an unknown service. */
  resourceTypes(service: string): readonly ResourceTypeInfo[];
}

/** Content of `data/aws-actions.json`. Numbers inside strings are in base 36. */
export interface RawActions {
  readonly version: string;
  readonly updated: string;
  readonly rcpServices: readonly string[];
  readonly services: Readonly<Record<string, RawService>>;
}

export interface RawService {
  /**
   * Entries parted by spaces, sorted by lower-case name: `Name,level[,types[,set]]`. `types` are numbers of rows of
   * `types` parted by dots, `?` after those that only some calls need; `set` is a number of `sets`.
   */
  readonly actions: string;
  /** `[name, arn]` or `[name, arn, set]`; a leading `~` is `arn:${Partition}:SERVICE:${Region}:${Account}:`. */
  readonly types?: readonly (readonly string[])[];
  readonly keys?: readonly string[];
  /** Numbers (decimal) of `keys`, parted by dots. */
  readonly sets?: readonly string[];
}

interface Service {
  readonly actions: readonly ActionInfo[];
  readonly byName: ReadonlyMap<string, ActionInfo>;
  readonly types: readonly ResourceTypeInfo[];
}

const levels: Readonly<Record<string, ActionLevel>> = {
  l: "list",
  r: "read",
  w: "write",
  p: "permissions",
  t: "tagging",
};

const none: readonly never[] = [];

/** Builds the dictionary; a service is unpacked when it is first asked for. */
export function buildActionDictionary(raw: RawActions): ActionDictionary {
  const services = Object.keys(raw.services).sort();
  const unpacked = new Map<string, Service>();
  const expanded = new Map<string, readonly string[]>();

  const service = (prefix: string): Service | undefined => {
    const name = prefix.toLowerCase();
    const known = unpacked.get(name);
    if (known !== undefined) return known;
    const packed = Object.hasOwn(raw.services, name) ? raw.services[name] : undefined;
    if (packed === undefined) return undefined;
    const fresh = unpack(name, packed);
    unpacked.set(name, fresh);
    return fresh;
  };

  const expand = (pattern: string): readonly string[] => {
    const folded = pattern.toLowerCase();
    // A lone `*` is the only form without a service that IAM accepts.
    const [prefix, name] = /^\*+$/.test(folded) ? ["*", "*"] : split(folded);
    const candidates = hasWildcard(prefix) ? services.filter((each) => matches(prefix, each)) : [prefix];
    const found: string[] = [];
    for (const candidate of candidates) {
      const byName = service(candidate)?.byName;
      if (byName === undefined) continue;
      if (!hasWildcard(name)) {
        const info = byName.get(name);
        if (info !== undefined) found.push(info.name);
        continue;
      }
      for (const [lower, info] of byName) if (matches(name, lower)) found.push(info.name);
    }
    return found;
  };

  return {
    version: raw.version,
    updated: raw.updated,
    services,
    rcpServices: raw.rcpServices,
    lookup(action) {
      const [prefix, name] = split(action);
      return service(prefix)?.byName.get(name.toLowerCase());
    },
    expand(pattern) {
      const known = expanded.get(pattern);
      if (known !== undefined) return known;
      const fresh = expand(pattern);
      expanded.set(pattern, fresh);
      return fresh;
    },
    actionsOf: (prefix) => service(prefix)?.actions ?? none,
    resourceTypes: (prefix) => service(prefix)?.types ?? none,
  };
}

function unpack(prefix: string, raw: RawService): Service {
  const sets = (raw.sets ?? none).map((set) => set.split(".").map((number) => at(raw.keys, Number(number))));
  const setOf = (number: string | undefined): readonly string[] =>
    number === undefined || number === "" ? none : at(sets, parseInt(number, 36));
  const types = (raw.types ?? none).map(([name = "", arn = "", set]): ResourceTypeInfo => {
    const full = arn.startsWith("~")
      ? `arn:\${Partition}:${prefix}:\${Region}:\${Account}:${arn.slice(1)}`
      : arn;
    return { name, arn: full, conditionKeys: setOf(set) };
  });
  // Most actions of a service share their types: equal texts give the same arrays.
  const shared = new Map<string, Rows>();
  const byName = new Map<string, ActionInfo>();
  const text = raw.actions;
  const folded = text.toLowerCase();
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(" ", start);
    const end = space < 0 ? text.length : space;
    const comma = text.indexOf(",", start);
    const [rows = "", set] = comma + 3 < end ? text.slice(comma + 3, end).split(",") : none;
    let scope = rows === "" ? everywhere : shared.get(rows);
    if (scope === undefined) {
      scope = rowsOf(rows, types);
      shared.set(rows, scope);
    }
    byName.set(folded.slice(start, comma), {
      name: `${prefix}:${text.slice(start, comma)}`,
      level: levels[text.charAt(comma + 1)] ?? "write",
      resources: scope.resources,
      required: scope.required,
      conditionKeys: setOf(set),
    });
    start = end + 1;
  }
  return { actions: [...byName.values()], byName, types };
}

type Rows = Pick<ActionInfo, "resources" | "required">;

const everywhere: Rows = { resources: none, required: none };

function rowsOf(rows: string, types: readonly ResourceTypeInfo[]): Rows {
  const resources: string[] = [];
  const required: string[] = [];
  for (const row of rows.split(".")) {
    const { arn } = at(types, parseInt(row, 36));
    resources.push(arn);
    if (!row.endsWith("?")) required.push(arn);
  }
  return { resources, required };
}

/** The data file is generated and tested as a whole: a number that points nowhere is a broken build, not bad input. */
function at<T>(list: readonly T[] | undefined, number: number): T {
  const value = list?.[number];
  if (value === undefined) throw new RangeError(`the action data is damaged: no entry ${number}`);
  return value;
}

function split(action: string): [prefix: string, name: string] {
  const colon = action.indexOf(":");
  return colon < 0 ? ["", ""] : [action.slice(0, colon), action.slice(colon + 1)];
}

function hasWildcard(pattern: string): boolean {
  return pattern.includes("*") || pattern.includes("?");
}

/** `*` is any run of characters and `?` any one; linear, whatever the pattern. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "*") return true;
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const sign = pattern[p];
    if (sign === "*") {
      star = p++;
      resume = t;
    } else if (sign === "?" || sign === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
