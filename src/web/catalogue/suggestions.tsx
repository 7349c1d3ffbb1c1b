import { useState } from "react";
import type { Suggestion } from "../../api/index.js";
import { withoutArns } from "../../report/index.js";
import { Message, PlainText, Sentence } from "../parts/plain-text.js";
import { rowKeys } from "../parts/row-keys.js";
import { Empty } from "../parts/state-blocks.js";
import type { SuggestionList } from "./suggestion-list.js";
import { withConfirmed } from "./merge-entry.js";
import type { DraftState } from "./use-draft.js";

interface SuggestionsProps {
  readonly list: SuggestionList;
  readonly draft: DraftState;
}

const page = 50;

/** Each with its evidence, for and against. A yes goes into the draft; saving it attests it. */
export function Suggestions({ list, draft }: SuggestionsProps) {
  const [answered, setAnswered] = useState<ReadonlyMap<string, "confirmed" | "skipped">>(new Map());
  const [shown, setShown] = useState(page);
  const [refused, setRefused] = useState(false);
  const open = list.items.filter(({ id }) => !answered.has(id));
  const confirm = (suggestion: Suggestion, proposal?: string) => {
    const line = proposal === undefined ? suggestion.line : replaced(suggestion, proposal);
    const text = withConfirmed(draft.text, [{ section: suggestion.section, line }]);
    setRefused(text === undefined);
    if (text === undefined) return;
    draft.write(text);
    setAnswered(new Map([...answered, [suggestion.id, "confirmed"]]));
    focusAfter(suggestion.id);
  };
  if (list.narrowed === true)
    return (
      <Empty title="Suggestions are drawn from every team's documents.">
        <p>Those who govern identities or run the clouds see them.</p>
      </Empty>
    );
  if (list.items.length === 0)
    return (
      <Empty title="Nothing waits.">
        <p>
          Tags, CODEOWNERS, schedules and audit logs suggest nothing that the catalogue does not say already.
        </p>
      </Empty>
    );
  return (
    <div onKeyDown={rowKeys} role="presentation">
      {refused ? (
        <p role="alert" className="not-used">
          The file has a fault: mend it in remit.yaml first, then confirm.
        </p>
      ) : undefined}
      <ul className="suggestions">
        {open.slice(0, shown).map((suggestion) => (
          <SuggestionCard
            key={suggestion.id}
            suggestion={suggestion}
            onConfirm={(proposal) => {
              confirm(suggestion, proposal);
            }}
            onSkip={() => {
              setAnswered(new Map([...answered, [suggestion.id, "skipped"]]));
              focusAfter(suggestion.id);
            }}
          />
        ))}
      </ul>
      {open.length === 0 ? (
        <Empty title="All of them have an answer.">
          <p>Save the draft above; what was skipped comes back next time.</p>
        </Empty>
      ) : undefined}
      {open.length <= shown ? undefined : (
        <button
          type="button"
          className="button"
          onClick={() => {
            setShown(shown + page);
          }}
        >
          {open.length - shown} more
        </button>
      )}
      {list.more === 0 ? undefined : <p className="meta">{list.more} more beyond the limit of 1,000</p>}
    </div>
  );
}

interface SuggestionCardProps {
  readonly suggestion: Suggestion;
  readonly onConfirm: (proposal?: string) => void;
  readonly onSkip: () => void;
}

function SuggestionCard({ suggestion, onConfirm, onSkip }: SuggestionCardProps) {
  const { section, entry, name, field, proposal, confidence, reasons, against, gaps } = suggestion;
  const title =
    field === undefined || proposal === undefined
      ? `${singular[section]} ${name ?? entry}`
      : `${fieldNames[field] ?? field} of ${name ?? entry}`;
  return (
    <li
      className="suggestion"
      data-row
      data-suggestion={suggestion.id}
      tabIndex={0}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === "a") onConfirm();
        else if (event.key === "n") onSkip();
        else return;
        event.preventDefault();
      }}
    >
      <p className="suggestion-title">
        <Sentence text={title} />
        {proposal === undefined ? undefined : (
          <span className="inferred">
            ~<PlainText text={proposal} />
          </span>
        )}
        {confidence === undefined ? undefined : <span className="meta">{confidence.toFixed(2)}</span>}
      </p>
      <ul className="reasons">
        {reasons.slice(0, 6).map((reason) => (
          <li key={`${reason.text} ${reason.place ?? ""}`}>
            <Sentence text={reason.text} />
            {reason.place === undefined ? undefined : (
              <span className="source">
                <PlainText text={reason.place} />
              </span>
            )}
          </li>
        ))}
        {against.map((other) => (
          <li key={other.proposal} className="meta">
            against: ~<PlainText text={other.proposal} /> {other.confidence.toFixed(2)}{" "}
            {other.reasons[0] === undefined ? undefined : <Sentence text={other.reasons[0].text} />}
          </li>
        ))}
        {gaps.map((gap) => (
          <li key={gap} className="meta">
            <Message text={withoutArns(gap.replaceAll(/ \(R\d+\)/gu, ""))} />
          </li>
        ))}
      </ul>
      <div className="suggestion-acts">
        <button
          type="button"
          className="button"
          onClick={() => {
            onConfirm();
          }}
        >
          Confirm
        </button>
        {against.slice(0, 3).map((other) => (
          <button
            key={other.proposal}
            type="button"
            className="button"
            onClick={() => {
              onConfirm(other.proposal);
            }}
          >
            It is {other.proposal}
          </button>
        ))}
        <button type="button" className="button" onClick={onSkip}>
          Skip
        </button>
      </div>
    </li>
  );
}

/** The focus goes on to the next one, as with `a` and `n` one goes through all of them. */
function focusAfter(id: string): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-suggestion]")];
  const at = all.findIndex((item) => item.dataset.suggestion === id);
  (all[at + 1] ?? all[at - 1] ?? document.querySelector<HTMLElement>(".save button"))?.focus();
}

/** The same line with another holder: only the value that was proposed is replaced. */
function replaced({ line, proposal }: Suggestion, by: string): string {
  return proposal === undefined
    ? line
    : line.replaceAll(`:${JSON.stringify(proposal)}`, `:${JSON.stringify(by)}`);
}

const singular = {
  people: "Person",
  teams: "Team",
  accounts: "Account",
  workloads: "Workload",
  workloadIdentities: "Workload identity",
  thirdParties: "Third party",
} as const;

const fieldNames: Readonly<Record<string, string>> = {
  build: "Build owner",
  runtime: "Runtime owner",
  incident: "Incident owner",
  runtimeAuthority: "Runtime authority",
  workloadIdentity: "Identity owner",
  owner: "Owner",
};
