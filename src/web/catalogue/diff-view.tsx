import { PlainText } from "../parts/plain-text.js";
import { changedOnly, lineDiff } from "./line-diff.js";

/** Two texts, line by line; the sign is always printed. */
export function DiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = changedOnly(lineDiff(before, after));
  if (lines.length === 0) return <p className="meta">no line differs</p>;
  return (
    <pre className="evidence line-diff" tabIndex={0} aria-label="Changed lines">
      {lines.map((line, index) =>
        line === "gap" ? (
          <div key={index} className="meta">
            …
          </div>
        ) : (
          <div key={index} data-sign={line.sign}>
            {line.sign} <PlainText text={line.text} />
          </div>
        ),
      )}
    </pre>
  );
}
