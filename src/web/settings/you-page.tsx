import { NativeSelect, Switch, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { setSingleKeys, singleKeysOn } from "../parts/keys.js";

/** What is one's own in this browser. */
export function YouPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [keys, setKeys] = useState(singleKeysOn);
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
      <p className="meta">Kept in this browser. Times are shown in UTC.</p>
    </div>
  );
}
