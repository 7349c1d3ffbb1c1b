import type { Insertable, Selectable, Updateable } from "kysely";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { StoreContext } from "../context.js";
import { storeFault } from "../fault.js";
import type { CasesTable } from "../tables.js";
import type { CaseListing } from "./case-listing.js";
import type { CaseRow } from "./case-row.js";

/** A row as the database has it, and as the rest of the code does. */
export interface CaseRows {
  readonly columnsOf: (row: CaseRow) => Promise<Insertable<CasesTable>>;
  readonly rowOf: (row: Selectable<CasesTable>) => Promise<CaseRow>;
  readonly documentOf: (row: SealedDocument) => Promise<string>;
  /** What lists show, in the clear; the column holds the id of a key and what it sealed. */
  readonly lineOf: (row: Pick<CasesTable, "id"> & { readonly line: string }) => Promise<string>;
  readonly listingOf: (id: string, listing: CaseListing) => Promise<CaseListing>;
  /** The row sealed with the key in use; undefined where it is. */
  readonly resealed: (row: SealedCase) => Promise<Updateable<CasesTable> | undefined>;
}

export type SealedCase = Pick<Selectable<CasesTable>, "id" | "document" | "sealed" | "key_id" | "line">;
type SealedDocument = Omit<SealedCase, "line">;

const compress = promisify(gzip);
const decompress = promisify(gunzip);
const about = (id: string): string => `case/${id}`;
const aboutLine = (id: string): string => `case-line/${id}`;

/**
 * What was decided names people and quotes what was uploaded, so it is kept as these are: sealed. Columns that lists
 * are filtered by stay in the clear.
 */
export function caseRows({ keys }: Pick<StoreContext, "keys">): CaseRows {
  const sealed = async (id: string, document: string) => {
    const { keyId, sealed: bytes } = await keys.seal(about(id), await compress(document, { level: 2 }));
    return { document: null, sealed: bytes, key_id: keyId };
  };
  const documentOf = async ({
    id,
    document,
    sealed: bytes,
    key_id: keyId,
  }: SealedDocument): Promise<string> => {
    // From before cases were sealed.
    if (document !== null) return document;
    if (bytes === null || keyId === null) throw storeFault("damaged", `the case \`${id}\` has no content`);
    return (await decompress(await keys.unseal(keyId, about(id), bytes))).toString("utf8");
  };
  const lineOf: CaseRows["lineOf"] = async ({ id, line }) => {
    const [, keyId, text] = /^([^{:]+):([0-9A-Za-z+/=]+)$/.exec(line) ?? [];
    return keyId === undefined || text === undefined
      ? line
      : (await keys.unseal(keyId, aboutLine(id), Buffer.from(text, "base64"))).toString("utf8");
  };
  const listingOf: CaseRows["listingOf"] = async (id, listing) => {
    if (listing.line === "") return listing;
    const { keyId, sealed: bytes } = await keys.seal(aboutLine(id), Buffer.from(listing.line, "utf8"));
    return { ...listing, line: `${keyId}:${bytes.toString("base64")}` };
  };
  return {
    documentOf,
    lineOf,
    listingOf,
    columnsOf: async (row) => ({
      ...plainColumnsOf(row),
      ...(await listingOf(row.id, row.listing ?? noListing)),
      ...(await sealed(row.id, row.document)),
    }),
    rowOf: async (row) => ({ ...plainRowOf(row), document: await documentOf(row) }),
    async resealed(row) {
      const { keyId } = await keys.seal("", new Uint8Array());
      if (row.document === null && row.key_id === keyId) return undefined;
      const { line } = await listingOf(row.id, { ...noListing, line: await lineOf(row) });
      return { ...(await sealed(row.id, await documentOf(row))), line };
    },
  };
}

const plainColumnsOf = (row: CaseRow) => ({
  id: row.id,
  sequence: row.sequence,
  kind: row.kind,
  state: row.state,
  open: row.open,
  title: row.title,
  severity: row.severity,
  tier: row.tier,
  level: row.level,
  verdict: row.verdict,
  lead: row.lead,
  owner: row.owner ?? null,
  team: row.team ?? null,
  account: row.account ?? null,
  due_at: row.dueAt ?? null,
  wake_at: row.wakeAt ?? null,
  updated_at: row.updatedAt,
  access_path_key: row.accessPathKey ?? null,
});

const noListing: CaseListing = {
  line: "",
  back: 0,
  contain: "",
  plane: "",
  weakness: "",
  incident: false,
  nobody: false,
  holders: [],
  asked: [],
  terms: [],
  audience: [],
};

export const updatedColumns = [
  ...([
    "sequence",
    "kind",
    "state",
    "open",
    "title",
    "severity",
    "tier",
    "level",
    "verdict",
    "lead",
  ] as const),
  ...([
    "owner",
    "team",
    "account",
    "due_at",
    "wake_at",
    "updated_at",
    "access_path_key",
    "document",
    "sealed",
    "key_id",
  ] as const),
  ...(Object.keys(noListing) as (keyof CaseListing)[]),
] as const;

const plainRowOf = (row: Selectable<CasesTable>): Omit<CaseRow, "document"> => ({
  id: row.id,
  sequence: row.sequence,
  kind: row.kind,
  state: row.state,
  open: row.open,
  title: row.title,
  severity: row.severity,
  tier: row.tier,
  level: row.level,
  verdict: row.verdict,
  lead: row.lead,
  ...(row.owner === null ? {} : { owner: row.owner }),
  ...(row.team === null ? {} : { team: row.team }),
  ...(row.account === null ? {} : { account: row.account }),
  ...(row.due_at === null ? {} : { dueAt: row.due_at }),
  ...(row.wake_at === null ? {} : { wakeAt: row.wake_at }),
  updatedAt: row.updated_at,
  ...(row.access_path_key === null ? {} : { accessPathKey: row.access_path_key }),
});
