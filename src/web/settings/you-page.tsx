import { NativeSelect, Switch, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { setSingleKeys, singleKeysOn } from "../parts/keys.js";
import { useNow } from "../parts/now.js";
import { absolute } from "../parts/when.js";
import { browserZone, chooseZone, chosenZone, inZone } from "../parts/zone.js";

/** What is one's own in this browser. */
export function YouPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [keys, setKeys] = useState(singleKeysOn);
  const [zone, setZone] = useState(chosenZone);
  const now = useNow();
  const own = inZone(now, zone ?? browserZone());
  return (
    <div className="you">
      <NativeSelect
        label="Theme"
        value={colorScheme}
        data={[
          { value: "auto", label: "as the system" },
          { value: "light", label: "light" },
          { value: "dark", label: "dark" },
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setColorScheme(value === "light" || value === "dark" ? value : "auto");
        }}
      />
      <NativeSelect
        label="Time zone"
        description="Times are printed in UTC, as evidence and exports have them; under the pointer stands yours too."
        value={zone ?? ""}
        data={[
          { value: "", label: `as the browser (${browserZone()})` },
          { value: "UTC", label: "UTC only" },
          ...Intl.supportedValuesOf("timeZone")
            .filter((name) => name !== "UTC")
            .map((name) => ({ value: name, label: name.replaceAll("_", " ") })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const chosen = value === "" ? undefined : value;
          chooseZone(chosen);
          setZone(chosen);
        }}
      />
      <p className="meta zone-now">
        Now: {absolute(now)}
        {own === undefined ? "" : ` · ${own}`}
      </p>
      <Switch
        label="Single keys"
        description="j, k, e, g and the like; Ctrl K and the arrows work without them"
        checked={keys}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          setSingleKeys(on);
          setKeys(on);
        }}
      />
      <p className="meta">Kept in this browser.</p>
    </div>
  );
}
