import { Link } from "@tanstack/react-router";
import { ScreenTitle } from "../parts/screen-title.js";
import "./estate.css";

const views = [
  { to: "/estate/who-can", name: "Who can" },
  { to: "/estate/reach", name: "Reach" },
  { to: "/estate/search", name: "Search" },
  { to: "/estate/compare", name: "Compare" },
] as const;

/** The four ways to ask the estate. */
export function EstateHead({ title, lead }: { readonly title: string; readonly lead?: string | undefined }) {
  return (
    <>
      <header className="page-head">
        <ScreenTitle text={title} />
        {lead === undefined ? undefined : <p className="lead">{lead}</p>}
      </header>
      <nav className="tabs" aria-label="Questions to the estate">
        {views.map(({ to, name }) => (
          <Link key={to} to={to} activeOptions={{ includeSearch: false }}>
            {name}
          </Link>
        ))}
      </nav>
    </>
  );
}
