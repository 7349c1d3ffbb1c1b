import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { columns, groups, type CasesSearch, type ColumnName, type GroupName } from "./cases-search.js";

interface ListMenusProps {
  readonly search: CasesSearch;
  readonly onChange: (change: Partial<Record<keyof CasesSearch, string | undefined>>) => void;
}

const groupNames: Readonly<Record<GroupName, string>> = {
  back: "Comes back",
  lead: "Fix lead",
  contain: "Contain",
  account: "Account",
  tier: "Tier",
  weakness: "Weakness",
  plane: "Plane",
  owner: "Who has taken it",
};

/** By what the list is grouped, and which columns it shows; the address holds both. */
export function ListMenus({ search, onChange }: ListMenusProps) {
  const hidden = new Set(search.cols?.split("|") ?? []);
  const toggle = (name: ColumnName): void => {
    if (!hidden.delete(name)) hidden.add(name);
    onChange({ cols: hidden.size === 0 ? undefined : [...hidden].join("|") });
  };
  return (
    <div className="list-menus">
      <Menu position="bottom-end" shadow="none">
        <Menu.Target>
          <button type="button" className="facet" data-chosen={search.group !== undefined || undefined}>
            Group{search.group === undefined ? null : <strong>: {groupNames[search.group]}</strong>}
            <IconChevronDown size={14} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={search.group ?? "none"}
            onChange={(name) => onChange({ group: name === "none" ? undefined : name })}
          >
            {(["none", ...groups] as const).map((name) => (
              <Menu.RadioItem key={name} value={name} closeMenuOnClick>
                {name === "none" ? "No groups" : groupNames[name]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" shadow="none" closeOnItemClick={false}>
        <Menu.Target>
          <button type="button" className="facet" data-chosen={hidden.size > 0 || undefined}>
            Columns
            <IconChevronDown size={14} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(columns) as ColumnName[]).map((name) => (
            <Menu.CheckboxItem key={name} checked={!hidden.has(name)} onChange={() => toggle(name)}>
              {columns[name]}
            </Menu.CheckboxItem>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
