import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { AwayError, ProblemError } from "../api/client.js";
import { useSummary } from "../api/session.js";
import { todoOf } from "./fault-words.js";
import { useCalled } from "./people.js";
import { Message } from "./plain-text.js";
import "./state-blocks.css";

/** The layout to come, shown where the answer takes longer than 150 ms. */
export function Waiting({ rows = 6, what }: { readonly rows?: number; readonly what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, 150);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="waiting" aria-busy="true">
      <span className="unseen">reading {what}</span>
      {late ? Array.from({ length: rows }, (_, row) => <div key={row} className="bone" />) : undefined}
    </div>
  );
}

interface FaultProps {
  readonly error: Error;
  /** What was not done: `could not read the findings`. */
  readonly what: string;
  readonly retry?: () => void;
}

/** What was not done, why, what to do, and the reference for whoever runs the server. In place, never a toast. */
export function Fault({ error, what, retry }: FaultProps) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const called = useCalled();
  const todo = problem?.todo ?? (problem === undefined ? undefined : todoOf(problem));
  return (
    <div className="fault" role="alert">
      <p className="fault-what">{capital(what)}</p>
      <p>
        <Message text={problem?.detail ?? capital(problem?.title ?? error.message)} />
      </p>
      {todo === undefined ? undefined : (
        <p className="meta">
          <Message text={capital(todo)} />
        </p>
      )}
      {problem?.people === undefined || problem.people.length === 0 ? undefined : (
        <p>{problem.people.map(called).join(" or ")} may.</p>
      )}
      <div className="fault-foot">
        {retry === undefined ? undefined : (
          <Button size="compact-sm" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
        {problem === undefined ? undefined : (
          <span className="meta">
            reference <code>{problem.reference}</code>
          </span>
        )}
        {error instanceof AwayError ? (
          <span className="meta">nothing of what you wrote is lost</span>
        ) : undefined}
      </div>
    </div>
  );
}

/** An empty part says why it is empty and what comes next. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** Of a screen that only an analysis fills, where there was none: the next step is the same on all of them. */
export function NothingYet({ children }: { readonly children: ReactNode }) {
  return (
    <Empty title="Nothing was imported yet.">
      <p>{children}</p>
      <Link to="/start" className="button">
        Import files or look at the example
      </Link>
    </Empty>
  );
}

/**
 * False: nothing was analysed here yet, so that there is nothing to ask. Undefined: not known yet. Where that cannot be
 * read, the question itself tells what is wrong.
 */
export function useAnalysed(): boolean | undefined {
  const summary = useSummary();
  return summary.data?.analysed ?? (summary.isError ? true : undefined);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
