import { thingOf, type Draft } from "./directory.js";
import { isFields, itemsOf, stringOf, type Citation, type Fields } from "./raw-document.js";

interface Listing {
  readonly list: string;
  /** The ARN of an item; undefined: it cannot be named. */
  readonly id: (item: Fields) => string | undefined;
  /** Setting, and the member that holds it. */
  readonly settings: Readonly<Record<string, string>>;
}

const member =
  (name: string) =>
  (item: Fields): string | undefined =>
    stringOf(item[name]);

/** Listings whose items say what a formula asks: encryption, type, metadata options. */
const listings: readonly Listing[] = [
  {
    list: "DBSnapshots",
    id: member("DBSnapshotArn"),
    settings: { encrypted: "Encrypted", snapshotType: "SnapshotType" },
  },
  {
    list: "DBClusterSnapshots",
    id: member("DBClusterSnapshotArn"),
    settings: { encrypted: "StorageEncrypted", snapshotType: "SnapshotType" },
  },
  {
    list: "DBInstances",
    id: member("DBInstanceArn"),
    settings: { publiclyAccessible: "PubliclyAccessible" },
  },
];

/** `rds describe-db-snapshots` and its kin. */
export function readSettings(value: Fields, at: Citation, draft: Draft): boolean {
  let read = false;
  for (const { list, id, settings } of listings)
    itemsOf(value[list]).forEach((item, index) => {
      const arn = isFields(item) ? id(item) : undefined;
      if (!isFields(item) || arn === undefined) return;
      read = true;
      const thing = thingOf(draft, arn);
      const pointer = `${at.pointer ?? ""}/${list}/${index}`;
      thing.at ??= { ...at, pointer };
      for (const [name, key] of Object.entries(settings))
        if (item[key] !== undefined)
          thing.facts.set(name, { value: item[key], at: { ...at, pointer: `${pointer}/${key}` } });
    });
  return read;
}
