import { useEffect, useRef, useState } from "react";
import { IconSearch } from "@tabler/icons-react";
import type { CaseFacets } from "../../api/index.js";
import { FacetMenu } from "./facet-menu.js";
import { filters, typedOf, type CasesSearch, type FilterName } from "./cases-search.js";

interface FilterBarProps {
  readonly search: CasesSearch;
  readonly facets: CaseFacets | undefined;
  readonly onChange: (change: Partial<Record<keyof CasesSearch, string | number | undefined>>) => void;
}

const titles: Readonly<Record<FilterName, string>> = {
  back: "Comes back",
  lead: "Lead",
  contain: "Contain",
  plane: "Plane",
  account: "Account",
  weakness: "Weakness",
  tier: "Tier",
  kind: "Kind",
};

/** Text and menus are one query, and the address holds it. */
export function FilterBar({ search, facets, onChange }: FilterBarProps) {
  const [text, setText] = useState(search.q ?? "");
  const [known, setKnown] = useState(search.q);
  if (known !== search.q) {
    setKnown(search.q);
    setText(search.q ?? "");
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (value: string): void => {
    clearTimeout(timer.current);
    const { q, set } = typedOf(value);
    setKnown(q === "" ? undefined : q);
    if (Object.keys(set).length > 0) setText(q);
    onChange({ ...set, ...("due" in set ? { due: Number(set.due) } : {}), q: q === "" ? undefined : q });
  };
  const any = (Object.keys(filters) as FilterName[]).some((name) => search[name] !== undefined);
  return (
    <div className="filter-bar" role="search" aria-label="Filter cases">
      <label className="filter-text">
        <IconSearch size={16} stroke={1.5} aria-hidden />
        <span className="unseen">Filter: words, or back:yes lead:IDGOV due:3d</span>
        <input
          data-filter
          type="search"
          placeholder="Words, or lead:IDGOV due:3d"
          value={text}
          maxLength={200}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setText(value);
            clearTimeout(timer.current);
            if (!value.includes(":")) timer.current = setTimeout(() => apply(value), 150);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") apply(text);
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <kbd aria-hidden>/</kbd>
      </label>
      {(Object.keys(filters) as FilterName[]).map((name) => (
        <FacetMenu
          key={name}
          title={titles[name]}
          values={facets?.facets[filters[name]] ?? []}
          chosen={search[name]?.split("|") ?? []}
          onChoose={(values) => onChange({ [name]: values.length === 0 ? undefined : values.join("|") })}
        />
      ))}
      {search.due === undefined ? null : (
        <button type="button" className="facet" data-chosen onClick={() => onChange({ due: undefined })}>
          due within {search.due} d <span aria-hidden>×</span>
          <span className="unseen">, remove</span>
        </button>
      )}
      {any || search.q !== undefined || search.due !== undefined ? (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            setText("");
            onChange({
              ...Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])),
              q: undefined,
              due: undefined,
            });
          }}
        >
          Remove all filters
        </button>
      ) : null}
    </div>
  );
}
