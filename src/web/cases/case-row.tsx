import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { CaseLine } from "../../api/index.js";
import { kindName, withoutArns } from "../../report/index.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { Due } from "../parts/when.js";
import { WordBadge } from "../parts/word-badge.js";

export interface RowProps {
  readonly line: CaseLine;
  /** Among the cases, from 0. */
  readonly index: number;
  /** Among all rows that are drawn: headings of groups stand between them. */
  readonly place: number;
  readonly top: number;
  readonly current: boolean;
  readonly selected: boolean;
  readonly peeked: boolean;
  readonly measure: (row: HTMLElement | null) => void;
  readonly onSelect: (index: number, extend: boolean) => void;
  readonly onOpen: (id: string) => void;
}

/** One case: what is exposed, whether it comes back and why, who acts, by when. */
export const CaseRow = memo(function CaseRow(props: RowProps) {
  const { line, index, place, top, current, selected, peeked, measure, onSelect, onOpen } = props;
  const now = useNow();
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-row={line.id}
      data-index={place}
      data-peeked={peeked || undefined}
      tabIndex={current ? 0 : -1}
      ref={measure}
      className="case-row"
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={() => onOpen(line.id)}
    >
      <div role="gridcell" className="c-box" onClick={(event) => event.stopPropagation()}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={selected}
          aria-label={`select ${line.id}`}
          onChange={() => undefined}
          onClick={(event) => onSelect(index, event.shiftKey)}
        />
      </div>
      <div role="gridcell" className="c-case">
        <Link
          to="/cases/$id"
          params={{ id: line.id }}
          tabIndex={-1}
          className="case-id"
          onClick={(event) => event.stopPropagation()}
        >
          {line.id}
        </Link>
        <span className="under due-under">
          <Due at={line.dueAt} now={now} />
        </span>
      </div>
      <div role="gridcell" className="c-exposed">
        <Exposed line={line} />
      </div>
      <div role="gridcell" className="c-back">
        <WordBadge word={line.words} />
      </div>
      <div role="gridcell" className="c-because">
        <Sentence text={line.because} />
      </div>
      <div role="gridcell" className="c-contain">
        <RoleToken role={line.contain} />
      </div>
      <div role="gridcell" className="c-lead">
        {line.lead === "not decided yet" ? (
          <span className="meta">not decided yet</span>
        ) : (
          <>
            <RoleToken role={line.lead} /> <Person {...line.leadName} />
          </>
        )}
      </div>
      <div role="gridcell" className="c-tier">
        {line.tier}
        {line.tierIfUnknown > line.tier ? "+" : ""}
      </div>
      <div role="gridcell" className="c-due">
        {line.dueAt === undefined ? <span className="meta">–</span> : <Due at={line.dueAt} now={now} />}
      </div>
    </div>
  );
});

function Exposed({ line: { exposed, title, incident } }: { readonly line: CaseLine }) {
  if (exposed === undefined) return <Sentence text={title} />;
  const { kind, name, weakness, more, account } = exposed;
  return (
    <>
      <span className="what">
        {incident ? <strong className="incident">incident </strong> : null}
        <span className="kind">{kindName(kind)}</span> <PlainText text={withoutArns(name)} className="name" />
      </span>
      <span className="under">
        <PlainText text={weakness.join(", ")} />
        {more > 0 ? ` · +${String(more)}` : ""}
        {account === undefined ? null : (
          <>
            {" · "}
            <PlainText text={account} />
          </>
        )}
      </span>
    </>
  );
}
