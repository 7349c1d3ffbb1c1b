import type { CaseWhatIf } from "../../api/index.js";

/** `Access lost: 1 in use, 9 unused.` */
export function lostWords({ used, unused, unknown }: CaseWhatIf["lost"]): string {
  if (used + unused + unknown === 0) return "No access is lost.";
  const parts = [
    used > 0 ? `${String(used)} in use` : "",
    unused > 0 ? `${String(unused)} unused` : "",
    unknown > 0 ? `${String(unknown)} of which no log tells` : "",
  ].filter((part) => part !== "");
  return `Access lost: ${parts.join(", ")}.`;
}
