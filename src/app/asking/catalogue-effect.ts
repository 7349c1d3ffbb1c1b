import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { departuresOf, withDepartures, type Catalogue } from "../../core/accountability/index.js";
import type { Case, WorkloadReadiness } from "../../core/decision/index.js";
import type { Rejection } from "../../core/estate/index.js";
import { leadNameOf } from "../cases/case-listing.js";
import { heldOver, type HeldEstate } from "./held-estate.js";

const mostRows = 500;

interface Side {
  readonly words: string;
  readonly lead: string;
  readonly leadName?: string;
  readonly contain: string;
  readonly tier: number;
}

interface CellSide {
  readonly state: string;
  readonly who?: string;
  /** Whether they technically can, and by or against what; absent where the duty takes no call. */
  readonly authority?: { readonly verdict: "can" | "cannot" | "unknown"; readonly proof: string[] };
}

export interface CatalogueEffect {
  readonly valid: boolean;
  readonly problems: readonly Rejection[];
  readonly notices: readonly Rejection[];
  readonly effect?: {
    readonly cases: readonly {
      readonly id: string;
      readonly title: string;
      readonly before?: Side;
      readonly after?: Side;
    }[];
    readonly cells: readonly {
      readonly workload: string;
      readonly name: string;
      readonly duty: string;
      readonly before?: CellSide;
      readonly after?: CellSide;
    }[];
    readonly coverage: { readonly before: number; readonly after: number };
    readonly more: number;
  };
}

/** What is wrong with a catalogue, and which cases and cells of the readiness would be others with it. */
export async function checkCatalogueEffect(held: HeldEstate, yaml: string): Promise<CatalogueEffect> {
  const { loaded, options } = held;
  const { catalogue, rejected, notices } = await readCatalogue(yaml, held);
  const told = { problems: rejected, notices };
  if (catalogue === undefined || rejected.length > 0) return { valid: false, ...told };
  const departures = departuresOf(catalogue, loaded.estate, options.now);
  const other = heldOver({ ...loaded, catalogue: withDepartures(catalogue, departures) }, options);
  const cases = changedCases(held.analysis().cases, other.analysis().cases);
  const cells = changedCells(held.readiness().workloads, other.readiness().workloads);
  return {
    valid: true,
    ...told,
    effect: {
      cases: cases.slice(0, mostRows),
      cells: cells.slice(0, mostRows),
      coverage: { before: held.readiness().coverage.share, after: other.readiness().coverage.share },
      more: Math.max(0, cases.length - mostRows) + Math.max(0, cells.length - mostRows),
    },
  };
}

async function readCatalogue(
  yaml: string,
  { loaded, options }: HeldEstate,
): Promise<{
  catalogue: Catalogue | undefined;
  rejected: readonly Rejection[];
  notices: readonly Rejection[];
}> {
  const { loadCatalogue } = await import("../../readers/index.js");
  const folder = await mkdtemp(join(tmpdir(), "remit-catalogue-"));
  try {
    const path = join(folder, "remit.yaml");
    await writeFile(path, yaml, { mode: 0o600 });
    const read = await loadCatalogue(path, { now: options.now, estate: loaded.estate });
    const named = (item: Rejection): Rejection => ({ ...item, document: "remit.yaml" });
    return {
      catalogue: read.catalogue,
      rejected: read.rejected.map(named),
      notices: read.notices.map(named),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function changedCases(before: readonly Case[], after: readonly Case[]) {
  const [old, now] = [before, after].map((cases) => new Map(cases.map((item) => [item.id, item])));
  return [...new Set([...before, ...after].map(({ id }) => id))].flatMap((id) => {
    const [was, is] = [old?.get(id), now?.get(id)];
    const [first, second] = [was, is].map((item) => (item === undefined ? undefined : sideOf(item)));
    if (JSON.stringify(first) === JSON.stringify(second)) return [];
    return [
      {
        id,
        title: (is ?? was)?.title ?? "",
        ...(first === undefined ? {} : { before: first }),
        ...(second === undefined ? {} : { after: second }),
      },
    ];
  });
}

function sideOf(item: Case): Side {
  const leadName = leadNameOf(item).name;
  return {
    words: item.recreation.words,
    lead: item.lead,
    ...(leadName === undefined ? {} : { leadName }),
    contain: item.contain.lead,
    tier: item.tier,
  };
}

function changedCells(before: readonly WorkloadReadiness[], after: readonly WorkloadReadiness[]) {
  const [old, now] = [before, after].map(
    (rows) =>
      new Map(
        rows.flatMap(({ workload, name, cells }) =>
          cells.map((cell) => [`${workload} ${cell.duty}`, { workload, name, cell }] as const),
        ),
      ),
  );
  const shown = (cell: WorkloadReadiness["cells"][number] | undefined): CellSide | undefined =>
    cell === undefined
      ? undefined
      : {
          state: cell.state,
          ...(cell.who === undefined ? {} : { who: cell.who }),
          ...(cell.authority === undefined
            ? {}
            : { authority: { verdict: cell.authority.verdict, proof: [...cell.authority.proof] } }),
        };
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort().flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    const [first, second] = [shown(was?.cell), shown(is?.cell)];
    const row = is ?? was;
    if (row === undefined || JSON.stringify(first) === JSON.stringify(second)) return [];
    return [
      {
        workload: row.workload,
        name: row.name,
        duty: row.cell.duty,
        ...(first === undefined ? {} : { before: first }),
        ...(second === undefined ? {} : { after: second }),
      },
    ];
  });
}
