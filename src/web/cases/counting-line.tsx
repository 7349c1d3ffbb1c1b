import { Link } from "@tanstack/react-router";
import type { Summary } from "../../api/index.js";
import { count, counted } from "../../report/index.js";

const parts = [
  ["passed", "passed"],
  ["muted", "muted elsewhere"],
  ["manual", "manual"],
  ["stale", "no longer refreshed"],
  ["notApplicable", "not applicable"],
  ["rejected", "rejected"],
] as const;

/** Every input row falls in exactly one bucket, and the line proves it. */
export function CountingLine({ summary: { findings } }: { readonly summary: Summary }) {
  if (findings.rows === 0) return null;
  return (
    <p className="sum">
      {counted(findings.rows, "row")} ={" "}
      {parts
        .filter(([name]) => findings[name] > 0)
        .map(([name, words]) => `${count(findings[name])} ${words} + `)
        .join("")}
      {count(findings.failing)} failing · {count(findings.failing)} = {count(findings.access)} exposure or
      access + {count(findings.plain)} plain · {counted(findings.access, "finding")} <Arrow />{" "}
      {counted(findings.exposures, "exposure")} <Arrow />{" "}
      <Link to="/cases" search={{ view: "all" }}>
        {counted(findings.cases, "case")}
      </Link>
    </p>
  );
}

const Arrow = () => <span aria-label="make">›</span>;
