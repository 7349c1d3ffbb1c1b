import { NativeSelect, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { FindingsSummary } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Narrowed } from "../parts/narrowed.js";
import { Fault } from "../parts/state-blocks.js";
import { DropPage } from "./drop-page.js";
import { FindingTable } from "./finding-table.js";
import { findingStateNames, stateName, toolName } from "./finding-words.js";
import type { FindingsSearch } from "./findings-search.js";
import { ImportList } from "./import-list.js";
import "./findings.css";

/** What scanners reported, over all imports; and first of all what was not used, and why. */
export function FindingsScreen() {
  const search = useSearch({ from: "/findings" });
  const summary = useRead<FindingsSummary>("/findings/summary");
  const counts = summary.data?.value;
  const imports = search.imports === true;
  return (
    <DropPage>
      {(choose) => (
        <>
          <header className="page-head">
            <ScreenTitle text="Findings" />
            <button type="button" className="button primary push" onClick={choose}>
              Import files
            </button>
          </header>
          <nav className="tabs" aria-label="Views of findings">
            <Tab
              name="All"
              count={counts?.total}
              here={
                !imports &&
                search.muted === undefined &&
                search.repeat === undefined &&
                search.case === undefined
              }
              to={{}}
            />
            <Tab name="Imports" here={imports} to={{ imports: true }} />
            <Tab
              name="Muted elsewhere"
              count={counts?.muted}
              here={search.muted === "true"}
              to={{ muted: "true" }}
            />
            <Tab
              name="Muted without owner or end"
              count={counts?.mutedUnowned}
              here={search.muted === "unowned"}
              to={{ muted: "unowned" }}
            />
            <Tab
              name="Came back"
              count={counts?.repeated}
              here={search.repeat === true}
              to={{ repeat: true }}
            />
          </nav>
          {/* Where the rows cannot be read either, one of the two is enough. */}
          {summary.isError && imports ? (
            <Fault
              error={summary.error}
              what="could not count the findings"
              retry={() => void summary.refetch()}
            />
          ) : undefined}
          {imports ? undefined : <Narrowed is={counts?.narrowed} />}
          {imports ? (
            <ImportList onChoose={choose} />
          ) : (
            <>
              <ImportList latest onChoose={choose} />
              <Filters search={search} counts={counts} />
              {search.case === undefined ? undefined : <OfCase id={search.case} search={search} />}
              <FindingTable search={search} onChoose={choose} />
            </>
          )}
        </>
      )}
    </DropPage>
  );
}

interface TabProps {
  readonly name: string;
  readonly count?: number | undefined;
  readonly here: boolean;
  readonly to: { readonly imports?: true; readonly muted?: "true" | "unowned"; readonly repeat?: true };
}

function Tab({ name, count, here, to }: TabProps) {
  return (
    <Link
      to="/findings"
      search={to}
      activeOptions={{ includeSearch: true, exact: true }}
      {...(here ? { "aria-current": "page" as const } : { "aria-current": undefined })}
    >
      {name}
      {count === undefined ? undefined : <span className="amount">{count.toLocaleString("en")}</span>}
    </Link>
  );
}

/** Which case the rows are of, and the way out of it. */
function OfCase({ id, search }: { readonly id: string; readonly search: FindingsSearch }) {
  const { case: _case, ...others } = search;
  return (
    <p className="of-case">
      Only what is reported of the exposures of <CaseLink id={id} />.{" "}
      <Link to="/findings" search={others} className="plain">
        Show those of every case
      </Link>
    </p>
  );
}

interface FiltersProps {
  readonly search: FindingsSearch;
  readonly counts: FindingsSummary | undefined;
}

function Filters({ search, counts }: FiltersProps) {
  const navigate = useNavigate({ from: "/findings" });
  const [text, setText] = useState(search.q ?? "");
  const pick = (change: Partial<Record<keyof FindingsSearch, string | undefined>>) => {
    void navigate({ search: (old) => ({ ...old, ...change }) as FindingsSearch, replace: true });
  };
  const withCount = ({ value, count }: { value: string; count: number }) => ({
    value,
    label: `${value} (${count.toLocaleString("en")})`,
  });
  const tools = (counts?.tools ?? []).map((tool) => ({
    ...withCount(tool),
    label: `${toolName(tool.value)} (${tool.count.toLocaleString("en")})`,
  }));
  return (
    <form
      className="tools"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        pick({ q: text.trim() === "" ? undefined : text.trim() });
      }}
    >
      <TextInput
        size="xs"
        label="Words"
        placeholder="resource, check, weakness"
        data-filter
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        label="Tool"
        value={search.tool ?? ""}
        data={[{ value: "", label: "every tool" }, ...tools]}
        onChange={(event) => {
          pick({ tool: event.currentTarget.value === "" ? undefined : event.currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label="Weakness"
        value={search.weakness ?? ""}
        data={[{ value: "", label: "every weakness" }, ...(counts?.weaknesses ?? []).map(withCount)]}
        onChange={(event) => {
          pick({ weakness: event.currentTarget.value === "" ? undefined : event.currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label="State"
        value={search.state ?? ""}
        data={[
          { value: "", label: "every state" },
          ...findingStateNames.map((state) => ({
            value: state,
            label: `${stateName(state)} (${String(counts?.states.find(({ value }) => value === state)?.count ?? 0)})`,
          })),
        ]}
        onChange={(event) => {
          pick({ state: event.currentTarget.value === "" ? undefined : event.currentTarget.value });
        }}
      />
    </form>
  );
}
