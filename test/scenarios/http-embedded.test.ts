import { scenariosOverHttp } from "./http-suite.js";

scenariosOverHttp(() => Promise.resolve({ kind: "memory" }));
