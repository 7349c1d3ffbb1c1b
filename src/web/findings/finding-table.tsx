import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FindingLine } from "../../api/index.js";
import { kindName } from "../../report/index.js";
import { read } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { keyOf } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { rowKeys } from "../parts/row-keys.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { stateWords, toolName } from "./finding-words.js";
import type { FindingsSearch } from "./findings-search.js";

interface Page {
  readonly items: readonly FindingLine[];
  readonly next?: string;
  readonly total: number;
  readonly narrowed?: true;
}

/** Rows of a page; the server filters and sorts, so that 100,000 are as quick as 10. */
const limit = 100;

/** Findings, the most severe first; another page on demand, so that the foot of the page can be reached. */
export function FindingTable({
  search,
  onChoose,
}: {
  readonly search: FindingsSearch;
  readonly onChoose: () => void;
}) {
  const { q, tool, weakness, state, muted, repeat, case: of } = search;
  const filter = { q, tool, weakness, state, muted, repeat, case: of };
  const pages = useInfiniteQuery({
    queryKey: [...keyOf("/findings", filter), "pages"],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) =>
      (await read<Page>(apiPath("/findings", { ...filter, limit, after: pageParam }), signal)).value,
    getNextPageParam: (page) => page.next,
  });
  if (pages.isPending) return <Waiting what="findings" rows={10} />;
  const found = pages.data;
  if (found === undefined)
    return pages.error === null ? undefined : (
      <Fault error={pages.error} what="could not read the findings" retry={() => void pages.refetch()} />
    );
  const rows = found.pages.flatMap(({ items }) => items);
  const total = found.pages[0]?.total ?? 0;
  if (rows.length === 0)
    return (
      <NoRows
        filtered={Object.values(filter).some((value) => value !== undefined)}
        narrowed={found.pages[0]?.narrowed}
        onChoose={onChoose}
      />
    );
  return (
    <>
      <div className="table-frame">
        <table className="table findings" aria-rowcount={total + 1}>
          <thead>
            <tr>
              <th>Last seen</th>
              <th>Tool</th>
              <th>Severity</th>
              <th>Weakness</th>
              <th>Resource</th>
              <th>State</th>
              <th>Case</th>
            </tr>
          </thead>
          <tbody onKeyDown={rowKeys}>
            {rows.map((row, index) => (
              <Row key={row.fingerprint} row={row} index={index} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="foot-line">
        {rows.length.toLocaleString("en")} of {total.toLocaleString("en")}
        {pages.hasNextPage ? (
          <button
            type="button"
            className="button"
            disabled={pages.isFetchingNextPage}
            onClick={() => {
              void pages.fetchNextPage();
            }}
          >
            {pages.isFetchNextPageError ? "Could not load more: try again" : `${String(limit)} more`}
          </button>
        ) : undefined}
      </p>
    </>
  );
}

function Row({ row, index }: { readonly row: FindingLine; readonly index: number }) {
  return (
    <tr data-row tabIndex={0} aria-rowindex={index + 2}>
      <td className="tight">{absolute(row.lastSeen)}</td>
      <td className="words">
        <PlainText text={toolName(row.tool)} />
        {row.also.length === 0 ? undefined : (
          <div className="meta">also {row.also.map(toolName).join(", ")}</div>
        )}
      </td>
      <td className="tight">{row.severity}</td>
      <td>
        <span className="mono">{row.weakness}</span>
        <div className="meta">
          <Sentence text={row.title} />
        </div>
      </td>
      <td>
        <Sentence text={`${kindName(row.resourceKind)} ${row.resourceName}`} />
      </td>
      <td className="words">
        {stateWords(row)}
        {row.muted?.reason === undefined ? undefined : (
          <div className="meta">
            <Sentence text={row.muted.reason} />
          </div>
        )}
      </td>
      <td>{row.case === undefined ? "–" : <CaseLink id={row.case} />}</td>
    </tr>
  );
}

interface NoRowsProps {
  readonly filtered: boolean;
  readonly narrowed: true | undefined;
  readonly onChoose: () => void;
}

function NoRows({ filtered, narrowed, onChoose }: NoRowsProps) {
  if (narrowed === true && !filtered)
    return (
      <Empty title="No finding is about what your teams answer for.">
        <p>Whether there are others is for those to see who answer for them, and for security operations.</p>
      </Empty>
    );
  return filtered ? (
    <Empty title="No finding matches.">
      <p>
        <Link to="/findings" search={{}} className="plain">
          Show all findings
        </Link>
      </p>
    </Empty>
  ) : (
    <Empty title="No findings yet.">
      <p>
        Drop what a scanner wrote anywhere on this page: Prowler, Security Hub, gitleaks, trivy and others, in
        any order.
      </p>
      <button type="button" className="button" onClick={onChoose}>
        Choose files
      </button>
    </Empty>
  );
}
