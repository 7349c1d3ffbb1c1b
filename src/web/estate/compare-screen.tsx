import { Checkbox, NativeSelect } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Diff, Snapshot } from "../../api/index.js";
import { count } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { Narrowed } from "../parts/narrowed.js";
import { Empty, Fault, NothingYet, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { WordBadge } from "../parts/word-badge.js";
import { EstateHead } from "./estate-head.js";

/** Two analyses side by side: what is new, what is gone, which verdicts and owners are others. */
export function CompareScreen() {
  const search = useSearch({ from: "/estate/compare" });
  const navigate = useNavigate({ from: "/estate/compare" });
  const snapshots = useRead<{ readonly items: readonly Snapshot[] }>("/snapshots", { limit: 200 });
  const all = snapshots.data?.value.items ?? [];
  const to = search.to ?? all[0]?.id;
  const from = search.from ?? all[1]?.id;
  const diff = useRead<Diff>(
    "/compare",
    { from, to },
    { when: from !== undefined && to !== undefined, fresh: 300_000 },
  );
  return (
    <>
      <EstateHead title="Compare" />
      {snapshots.isPending ? <Waiting what="the analyses" /> : undefined}
      {snapshots.isError ? (
        <Fault
          error={snapshots.error}
          what="could not list the analyses"
          retry={() => void snapshots.refetch()}
        />
      ) : undefined}
      {snapshots.data === undefined || all.length > 1 ? undefined : all.length === 0 ? (
        <NothingYet>Two analyses are compared; every import makes one.</NothingYet>
      ) : (
        <Empty title="There is one analysis: nothing to compare it with.">
          <p>Every import and every change of the catalogue makes another.</p>
          <Link to="/findings" search={{ imports: true }} className="button">
            Import files
          </Link>
        </Empty>
      )}
      {all.length < 2 ? undefined : (
        <div className="tools">
          <Choice
            label="From"
            all={all}
            value={from}
            onChange={(id) => void navigate({ search: (old) => ({ ...old, from: id }) })}
          />
          <Choice
            label="To"
            all={all}
            value={to}
            onChange={(id) => void navigate({ search: (old) => ({ ...old, to: id }) })}
          />
          <Checkbox
            label="Only changed verdicts and owners"
            checked={search.only === true}
            onChange={(event) => {
              const only = event.currentTarget.checked;
              void navigate({ search: ({ only: _, ...old }) => (only ? { ...old, only: true } : old) });
            }}
          />
        </div>
      )}
      {diff.isError ? (
        <Fault error={diff.error} what="could not compare them" retry={() => void diff.refetch()} />
      ) : undefined}
      {diff.data === undefined ? undefined : (
        <Differences diff={diff.data.value} only={search.only === true} />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: readonly Snapshot[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

const Choice = ({ label, all, value, onChange }: ChoiceProps) => (
  <NativeSelect
    label={label}
    size="sm"
    value={value ?? ""}
    data={all.map(({ id, number, at, current }) => ({
      value: id,
      label: `${number}: ${absolute(at)}${current ? ", current" : ""}`,
    }))}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

function Differences({ diff, only }: { readonly diff: Diff; readonly only: boolean }) {
  const { cases, exposures, documents, unknowns } = diff;
  const changed = only
    ? cases.changed.filter(({ flipped }) => flipped.includes("verdict") || flipped.includes("owner"))
    : cases.changed;
  return (
    <>
      <Narrowed is={diff.narrowed} />
      <p className="estate-answer">
        {count(cases.new.length)} new, {count(cases.gone.length)} gone, {count(cases.changed.length)} changed,{" "}
        {count(cases.same)} the same.
      </p>
      {cases.new.length + cases.gone.length + changed.length === 0 ? (
        <Empty title="No case differs between the two.">
          <p>
            {only
              ? "No verdict and no owner is another one: show all changes above."
              : "What else changed stands below: exposures, documents and unknown facts."}
          </p>
        </Empty>
      ) : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">kind of change</span>
                </th>
                <th scope="col">Case</th>
                <th scope="col">What</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
                <th scope="col">Other than before</th>
              </tr>
            </thead>
            <tbody>
              {cases.new.map(({ id, title, after }) => (
                <Row key={id} sign="+" name="new" id={id} title={title} after={after} />
              ))}
              {cases.gone.map(({ id, title, before }) => (
                <Row key={id} sign="−" name="gone" id={id} title={title} before={before} />
              ))}
              {changed.map(({ id, title, before, after, flipped }) => (
                <Row
                  key={id}
                  sign="~"
                  name="changed"
                  id={id}
                  title={title}
                  before={before}
                  after={after}
                  flipped={flipped}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {only ? undefined : (
        <p className="meta">
          exposures: {exposures.new.length} new, {exposures.gone.length} gone, {exposures.same} the same ·
          documents: {documents.new.length} new, {documents.gone.length} gone, {documents.changed.length}{" "}
          changed · unknown facts: {unknowns.new.length} new, {unknowns.gone.length} answered
        </p>
      )}
    </>
  );
}

type Side = Diff["cases"]["new"][number]["after"];

interface RowProps {
  readonly sign: string;
  readonly name: string;
  readonly id: string;
  readonly title: string;
  readonly before?: Side;
  readonly after?: Side;
  readonly flipped?: readonly string[];
}

function Row({ sign, name, id, title, before, after, flipped = [] }: RowProps) {
  return (
    <tr>
      <td className="tight">
        <span aria-hidden>{sign}</span> {name}
      </td>
      <td className="tight">
        <CaseLink id={id} />
      </td>
      <td>
        <PlainText text={title} />
      </td>
      <td>{before === undefined ? "–" : <SideView side={before} />}</td>
      <td>{after === undefined ? "–" : <SideView side={after} />}</td>
      <td className="words">{flipped.join(", ") || "–"}</td>
    </tr>
  );
}

const SideView = ({ side }: { readonly side: Side }) => (
  <>
    <WordBadge word={side.words} />
    <div className="meta">
      {side.lead} {side.leadName === undefined ? "" : <Person name={side.leadName} inferred={false} />}
    </div>
  </>
);
