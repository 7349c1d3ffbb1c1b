import { Button } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { AwayError, ProblemError } from "../api/client.js";
import { CopyButton } from "./copy-button.js";
import { PlainText } from "./plain-text.js";

/** The layout as grey bars, after a moment: what comes quickly does not flicker. */
export function Loading({ lines = 6, what }: { readonly lines?: number; readonly what: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status" aria-label={`reading ${what}`}>
      {shown ? Array.from({ length: lines }, (_, line) => <span key={line} className="bar" />) : null}
    </div>
  );
}

interface Failed {
  readonly error: Error;
  /** `the cases were not read` */
  readonly what: string;
  readonly onRetry?: () => void;
}

/** What was not done, why, what to do, and the reference of the server's log; in place of what is missing. */
export function Failure({ error, what, onRetry }: Failed) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{what}</strong>: <PlainText text={problem?.title ?? error.message} />
        {problem?.detail === undefined ? null : (
          <>
            . <PlainText text={problem.detail} />
          </>
        )}
      </p>
      {problem === undefined ? null : (
        <p className="meta">
          <PlainText text={problem.hint} />
        </p>
      )}
      <p className="row">
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {problem === undefined ? null : <CopyButton text={problem.reference} label="Copy reference" />}
      </p>
    </div>
  );
}

export const isAway = (error: unknown): boolean => error instanceof AwayError;

/** `Nothing matches`: what is so, and the next step as its child. */
export function Nothing({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="nothing">
      <p>{title}</p>
      {children}
    </div>
  );
}
