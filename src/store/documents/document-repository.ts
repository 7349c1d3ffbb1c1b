import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { inTransaction, type StoreContext } from "../context.js";
import { storeFault } from "../fault.js";

export interface StoredDocument {
  /** sha256 of the bytes, lower-case hex: the `digest` of every Evidence that cites it. */
  readonly digest: string;
  readonly size: number;
  readonly storedAt: string;
}

/** A document whose parts are sealed already, wherever they lie. */
export interface PreparedDocument {
  readonly digest: string;
  readonly blob: string;
  readonly size: number;
  readonly storedSize: number;
  readonly keyId: string;
}

/** Bytes as they were uploaded: content-addressed, compressed, sealed. The same bytes are kept once. */
export interface DocumentRepository {
  /** Of what fits in memory as it is kept: compressed and sealed. */
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredDocument>;
  /** Compresses and seals, and hands over part by part what `keep` asks back: the database is not in use meanwhile. */
  prepare(
    bytes: AsyncIterable<Uint8Array>,
    write: (part: Buffer) => Promise<void>,
  ): Promise<PreparedDocument>;
  keep(
    prepared: PreparedDocument,
    parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<StoredDocument>;
  find(digest: string): Promise<StoredDocument | undefined>;
  /** Part by part, at most 1 MiB each. Rejects where a stored byte was changed. */
  read(digest: string): AsyncIterable<Uint8Array>;
  /** All of it, for documents that fit in memory. */
  bytes(digest: string): Promise<Uint8Array>;
  /** Removes what no snapshot and no catalogue refers to; gives how many. */
  sweep(): Promise<number>;
  /** Seals documents again that another key than the one in use sealed; gives how many are left. */
  reseal(atMost: number): Promise<number>;
}

/** Sealed on its own, so that a large document is never in memory as a whole. */
const partBytes = 1 << 20;
const partsAtOnce = 8;

const aboutPart = (blob: string, part: number): string => `document/${blob}/${String(part)}`;
const compress = promisify(gzip);
const decompress = promisify(gunzip);

export function documentRepository(context: StoreContext): DocumentRepository {
  const { db, keys, now, newId } = context;
  async function* read(digest: string): AsyncGenerator<Uint8Array> {
    const document = await db
      .selectFrom("documents")
      .selectAll()
      .where("digest", "=", digest)
      .executeTakeFirst();
    if (document === undefined) throw storeFault("damaged", `the document \`${digest}\` is not stored`);
    const hash = createHash("sha256");
    let size = 0;
    for (let part = 0; size < document.size; part += 1) {
      const row = await db
        .selectFrom("document_parts")
        .select("body")
        .where("blob", "=", document.blob)
        .where("part", "=", part)
        .executeTakeFirst();
      if (row === undefined) throw storeFault("damaged", `a part of the document \`${digest}\` is missing`);
      const bytes = await decompress(
        await keys.unseal(document.key_id, aboutPart(document.blob, part), row.body),
      );
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
    if (hash.digest("hex") !== digest)
      throw storeFault("damaged", `the document \`${digest}\` is not what was stored`);
  }
  async function prepare(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    write: (part: Buffer) => Promise<void>,
  ): Promise<PreparedDocument> {
    const blob = newId();
    const hash = createHash("sha256");
    let [size, storedSize, count] = [0, 0, 0];
    const { keyId } = await keys.seal(aboutPart(blob, 0), new Uint8Array());
    for await (const part of partsOf(bytes)) {
      hash.update(part);
      const { keyId: by, sealed } = await keys.seal(
        aboutPart(blob, count),
        await compress(part, { level: 6 }),
      );
      if (by !== keyId) throw storeFault("busy", "the data key was renewed during the upload: send it again");
      await write(sealed);
      count += 1;
      size += part.length;
      storedSize += sealed.length;
    }
    return { digest: hash.digest("hex"), blob, size, storedSize, keyId };
  }
  const repository: DocumentRepository = {
    async put(bytes) {
      const parts: Buffer[] = [];
      const prepared = await prepare(bytes, (part) => {
        parts.push(part);
        return Promise.resolve();
      });
      return repository.keep(prepared, parts);
    },
    prepare,
    keep: (prepared, parts) =>
      inTransaction(context, async (tx) => {
        const { digest, blob, size, storedSize, keyId } = prepared;
        const { keyId: current } = await keys.seal("", new Uint8Array());
        if (keyId !== current)
          throw storeFault("busy", "the data key was renewed during the upload: send it again");
        const held = await tx
          .selectFrom("documents")
          .select(["digest", "size", "stored_at"])
          .where("digest", "=", digest)
          // Not swept before whoever keeps it has referred to it.
          .forKeyShare()
          .executeTakeFirst();
        if (held !== undefined) return { digest, size: held.size, storedAt: held.stored_at };
        const storedAt = now();
        const added = await tx
          .insertInto("documents")
          .values({ digest, blob, size, stored_size: storedSize, key_id: keyId, stored_at: storedAt })
          .onConflict((conflict) => conflict.column("digest").doNothing())
          .returning("digest")
          .executeTakeFirst();
        if (added === undefined) return { digest, size, storedAt };
        let rows: { blob: string; part: number; body: Uint8Array }[] = [];
        let part = 0;
        for await (const body of parts) {
          rows.push({ blob, part, body });
          part += 1;
          if (rows.length < partsAtOnce) continue;
          await tx.insertInto("document_parts").values(rows).execute();
          rows = [];
        }
        if (rows.length > 0) await tx.insertInto("document_parts").values(rows).execute();
        return { digest, size, storedAt };
      }),
    async find(digest) {
      const row = await db
        .selectFrom("documents")
        .select(["digest", "size", "stored_at"])
        .where("digest", "=", digest)
        .executeTakeFirst();
      return row === undefined ? undefined : { digest, size: row.size, storedAt: row.stored_at };
    },
    read,
    async bytes(digest) {
      const parts: Uint8Array[] = [];
      for await (const part of read(digest)) parts.push(part);
      return Buffer.concat(parts);
    },
    async sweep() {
      const { numDeletedRows } = await db
        .deleteFrom("documents")
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("snapshot_documents")
                .select("snapshot")
                .whereRef("snapshot_documents.digest", "=", "documents.digest"),
            ),
          ),
        )
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("catalogues")
                .select("version")
                .whereRef("catalogues.digest", "=", "documents.digest"),
            ),
          ),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    reseal: (atMost) =>
      inTransaction(context, async (tx) => {
        const { keyId: current } = await keys.seal("", new Uint8Array());
        const rows = await tx
          .selectFrom("documents")
          .select(["digest", "blob", "key_id"])
          .where("key_id", "!=", current)
          .orderBy("digest")
          .limit(atMost)
          .forUpdate()
          .execute();
        for (const { digest, blob, key_id: before } of rows) {
          const parts = await tx
            .selectFrom("document_parts")
            .selectAll()
            .where("blob", "=", blob)
            .orderBy("part")
            .execute();
          for (const { part, body } of parts) {
            const about = aboutPart(blob, part);
            const { sealed } = await keys.seal(about, await keys.unseal(before, about, body));
            await tx
              .updateTable("document_parts")
              .set({ body: sealed })
              .where("blob", "=", blob)
              .where("part", "=", part)
              .execute();
          }
          await tx.updateTable("documents").set({ key_id: current }).where("digest", "=", digest).execute();
        }
        const left = await tx
          .selectFrom("documents")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("key_id", "!=", current)
          .executeTakeFirstOrThrow();
        return left.count;
      }),
  };
  return repository;
}

/** Cuts what comes, however it comes, into parts of the same size. */
async function* partsOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  const source: AsyncIterable<Uint8Array> | readonly Uint8Array[] =
    bytes instanceof Uint8Array ? [bytes] : bytes;
  for await (const piece of source) {
    held.push(piece);
    size += piece.length;
    if (size < partBytes) continue;
    const whole = Buffer.concat(held);
    let from = 0;
    for (; size - from >= partBytes; from += partBytes) yield whole.subarray(from, from + partBytes);
    held = [whole.subarray(from)];
    size -= from;
  }
  if (size > 0) yield Buffer.concat(held);
}
