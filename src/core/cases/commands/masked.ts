import { maskText } from "../../findings/index.js";
import type { Command } from "./command.js";
import { mostText } from "./text-checks.js";

/** The words of a person without secret values: what is kept for good is masked before anything keeps it. */
export function masked(command: Command): Command {
  return maskedValue(command) as Command;
}

/** Room above the longest text, so that the check of its length still sees what was too long. */
const limit = mostText * 2;

function maskedValue(value: unknown): unknown {
  if (typeof value === "string") return value.length > limit ? value.slice(0, limit) : maskText(value, limit);
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedValue(item)]));
}
