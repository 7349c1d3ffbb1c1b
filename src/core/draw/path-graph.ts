import type { CasePath } from "../decision/index.js";

/** What a node stands for; each has an outline of its own (screens.md 5). */
export type NodeKind =
  "credential" | "outside" | "person" | "identity" | "subject" | "workload" | "code" | "resource";

export interface PathNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** The smaller second line. */
  readonly note: string;
}

export interface PathEdge {
  readonly from: string;
  readonly to: string;
  /** `may become`, above the line. */
  readonly verb: string;
  /** `s3:PutBucketPolicy`, below it. */
  readonly right: string;
  /** Other rights of the same step on further routes. */
  readonly more: number;
  readonly line: "certain" | "conditional" | "unknown";
  /** 0, 1, 2 and beyond: the worse, the wider the line. */
  readonly band: number;
  /** The hop that holds the right or setting which re-creates: one per route. */
  readonly recurrence: boolean;
  /** Only two different actors together take this route: shown, not counted. */
  readonly together: boolean;
  /** Hop of the worst route that this line draws, from 0; absent for other routes. */
  readonly step?: number;
  /** So many hops that end with `step` are folded into this line. */
  readonly folds?: number;
  /** `guard open`: what would stand in the way is off. */
  readonly guard: boolean;
}

export interface PathGraph {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
  /** Nearest misses: a line that ends in a bar. */
  readonly stopped: readonly { readonly who: string; readonly by: string }[];
  /** Routes that are only in the list. */
  readonly undrawn: number;
}

export interface GraphOptions {
  /** Short names for ids, safe to show. */
  readonly nameOf: (id: string) => string;
  /** `key AKIA…Q7ZD` for the credential that starts a route. */
  readonly credentialName: (id: string) => string;
  readonly stopped: readonly { readonly who: string; readonly by: string }[];
  readonly resource: { readonly name: string; readonly note: string };
}

const mostNodes = 12;
const mostRoutes = 3;
/** A longer route is folded in its middle: what starts it, what it ends in and what is marked stay. */
const mostSteps = 149;
const [stepsAtEnds, stepsAround] = [70, 2];
const mostStopped = 3;

const firstKinds: Readonly<Record<CasePath["kind"], NodeKind>> = {
  "standing-credential": "credential",
  "secret-reuse": "credential",
  "inherited-role": "workload",
  "federated-workload": "subject",
  "service-principal": "subject",
  trust: "outside",
  pipeline: "code",
  human: "person",
  root: "person",
};

const startNotes: Readonly<Record<NodeKind, string>> = {
  credential: "credential",
  outside: "outside",
  person: "person",
  identity: "identity",
  subject: "token subject",
  workload: "workload",
  code: "code or pipeline",
  resource: "resource",
};

/** Routes as one graph: the worst whole, then as many others as fit; nodes that routes share are drawn once. */
export function pathGraph(paths: readonly CasePath[], options: GraphOptions): PathGraph {
  const nodes = new Map<string, PathNode>();
  const edges = new Map<string, PathEdge>();
  const rights = new Set<string>();
  let drawn = 0;
  for (const path of paths) {
    if (path.hops.length === 0) continue;
    const route = routeGraph(path, options, paths.indexOf(path), drawn === 0);
    const added = route.nodes.filter((node) => !nodes.has(node.id));
    if (drawn > 0 && (drawn >= mostRoutes || nodes.size + added.length > mostNodes)) continue;
    for (const node of added) nodes.set(node.id, node);
    for (const edge of route.edges) {
      // One line between two nodes: further rights of the same step are counted, the list names them.
      const key = `${edge.from}\n${edge.to}`;
      const known = edges.get(key);
      const other = known !== undefined && known.right !== edge.right && !rights.has(`${key}\n${edge.right}`);
      rights.add(`${key}\n${edge.right}`);
      edges.set(
        key,
        known === undefined
          ? edge
          : {
              ...known,
              recurrence: known.recurrence || edge.recurrence,
              guard: known.guard || edge.guard,
              more: known.more + (other ? 1 : 0),
            },
      );
    }
    drawn += 1;
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    stopped: options.stopped.slice(0, mostStopped),
    undrawn: paths.length - drawn,
  };
}

