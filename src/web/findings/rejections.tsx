import type { Rejection } from "../../core/estate/index.js";
import { withoutArns } from "../../report/index.js";
import { Message, PlainText } from "../parts/plain-text.js";

/** What was supplied and not used: where, why, and what to do about it. */
export function Rejections({ rejections }: { readonly rejections: readonly Rejection[] }) {
  if (rejections.length === 0) return null;
  return (
    <ul className="rejections" aria-label="Not used">
      {rejections.slice(0, 100).map((rejection, index) => (
        <li key={index}>
          <span className="rejection-place">
            <PlainText text={rejection.document} />
            {rejection.line === undefined ? "" : ` line ${rejection.line.toLocaleString("en")}`}
            {rejection.column === undefined ? "" : `, column ${String(rejection.column)}`}
          </span>
          <span>
            <Message text={withoutArns(rejection.reason)} />
          </span>
          {rejection.hint === undefined ? undefined : (
            <span className="meta">
              <Message text={withoutArns(rejection.hint)} />
            </span>
          )}
        </li>
      ))}
      {rejections.length > 100 ? <li>{rejections.length - 100} more of the same import</li> : undefined}
    </ul>
  );
}
