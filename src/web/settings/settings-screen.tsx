import { Link, useParams } from "@tanstack/react-router";
import { ScreenTitle } from "../parts/screen-title.js";
import { AccessPage } from "./access-page.js";
import { AuditPage } from "./audit-page.js";
import { KeysPage } from "./keys-page.js";
import { RolesPage } from "./roles-page.js";
import { SystemPage } from "./system-page.js";
import { TokensPage } from "./tokens-page.js";
import { WebhooksPage } from "./webhooks-page.js";
import { YouPage } from "./you-page.js";
import "./settings.css";

const pages = [
  { page: "access", name: "Access", Page: AccessPage },
  { page: "roles", name: "Roles", Page: RolesPage },
  { page: "tokens", name: "Tokens", Page: TokensPage },
  { page: "webhooks", name: "Webhooks", Page: WebhooksPage },
  { page: "keys", name: "Keys", Page: KeysPage },
  { page: "audit", name: "Audit", Page: AuditPage },
  { page: "system", name: "System", Page: SystemPage },
  { page: "you", name: "You", Page: YouPage },
] as const;

/** Who may do what here; and what is one's own. */
export function SettingsScreen() {
  const { page } = useParams({ from: "/settings/$page" });
  const { Page } = pages.find((item) => item.page === page) ?? pages[0];
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
      <Page />
    </>
  );
}
