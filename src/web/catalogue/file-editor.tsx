import { useEffect, useRef } from "react";
import type { Rejection } from "../../core/estate/index.js";
import { withoutArns } from "../../report/index.js";
import { Message } from "../parts/plain-text.js";
import { Fault } from "../parts/state-blocks.js";
import { lineOf } from "./merge-entry.js";
import type { useCheck } from "./use-check.js";
import type { DraftState } from "./use-draft.js";

interface FileEditorProps {
  readonly draft: DraftState;
  readonly check: ReturnType<typeof useCheck>;
  /** Opens the file at this entry. */
  readonly entry: string | undefined;
}

/** The file as text, with the numbers of its lines and what is wrong with them. */
export function FileEditor({ draft, check, entry }: FileEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const problems = check.data?.problems ?? [];
  const notices = check.data?.notices ?? [];
  const faulty = new Set(problems.map(({ line }) => line));
  const lines = draft.text.split("\n");
  const goTo = (line: number, column = 1) => {
    if (area.current !== null) select(area.current, line, column);
  };
  const first = useRef(entry);
  useEffect(() => {
    const wanted = first.current;
    first.current = undefined;
    if (wanted === undefined || area.current === null) return;
    const line = lineOf(area.current.value, wanted);
    if (line !== undefined) select(area.current, line, 1);
  }, []);
  return (
    <div className="file">
      <div className="file-text">
        <div className="gutter" ref={gutter} aria-hidden>
          {lines.map((_, index) => (
            <div key={index} className={faulty.has(index + 1) ? "faulty" : undefined}>
              {faulty.has(index + 1) ? "× " : ""}
              {index + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label="remit.yaml"
          aria-describedby="file-problems"
          spellCheck={false}
          wrap="off"
          value={draft.text}
          onChange={(event) => {
            draft.write(event.currentTarget.value);
          }}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <aside className="file-side" id="file-problems">
        <h2>
          {problems.length === 0
            ? "No problem"
            : problems.length === 1
              ? "1 problem"
              : `${String(problems.length)} problems`}
        </h2>
        {check.isError ? (
          <Fault error={check.error} what="could not check the file" retry={() => void check.refetch()} />
        ) : undefined}
        {problems.length === 0 && !check.isError ? (
          <p className="meta">Checked as you write: lines, names and dates.</p>
        ) : undefined}
        <ProblemList problems={problems} onGo={goTo} />
        {notices.length === 0 ? undefined : (
          <>
            <h2>Worth knowing</h2>
            <ProblemList problems={notices} onGo={goTo} />
          </>
        )}
      </aside>
    </div>
  );
}

interface ProblemListProps {
  readonly problems: readonly Rejection[];
  readonly onGo: (line: number, column?: number) => void;
}

function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <ul className="problems">
      {problems.slice(0, 100).map((problem, index) => (
        <li key={index}>
          <button
            type="button"
            className="problem"
            onClick={() => {
              onGo(problem.line ?? 1, problem.column);
            }}
          >
            <span className="label">
              line {problem.line ?? 1}
              {problem.column === undefined ? "" : `, column ${String(problem.column)}`}
            </span>
            <Message text={withoutArns(problem.reason)} />
            {problem.hint === undefined ? undefined : (
              <span className="meta">
                <Message text={withoutArns(problem.hint)} />
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Marks a line and brings it into view. */
function select(area: HTMLTextAreaElement, line: number, column: number): void {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const text = lines[line - 1] ?? "";
  area.focus();
  area.setSelectionRange(start + Math.min(column - 1, text.length), start + text.length);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 6) * height);
}
