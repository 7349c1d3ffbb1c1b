import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { WhoCanDocument } from "../../contract/index.js";
import { useRead } from "../api/use-read.js";
import { CopyButton } from "../parts/copy-button.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import { SuggestInput } from "./suggest-input.js";

type Holder = WhoCanDocument["can"][number];

const examples = [
  "s3:PutBucketPolicy",
  "iam:CreateAccessKey",
  "sts:AssumeRole",
  "lambda:UpdateFunctionCode",
] as const;

/** Everybody who can do this there, and who almost can. The question is in the address: a link asks it again. */
export function WhoCanScreen() {
  const { action, resource } = useSearch({ from: "/estate/who-can" });
  const asked = action !== undefined && resource !== undefined;
  const answer = useRead<WhoCanDocument>(
    "/who-can",
    { action, resource, limit: 500 },
    { when: asked, fresh: 60_000 },
  );
  const found = asked ? answer.data?.value : undefined;
  return (
    <>
      <EstateHead title="Who can" lead={found === undefined ? undefined : sentence(found)} />
      <Question key={`${action ?? ""} ${resource ?? ""}`} action={action ?? ""} resource={resource ?? ""} />
      {!asked ? (
        <Empty title="Ask who can do something to something.">
          <p>Type a resource, or begin with one of these:</p>
          <ul className="questions">
            {examples.map((example) => (
              <li key={example}>
                <Link to="/estate/who-can" search={{ action: example }} className="plain mono">
                  {example}
                </Link>
              </li>
            ))}
          </ul>
        </Empty>
      ) : answer.isError ? (
        <Fault error={answer.error} what="no answer to this question" retry={() => void answer.refetch()} />
      ) : found === undefined ? (
        <Waiting what="who can" rows={8} />
      ) : (
        <Answer found={found} />
      )}
    </>
  );
}

function Question({ action, resource }: { readonly action: string; readonly resource: string }) {
  const navigate = useNavigate();
  const [what, setWhat] = useState(action);
  const [where, setWhere] = useState(resource);
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: "/estate/who-can", search: { action: what.trim(), resource: where.trim() } });
      }}
    >
      <TextInput
        size="sm"
        label="Who can"
        placeholder="s3:PutBucketPolicy"
        spellCheck={false}
        autoComplete="off"
        value={what}
        onChange={(event) => {
          setWhat(event.currentTarget.value);
        }}
      />
      <SuggestInput label="on" placeholder="name or ARN" kind="resource" value={where} onChange={setWhere} />
      <Button type="submit" size="sm" disabled={what.trim() === "" || where.trim() === ""}>
        Ask
      </Button>
    </form>
  );
}

/** `5 can · 1 only if · 2 unknown · 31 almost, stopped by something` */
function sentence({ can, unknown, almost, more }: WhoCanDocument): string {
  const sure = can.filter(({ certainty }) => certainty !== "conditional").length;
  const parts = [`${String(sure)} can`];
  if (can.length > sure) parts.push(`${String(can.length - sure)} only if`);
  if (unknown.length > 0) parts.push(`${String(unknown.length)} unknown`);
  parts.push(`${String(almost.length)} almost, stopped by something`);
  if (more > 0) parts.push(`${String(more)} beyond the limit`);
  return parts.join(" · ");
}

function Answer({ found }: { readonly found: WhoCanDocument }) {
  const rows = [...found.can, ...found.unknown];
  return (
    <>
      {rows.length === 0 ? (
        <Empty title="Nobody below the floor can.">
          <p>Account root and organisation management can always; they are not counted.</p>
        </Empty>
      ) : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th>Identity</th>
                <th>Can</th>
                <th>By</th>
                <th>Starts from</th>
                <th>Only if</th>
                <th>Source</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, 300).map((holder) => (
                <HolderRow key={holder.principal} holder={holder} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 300 ? (
        <p className="meta">300 of {rows.length} are listed; `remit who-can` prints all of them</p>
      ) : undefined}
      <Almost found={found} />
      <MissingFacts missing={found.missing} />
    </>
  );
}

function HolderRow({ holder }: { readonly holder: Holder }) {
  const last = holder.path.at(-1);
  return (
    <tr>
      <td>
        <Link to="/estate/reach" search={{ principal: holder.principal }}>
          <PlainText text={holder.name} />
        </Link>
      </td>
      <td className="tight">
        {holder.verdict === "unknown" ? "unknown" : holder.certainty === "conditional" ? "only if" : "can"}
      </td>
      <td>
        {last === undefined || holder.direct ? (
          "its own policy"
        ) : (
          <Sentence text={`becomes ${nameOf(last.to)}: ${last.via}`} />
        )}
        {holder.path.length > 1 ? <span className="meta"> {holder.path.length} steps</span> : undefined}
      </td>
      <td>
        {holder.entries.length === 0 ? (
          "–"
        ) : (
          <>
            <Sentence text={holder.entries[0]?.label ?? ""} />
            {holder.entries.length > 1 ? (
              <span className="meta"> and {holder.entries.length - 1} more</span>
            ) : undefined}
          </>
        )}
      </td>
      <td>
        {holder.conditions.map(({ text }) => (
          <div key={text}>
            <Sentence text={text} />
          </div>
        ))}
        {holder.missing.slice(0, 2).map((fact) => (
          <div key={fact.fact} className="meta">
            not known: <Sentence text={fact.fact} />
          </div>
        ))}
        {holder.conditions.length + holder.missing.length === 0 ? "–" : undefined}
      </td>
      <td>
        {holder.grants.slice(0, 2).map((evidence) => (
          <SourceChip
            key={`${evidence.document} ${evidence.pointer ?? ""} ${evidence.inner ?? ""}`}
            evidence={evidence}
          />
        ))}
      </td>
    </tr>
  );
}

function Almost({ found }: { readonly found: WhoCanDocument }) {
  if (found.almost.length === 0) return null;
  return (
    <section className="block" aria-label="Almost">
      <h2>
        Almost <span className="amount">{found.almost.length}</span>
      </h2>
      <ul className="plain-rows">
        {found.almost.slice(0, 50).map(({ principal, name, by }) => (
          <li key={`${principal} ${by}`}>
            <Link to="/estate/reach" search={{ principal }}>
              <PlainText text={name} />
            </Link>{" "}
            stopped by <Sentence text={by} />
          </li>
        ))}
      </ul>
      {found.almost.length > 50 ? <p className="meta">{found.almost.length - 50} more</p> : undefined}
    </section>
  );
}

export function MissingFacts({ missing }: { readonly missing: WhoCanDocument["missing"] }) {
  if (missing.length === 0) return null;
  return (
    <section className="block" aria-label="Not known">
      <h2>Not known</h2>
      <ul className="plain-rows">
        {missing.slice(0, 20).map((fact) => (
          <li key={`${fact.fact} ${fact.collect}`}>
            <Sentence text={fact.fact} />{" "}
            {fact.collect === "" ? undefined : <CopyButton label="Copy command" text={fact.collect} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

export const nameOf = (id: string): string =>
  id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1);
