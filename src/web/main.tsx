import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "./styles/mantine-parts.js";
import "./styles/tokens.css";
import "./styles/mantine.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./parts/page.css";
import "./parts/marks.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setNonce } from "get-nonce";
import { App } from "./app/app.js";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// Dialogs stop the page behind them from scrolling with a style of their own.
setNonce(nonce);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the screens");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
