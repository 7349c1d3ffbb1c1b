import { Modal, useMantineColorScheme } from "@mantine/core";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useState, type KeyboardEvent } from "react";
import type { Found } from "../../api/index.js";
import { shortName } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { PlainText } from "../parts/plain-text.js";
import { Fault } from "../parts/state-blocks.js";
import { lastPlaces, keepPlace } from "./last-places.js";
import { places } from "./places.js";

interface Hit {
  readonly group: string;
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly go: () => void;
}

interface Answer {
  readonly items: readonly Found[];
  readonly more: readonly { readonly kind: string; readonly count: number }[];
  readonly estate: boolean;
}

const groupNames: Readonly<Record<Found["kind"], string>> = {
  case: "Cases",
  identity: "Identities",
  credential: "Credentials",
  resource: "Resources",
  person: "People and teams",
  team: "People and teams",
  workload: "Workloads",
  document: "Documents",
};

/** One field for everything; results are places to go to. */
export function Find({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  // It is there while it is open, so the dialog itself never sees that it closes.
  const [before] = useState(() => ({ element: document.activeElement, path: window.location.pathname }));
  useEffect(
    () => () => {
      if (before.element instanceof HTMLElement && window.location.pathname === before.path)
        before.element.focus({ preventScroll: true });
    },
    [before],
  );
  const asked = useDeferredValue(text.trim());
  const answer = useRead<Answer>("/search", { q: asked }, { when: asked.length >= 2, fresh: 30_000 });
  const hits = useHits(asked, answer.data?.value, onClose);
  const chosen = Math.min(at, Math.max(0, hits.length - 1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((chosen + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      hits[chosen]?.go();
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={640}
      yOffset="12vh"
      aria-label="Find"
      className="find"
    >
      <input
        data-autofocus
        className="find-field"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="find-hits"
        aria-activedescendant={hits.length === 0 ? undefined : `hit-${String(chosen)}`}
        aria-label="Find cases, identities, keys, resources, people, documents, screens"
        placeholder="Case, identity, key, resource, person, document, screen"
        value={text}
        maxLength={300}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="find-hits" role="listbox" aria-label="Found" className="find-hits">
        {hits.map((hit, index) => (
          <li
            key={hit.key}
            id={`hit-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            data-group={index === 0 || hits[index - 1]?.group !== hit.group ? hit.group : undefined}
            onClick={hit.go}
          >
            <span className="group label">{hit.group}</span>
            <PlainText text={hit.name} className="hit-name" />
            <PlainText text={hit.detail} className="meta" />
          </li>
        ))}
      </ul>
      <FindFoot answer={answer.data?.value} asked={asked} none={hits.length === 0 && !answer.isFetching} />
      {answer.isError ? <Fault error={answer.error} what="the search was not answered" /> : null}
    </Modal>
  );
}

interface FindFootProps {
  readonly answer: Answer | undefined;
  readonly asked: string;
  readonly none: boolean;
}

function FindFoot({ answer, asked, none }: FindFootProps) {
  const more = answer?.more.filter(({ count }) => count > 0) ?? [];
  return (
    <p className="meta find-foot" role="status">
      {none && asked.length >= 2 ? `Nothing here has \`${asked}\` in its id or name.` : ""}
      {more.length === 0
        ? ""
        : `more: ${more.map(({ kind, count }) => `${String(count)} × ${kind}`).join(", ")}`}
      {answer?.estate === false ? " The estate is not ready yet: only what is stored was searched." : ""}
    </p>
  );
}

function useHits(asked: string, answer: Answer | undefined, onClose: () => void): readonly Hit[] {
  const navigate = useNavigate();
  const { routesByPath } = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const goTo = (to: string, name: string) => (): void => {
    keepPlace({ to, name });
    onClose();
    void navigate({ href: to });
  };
  const words = asked.toLowerCase();
  const screens = places
    .filter(({ to, name }) => to in routesByPath && words !== "" && name.toLowerCase().startsWith(words))
    .map(({ to, name }) => ({ group: "Screens", key: `screen ${to}`, name, detail: "", go: goTo(to, name) }));
  const commands = (["dark", "light"] as const)
    .filter((name) => words !== "" && name.startsWith(words))
    .map((name) => ({
      group: "Commands",
      key: `colours ${name}`,
      name: `${name} colours`,
      detail: "",
      go: () => {
        setColorScheme(name);
        onClose();
      },
    }));
  if (asked.length < 2)
    return [
      ...screens,
      ...commands,
      ...(asked === ""
        ? lastPlaces().map(({ to, name }) => ({
            group: "Last",
            key: `last ${to}`,
            name,
            detail: "",
            go: goTo(to, name),
          }))
        : []),
    ];
  const found = (answer?.items ?? []).map((item): Hit => {
    const name = item.kind === "case" ? `${item.id} ${item.name}` : shortName(item.name);
    return {
      group: groupNames[item.kind],
      key: `${item.kind} ${item.id}`,
      name,
      detail: [item.detail, item.accountName].filter((part) => part !== undefined).join(" · "),
      go: goTo(addressOf(item), name),
    };
  });
  return [...found, ...screens, ...commands];
}

function addressOf({ kind, id }: Found): string {
  const of = encodeURIComponent(id);
  switch (kind) {
    case "case":
      return `/cases/${of}`;
    case "identity":
      return `/estate/reach?principal=${of}`;
    case "credential":
    case "resource":
      return `/estate/search?q=${of}`;
    case "person":
    case "team":
    case "workload":
      return `/catalogue?entry=${of}`;
    case "document":
      return `/findings?q=${of}`;
  }
}
