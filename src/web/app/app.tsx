import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { makeQueries } from "../api/queries.js";
import { colourScheme } from "./colour-scheme.js";
import { answered, failed } from "./connection.js";
import { keepFocus } from "./kept-focus.js";
import { makeRouter } from "./router.js";
import { theme } from "./theme.js";

/** Mantine adds no styles of its own: under this page's content security policy and Trusted Types it could not. */
export function App() {
  const [queries] = useState(() => makeQueries({ onAnswer: answered, onFault: failed }));
  const [router] = useState(() => makeRouter(queries));
  useEffect(keepFocus, []);
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
