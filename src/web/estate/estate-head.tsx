import { Link } from "@tanstack/react-router";
import { ScreenTitle } from "../parts/screen-title.js";
import "./estate.css";

const tabs = [
  ["/estate/who-can", "Who can"],
  ["/estate/reach", "Reach"],
  ["/estate/search", "Search"],
  ["/estate/compare", "Compare"],
] as const;

/** Title and tabs of the four questions to the estate. */
export function EstateHead({ title }: { readonly title: string }) {
  return (
    <>
      <header className="page-head">
        <ScreenTitle text={title} />
      </header>
      <nav className="tabs" aria-label="Questions to the estate">
        {tabs.map(([to, name]) => (
          <Link key={to} to={to} activeOptions={{ includeSearch: false }}>
            {name}
          </Link>
        ))}
      </nav>
    </>
  );
}
