import { NativeSelect } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Diff } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { Sentence } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { WordBadge } from "../parts/word-badge.js";
import { EstateHead } from "./estate-head.js";
import type { CompareSearch } from "./estate-search.js";

interface Snapshot {
  readonly id: string;
  readonly number: number;
  readonly at: string;
  readonly current: boolean;
}

/** Two analyses: only what differs, each with the sign that it carries in print too. */
export function CompareScreen() {
  const search = useSearch({ from: "/estate/compare" });
  const snapshots = useRead<{ readonly items: readonly Snapshot[] }>("/snapshots", { limit: 200 });
  const items = snapshots.data?.value.items ?? [];
  const from = search.from ?? items[1]?.id;
  const to = search.to ?? items[0]?.id;
  const diff = useRead<Diff>(
    "/compare",
    { from, to },
    { when: from !== undefined && to !== undefined, fresh: 60_000 },
  );
  const found = diff.data?.value;
  return (
    <>
      <EstateHead title="Compare" lead={found === undefined ? undefined : sentence(found)} />
      {items.length < 2 ? undefined : (
        <Choice items={items} from={from ?? ""} to={to ?? ""} search={search} />
      )}
      {snapshots.isError ? (
        <Fault
          error={snapshots.error}
          what="could not read the analyses"
          retry={() => void snapshots.refetch()}
        />
      ) : snapshots.isPending ? (
        <Waiting what="analyses" />
      ) : items.length < 2 ? (
        <Empty title="There is nothing to compare yet.">
          <p>
            {items.length === 0 ? "Nothing was analysed." : "One analysis is there."} The next import makes
            another one: <Link to="/findings">import files</Link>
          </p>
        </Empty>
      ) : diff.isError ? (
        <Fault error={diff.error} what="could not compare" retry={() => void diff.refetch()} />
      ) : found === undefined ? (
        <Waiting what="the differences" rows={8} />
      ) : (
        <Rows diff={found} only={search.only} />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly items: readonly Snapshot[];
  readonly from: string;
  readonly to: string;
  readonly search: CompareSearch;
}

function Choice({ items, from, to, search }: ChoiceProps) {
  const navigate = useNavigate({ from: "/estate/compare" });
  const data = items.map(({ id, number, at, current }) => ({
    value: id,
    label: `${String(number)} · ${absolute(at)}${current ? " · in force" : ""}`,
  }));
  const pick = (change: CompareSearch) => {
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  };
  return (
    <div className="tools">
      <NativeSelect
        size="xs"
        label="From"
        value={from}
        data={data}
        onChange={(event) => {
          pick({ from: event.currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label="To"
        value={to}
        data={data}
        onChange={(event) => {
          pick({ to: event.currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label="Show"
        value={search.only ?? ""}
        data={[{ value: "", label: "every difference" }, "new", "gone", "changed"]}
        onChange={(event) => {
          pick({
            only: (["new", "gone", "changed"] as const).find((value) => value === event.currentTarget.value),
          });
        }}
      />
    </div>
  );
}

const sentence = ({ cases }: Diff): string =>
  `+ ${String(cases.new.length)} new · - ${String(cases.gone.length)} gone · ~ ${String(cases.changed.length)} changed · ${String(cases.same)} as before`;

function Rows({ diff, only }: { readonly diff: Diff; readonly only: CompareSearch["only"] }) {
  const { cases, exposures, documents, unknowns } = diff;
  const rows = [
    ...(only === undefined || only === "new"
      ? cases.new.map(({ id, title, after }) => ({
          sign: "+",
          id,
          title,
          before: undefined,
          after,
          flipped: [],
        }))
      : []),
    ...(only === undefined || only === "gone"
      ? cases.gone.map(({ id, title, before }) => ({
          sign: "-",
          id,
          title,
          before,
          after: undefined,
          flipped: [],
        }))
      : []),
    ...(only === undefined || only === "changed"
      ? cases.changed.map((item) => ({ sign: "~", ...item }))
      : []),
  ];
  if (rows.length === 0)
    return (
      <Empty title="No case differs.">
        <p>
          {cases.same} cases say the same; {documents.changed.length} documents changed.
        </p>
      </Empty>
    );
  return (
    <>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>Change</th>
              <th>Case</th>
              <th>What</th>
              <th>Before</th>
              <th>After</th>
              <th>Differs in</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 500).map((row) => (
              <tr key={`${row.sign} ${row.id}`}>
                <td className="sign" data-sign={row.sign}>
                  {row.sign} {row.sign === "+" ? "new" : row.sign === "-" ? "gone" : "changed"}
                </td>
                <td>
                  <CaseLink id={row.id} />
                </td>
                <td>
                  <Sentence text={row.title} />
                </td>
                <td>
                  <Side side={row.before} />
                </td>
                <td>
                  <Side side={row.after} />
                </td>
                <td>{row.flipped.length === 0 ? "–" : row.flipped.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta">
        {rows.length > 500 ? `500 of ${String(rows.length)} are listed · ` : ""}exposures:{" "}
        {exposures.new.length} new, {exposures.gone.length} gone · documents: {documents.new.length} new,{" "}
        {documents.gone.length} gone, {documents.changed.length} changed · unknowns: {unknowns.new.length}{" "}
        new, {unknowns.gone.length} gone
      </p>
    </>
  );
}

function Side({ side }: { readonly side: Diff["cases"]["new"][number]["after"] | undefined }) {
  if (side === undefined) return <>–</>;
  return (
    <>
      <WordBadge word={side.words} />
      <div className="meta">
        <Sentence text={side.because} />
      </div>
      <div className="meta">
        lead {side.lead} {side.leadName ?? ""}
      </div>
    </>
  );
}
