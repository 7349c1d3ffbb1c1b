import { Link } from "@tanstack/react-router";

interface CatalogueTabsProps {
  readonly here: "form" | "file" | "history";
  readonly suggestions?: number | undefined;
  readonly problems?: number | undefined;
}

export function CatalogueTabs({ here, suggestions, problems }: CatalogueTabsProps) {
  const current = (name: string) => ({ "aria-current": here === name ? ("page" as const) : undefined });
  return (
    <nav className="tabs" aria-label="Views of the catalogue">
      <Link
        to="/catalogue"
        search={{ as: "form" }}
        activeOptions={{ exact: true, includeSearch: true }}
        {...current("form")}
      >
        Suggestions
        {suggestions === undefined ? undefined : <span className="amount">{suggestions}</span>}
      </Link>
      <Link
        to="/catalogue"
        search={{ as: "file" }}
        activeOptions={{ exact: true, includeSearch: true }}
        {...current("file")}
      >
        remit.yaml
        {problems === undefined || problems === 0 ? undefined : (
          <span className="amount">{problems === 1 ? "1 problem" : `${String(problems)} problems`}</span>
        )}
      </Link>
      <Link to="/catalogue/history" {...current("history")}>
        History
      </Link>
    </nav>
  );
}
