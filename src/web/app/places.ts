import {
  IconBooks,
  IconBroadcast,
  IconChartHistogram,
  IconFileImport,
  IconListDetails,
  IconReportAnalytics,
  IconSettings,
  IconTopologyStar3,
  IconUserCheck,
  type Icon,
} from "@tabler/icons-react";
import type { Summary } from "../../api/index.js";

/** A screen in the navigation. */
export interface ScreenPlace {
  readonly to: string;
  readonly name: string;
  readonly icon: Icon;
  /** After `g`. */
  readonly key: string;
  /** Stands after a line. */
  readonly first?: true;
  readonly count?: (cases: Summary["cases"]) => string;
}

const shown = (value: number, words = ""): string => (value === 0 ? "" : value.toLocaleString("en") + words);

export const places: readonly ScreenPlace[] = [
  {
    to: "/remit",
    name: "My remit",
    icon: IconUserCheck,
    key: "m",
    count: ({ mine, waiting }) => shown(mine + waiting),
  },
  { to: "/cases", name: "Cases", icon: IconListDetails, key: "c", count: ({ open }) => shown(open) },
  {
    to: "/command",
    name: "Command",
    icon: IconBroadcast,
    key: "b",
    count: ({ incidents }) => shown(incidents, " live"),
  },
  { to: "/readiness", name: "Readiness", icon: IconChartHistogram, key: "r" },
  { to: "/estate", name: "Estate", icon: IconTopologyStar3, key: "e", first: true },
  { to: "/findings", name: "Findings", icon: IconFileImport, key: "f" },
  { to: "/catalogue", name: "Catalogue", icon: IconBooks, key: "k" },
  { to: "/reports", name: "Reports", icon: IconReportAnalytics, key: "p" },
  { to: "/settings", name: "Settings", icon: IconSettings, key: "s", first: true },
];
