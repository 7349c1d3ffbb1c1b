import { Button, Modal, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { CaseFacets } from "../../api/index.js";
import { casesSearch, type CasesSearch } from "./cases-search.js";
import { keepView, removeView, savedViews } from "./saved-views.js";

const names = [
  ["open", "All open"],
  ["mine", "Mine"],
  ["waiting", "Waiting for me"],
  ["late", "Late"],
  ["nobody", "Nobody's"],
  ["unknown", "Unknown"],
] as const;

/** Views everybody has, with their counts, and those that somebody kept in this browser. */
export function ViewTabs({
  search,
  facets,
}: {
  readonly search: CasesSearch;
  readonly facets: CaseFacets | undefined;
}) {
  const [saved, setSaved] = useState(savedViews);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const navigate = useNavigate();
  const here = JSON.stringify(search);
  const custom = Object.keys(search).some((key) => key !== "view" && key !== "peek");
  const { peek: _, ...kept } = search;
  return (
    <nav className="tabs views" aria-label="Views">
      {names.map(([view, title]) => {
        const current = (search.view ?? "open") === view && !custom;
        return (
          <Link
            key={view}
            to="/cases"
            search={view === "open" ? {} : { view }}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={current ? "page" : undefined}
          >
            {title} <span className="count">{facets?.views[view].toLocaleString("en") ?? ""}</span>
          </Link>
        );
      })}
      {saved.map((view) => (
        <Link
          key={view.name}
          to="/cases"
          search={casesSearch(view.search)}
          aria-current={JSON.stringify(casesSearch(view.search)) === here ? "page" : undefined}
        >
          <bdi>{view.name}</bdi>
        </Link>
      ))}
      {custom ? (
        <button type="button" className="quiet" onClick={() => setNaming(true)}>
          Save view
        </button>
      ) : null}
      {saved.some((view) => JSON.stringify(casesSearch(view.search)) === here) ? (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            setSaved(removeView(here));
            void navigate({ to: "/cases", search: {} });
          }}
        >
          Forget this view
        </button>
      ) : null}
      {naming ? (
        <Modal
          opened
          onClose={() => setNaming(false)}
          title="Save this view"
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <form
            className="reason-dialog"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === "") return;
              setSaved(keepView({ name: name.trim(), search: kept }));
              setNaming(false);
              setName("");
            }}
          >
            <TextInput
              data-autofocus
              label="Name"
              description="Kept in this browser, for you alone; the address shows it to anybody you send it to"
              value={name}
              maxLength={60}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <div className="reason-foot">
              <Button type="submit" disabled={name.trim() === ""}>
                Save view
              </Button>
            </div>
          </form>
        </Modal>
      ) : null}
    </nav>
  );
}
