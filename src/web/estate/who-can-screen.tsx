import { Autocomplete } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { WhoCanDocument } from "../../contract/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { count, shortName, withoutArns } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { CommandLine } from "../parts/command-line.js";
import { PlainText } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";
import { Empty, Fault, NothingYet, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import { QuestionForm } from "./question-form.js";
import { ThingInput } from "../parts/thing-input.js";
import type { WhoCanSearch } from "./estate-search.js";

/** Rights that are asked for most; any other may be typed. */
const actions = [
  "s3:PutBucketPolicy",
  "s3:GetObject",
  "iam:CreateAccessKey",
  "iam:AttachRolePolicy",
  "iam:PassRole",
  "sts:AssumeRole",
  "secretsmanager:GetSecretValue",
  "kms:Decrypt",
  "ec2:AuthorizeSecurityGroupIngress",
];

/** Who can do something to a thing, who almost can, and what stops them. */
export function WhoCanScreen() {
  const search = useSearch({ from: "/estate/who-can" });
  const { action, resource } = search;
  const analysed = useAnalysed();
  const asked = action !== undefined && resource !== undefined;
  const answer = useRead<WhoCanDocument>(
    "/who-can",
    { action, resource },
    { when: asked && analysed === true, fresh: 60_000 },
  );
  return (
    <>
      <EstateHead title="Who can" />
      <Question key={`${action ?? ""} ${resource ?? ""}`} search={search} busy={answer.isFetching} />
      {analysed === false ? (
        <NothingYet>Who can do what is answered out of an estate: identities and their policies.</NothingYet>
      ) : undefined}
      {!asked && analysed !== false ? <Examples /> : undefined}
      {asked && analysed !== false && answer.isPending ? <Waiting what="the estate" rows={8} /> : undefined}
      {answer.isError ? (
        <Fault
          error={answer.error}
          what="The question was not answered."
          retry={() => void answer.refetch()}
        />
      ) : undefined}
      {answer.data === undefined ? undefined : <Answer answer={answer.data.value} />}
    </>
  );
}

function Question({ search, busy }: { readonly search: WhoCanSearch; readonly busy: boolean }) {
  const navigate = useNavigate({ from: "/estate/who-can" });
  const [action, setAction] = useState(search.action ?? "");
  const [resource, setResource] = useState(search.resource ?? "");
  return (
    <QuestionForm
      ready={action.trim() !== "" && resource.trim() !== ""}
      busy={busy}
      onAsk={() => void navigate({ search: { action: action.trim(), resource: resource.trim() } })}
    >
      <Autocomplete
        label="Who can"
        value={action}
        onChange={setAction}
        placeholder="s3:PutBucketPolicy"
        data={actions}
        size="sm"
        className="estate-action"
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <ThingInput
        label="on"
        kind="resource"
        value={resource}
        onChange={setResource}
        placeholder="name or ARN of a resource"
      />
    </QuestionForm>
  );
}

/** Questions over things that this estate really has. */
function Examples() {
  const found = useRead<{ readonly items: readonly { readonly id: string; readonly name: string }[] }>(
    "/search",
    { kind: "resource", q: "arn:aws:s3:::", limit: 3 },
    { fresh: 60_000 },
  );
  const items = found.data?.value.items ?? [];
  return (
    <Empty title="Ask who can do something to a resource of the estate.">
      {items.length === 0 ? undefined : (
        <ul>
          {items.map(({ id, name }) => (
            <li key={id}>
              <Link
                to="/estate/who-can"
                search={{ action: "s3:PutBucketPolicy", resource: id }}
                className="plain"
              >
                who can s3:PutBucketPolicy on <PlainText text={name} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Empty>
  );
}

function Answer({ answer }: { readonly answer: WhoCanDocument }) {
  const { can, unknown, almost, missing, more } = answer;
  const certain = can.filter(({ certainty }) => certainty === "certain");
  const conditional = can.filter(({ certainty }) => certainty !== "certain");
  return (
    <>
      <p className="estate-answer">
        {can.length + unknown.length === 0
          ? `Nobody in the estate can ${answer.action} there.`
          : `${count(certain.length)} can, ${count(conditional.length)} only if, ${count(unknown.length)} unknown${
              almost.length === 0 ? "" : `, ${count(almost.length)} almost`
            }${more === 0 ? "" : `; ${more.toLocaleString("en")} more are not shown`}.`}
      </p>
      {can.length + unknown.length === 0 ? undefined : (
        <div className="table-frame">
          <table className="table holders">
            <thead>
              <tr>
                <th scope="col">Identity</th>
                <th scope="col">By</th>
                <th scope="col">Starts from</th>
                <th scope="col">Only if</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {[...certain, ...conditional, ...unknown].map((holder) => (
                <HolderRow key={holder.principal} holder={holder} open={unknown.includes(holder)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {almost.length === 0 ? undefined : (
        <section className="block" aria-label="Almost">
          <h2>Almost</h2>
          <ul className="estate-almost">
            {stops(almost).map(({ by, names, evidence }) => (
              <li key={by}>
                {names.length} stopped by <PlainText text={by} />{" "}
                {evidence === undefined ? undefined : <SourceChip evidence={evidence} />}
                <div className="meta">
                  <PlainText text={names.slice(0, 8).join(", ")} />
                  {names.length > 8 ? ` and ${names.length - 8} more` : ""}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {missing.length === 0 ? undefined : (
        <section className="block" aria-label="Unknown">
          <h2>What would decide the unknown</h2>
          {missing.map(({ fact, collect }) => (
            <div key={fact}>
              <PlainText text={fact} />
              {collect === "" ? undefined : <CommandLine command={collect} />}
            </div>
          ))}
        </section>
      )}
    </>
  );
}

/** Who is stopped by the same thing, together; what stops most first. */
function stops(almost: WhoCanDocument["almost"]) {
  const groups = new Map<string, { names: string[]; evidence?: Evidence }>();
  for (const { name, by, evidence } of almost) {
    const words = withoutArns(by);
    const group = groups.get(words);
    if (group === undefined)
      groups.set(words, { names: [name], ...(evidence === undefined ? {} : { evidence }) });
    else group.names.push(name);
  }
  return [...groups]
    .map(([by, group]) => ({ by, ...group }))
    .toSorted((a, b) => b.names.length - a.names.length || (a.by < b.by ? -1 : 1));
}

type Holder = WhoCanDocument["can"][number];

/** Everything but assuming a role is a published way, known by its name. */
const becomesWords = ({ via, to }: Holder["path"][number]): string =>
  via === "assume-role" ? `becomes ${shortName(to)}` : `becomes ${shortName(to)} by ${via}`;

function HolderRow({ holder, open }: { readonly holder: Holder; readonly open: boolean }) {
  const [entry] = holder.entries;
  const [grant] = holder.grants;
  return (
    <tr>
      <td>
        <Link to="/estate/reach" search={{ principal: holder.principal }} className="plain">
          <PlainText text={holder.name} />
        </Link>
      </td>
      <td className="words">{holder.direct ? "own right" : holder.path.map(becomesWords).join(", then ")}</td>
      <td>{entry === undefined ? "–" : <PlainText text={withoutArns(entry.label)} />}</td>
      <td>
        {open
          ? `unknown: ${holder.missing.map(({ fact }) => withoutArns(fact)).join("; ")}`
          : holder.conditions.length === 0
            ? "–"
            : holder.conditions.map(({ text }) => withoutArns(text)).join("; ")}
      </td>
      <td>{grant === undefined ? "–" : <SourceChip evidence={grant} />}</td>
    </tr>
  );
}
