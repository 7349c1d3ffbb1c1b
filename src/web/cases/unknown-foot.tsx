import type { Summary } from "../../api/index.js";
import { CommandLine } from "../parts/command-line.js";
import { withoutArns } from "../../report/index.js";
import { Message, PlainText } from "../parts/plain-text.js";

const shown = 5;

/** What nobody supplied, what it would decide, and the command that fetches it; and what was supplied in vain. */
export function UnknownFoot({ summary: { unknowns, rejected } }: { readonly summary: Summary }) {
  if (unknowns.length === 0 && rejected.length === 0) return null;
  return (
    <section className="unknown-foot" aria-label="Unknown and rejected">
      {unknowns.length === 0 ? null : (
        <details open={unknowns.length <= 3}>
          <summary>
            {unknowns.length === 1 ? "1 missing fact" : `${String(unknowns.length)} missing facts`} would
            decide {String(new Set(unknowns.flatMap(({ decides }) => decides)).size)} and confirm{" "}
            {String(new Set(unknowns.flatMap(({ confirms }) => confirms)).size)} cases
          </summary>
          {unknowns.slice(0, shown).map((fact) => (
            <div key={fact.key} className="missing">
              <p>
                <Message text={withoutArns(fact.fact)} />{" "}
                <span className="meta">
                  {fact.decides.length > 0 ? `decides ${fact.decides.slice(0, 4).join(", ")}` : ""}
                  {fact.decides.length > 0 && fact.confirms.length > 0 ? " · " : ""}
                  {fact.confirms.length > 0 ? `confirms ${fact.confirms.slice(0, 4).join(", ")}` : ""}
                </span>
              </p>
              <CommandLine command={fact.collect} />
            </div>
          ))}
          {unknowns.length > shown ? (
            <p className="meta">and {unknowns.length - shown} more, by what they decide</p>
          ) : null}
        </details>
      )}
      {rejected.length === 0 ? null : (
        <details>
          <summary>
            {rejected.length === 1 ? "1 part" : `${String(rejected.length)} parts`} of what was supplied could
            not be used
          </summary>
          <ul>
            {rejected.slice(0, 20).map((part) => (
              <li key={`${part.document} ${part.pointer ?? ""} ${String(part.line ?? "")} ${part.reason}`}>
                <PlainText text={part.document} />
                {part.line === undefined ? "" : ` line ${String(part.line)}`}: <Message text={part.reason} />
                {part.hint === undefined ? null : (
                  <>
                    {" · "}
                    <span className="meta">
                      <Message text={part.hint} />
                    </span>
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
