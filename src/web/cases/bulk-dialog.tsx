import { Button, Modal, NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import type { CaseLine } from "../../api/index.js";
import { AwayError, ProblemError } from "../api/client.js";
import { useNow } from "../parts/now.js";
import { useCalled } from "../parts/people.js";
import { PersonInput } from "../parts/person-input.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import "../parts/reason-dialog.css";
import { plural, type BulkAct, type Filled } from "./bulk-acts.js";
import { useBulk, type BulkResult } from "./use-bulk.js";

interface BulkDialogProps {
  readonly act: BulkAct;
  readonly lines: readonly CaseLine[];
  readonly roles: readonly string[];
  /** Ids that stay selected: those that it was not done to. */
  readonly onClose: (left: readonly string[] | undefined) => void;
}

const month = 30 * 86_400_000;

/** Says before what it will not do and why, and after, case by case, what became of it. What was typed stays. */
export function BulkDialog({ act, lines: given, roles, onClose }: BulkDialogProps) {
  // As they were when it was opened: what it does changes the list behind it.
  const [lines] = useState(given);
  const now = useNow();
  const called = useCalled();
  const [until] = useState(() => new Date(Date.parse(now) + month).toISOString());
  const [filled, setFilled] = useState<Filled>({ reason: "", person: "", role: "", kind: "control", until });
  const { results, busy, run } = useBulk();
  const split = lines.map((line) => ({ line, why: act.whyNot(line, roles, called) }));
  const will = split.filter(({ why }) => why === undefined).map(({ line }) => line);
  const not = split.filter(({ why }) => why !== undefined);
  const made = results.filter(({ kind }) => kind === "done");
  const failed = results.filter((result) => result.kind === "not");
  const clean = { ...filled, reason: filled.reason.trim(), person: filled.person.trim() };
  const ready =
    (act.reason === undefined || act.reasonMayBeEmpty === true || clean.reason !== "") &&
    (act.asks !== "person" || clean.person !== "");
  const send = (some: readonly CaseLine[]): void =>
    void run(some.map((line) => ({ id: line.id, commands: act.commands(line, clean) })));
  const close = (): void =>
    onClose(results.length === 0 ? undefined : lines.flatMap(({ id }) => (isMade(made, id) ? [] : [id])));
  const begun = results.length > 0;
  return (
    <Modal
      opened
      onClose={busy ? () => undefined : close}
      title={act.title}
      size={560}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="reason-dialog">
        {begun && failed.length === 0 ? null : (
          <Fields act={act} lines={lines} filled={filled} onChange={setFilled} />
        )}
        {begun ? (
          <div role="status">
            <p>
              {plural(made.length)} {act.done}
              {busy ? `, ${String(will.length - results.length)} to go` : ""}.
            </p>
            <ul className="bulk-list">
              {results.map((result) => (
                <Outcome key={result.id} result={result} act={act} />
              ))}
            </ul>
          </div>
        ) : (
          <>
            <p>{will.length === 0 ? "None of them would be." : `${act.verb} ${plural(will.length)}:`}</p>
            <ul className="bulk-list">
              {will.map((line) => (
                <li key={line.id}>
                  <span className="case-id">{line.id}</span> <Sentence text={line.title} />
                </li>
              ))}
            </ul>
          </>
        )}
        {not.length === 0 ? null : (
          <>
            <p>
              Not {act.done}, {plural(not.length)}:
            </p>
            <ul className="bulk-list">
              {not.map(({ line, why }) => (
                <li key={line.id}>
                  <span className="case-id">{line.id}</span> <PlainText text={why ?? ""} />
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="reason-foot">
          <Button variant="default" disabled={busy} onClick={close}>
            {begun ? "Back to the list" : act.keep}
          </Button>
          {!begun ? (
            <Button disabled={will.length === 0 || !ready} loading={busy} onClick={() => send(will)}>
              {act.verb} {plural(will.length)}
            </Button>
          ) : failed.length === 0 ? null : (
            <Button
              disabled={!ready}
              loading={busy}
              onClick={() => send(will.filter(({ id }) => failed.some((result) => result.id === id)))}
            >
              Try {plural(failed.length)} again
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

const isMade = (made: readonly BulkResult[], id: string): boolean => made.some((result) => result.id === id);

interface FieldsProps {
  readonly lines: readonly CaseLine[];
  readonly act: BulkAct;
  readonly filled: Filled;
  readonly onChange: (filled: Filled) => void;
}

function Fields({ act, lines, filled, onChange }: FieldsProps) {
  const set = (part: Partial<Filled>): void => onChange({ ...filled, ...part });
  const known = [...new Set(lines.flatMap(({ contain, lead }) => [contain, lead]))]
    .filter((role) => role !== "not decided yet")
    .toSorted();
  return (
    <>
      {act.asks === "person" || act.asks === "role" ? (
        <PersonInput
          first={act.asks === "person"}
          label={act.asks === "person" ? "To whom" : "To whom (may stay empty: whoever answers for the role)"}
          value={filled.person}
          onChange={(person) => set({ person })}
        />
      ) : null}
      {act.asks === "role" ? (
        <NativeSelect
          label="To the role"
          value={filled.role}
          data={[{ value: "", label: "that contains each case" }, ...known]}
          onChange={(event) => set({ role: event.currentTarget.value })}
        />
      ) : null}
      {act.asks === "approval" ? (
        <NativeSelect
          label="For what"
          value={filled.kind}
          data={[
            { value: "control", label: "a compensating control" },
            { value: "privilege-change", label: "a change of privileges" },
            { value: "residual-risk", label: "signing what remains" },
          ]}
          onChange={(event) => set({ kind: event.currentTarget.value })}
        />
      ) : null}
      {act.reason === undefined ? null : (
        <Textarea
          label={act.reasonMayBeEmpty === true ? `${act.reason} (may stay empty)` : act.reason}
          value={filled.reason}
          rows={3}
          maxLength={2000}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Outcome({ result, act }: { readonly result: BulkResult; readonly act: BulkAct }) {
  if (result.kind === "done")
    return (
      <li>
        <span className="case-id">{result.id}</span> {act.done}
      </li>
    );
  const { id, error, made } = result;
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <li>
      <span className="case-id">{id}</span>{" "}
      {made > 0 ? `${act.done}, and the note was not kept: ` : `not ${act.done}: `}
      <PlainText text={problem?.detail ?? problem?.title ?? error.message} />
      {problem?.todo === undefined ? null : (
        <>
          {" · "}
          <PlainText text={problem.todo} />
        </>
      )}
      {problem?.rule === undefined ? null : (
        <span className="meta">
          {" · rule "}
          <code>{problem.rule}</code>
        </span>
      )}
      {error instanceof AwayError ? (
        <span className="meta"> · it is sent once, however often you try</span>
      ) : null}
    </li>
  );
}
