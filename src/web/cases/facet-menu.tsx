import { Checkbox, Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { shortName } from "../../report/index.js";
import { PlainText } from "../parts/plain-text.js";

export interface FacetValue {
  readonly value: string;
  readonly label?: string | undefined;
  readonly count: number;
}

interface FacetMenuProps {
  readonly title: string;
  readonly values: readonly FacetValue[];
  readonly chosen: readonly string[];
  readonly onChoose: (values: readonly string[]) => void;
}

/** What a list may be narrowed by, with how many rows each value would show. */
export function FacetMenu({ title, values, chosen, onChoose }: FacetMenuProps) {
  const missing = chosen.filter((name) => values.every(({ value }) => value !== name));
  const all = [...values, ...missing.map((value): FacetValue => ({ value, count: 0 }))];
  const labels = chosen.map((name) => all.find(({ value }) => value === name)?.label ?? shortName(name));
  return (
    <Popover position="bottom-start" shadow="none" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="facet" data-chosen={chosen.length > 0 || undefined}>
          {title}
          {chosen.length === 0 ? null : (
            <strong>: {labels.length > 1 ? String(labels.length) : labels[0]}</strong>
          )}
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        <ul className="facet-values">
          {all.map(({ value, label, count }) => (
            <li key={value}>
              <Checkbox
                size="xs"
                checked={chosen.includes(value)}
                onChange={(event) =>
                  onChoose(
                    event.currentTarget.checked
                      ? [...chosen, value]
                      : chosen.filter((name) => name !== value),
                  )
                }
                label={<PlainText text={label ?? shortName(value)} />}
              />
              <span className="meta">{count}</span>
            </li>
          ))}
        </ul>
        {all.length === 0 ? <p className="meta">nothing to choose from</p> : null}
        {chosen.length === 0 ? null : (
          <button type="button" className="quiet" onClick={() => onChoose([])}>
            Any {title.toLowerCase()}
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
