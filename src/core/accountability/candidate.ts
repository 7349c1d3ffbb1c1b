import { isBotHandle } from "./automation.js";

/** A name that evidence gives, in the form in which two sources can mean the same. */
export interface Candidate {
  /** Lower case, without organisation, `@` and mail domain: `data-platform`, `ana.ruiz`. */
  readonly key: string;
  /** As the source wrote it. */
  readonly shown: string;
  readonly kind: "person" | "team";
  /** Other names of the same, where a directory lists them. */
  readonly aliases?: readonly string[];
}

const placeholders =
  /^(|-|\?|n\/?a|none|null|nil|unknown|tbd|todo|undefined|changeme|test|default|nobody|no-?one|admin|root)$/i;

/** Reads a name from a tag, a CODEOWNERS handle or an audit record; a reason when it names nobody. */
export function candidateOf(raw: string): Candidate | { readonly reason: string } {
  const shown = raw.trim().slice(0, 100);
  if (placeholders.test(shown)) return { reason: "a placeholder, not a name" };
  if (/^@@/.test(shown)) return { reason: "a role of the repository, not somebody" };
  if (isBotHandle(shown)) return { reason: "a machine is never an owner" };
  if (/^\d+$/.test(shown)) return { reason: "a number, not a name" };
  const mail = /^([^\s@]+)@[\w-]+(\.[\w-]+)+$/.exec(shown)?.[1];
  const slash = shown.lastIndexOf("/");
  const bare = mail ?? (slash >= 0 ? shown.slice(slash + 1) : shown.replace(/^@/, ""));
  const key = bare.toLowerCase().replace(/[\s_]+/g, mail === undefined && /\s/.test(bare) ? "." : "_");
  if (key === "" || placeholders.test(key)) return { reason: "a placeholder, not a name" };
  if (isBotHandle(key)) return { reason: "a machine is never an owner" };
  const person =
    mail !== undefined
      ? mail.includes(".")
      : slash < 0 &&
        (shown.startsWith("@") || /^[a-z]+\.[a-z-]+$/.test(key) || /^\p{Lu}\S* \p{Lu}\S*$/u.test(shown));
  return { key, shown, kind: person ? "person" : "team" };
}