function routeGraph(
  path: CasePath,
  options: GraphOptions,
  index: number,
  worst: boolean,
): { nodes: readonly PathNode[]; edges: readonly PathEdge[] } {
  const { hops } = path;
  // What stands open is no step of anybody: it is a mark on the step that it lets through.
  const steps = hops.filter((hop) => hop.cause !== "guardrail" && hop.cause !== "setting");
  const moving = steps.length === 0 ? hops : steps;
  const guard = steps.length > 0 && steps.length < hops.length;
  const recurrence = hops[Math.min(path.recurrenceHop, hops.length - 1)];
  const marked = recurrence !== undefined && moving.includes(recurrence) ? recurrence : moving.at(-1);
  const startKind = firstKinds[path.kind];
  const startId =
    startKind === "identity"
      ? (moving[0]?.from ?? "")
      : `start ${String(path.credential ?? moving[0]?.from ?? index)}`;
  const startName = options.nameOf(moving[0]?.from ?? path.starter);
  const isCredential = path.credential !== undefined && options.credentialName(path.credential) === startName;
  const nodes: PathNode[] = [
    {
      id: startId,
      kind: startKind,
      name:
        path.credential === undefined
          ? options.nameOf(moving[0]?.from ?? path.starter)
          : options.credentialName(path.credential),
      note: path.credential === undefined || isCredential ? startNotes[startKind] : startName,
    },
  ];
  const edges: PathEdge[] = [];
  const kept = keptSteps(moving.length, marked === undefined ? -1 : moving.indexOf(marked));
  let [before, left] = [startId, 0];
  for (const [position, hop] of moving.entries()) {
    if (!kept(position)) {
      left += 1;
      continue;
    }
    const last = position === moving.length - 1;
    const id = last ? "resource" : hop.to;
    if (!last && id === before) continue;
    if (left > 0) {
      const from = `folded ${String(position)} ${hop.from}`;
      nodes.push({
        id: from,
        kind: "identity",
        name: options.nameOf(hop.from),
        note: identityNote(hop.from),
      });
      edges.push({
        from: before,
        to: from,
        verb: `${String(left)} steps, see the list`,
        right: "",
        more: 0,
        line: path.verdict === "unknown" ? "unknown" : path.certainty,
        band: path.band,
        recurrence: false,
        together: path.colluding === true,
        ...(worst ? { step: hops.indexOf(hop) - 1, folds: left } : {}),
        guard: false,
      });
      [before, left] = [from, 0];
    }
    nodes.push(
      last
        ? { id, kind: "resource", ...options.resource }
        : { id, kind: "identity", name: options.nameOf(hop.to), note: identityNote(hop.to) },
    );
    edges.push({
      from: before,
      to: id,
      ...labelOf(hop.via, hop.action),
      line: path.verdict === "unknown" ? "unknown" : path.certainty,
      band: path.band,
      more: 0,
      recurrence: hop === marked,
      together: path.colluding === true,
      ...(worst ? { step: hops.indexOf(hop) } : {}),
      guard: guard && last,
    });
    before = id;
  }
  return { nodes, edges };
}

/** Which steps of a route are drawn: all, or of one that is too long both ends and what lies around the marked step. */
const keptSteps =
  (count: number, marked: number) =>
  (step: number): boolean =>
    count <= mostSteps ||
    step < stepsAtEnds ||
    step >= count - stepsAtEnds ||
    Math.abs(step - marked) <= stepsAround;

/** `may s3:PutBucketPolicy` → verb `may`, right `s3:PutBucketPolicy`. */
function labelOf(via: string, action: string | undefined): { readonly verb: string; readonly right: string } {
  // A place in code: the file is the label, the list has the whole path.
  const [, sets, place] = /^(sets it): (.+)$/.exec(via) ?? [];
  if (sets !== undefined && place !== undefined)
    return { verb: sets, right: place.split("/").at(-1) ?? place };
  const right = action ?? /[a-z0-9-]+:[A-Z]\w*\*?/.exec(via)?.[0] ?? "";
  const verb = right === "" ? via : via.replace(right, "").replace(/\s+/g, " ").trim();
  return { verb, right: verb.startsWith("may become") ? "" : right };
}

function identityNote(id: string): string {
  const type = /^arn:[^:]*:(?:iam|sts)::[^:]*:(user|role|group|root|assumed-role)/.exec(id)?.[1];
  return type === undefined
    ? "identity"
    : type === "user" || type === "role" || type === "group"
      ? type
      : "identity";
}
