/** The bytes that give a JSON text its structure; inside UTF-8 they stand for nothing else. */
export const [QUOTE, BACKSLASH, NEWLINE, COMMA, COLON] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a];
export const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export const isWord = (byte: number): boolean => /[A-Za-z0-9.+-]/.test(String.fromCharCode(byte));
export const printable = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `0x${byte.toString(16).padStart(2, "0")}`;
/** The next line break, or behind the end when there is none. */
export function lineBreak(chunk: Buffer, from: number): number {
  const found = chunk.indexOf(NEWLINE, from);
  return found === -1 ? chunk.length : found;
}
