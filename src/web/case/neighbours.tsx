import { Link, useNavigate } from "@tanstack/react-router";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import type { CaseLine } from "../../api/index.js";
import { useKeys } from "../parts/keys.js";

interface CasePage {
  readonly items: readonly CaseLine[];
  readonly total: number;
}

/** The case before and after in the list that was looked at last. */
export function Neighbours({ id }: { readonly id: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const lists = queries
    .getQueriesData<InfiniteData<CasePage>>({ queryKey: ["cases"] })
    .flatMap(([, data]) => (data !== undefined && "pages" in data ? [data.pages] : []));
  const pages = lists.findLast((list) => list.some(({ items }) => items.some((line) => line.id === id)));
  const ids = pages?.flatMap(({ items }) => items.map((line) => line.id)) ?? [];
  const at = ids.indexOf(id);
  const [before, after] = [ids[at - 1], at < 0 ? undefined : ids[at + 1]];
  const go = (to: string | undefined) => (): void => {
    if (to !== undefined) void navigate({ to: "/cases/$id", params: { id: to } });
  };
  useKeys({ "[": go(before), "]": go(after) });
  if (at < 0) return null;
  return (
    <nav className="neighbours" aria-label="Cases of the list">
      <span className="meta">
        {at + 1} of {pages?.[0]?.total ?? ids.length}
      </span>
      {before === undefined ? null : (
        <Link to="/cases/$id" params={{ id: before }} aria-label="case before">
          <IconChevronLeft size={16} stroke={1.5} aria-hidden />
        </Link>
      )}
      {after === undefined ? null : (
        <Link to="/cases/$id" params={{ id: after }} aria-label="case after">
          <IconChevronRight size={16} stroke={1.5} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
