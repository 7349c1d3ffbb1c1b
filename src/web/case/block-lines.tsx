import type { PageLine } from "../../report/index.js";
import { CaseLink } from "../parts/case-link.js";
import { CommandLine } from "../parts/command-line.js";
import { PlainText } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { SourceChip } from "../parts/source-chip.js";
import "./block-lines.css";

/** Lines of a block as `explain` prints them: label, what is said, and where it stands. */
export function BlockLines({ lines }: { readonly lines: readonly PageLine[] }) {
  return (
    <div className="lines">
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: PageLine }) {
  const { label, number, duty, text, aside, sources, mark, code } = line;
  return (
    <div className="line" data-mark={mark}>
      <div className="line-label">{number === undefined ? sentenceCase(label) : number}</div>
      <div className="line-said">
        {duty === undefined ? null : (
          <span className="line-duty">
            {duty.lead ? "lead " : ""}
            <RoleToken role={duty.role} />{" "}
            <PlainText text={duty.owner} {...(duty.gap ? { className: "nobody" } : {})} />
            {text === "" ? "" : " · "}
          </span>
        )}
        <WithCases text={text} />
        {mark === "recurrence" ? <span className="brings-back"> brings it back</span> : null}
        {aside === undefined ? null : <span className="meta"> · {aside}</span>}{" "}
        <span className="line-sources">
          {sources.map((source, index) =>
            source.evidence === undefined ? (
              <PlainText key={index} text={source.text} className="meta" />
            ) : (
              <SourceChip key={index} evidence={source.evidence} />
            ),
          )}
        </span>
        {code === undefined ? null : <CommandLine command={code} />}
      </div>
    </div>
  );
}

const caseIds = /\b(R-[0-9A-Z]{4,32})\b/;

/** A sentence in which the ids of other cases lead to them. */
function WithCases({ text }: { readonly text: string }) {
  if (!caseIds.test(text)) return <PlainText text={text} />;
  return (
    <>
      {text
        .split(caseIds)
        .map((part, index) =>
          caseIds.test(part) ? <CaseLink key={index} id={part} /> : <PlainText key={index} text={part} />,
        )}
    </>
  );
}

export const sentenceCase = (text: string): string => text.charAt(0) + text.slice(1).toLowerCase();
