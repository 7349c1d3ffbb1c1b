const block = 512;

/** A tar file (POSIX ustar) of small files. Names are at most 100 bytes. `at`: seconds since 1970. */
export function tarOf(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  at: number,
): Buffer {
  const parts: Uint8Array[] = [];
  for (const { name, bytes } of files) {
    parts.push(headerOf(`${folder}/${name}`, bytes.length, at), bytes);
    const rest = bytes.length % block;
    if (rest > 0) parts.push(new Uint8Array(block - rest));
  }
  // Two empty blocks end the archive.
  parts.push(new Uint8Array(2 * block));
  return Buffer.concat(parts);
}

function headerOf(name: string, size: number, at: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;
  if (Buffer.byteLength(name) > 100) throw new Error(`\`${name}\` is too long a name for a tar file`);
  header.write(name, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(Math.max(0, Math.floor(at)), 12), 136);
  // The sum is taken with blanks in its own place.
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\0", 257);
  header.write("00", 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}
