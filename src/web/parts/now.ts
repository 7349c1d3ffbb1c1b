import { createContext, useContext } from "react";

/** The clock of the installation, not of the browser: in the example it is another day. ISO instant. */
export const Now = createContext<string>(new Date(0).toISOString());

export const useNow = (): string => useContext(Now);
