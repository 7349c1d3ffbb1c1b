import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { CaseFacets } from "../../api/index.js";
import { useSummary } from "../api/session.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { BulkBar } from "./bulk-bar.js";
import { CaseGrid } from "./case-grid.js";
import { folded, unfoldedOf, type CasesSearch } from "./cases-search.js";
import { CountingLine } from "./counting-line.js";
import { FilterBar } from "./filter-bar.js";
import { CasePeek } from "./case-peek.js";
import { UnknownFoot } from "./unknown-foot.js";
import { grouped } from "./grouping.js";
import { ListMenus } from "./list-menus.js";
import { linesOf, useCases } from "./use-cases.js";
import { ViewTabs } from "./view-tabs.js";
import "../parts/page.css";
import "./cases.css";

/** First: the first row's word and its reason. */
export function CasesScreen() {
  const search = useSearch({ from: "/cases" });
  const navigate = useNavigate({ from: "/cases" });
  const { pages, facets, folds } = useCases(search);
  const summary = useSummary();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const read = useMemo(() => linesOf(pages.data?.pages), [pages.data]);
  const { lines, headings } = useMemo(() => grouped(read, search.group), [read, search.group]);
  const change = useCallback(
    (part: Partial<Record<keyof CasesSearch, string | number | undefined>>): void =>
      void navigate({
        search: (before) =>
          Object.fromEntries(
            Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined),
          ) as CasesSearch,
        replace: true,
      }),
    [navigate],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(
    (id: string): void => void navigate({ to: "/cases/$id", params: { id } }),
    [navigate],
  );
  const peek = useCallback((id: string | undefined): void => change({ peek: id }), [change]);
  const total = pages.data?.pages[0]?.total ?? 0;
  const counts = facets.data?.value;
  return (
    <>
      <div className="page-head">
        <ScreenTitle text="Cases" />
        {summary.data === undefined ? null : <CountingLine summary={summary.data} />}
      </div>
      <div className="views-line">
        <ViewTabs search={search} facets={counts} />
        <ListMenus search={search} onChange={change} />
      </div>
      <FilterBar search={search} facets={counts} onChange={change} />
      {pages.isPending ? <Waiting rows={10} what="cases" /> : null}
      {pages.isError && lines.length === 0 ? (
        <Fault error={pages.error} what="the cases were not read" retry={() => void pages.refetch()} />
      ) : null}
      {pages.isSuccess && lines.length === 0 ? (
        <NothingHere search={search} folded={folds ? counts : undefined} analysed={summary.data?.analysed} />
      ) : null}
      <div className="beside" data-open={search.peek !== undefined || undefined}>
        <div className="list">
          {lines.length === 0 ? null : (
            <CaseGrid
              lines={lines}
              headings={headings}
              hidden={search.cols ?? ""}
              total={total}
              selected={selected}
              peek={search.peek}
              onSelected={setSelected}
              onOpen={open}
              onPeek={peek}
              onEnd={more}
            />
          )}
          {folds && counts !== undefined && pages.isSuccess ? (
            <FoldLine search={search} counts={counts} />
          ) : lines.length === 0 ? null : (
            <p className="fold-line meta" role="status">
              {total === 1 ? "1 case" : `${String(total)} cases`}
            </p>
          )}
          {pages.isError && lines.length > 0 ? (
            <Fault error={pages.error} what="more could not be read" retry={() => void pages.refetch()} />
          ) : null}
          {summary.data === undefined ? null : <UnknownFoot summary={summary.data} />}
        </div>
        {search.peek === undefined ? null : <CasePeek id={search.peek} onClose={() => peek(undefined)} />}
      </div>
      {selected.size === 0 ? null : (
        <BulkBar lines={lines.filter(({ id }) => selected.has(id))} onSelected={setSelected} />
      )}
    </>
  );
}

/** `8 shown + 12 only admins + 2 governed + 1 cannot come back = 23`: every number opens its rows. */
function FoldLine({ search, counts }: { readonly search: CasesSearch; readonly counts: CaseFacets }) {
  const of = (word: string): number => counts.facets.words.find(({ value }) => value === word)?.count ?? 0;
  const all = counts.facets.words.reduce((sum, { count }) => sum + count, 0);
  const unfolded = unfoldedOf(search);
  const away = folded.filter((word) => !unfolded.includes(word) && of(word) > 0);
  const shown = all - away.reduce((sum, word) => sum + of(word), 0);
  const { unfold: _, peek: __, ...rest } = search;
  if (all === 0) return null;
  return (
    <p className="fold-line">
      {shown} shown
      {away.map((word) => (
        <span key={word}>
          {" + "}
          <Link to="/cases" search={{ ...rest, unfold: [...unfolded, word].join("|") }} resetScroll={false}>
            {of(word)} {word === "cannot" ? "cannot come back" : word}
          </Link>
        </span>
      ))}
      {away.length === 0 ? "" : ` = ${String(all)}`}
      {unfolded.length === 0 ? null : (
        <>
          {" · "}
          <Link to="/cases" search={rest} resetScroll={false}>
            fold again
          </Link>
        </>
      )}
    </p>
  );
}

interface NothingHereProps {
  readonly search: CasesSearch;
  readonly folded: CaseFacets | undefined;
  readonly analysed: boolean | undefined;
}

function NothingHere({ search, folded: counts, analysed }: NothingHereProps) {
  const filtered = Object.keys(search).some(
    (key) => !["view", "peek", "sort", "unfold", "cols", "group"].includes(key),
  );
  if (analysed === false)
    return (
      <Empty title="Nothing was imported yet.">
        <p>With findings and an estate the first decision stands here.</p>
        <Link to="/start" className="button">
          Import files or look at the example
        </Link>
      </Empty>
    );
  if (filtered)
    return (
      <Empty title="No case matches.">
        <Link to="/cases" search={{}} className="plain">
          Remove all filters
        </Link>
      </Empty>
    );
  if (search.view === "mine")
    return <Empty title="Nothing is yours. Cases of your roles that nobody has taken are under My remit." />;
  if (counts !== undefined && counts.total > 0 && search.view === undefined)
    return <Empty title="Nothing ungoverned can bring anything back." />;
  return <Empty title="No case is in this view." />;
}
