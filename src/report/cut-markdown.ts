import { brokenText, headOf, notes, type CutView } from "./cut.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

/** The same for a ticket: a heading per owner, each change with its diff, calls and Terraform. */
export function renderCutMarkdown(cut: CutView): string {
  const [title = "", ...rest] = headOf(cut);
  const lines = [`# Cut: ${escaped(title)}`, "", ...rest.map(escaped)];
  for (const { role, names, changes } of cut.owners) {
    lines.push("", `## ${role}: ${names.length === 0 ? "nobody found" : escaped(names.join(", "))}`);
    for (const index of changes) {
      const change = cut.changes[index];
      if (change === undefined) continue;
      const lasts = change.interim ? `interim (${change.interimBecause ?? ""})` : "durable";
      lines.push("", `${String(index + 1)}. **${escaped(change.title)}**, ${lasts}, ${change.use}`);
      for (const item of change.breaks) lines.push(`   - ends ${escaped(brokenText(item))}`);
      lines.push(...fenced("diff", change.diff), ...fenced("sh", change.commands.join("\n")));
      lines.push(...fenced("hcl", change.terraform));
    }
  }
  for (const { change, ends, total } of cut.order)
    lines.push(
      "",
      `- change ${String(change + 1)} ends ${ends.length === 0 ? "none yet" : ends.join(", ")} (${String(total)} of ${String(cut.cases.length)})`,
    );
  for (const [name, texts] of notes(cut)) {
    if (texts.length === 0) continue;
    lines.push("", `**${name}**`, "", ...texts.map((text) => `- ${escaped(withoutArns(text))}`));
  }
  return `${lines.join("\n")}\n`;
}

/** A fence longer than any inside, so that nothing of a document ends it. */
function fenced(language: string, text: string): readonly string[] {
  if (text === "") return [];
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return ["", `${fence}${language}`, ...text.split("\n").map(visible), fence];
}

const escaped = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>#|]/g, (mark) => `\\${mark}`);
