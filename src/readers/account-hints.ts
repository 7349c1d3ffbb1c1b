/** What a path says about the account of the document at its end. Twelve digits. */
export interface PathHint {
  readonly account: string;
  /** `name`: a folder or a name that begins or ends with the number. `inside`: digits within a longer name. */
  readonly strength: "name" | "inside";
}

/**
 * The account number in a path, nearest to the file first: a folder `…/222222222222/…` or a file such as
 * `gaad-222222222222.json` means its account; digits amid other words (a bucket's name) only may.
 */
export function accountOfPath(path: string): PathHint | undefined {
  const segments = path.split("/").reverse();
  let inside: PathHint | undefined;
  for (const [index, segment] of segments.entries()) {
    const stem = index === 0 ? segment.replace(/(?:\.[A-Za-z0-9]+)+$/, "") : segment;
    for (const match of stem.matchAll(/(?<!\d)\d{12}(?!\d)/g)) {
      const account = match[0];
      // `202411221015` is a time of day before it is an account.
      if (/^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/.test(account))
        continue;
      const atEdge = match.index === 0 || match.index + account.length === stem.length;
      if (atEdge) return { account, strength: "name" };
      inside ??= { account, strength: "inside" };
    }
  }
  return inside;
}

export const folderOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";

/** Accounts that documents named themselves, by the folder they lie in. */
export interface KnownAccounts {
  add(path: string, account: string): void;
  /** The best hint for a document that does not name its account; `undefined` rather than a guess between two. */
  hintFor(path: string, stated: string | undefined): string | undefined;
}

export function createKnownAccounts(): KnownAccounts {
  const all = new Set<string>();
  const byFolder = new Map<string, Set<string>>();
  return {
    add(path, account) {
      all.add(account);
      const folder = folderOf(path);
      const known = byFolder.get(folder);
      if (known === undefined) byFolder.set(folder, new Set([account]));
      else known.add(account);
    },
    hintFor(path, stated) {
      const hint = accountOfPath(path);
      if (hint?.strength === "name" || (hint !== undefined && all.has(hint.account))) return hint.account;
      const siblings = byFolder.get(folderOf(path));
      if (siblings?.size === 1) return [...siblings][0];
      if (stated !== undefined) return stated;
      return all.size === 1 ? [...all][0] : undefined;
    },
  };
}

/** `eu-west-1` as a folder or as part of a name. */
export const regionOfPath = (path: string): string | undefined =>
  /(?:^|[/_.-])((?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d)(?=$|[/_.-])/.exec(
    path,
  )?.[1];
