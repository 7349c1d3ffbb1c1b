import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { FindingLine } from "../../api/index.js";
import { stateWords, toolName } from "../findings/finding-words.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { rowKeys } from "../parts/row-keys.js";
import { SourceChip } from "../parts/source-chip.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { Moment } from "../parts/when.js";
import { evidenceOfFinding, linkedWords, useLinkedFindings } from "./use-linked-findings.js";
import "./linked-findings.css";

/** The rows of every tool that stand behind the exposures of a case; folded, as the way back is what one comes for. */
export function LinkedFindings({ id }: { readonly id: string }) {
  const found = useLinkedFindings(id);
  const [open, setOpen] = useState(false);
  if (found.isPending) return <Waiting rows={1} what="the findings" />;
  if (found.data === undefined)
    return found.error === null ? null : (
      <Fault error={found.error} what="the findings were not read" retry={() => void found.refetch()} />
    );
  const { items, total } = found.data.value;
  if (items.length === 0)
    return (
      <p className="linked-none">
        No tool reports this: it was read from the documents of the estate themselves.
      </p>
    );
  const several = new Set(items.map(({ resource }) => resource)).size > 1;
  return (
    <details className="linked" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {total === 1 ? "1 finding" : `${total.toLocaleString("en")} findings`}{" "}
        <span className="meta">
          {total > items.length ? `of the first ${String(items.length)}: ` : ""}
          <PlainText text={linkedWords(items)} />
        </span>
      </summary>
      {open ? (
        <>
          <div className="table-frame">
            <table className="table linked-rows" aria-rowcount={total + 1}>
              <thead>
                <tr>
                  <th>Tool</th>
                  <th>Check</th>
                  <th>Severity</th>
                  <th>State</th>
                  <th>First seen</th>
                  <th>Last seen</th>
                  <th>Source</th>
                </tr>
              </thead>
              <tbody onKeyDown={rowKeys}>
                {items.map((row, index) => (
                  <Row key={row.fingerprint} row={row} index={index} several={several} />
                ))}
              </tbody>
            </table>
          </div>
          <p className="linked-all">
            <Link to="/findings" search={{ case: id }} className="plain">
              {total > items.length
                ? `${(total - items.length).toLocaleString("en")} more in Findings`
                : "Open them in Findings"}
            </Link>
          </p>
        </>
      ) : null}
    </details>
  );
}

interface RowProps {
  readonly row: FindingLine;
  readonly index: number;
  /** The rows are about more than one resource. */
  readonly several: boolean;
}

function Row({ row, index, several }: RowProps) {
  return (
    <tr data-row tabIndex={0} aria-rowindex={index + 2}>
      <td className="tight">
        <PlainText text={toolName(row.tool)} />
      </td>
      <td>
        <Sentence text={row.title} />
        <div className="meta mono">
          <PlainText text={row.check} />
        </div>
        {several ? (
          <div className="meta">
            <Sentence text={row.resourceName} />
          </div>
        ) : null}
      </td>
      <td className="tight">{row.severity}</td>
      <td className="words">
        {stateWords(row)}
        {row.muted?.reason === undefined ? null : (
          <div className="meta">
            <Sentence text={row.muted.reason} />
          </div>
        )}
      </td>
      <td className="tight" data-label="first seen">
        {row.firstSeen === undefined ? "not said" : <Moment at={row.firstSeen} />}
      </td>
      <td className="tight" data-label="last seen">
        <Moment at={row.lastSeen} />
      </td>
      <td>
        <SourceChip evidence={evidenceOfFinding(row)} />
      </td>
    </tr>
  );
}
