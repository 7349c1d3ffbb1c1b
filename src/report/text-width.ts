const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Wide in a terminal: CJK, Hangul, kana, full-width forms (Unicode TR 11, W and F), emoji shown as pictures. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}])/u;
const picture = /\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2}/u;
const joined = /^[\p{Mn}\p{Me}\u200d]+$/u;
const plainAscii = /^[\x20-\x7e]*$/;

function clusterWidth(cluster: string): number {
  if (joined.test(cluster)) return 0;
  return wide.test(cluster) || picture.test(cluster) ? 2 : 1;
}

const clusters = (text: string): readonly string[] =>
  plainAscii.test(text) ? Array.from(text) : Array.from(segmenter.segment(text), (part) => part.segment);

/** Columns that the text takes in a terminal. */
export function widthOf(text: string): number {
  if (plainAscii.test(text)) return text.length;
  return clusters(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

/** The longest start that fits in `width` columns; whole characters only. */
function startOf(parts: readonly string[], width: number): string {
  let used = 0;
  let result = "";
  for (const part of parts) {
    used += clusterWidth(part);
    if (used > width) break;
    result += part;
  }
  return result;
}

/** Cut at the end, the cut shown as `…`. */
export function cutEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? "" : `${startOf(clusters(text), width - 1).trimEnd()}…`;
}

/** Cut after a whole word, for sentences; a word that takes most of the width is cut where it must. */
export function cutWords(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const cut = cutEnd(text, width);
  const words = cut.slice(0, cut.lastIndexOf(" ")).replace(/[\s,;→·]+$/, "");
  return widthOf(words) * 2 < width ? cut : `${words} …`;
}

/** Cut in the middle, for what is told apart by both ends: paths, pointers, long names. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return "";
  const parts = clusters(text);
  const head = startOf(parts, Math.ceil((width - 1) / 2));
  const tail = startOf([...parts].reverse(), width - 1 - widthOf(head));
  return `${head}…${clusters(tail).toReversed().join("")}`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks at spaces; a word that is longer than a line is broken where the line ends. Never loses a character of a word. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    let rest = word;
    if (line !== "" && widthOf(line) + 1 + widthOf(rest) > width) {
      lines.push(line);
      line = "";
    }
    while (line === "" && widthOf(rest) > width) {
      const start = startOf(clusters(rest), Math.max(2, width));
      lines.push(start);
      rest = rest.slice(start.length);
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  if (line !== "" || lines.length === 0) lines.push(line.replace(/ +$/, ""));
  return lines;
}
