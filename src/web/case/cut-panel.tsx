import { Checkbox } from "@mantine/core";
import type { CutDocument } from "../../contract/index.js";
import type { Case } from "../../core/decision/index.js";
import { withoutArns } from "../../report/index.js";
import { Diff } from "../parts/command-line.js";
import { CommandLine } from "../parts/command-line.js";
import { CopyButton } from "../parts/copy-button.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { WordBadge } from "../parts/word-badge.js";
import { lostWords } from "./lost-words.js";
import { useCut, useTicked } from "./use-cut.js";
import "./cut-panel.css";

interface CutPanelProps {
  readonly item: Case;
  /** Changes that are ticked, from 1; they live in the address. */
  readonly ticks: readonly number[];
  readonly onTicks: (ticks: readonly number[]) => void;
}

/** The smallest set of changes, by owner; ticking some asks what they alone would do. */
export function CutPanel({ item, ticks, onTicks }: CutPanelProps) {
  const cut = useCut(item.id);
  if (cut.isPending) return <Waiting rows={6} what="the smallest set of changes" />;
  if (cut.isError)
    return (
      <Fault error={cut.error} what="The cut could not be worked out." retry={() => void cut.refetch()} />
    );
  const document = cut.data.value;
  if (document.changes.length === 0) return <NothingToCut cut={document} />;
  const all = document.changes.map((_, index) => index + 1);
  return (
    <section className="cut" aria-label="Cut">
      <p className="meta">
        {ticks.length} of {all.length} ticked ·{" "}
        {document.exact ? "no smaller set does it" : `not proven smallest: ${document.inexact.join("; ")}`}
        {ticks.length === all.length ? undefined : (
          <>
            {" · "}
            <button type="button" className="quiet" onClick={() => onTicks(all)}>
              Tick all {all.length}
            </button>
          </>
        )}
      </p>
      {document.owners.map(({ role, names, changes }) => (
        <div key={`${role} ${changes.join(" ")}`} className="cut-owner">
          <h3 className="label">
            <RoleToken role={role} />{" "}
            <Person name={names[0]} inferred={document.changes[changes[0] ?? 0]?.owner.inferred === true} />
          </h3>
          <ol>
            {changes.map((index) => (
              <Change
                key={index}
                number={index + 1}
                change={document.changes[index]}
                ticked={ticks.includes(index + 1)}
                onTick={() => onTicks(toggled(ticks, index + 1))}
              />
            ))}
          </ol>
        </div>
      ))}
      <Outcome item={item} ticks={ticks} />
      {document.uncut.length + document.left.length === 0 ? undefined : (
        <ul className="cut-left">
          {[...document.uncut, ...document.left].map(({ because }) => (
            <li key={because}>
              Not ended by this: <PlainText text={withoutArns(because)} />
            </li>
          ))}
        </ul>
      )}
      <CopyButton
        text={JSON.stringify(document.changeDocument, undefined, 2)}
        label="Copy all as a change document"
      />
    </section>
  );
}

const toggled = (ticks: readonly number[], tick: number): readonly number[] =>
  (ticks.includes(tick) ? ticks.filter((other) => other !== tick) : [...ticks, tick]).toSorted(
    (a, b) => a - b,
  );

interface ChangeProps {
  readonly number: number;
  readonly change: CutDocument["changes"][number] | undefined;
  readonly ticked: boolean;
  readonly onTick: () => void;
}

const useWords = {
  used: "takes away what the audit log shows in use",
  unused: "nothing in the audit log uses what it takes away",
  unknown: "no audit log covers what it takes away",
} as const;

function Change({ number, change, ticked, onTick }: ChangeProps) {
  if (change === undefined) return undefined;
  const { title, use, interim, interimBecause, breaks, closes, diff, commands, terraform } = change;
  return (
    <li className="cut-change">
      <Checkbox
        checked={ticked}
        onChange={onTick}
        label={
          <span>
            <span className="cut-number">{number}</span> <PlainText text={withoutArns(title)} />
          </span>
        }
      />
      <div className="cut-about meta">
        breaks {closes} {closes === 1 ? "way" : "ways"} · {useWords[use]}
        {interim ? ` · interim${interimBecause === undefined ? "" : `: ${withoutArns(interimBecause)}`}` : ""}
      </div>
      {breaks.length === 0 ? undefined : (
        <ul className="cut-breaks">
          {breaks.slice(0, 3).map((lost) => (
            <li key={`${lost.principal} ${lost.action} ${lost.resource}`}>
              stops <PlainText text={withoutArns(lost.principal)} />: <code>{lost.action}</code>
              {lost.at === undefined ? "" : `, last used ${lost.at.slice(0, 10)}`}
            </li>
          ))}
          {breaks.length > 3 ? <li>and {breaks.length - 3} more rights in use</li> : undefined}
        </ul>
      )}
      <details className="cut-how">
        <summary>Diff, CLI, Terraform</summary>
        {diff === "" ? undefined : <Diff text={diff} />}
        {commands.map((command) => (
          <CommandLine key={command} command={command} />
        ))}
        {terraform === "" ? undefined : (
          <>
            <Diff text={terraform} />
            <CopyButton text={terraform} label="Copy Terraform" />
          </>
        )}
      </details>
    </li>
  );
}

/** WAS and NOW: the second word changes only when the server has answered for exactly these ticks. */
function Outcome({ item, ticks }: { readonly item: Case; readonly ticks: readonly number[] }) {
  const asked = useTicked(item.id, ticks);
  const after = asked.data?.value;
  return (
    <div className="cut-outcome" aria-live="polite">
      <div className="cut-word">
        <span className="label">Was</span>
        <WordBadge word={item.recreation.words} />
      </div>
      <div className="cut-word">
        <span className="label">Now</span>
        {ticks.length === 0 ? (
          <span className="meta">tick a change to see what it does</span>
        ) : asked.isFetching ? (
          <span className="meta">checking…</span>
        ) : asked.isError ? (
          <span>
            not known: <PlainText text={asked.error.message} />{" "}
            <button type="button" className="quiet" onClick={() => void asked.refetch()}>
              Ask again
            </button>
          </span>
        ) : after === undefined ? undefined : after.after === undefined ? (
          <span>nothing of this case is left</span>
        ) : (
          <>
            <WordBadge word={after.after.words} />
            <span className="meta">
              {after.routes.filter(({ broken }) => broken).length} of {after.routes.length} routes cut
            </span>
          </>
        )}
      </div>
      {after === undefined || asked.isFetching ? undefined : (
        <p className="meta">
          {lostWords(after.lost)}
          {after.opened.map((opened) => (
            <span key={opened}>
              {" "}
              Opens: <PlainText text={withoutArns(opened)} />.
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function NothingToCut({ cut }: { readonly cut: CutDocument }) {
  return (
    <Empty
      title={
        cut.before === "none" || cut.before === "governed"
          ? "Nothing has to be cut: nobody ungoverned can bring it back."
          : "No change that is known here would end it."
      }
    >
      <ul>
        {[...cut.uncut, ...cut.left].slice(0, 8).map(({ because }) => (
          <li key={because}>
            <PlainText text={withoutArns(because)} />
          </li>
        ))}
      </ul>
    </Empty>
  );
}
