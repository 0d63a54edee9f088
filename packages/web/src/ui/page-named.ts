import { createContext } from "react";

/** A page whose name is known: its address, and what it is called. */
export type NamedPage = { readonly href: string; readonly title: string };

/** Told of each page that has its name; answers with what to do when the page is left. */
export const PageNamed = createContext<(page: NamedPage) => (() => void) | undefined>(() => undefined);
