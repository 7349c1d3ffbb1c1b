import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ProblemError } from "../api/client.js";
import { useSession } from "../api/session.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute, ago, dueWords, span } from "../parts/when.js";
import { BoardActs, type Act } from "./board-acts.js";
import type { BoardCase } from "./board-case.js";
import { commandingOf, silentOrders, termOf } from "./board-case.js";
import { Domains } from "./domains.js";
import { OrderTable } from "./order-table.js";
import { Silent } from "./silent.js";
import "./command.css";

/** One incident on one page: who has not answered, the three domains, the orders, and the clocks over all of them. */
export function BoardScreen() {
  const { id } = useParams({ from: "/command/$id" });
  const found = useRead<Omit<BoardCase, "me">>(`/cases/${id}`);
  const me = useSession().data?.person;
  const [act, setAct] = useState<Act>();
  const board = found.data === undefined ? undefined : { ...found.data.value, me };
  if (found.isPending) return <Waiting what={`the incident ${id}`} rows={8} />;
  if (board === undefined)
    return found.error === null ? undefined : (
      <Unread id={id} error={found.error} retry={() => void found.refetch()} />
    );
  return (
    <div className="board">
      {found.isError ? (
        <Fault
          error={found.error}
          what="could not read it again: what you see is older"
          retry={() => void found.refetch()}
        />
      ) : undefined}
      <BoardHead board={board} readAt={found.dataUpdatedAt} onAct={setAct} />
      <Silent board={board} onAct={setAct} />
      <Domains id={id} />
      <OrderTable board={board} onAct={setAct} />
      {act === undefined ? undefined : (
        <BoardActs
          board={board}
          act={act}
          onClose={() => {
            setAct(undefined);
          }}
        />
      )}
    </div>
  );
}

interface UnreadProps {
  readonly id: string;
  readonly error: Error;
  readonly retry: () => void;
}

function Unread({ id, error, retry }: UnreadProps) {
  const missing = error instanceof ProblemError && error.status === 404;
  return (
    <>
      <header className="page-head">
        <ScreenTitle text={`Incident ${id}`} />
      </header>
      {missing ? (
        <Empty title={`There is no case ${id}, or it is another team's.`}>
          <p>An incident is a case that somebody declared one.</p>
          <Link to="/command" className="button">
            All incidents
          </Link>
        </Empty>
      ) : (
        <Fault error={error} what={`could not read ${id}`} retry={retry} />
      )}
    </>
  );
}

interface BoardHeadProps {
  readonly board: BoardCase;
  readonly readAt: number;
  readonly onAct: (act: Act) => void;
}

function BoardHead({ board, onAct }: BoardHeadProps) {
  const now = useNow();
  const { state, decided } = board;
  const term = termOf(state, now);
  const commanding = commandingOf(board, now);
  return (
    <header className="board-head">
      <div className="board-line">
        <CaseLink id={state.id} />
        <ScreenTitle text={decided.title}>
          <Sentence text={decided.title} />
        </ScreenTitle>
      </div>
      <div className="board-line">
        {state.incident === undefined ? (
          <span>not declared an incident</span>
        ) : (
          <span>
            declared {absolute(state.incident.at)} by <Person name={state.incident.by} inferred={false} />
          </span>
        )}
        {term === undefined ? (
          <strong>no commander is appointed</strong>
        ) : (
          <span>
            Commander{" "}
            <strong>
              <Person name={term.person} inferred={false} />
            </strong>{" "}
            {term.over
              ? `, term ended ${absolute(term.until)}: nobody orders now`
              : `until ${absolute(term.until)}`}
          </span>
        )}
        {state.handover === undefined ? undefined : (
          <span>
            handed to <Person name={state.handover.to} inferred={false} />, who has not accepted yet
          </span>
        )}
        <span className="board-buttons">
          {state.incident === undefined ? (
            <ActButton act={{ kind: "declare" }} onAct={onAct} label="Declare an incident" />
          ) : undefined}
          {state.incident !== undefined && (term === undefined || term.over) ? (
            <ActButton act={{ kind: "appoint" }} onAct={onAct} label="Appoint a commander" />
          ) : undefined}
          {commanding ? (
            <>
              <ActButton act={{ kind: "hand-over" }} onAct={onAct} label="Hand over" />
              <ActButton act={{ kind: "end-term" }} onAct={onAct} label="End term" />
            </>
          ) : undefined}
        </span>
      </div>
      <Clocks board={board} now={now} />
      <p className="unseen" aria-live="assertive">
        {silentOrders(state).length === 0
          ? ""
          : `${String(silentOrders(state).length)} orders are not answered`}
      </p>
    </header>
  );
}

function ActButton({
  act,
  label,
  onAct,
}: {
  readonly act: Act;
  readonly label: string;
  readonly onAct: (act: Act) => void;
}) {
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        onAct(act);
      }}
    >
      {label}
    </button>
  );
}

/** Every clock with its own words; the term of the commander is one of them. */
function Clocks({ board, now }: { readonly board: BoardCase; readonly now: string }) {
  const { state } = board;
  const term = termOf(state, now);
  const rows = state.clocks
    .filter(({ due }) => due !== null)
    .map((clock) => ({ ...clock, due: clock.due ?? "" }));
  return (
    <ul className="clocks" aria-label="Clocks">
      {rows.map((clock) => {
        const left = Date.parse(clock.due) - Date.parse(now);
        return (
          <li key={clock.id}>
            <span className="label">{sentenceCase(clock.task)}</span>
            <span className={clock.doneAt === undefined && left < 0 ? "clock-left due late" : "clock-left"}>
              {clock.doneAt !== undefined
                ? `said done ${ago(clock.doneAt, now)}`
                : left < 0
                  ? dueWords(clock.due, now)
                  : `${span(left)} left`}
            </span>
            <span className="meta">{clock.because}</span>
          </li>
        );
      })}
      {term === undefined || term.over ? undefined : (
        <li>
          <span className="label">Term</span>
          <span className="clock-left">{span(Date.parse(term.until) - Date.parse(now))} left</span>
          <span className="meta">only the commander orders; all can read</span>
        </li>
      )}
    </ul>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
