/** A `resource`, `module` or `moved` block of a `.tf` file; a `moved` block says where a resource was before, `data` what is only read. */
export interface SourceBlock {
  readonly kind: "resource" | "module" | "moved" | "data";
  /** `aws_s3_bucket.exports` or `module.exports`. */
  readonly address: string;
  /** 1-based. */
  readonly line: number;
  /** `source` of a module, where it is a plain text. */
  readonly source?: string;
  /** Where the text of the body begins, after its opening brace. */
  readonly body?: number;
}

const maxBlocks = 50_000;

/**
 * Finds the blocks of a Terraform source file and their lines. Comments, strings and here-documents are skipped,
 * so that a block quoted in one of them is not taken for a definition. Blocks are looked for at the top level.
 */
export function sourceBlocks(text: string): readonly SourceBlock[] {
  const blocks: SourceBlock[] = [];
  const blanked = blank(text);
  const lines = blanked.split("\n");
  const original = text.split("\n");
  let depth = 0;
  let start = 0;
  let open: { index: number } | undefined;
  lines.forEach((line, number) => {
    const head = depth === 0 ? /^\s*(resource|data|module|moved)\b/.exec(line) : null;
    const written = original[number] ?? "";
    if (head?.[1] === "resource" || head?.[1] === "data") {
      const labels = /^\s*(?:resource|data)\s+"?([\w-]+)"?\s+"?([\w-]+)"?/.exec(written);
      if (labels !== null && blocks.length < maxBlocks) {
        const brace = blanked.indexOf("{", start);
        blocks.push({
          kind: head[1],
          address: `${labels[1] ?? ""}.${labels[2] ?? ""}`,
          line: number + 1,
          ...(brace === -1 ? {} : { body: brace + 1 }),
        });
      }
    } else if (head?.[1] === "moved") {
      const from = /\bfrom\s*=\s*(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*([\w-]+\.[\w-]+)/.exec(
        blanked.slice(start, blanked.indexOf("}", start)),
      )?.[1];
      if (from !== undefined && blocks.length < maxBlocks)
        blocks.push({ kind: "moved", address: from, line: number + 1 });
    } else if (head?.[1] === "module") {
      const label = /^\s*module\s+"?([\w-]+)"?/.exec(written);
      if (label !== null && blocks.length < maxBlocks) {
        open = { index: blocks.length };
        blocks.push({ kind: "module", address: `module.${label[1] ?? ""}`, line: number + 1 });
      }
    }
    const source = open !== undefined ? /(?:^|\{)\s*source\s*=\s*"([^"$]+)"/.exec(written)?.[1] : undefined;
    const block = open === undefined ? undefined : blocks[open.index];
    if (source !== undefined && open !== undefined && block !== undefined && block.source === undefined) {
      blocks[open.index] = { ...block, source };
    }
    for (const char of line) {
      if (char === "{") depth += 1;
      else if (char === "}") depth = Math.max(0, depth - 1);
    }
    if (depth === 0) open = undefined;
    start += line.length + 1;
  });
  return blocks;
}

/** The text with the inside of comments, strings and here-documents replaced by spaces, line breaks kept. */
function blank(text: string): string {
  let out = "";
  let index = 0;
  const take = (end: number): void => {
    out += text.slice(index, end).replace(/[^\n]/g, " ");
    index = end;
  };
  while (index < text.length) {
    const rest = text.slice(index, index + 2);
    if (text[index] === "#" || rest === "//") take(endOf(text, "\n", index));
    else if (rest === "/*") take(Math.min(text.length, endOf(text, "*/", index + 2) + 2));
    else if (rest === "<<") {
      const mark = /^<<-?\s*"?([A-Za-z_]\w*)"?[^\n]*\n/.exec(text.slice(index, index + 200));
      if (mark === null) take(index + 2);
      else {
        const close = new RegExp(`^[ \\t]*${mark[1] ?? ""}[ \\t]*\\r?$`, "m").exec(
          text.slice(index + mark[0].length),
        );
        take(close === null ? text.length : index + mark[0].length + close.index + close[0].length);
      }
    } else if (text[index] === '"') take(stringEnd(text, index));
    else {
      out += text[index] ?? "";
      index += 1;
    }
  }
  return out;
}

const endOf = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
};

/** A template `${…}` inside a string may hold strings of its own. A string ends at the line end at the latest. */
function stringEnd(text: string, start: number): number {
  let templates = 0;
  for (let index = start + 1; index < text.length; index += 1) {
    const char = text[index];
    if (char === "\n") return index;
    if (char === "\\") index += 1;
    else if (char === "$" && text[index + 1] === "{") {
      templates += 1;
      index += 1;
    } else if (char === "}" && templates > 0) templates -= 1;
    else if (char === '"' && templates === 0) return index + 1;
  }
  return text.length;
}
