const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for markup, in content and in quoted attributes alike. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const sizeOf = (character: string): number => (wide.test(character) ? 2 : 1);

/** Cut in the middle to about `size` narrow characters; both ends tell names apart. */
export function cutName(text: string, size: number): string {
  const characters = Array.from(text);
  if (characters.reduce((sum, character) => sum + sizeOf(character), 0) <= size) return text;
  const half = (size - 1) / 2;
  return `${take(characters, Math.ceil(half))}…${take(characters.toReversed(), Math.floor(half), true)}`;
}

function take(characters: readonly string[], size: number, reversed = false): string {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += sizeOf(character);
    if (used > size) break;
    taken.push(character);
  }
  return (reversed ? taken.reverse() : taken).join("");
}
