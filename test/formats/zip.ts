import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../src/readers/findings-source/crc32.js";

export interface Packed {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the archive claims, where it lies. */
  readonly bytes?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly encrypted?: boolean;
  /** Points at the data of the first file instead of its own (overlapping files). */
  readonly overlaps?: boolean;
}

/** A zip archive (PKWARE APPNOTE 4.3), right or wrong as told. */
export function zipOf(files: readonly Packed[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const method = file.method ?? 8;
    const data = method === 8 ? deflateRawSync(content) : content;
    const name = Buffer.from(file.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800 | (file.encrypted === true ? 1 : 0), 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(file.crc ?? crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(file.bytes ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const head = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, name]);
    const at = Buffer.alloc(14);
    at.writeUInt32LE(file.overlaps === true ? 0 : offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), fields, at, name]));
    if (file.overlaps === true) continue;
    local.push(head, data);
    offset += head.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
