import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReachDocument } from "../../contract/index.js";
import { counted, shortName, withoutArns } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { PlainText } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";
import { Empty, Fault, NothingYet, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import { QuestionForm } from "./question-form.js";
import { ThingInput } from "../parts/thing-input.js";

const shown = 100;

/** The blast radius of an identity: what it can become, read and change. */
export function ReachScreen() {
  const { principal } = useSearch({ from: "/estate/reach" });
  const analysed = useAnalysed();
  const answer = useRead<ReachDocument>(
    "/reach",
    { principal },
    { when: principal !== undefined && analysed === true, fresh: 60_000 },
  );
  return (
    <>
      <EstateHead title="Reach" />
      <Question key={principal ?? ""} principal={principal ?? ""} busy={answer.isFetching} />
      {analysed === false ? (
        <NothingYet>What an identity can become, read and change is answered out of an estate.</NothingYet>
      ) : principal === undefined ? (
        <Empty title="Name an identity to see what it can become, read and change." />
      ) : answer.isPending ? (
        <Waiting what="the estate" rows={8} />
      ) : undefined}
      {answer.isError ? (
        <Fault
          error={answer.error}
          what="The question was not answered."
          retry={() => void answer.refetch()}
        />
      ) : undefined}
      {answer.data === undefined ? undefined : <Answer reach={answer.data.value} />}
    </>
  );
}

function Question({ principal, busy }: { readonly principal: string; readonly busy: boolean }) {
  const navigate = useNavigate({ from: "/estate/reach" });
  const [value, setValue] = useState(principal);
  return (
    <QuestionForm
      ready={value.trim() !== ""}
      busy={busy}
      onAsk={() => void navigate({ search: { principal: value.trim() } })}
    >
      <ThingInput
        label="What can it reach"
        kind="identity"
        value={value}
        onChange={setValue}
        placeholder="name or ARN of an identity"
      />
    </QuestionForm>
  );
}

function Answer({ reach }: { readonly reach: ReachDocument }) {
  const { becomes, administers, privileges, resources, entries, more } = reach;
  const change = resources.filter(({ access }) => access === "change").length;
  return (
    <>
      <p className="estate-answer">
        <PlainText text={reach.name} /> is tier {reach.tier}:{" "}
        <PlainText text={withoutArns(reach.tierBecause)} />.
      </p>
      <p className="meta">
        becomes {counted(becomes.length, "other")} · administers {counted(administers.length, "account")} ·
        manages permissions by {counted(privileges.length, "right")} · changes {change.toLocaleString("en")}{" "}
        and reads {counted(resources.length - change, "resource")}
        {more === 0 ? "" : `; ${more.toLocaleString("en")} more are not shown`}
      </p>
      <div className="estate-parts">
        <Part title="Starts from" empty="No way to start as it is on record.">
          {entries.map(({ label, evidence, verdict }) => (
            <li key={label}>
              <PlainText text={withoutArns(label)} />
              {verdict === "unknown" ? " (unknown)" : ""}
              {evidence.slice(0, 1).map((one) => (
                <div key={one.digest + (one.pointer ?? "")}>
                  <SourceChip evidence={one} />
                </div>
              ))}
            </li>
          ))}
        </Part>
        <Part title="Can become" empty="It can become nobody else.">
          {becomes.slice(0, shown).map((other) => (
            <li key={other.principal}>
              <Link to="/estate/reach" search={{ principal: other.principal }} className="plain">
                <PlainText text={other.name} />
              </Link>
              {other.certainty === "certain" ? "" : " (only if)"}
              {other.verdict === "unknown" ? " (unknown)" : ""}
            </li>
          ))}
        </Part>
        <Part title="Administers" empty="No account.">
          {administers.map(({ account, name, through, verdict }) => (
            <li key={`${account} ${through}`}>
              account <PlainText text={name} /> through {shortName(through)}
              {verdict === "unknown" ? " (unknown)" : ""}
            </li>
          ))}
        </Part>
        <Part title="Manages permissions" empty="No right to change who may do what.">
          {privileges.slice(0, shown).map(({ action, through, evidence }) => (
            <li key={`${action} ${through}`}>
              <code>{action}</code> through {shortName(through)}
              <div>
                <SourceChip evidence={evidence} />
              </div>
            </li>
          ))}
        </Part>
      </div>
      {resources.length === 0 ? undefined : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Resource</th>
                <th scope="col">Kind</th>
                <th scope="col">May</th>
                <th scope="col">By</th>
                <th scope="col">Through</th>
              </tr>
            </thead>
            <tbody>
              {resources.map((resource) => (
                <tr key={`${resource.resource} ${resource.access} ${resource.through}`}>
                  <td>
                    <Link
                      to="/estate/who-can"
                      search={{ action: resource.action, resource: resource.resource }}
                      className="plain"
                    >
                      <PlainText text={resource.name} />
                    </Link>
                  </td>
                  <td className="words">{resource.kind.replace(":", " ")}</td>
                  <td className="words">
                    {resource.access}
                    {resource.verdict === "unknown" ? " (unknown)" : ""}
                  </td>
                  <td>
                    <code>{resource.action}</code>
                  </td>
                  <td>{shortName(resource.through)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly empty: string;
  readonly children: readonly React.ReactNode[];
}

function Part({ title, empty, children }: PartProps) {
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? <p className="meta">{empty}</p> : <ul className="estate-list">{children}</ul>}
    </section>
  );
}
