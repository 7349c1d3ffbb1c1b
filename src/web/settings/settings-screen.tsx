import { Link, useParams } from "@tanstack/react-router";
import { ScreenTitle } from "../parts/screen-title.js";
import { AccessPage } from "./access-page.js";
import { AuditPage } from "./audit-page.js";
import { TokensPage } from "./tokens-page.js";
import { YouPage } from "./you-page.js";
import "./settings.css";

const pages = [
  { page: "access", name: "Access" },
  { page: "tokens", name: "Tokens" },
  { page: "audit", name: "Audit" },
  { page: "you", name: "You" },
] as const;

/** Who may do what here; and what is one's own. */
export function SettingsScreen() {
  const { page } = useParams({ from: "/settings/$page" });
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="Settings" />
      </header>
      <nav className="tabs" aria-label="Settings">
        {pages.map((item) => (
          <Link key={item.page} to="/settings/$page" params={{ page: item.page }}>
            {item.name}
          </Link>
        ))}
      </nav>
      {page === "tokens" ? (
        <TokensPage />
      ) : page === "audit" ? (
        <AuditPage />
      ) : page === "you" ? (
        <YouPage />
      ) : (
        <AccessPage />
      )}
    </>
  );
}
