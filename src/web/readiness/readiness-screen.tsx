import { NativeSelect } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReadinessDocument } from "../../contract/index.js";
import { count } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Narrowed } from "../parts/narrowed.js";
import { Empty, Fault, NothingYet, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { CellPanel } from "./cell-panel.js";
import { GapList } from "./gap-list.js";
import { HeatMap } from "./heat-map.js";
import { biggestHole, dutyNames, layers, shownWorkloads, tally } from "./readiness-map.js";
import type { ReadinessSearch } from "./readiness-search.js";
import { Trend } from "./trend.js";
import "./readiness.css";

/** Before anything happens: who would have to act, and whether they could. */
export function ReadinessScreen() {
  const search = useSearch({ from: "/readiness" });
  const analysed = useAnalysed();
  const small = useMediaQuery("(max-width: 640px)");
  const found = useRead<ReadinessDocument>("/readiness", {}, { when: analysed === true, fresh: 60_000 });
  const readiness = found.data?.value;
  const view = search.view ?? (small ? "gaps" : "map");
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="Readiness" />
        {readiness === undefined ? undefined : <Head readiness={readiness} search={search} />}
      </header>
      {analysed === false ? (
        <NothingYet>
          Readiness tells who would have to act, and whether they could. It needs an estate, and a catalogue
          that names workloads.
        </NothingYet>
      ) : undefined}
      {found.isError ? (
        <Fault error={found.error} what="could not read the readiness" retry={() => void found.refetch()} />
      ) : undefined}
      {found.isPending && analysed !== false ? <Waiting what="the readiness" rows={10} /> : undefined}
      <Narrowed is={readiness?.narrowed} />
      {readiness === undefined ? undefined : readiness.workloads.length === 0 && readiness.narrowed ? (
        <Empty title="The catalogue gives your teams no workload.">
          <p>Whoever keeps the catalogue names workloads and who answers for them.</p>
        </Empty>
      ) : readiness.workloads.length === 0 ? (
        <Empty title="No workloads yet.">
          <p>
            A catalogue names them:{" "}
            <Link to="/catalogue" search={{ section: "suggestions" }}>
              review what tags and CODEOWNERS suggest
            </Link>
          </p>
        </Empty>
      ) : (
        <>
          <Views view={view} gaps={readiness.gaps.length} />
          {view === "trend" ? undefined : <Filters readiness={readiness} search={search} />}
          {view === "map" ? (
            <div className={search.cell === undefined ? undefined : "two-parts"}>
              <HeatMap workloads={shownWorkloads(readiness.workloads, search)} search={search} />
              {search.cell === undefined ? undefined : (
                <CellPanel key={search.cell} readiness={readiness} cell={search.cell} />
              )}
            </div>
          ) : view === "gaps" ? (
            <GapList readiness={readiness} search={search} />
          ) : (
            <Trend />
          )}
        </>
      )}
    </>
  );
}

interface PartProps {
  readonly readiness: ReadinessDocument;
  readonly search: ReadinessSearch;
}

function Head({ readiness }: PartProps) {
  const { workloads } = readiness;
  if (workloads.length === 0) return null;
  const hole = biggestHole(workloads);
  const counts = tally(workloads);
  const duties = layers.flatMap((layer) => layer.duties).length;
  const sum = workloads.reduce((total, { cells }) => total + cells.length, 0);
  return (
    <>
      <p className="sum push">as of {absolute(readiness.generatedAt)}</p>
      <p className="lead">
        {hole === undefined ? (
          "Every duty that is asked for has a name, and nobody named is proven unable."
        ) : (
          <Link to="/readiness" search={{ view: "map", duty: hole.duty }}>
            {hole.text}
          </Link>
        )}
      </p>
      <p className="sum">
        {count(workloads.length)} × {duties} = {count(sum)} = {count(counts["not asked"])} not asked at their
        tier + {count(counts.proven)} proven or no call needed + {count(counts.inferred)} inferred +{" "}
        {count(counts.unknown)} unknown + {count(counts.nobody)} nobody + {count(counts["cannot act"])} cannot
        act
      </p>
    </>
  );
}

function Views({ view, gaps }: { readonly view: string; readonly gaps: number }) {
  const names = [
    { view: "map", name: "Map" },
    { view: "gaps", name: "Gaps", amount: count(gaps) },
    { view: "trend", name: "Trend" },
  ] as const;
  return (
    <nav className="tabs" aria-label="Views of readiness">
      {names.map((item) => (
        <Link
          key={item.view}
          from="/readiness"
          to="/readiness"
          search={(old) => ({ ...old, view: item.view, cell: undefined })}
          activeOptions={{ includeSearch: true, exact: true }}
          activeProps={{}}
          {...(item.view === view ? { "aria-current": "page" as const } : { "aria-current": undefined })}
        >
          {item.name}
          {"amount" in item ? <span className="amount">{item.amount}</span> : undefined}
        </Link>
      ))}
    </nav>
  );
}

function Filters({ readiness, search }: PartProps) {
  const navigate = useNavigate({ from: "/readiness" });
  const accounts = [...new Set(readiness.workloads.flatMap(({ account }) => account ?? []))].sort();
  const pick = (name: "tier" | "account" | "duty", value: string) => {
    void navigate({
      search: (old) => ({ ...old, [name]: value === "" ? undefined : value, cell: undefined }),
    });
  };
  return (
    <div className="tools">
      <NativeSelect
        size="xs"
        label="Tier"
        value={search.tier ?? ""}
        data={[{ value: "", label: "every tier" }, "3", "2", "1"]}
        onChange={(event) => {
          pick("tier", event.currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        label="Account"
        value={search.account ?? ""}
        data={[{ value: "", label: "every account" }, ...accounts]}
        onChange={(event) => {
          pick("account", event.currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        label="Missing duty"
        value={search.duty ?? ""}
        data={[{ value: "", label: "every duty" }, ...Object.keys(dutyNames)]}
        onChange={(event) => {
          pick("duty", event.currentTarget.value);
        }}
      />
      {search.workload === undefined ? undefined : (
        <Link
          className="button"
          from="/readiness"
          to="/readiness"
          search={(old) => ({ ...old, workload: undefined })}
        >
          only {search.workload}: show all
        </Link>
      )}
    </div>
  );
}
