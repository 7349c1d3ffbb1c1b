import type { Catalogue } from "../../core/accountability/index.js";
import type { Repositories } from "../../store/index.js";
import { readCatalogueBytes } from "../installation/catalogue.js";

/** What somebody is called in the catalogues of an installation, and which versions do. */
export interface NamesOfPerson {
  /** Their id, and every name that stood beside it; none is empty. */
  readonly names: readonly string[];
  /** Versions of the catalogue that say one of them, oldest first. */
  readonly versions: readonly number[];
}

/** Whether a value, somewhere in it, is exactly one of these texts. */
export const holds = (value: unknown, texts: ReadonlySet<string>): boolean =>
  typeof value === "string"
    ? texts.has(value)
    : Array.isArray(value)
      ? value.some((item) => holds(item, texts))
      : typeof value === "object" &&
        value !== null &&
        Object.values(value).some((item) => holds(item, texts));

const nameIn = ({ people }: Catalogue, person: string): string | undefined =>
  people.find(({ id }) => id === person)?.name;

/** Reads every version that has the id in its text: for what happens seldom. */
export async function namesOfPerson(
  { catalogues }: Pick<Repositories, "catalogues">,
  person: string,
  now: string,
): Promise<NamesOfPerson> {
  const names = new Set([person]);
  const versions: number[] = [];
  for (let after: string | undefined; ;) {
    const page = await catalogues.list(after === undefined ? {} : { after });
    for (const { version } of page.items) {
      const bytes = await catalogues.bytes(version);
      if (bytes === undefined || !Buffer.from(bytes).includes(person)) continue;
      const { catalogue } = await readCatalogueBytes(bytes, now);
      if (catalogue === undefined || !holds(catalogue, new Set([person]))) continue;
      versions.push(version);
      const name = nameIn(catalogue, person);
      if (name !== undefined && name.trim() !== "") names.add(name);
    }
    if (page.next === undefined) break;
    after = page.next;
  }
  return { names: [...names], versions: versions.sort((a, b) => a - b) };
}
