import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReadinessDocument } from "../../contract/index.js";
import { counted } from "../../report/index.js";
import { CopyButton } from "../parts/copy-button.js";
import { useNaming } from "../parts/people.js";
import { Message, Sentence } from "../parts/plain-text.js";
import { rowKeys } from "../parts/row-keys.js";
import { Empty } from "../parts/state-blocks.js";
import { shownWorkloads, type Gap } from "./readiness-map.js";
import type { ReadinessSearch } from "./readiness-search.js";

const page = 100;

interface GapListProps {
  readonly readiness: ReadinessDocument;
  readonly search: ReadinessSearch;
}

/** Every hole with what mends it, the highest tier first. */
export function GapList({ readiness, search }: GapListProps) {
  const [shown, setShown] = useState(page);
  const narrowed = (["tier", "account", "workload"] as const).some((name) => search[name] !== undefined);
  const names = new Set(
    shownWorkloads(readiness.workloads, { ...search, duty: undefined }).map(({ workload }) => workload),
  );
  const gaps = readiness.gaps
    .filter((gap) => search.duty === undefined || gap.duty === search.duty)
    .filter((gap) => !narrowed || names.has(gap.scope.replace(/^workload:/, "")))
    .toSorted((a, b) => (b.tier ?? 0) - (a.tier ?? 0));
  if (gaps.length === 0)
    return (
      <Empty title={readiness.gaps.length === 0 ? "No gap was found." : "No gap matches these filters."}>
        <p>
          {readiness.gaps.length === 0
            ? "Account root and organisation management can always; they are the floor, and not counted."
            : `${String(readiness.gaps.length)} gaps are there without them.`}
        </p>
      </Empty>
    );
  return (
    <div onKeyDown={rowKeys} role="presentation">
      <p className="gap-tools">
        <span className="meta">{counted(gaps.length, "gap")}, the highest tier first</span>
        <CopyButton label="Copy as catalogue lines" text={gaps.map(({ fix }) => fix).join("\n")} />
      </p>
      <ul className="gaps">
        {gaps.slice(0, shown).map((gap) => (
          <GapRow key={`${gap.kind} ${gap.scope} ${gap.duty ?? ""} ${gap.text}`} gap={gap} />
        ))}
      </ul>
      {gaps.length <= shown ? undefined : (
        <button
          type="button"
          className="button"
          onClick={() => {
            setShown(shown + page);
          }}
        >
          {gaps.length - shown} more
        </button>
      )}
    </div>
  );
}

/** Gaps of one cell. */
export function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null;
  return (
    <ul className="gaps">
      {gaps.map((gap) => (
        <GapRow key={`${gap.kind} ${gap.text}`} gap={gap} />
      ))}
    </ul>
  );
}

function GapRow({ gap }: { readonly gap: Gap }) {
  const workload = gap.scope.replace(/^workload:/, "");
  const naming = useNaming();
  // A line of the catalogue is to be copied; anything else is said.
  const line = /^[a-zA-Z]+: /u.test(gap.fix);
  return (
    <li className="gap" data-row tabIndex={0}>
      <p className="gap-text">
        {gap.tier === undefined ? undefined : <span className="map-tier">T{gap.tier}</span>}
        <Sentence text={naming(gap.text)} />
      </p>
      {line ? (
        <pre className="evidence">
          <code>{gap.fix}</code>
        </pre>
      ) : (
        <p className="gap-fix">
          <Message text={gap.fix} />
        </p>
      )}
      <p className="gap-tools">
        {line ? <CopyButton label="Copy line" text={gap.fix} /> : undefined}
        {gap.duty === undefined ? undefined : (
          <Link to="/readiness" search={{ view: "map", workload }} className="plain">
            Show in the map
          </Link>
        )}
        <span className="meta">{gap.rows.join(", ")}</span>
      </p>
    </li>
  );
}
