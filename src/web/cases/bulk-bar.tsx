import { Button } from "@mantine/core";
import { useState } from "react";
import type { CaseLine } from "../../api/index.js";
import { useSession } from "../api/session.js";
import { bulkActs, plural, type BulkAct } from "./bulk-acts.js";
import { BulkDialog } from "./bulk-dialog.js";

interface BulkBarProps {
  readonly lines: readonly CaseLine[];
  /** What stays selected. */
  readonly onSelected: (ids: ReadonlySet<string>) => void;
}

/** What can be done to several cases at once. */
export function BulkBar({ lines, onSelected }: BulkBarProps) {
  const roles = useSession().data?.roles ?? [];
  const [act, setAct] = useState<BulkAct>();
  return (
    <div className="bulk-bar" role="region" aria-label="Selected cases">
      <strong>{lines.length} selected</strong>
      {bulkActs.map((one, index) => {
        const fit = lines.filter((line) => one.whyNot(line, roles) === undefined).length;
        return (
          <Button
            key={one.name}
            size="xs"
            variant={index === 0 ? "filled" : "default"}
            onClick={() => setAct(one)}
          >
            {fit === lines.length ? `${one.verb} all` : `${one.verb} ${plural(fit)}`}
          </Button>
        );
      })}
      <Button size="xs" variant="subtle" onClick={() => onSelected(new Set())}>
        Select none
      </Button>
      {act === undefined ? null : (
        <BulkDialog
          act={act}
          lines={lines}
          roles={roles}
          onClose={(left) => {
            setAct(undefined);
            if (left !== undefined) onSelected(new Set(left));
          }}
        />
      )}
    </div>
  );
}
