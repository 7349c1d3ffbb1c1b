/** A file of an archive. */
export interface PackedFile {
  readonly name: string;
  readonly text: string;
}

const block = 512;
const mostFiles = 100;

/**
 * The small files of a tar archive (POSIX ustar), without the folder that they lie in. Undefined for what is no such
 * archive, or names a place outside of its folder.
 */
export function untar(bytes: Buffer): readonly PackedFile[] | undefined {
  const files: PackedFile[] = [];
  for (let at = 0; at + block <= bytes.length;) {
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    const path = text(header.subarray(0, 100));
    const size = Number.parseInt(text(header.subarray(124, 136)), 8);
    const name = path.split("/").at(-1) ?? "";
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (
      !isFile ||
      !/^[A-Za-z0-9][^/]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/.test(path) ||
      !Number.isSafeInteger(size)
    )
      return undefined;
    const body = bytes.subarray(at + block, at + block + size);
    if (body.length !== size || files.length >= mostFiles) return undefined;
    files.push({ name, text: body.toString("utf8") });
    at += block + Math.ceil(size / block) * block;
  }
  // Two empty blocks end an archive: this one was cut off.
  return undefined;
}

const text = (field: Buffer): string => field.toString("latin1").replace(/\0.*$/s, "").trim();
