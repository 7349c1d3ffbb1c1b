import type { KeyboardEvent } from "react";

/** In a list whose rows carry `data-row` and a tab stop: arrows and j k move the focus, Home and End go to its ends. */
export function rowKeys(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select") !== null)
    return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row === target || row.contains(target));
  const next = nextRow(event.key, at, rows.length);
  if (next === undefined) return;
  event.preventDefault();
  const row = rows[next];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function nextRow(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown" || key === "j") return Math.min(count - 1, at + 1);
  if (key === "ArrowUp" || key === "k") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
