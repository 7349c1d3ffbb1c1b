import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import type { ReadinessDocument } from "../../contract/index.js";
import { useNaming } from "../parts/people.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";
import { Gaps } from "./gap-list.js";
import { Glyph } from "./heat-map.js";
import { Waiting } from "../parts/state-blocks.js";
import { canName } from "./nameable.js";
import { gapsOf, kindOf } from "./readiness-map.js";

// With it comes the reader of YAML, which the map does without.
const NameForm = lazy(async () => ({ default: (await import("./name-form.js")).NameForm }));

interface CellPanelProps {
  readonly readiness: ReadinessDocument;
  /** `WORKLOAD duty` */
  readonly cell: string;
}

/** One cell: who is named, whether they can, what stops them, and the line that mends it. Esc goes back to the map. */
export function CellPanel({ readiness, cell: name }: CellPanelProps) {
  const navigate = useNavigate({ from: "/readiness" });
  const panel = useRef<HTMLElement>(null);
  const split = name.lastIndexOf(" ");
  const workload = readiness.workloads.find((row) => row.workload === name.slice(0, split));
  const cell = workload?.cells.find(({ duty }) => duty === name.slice(split + 1));
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);
  const naming = useNaming();
  const close = () => {
    void navigate({ search: (old) => ({ ...old, cell: undefined }), resetScroll: false }).then(() => {
      document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
    });
  };
  if (workload === undefined || cell === undefined)
    return (
      <aside className="panel" ref={panel} tabIndex={-1}>
        <p>This duty is not in the readiness any more.</p>
      </aside>
    );
  const kind = kindOf(cell);
  const gaps = gapsOf(readiness.gaps, workload.workload, cell.duty);
  return (
    <aside
      className="panel cell-panel"
      ref={panel}
      tabIndex={-1}
      aria-label={`${workload.name}, ${cell.duty}`}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <div className="panel-head">
        <h2>
          <Sentence text={workload.name} /> · {cell.duty}
        </h2>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
      <dl className="facts">
        <dt>Named</dt>
        <dd>
          {cell.who === undefined ? (
            "(nobody found)"
          ) : (
            <>
              {cell.state === "open" ? "~" : ""}
              <Person name={cell.who} inferred={false} />
            </>
          )}
          {cell.via === undefined ? undefined : <span className="meta"> {cell.via}</span>}
        </dd>
        <dt>Deputy</dt>
        <dd>{cell.deputy === undefined ? "none" : <Person name={cell.deputy} inferred={false} />}</dd>
        <dt>Able</dt>
        <dd>
          <Glyph kind={kind} />{" "}
          {cell.authority === undefined
            ? "this duty takes no call"
            : cell.authority.verdict === "can"
              ? "can do it, proven"
              : cell.authority.verdict === "cannot"
                ? "cannot do it"
                : "not known whether they can"}
        </dd>
        <dt>Tier</dt>
        <dd>
          {workload.tier}
          {workload.tierBecause.map((because) => (
            <span key={because} className="meta">
              {" "}
              <Sentence text={because} />
            </span>
          ))}
        </dd>
      </dl>
      {cell.authority === undefined || cell.authority.proof.length === 0 ? undefined : (
        <ul className="proofs">
          {cell.authority.proof.map((line) => (
            <li key={line}>
              <Sentence text={naming(line)} />
            </li>
          ))}
        </ul>
      )}
      {gaps
        .flatMap((gap) => [...(gap.stoppedBy ?? []), ...(gap.evidence === undefined ? [] : [gap.evidence])])
        .slice(0, 4)
        .map((evidence) => (
          <SourceChip key={`${evidence.document} ${evidence.pointer ?? ""}`} evidence={evidence} />
        ))}
      <Gaps gaps={gaps} />
      {canName(cell.duty) ? (
        <Suspense fallback={<Waiting rows={3} what="the form" />}>
          <NameForm workload={workload.workload} name={workload.name} duty={cell.duty} />
        </Suspense>
      ) : undefined}
      <p>
        <Link to="/catalogue" search={{ as: "file", entry: workload.workload }}>
          Mend it in the catalogue
        </Link>
      </p>
    </aside>
  );
}
