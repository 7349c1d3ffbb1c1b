import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link, useRouter } from "@tanstack/react-router";
import type { Summary } from "../../api/index.js";
import { places } from "./places.js";

/** So many fit side by side on a telephone; the rest is under More. */
const narrow = 4;

/** The way to every screen that there is; numbers are open items, never dots. */
export function Nav({ summary }: { readonly summary: Summary | undefined }) {
  const { routesByPath } = useRouter();
  const known = Object.keys(routesByPath);
  const shown = places.filter(({ to }) => known.some((path) => path === to || path.startsWith(`${to}/`)));
  return (
    <nav className="shell-nav" aria-label="Screens">
      <Link to="/" className="brand">
        <span className="brand-mark" aria-hidden>
          r
        </span>
        <span className="name">remit</span>
      </Link>
      <ul>
        {shown.map(({ to, name, icon: Sign, first, count }, index) => {
          const number = summary === undefined ? "" : (count?.(summary.cases) ?? "");
          return (
            <li
              key={to}
              className={first === true ? "apart" : undefined}
              data-rest={index >= narrow || undefined}
            >
              <Link to={to as "/cases"} activeOptions={{ includeSearch: false }}>
                <Sign size={18} stroke={1.5} aria-hidden />
                <span className="name">{name}</span>
                {number === "" ? null : <span className="count">{number}</span>}
              </Link>
            </li>
          );
        })}
        <li className="nav-more">
          <Menu position="top-end" shadow="none" width={200}>
            <Menu.Target>
              <button type="button">
                <IconDots size={18} stroke={1.5} aria-hidden />
                <span className="name">More</span>
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {shown.slice(narrow).map(({ to, name }) => (
                <Menu.Item key={to} component={Link} to={to as "/cases"}>
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </li>
      </ul>
      {summary === undefined ? null : (
        <p className="shell-foot meta">
          {summary.organisation ?? (summary.example ? "Example company, made up" : "")}
          <br />
          {estateText(summary)}
        </p>
      )}
    </nav>
  );
}

/** A day: beyond it the age stands in the bar as well, on every screen. */
export const estateIsOld = (summary: Summary | undefined): boolean =>
  (summary?.estate.ageMinutes ?? 0) >= 1440;

/** `estate 12 min old · 9 days of CloudTrail` */
export function estateText({ estate }: Summary): string {
  const age = estate.ageMinutes;
  if (age === undefined) return "no estate yet";
  const old =
    age < 1
      ? "under 1 min"
      : age < 60
        ? `${String(age)} min`
        : age < 2880
          ? `${String(Math.floor(age / 60))} h`
          : `${String(Math.floor(age / 1440))} d`;
  const days = Math.floor(estate.auditLogDays);
  return `estate ${old} old · ${days === 0 ? "no CloudTrail" : `${String(days)} days of CloudTrail`}`;
}
