import { Button } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { AwayError, ProblemError } from "../api/client.js";
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
  return (
    <div className="fault" role="alert">
      <p className="fault-what">{what}</p>
      <p>{problem?.detail ?? problem?.title ?? error.message}</p>
      {problem?.todo === undefined ? undefined : <p>{problem.todo}</p>}
      {problem === undefined ? undefined : <p className="meta">{problem.hint}</p>}
      {problem?.people === undefined || problem.people.length === 0 ? undefined : (
        <p>{problem.people.join(" or ")} may.</p>
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
