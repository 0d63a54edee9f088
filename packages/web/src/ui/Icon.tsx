import type { ReactNode } from "react";

const paths = {
	home: "M2.5 7.5 8 3l5.5 4.5V13h-4v-3.5h-3V13h-4z",
	team: "M5.5 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.5 13c0-2.5 1.6-3.8 4-3.8s4 1.3 4 3.8M11 7.5a2 2 0 1 0-1-3.7M11 9.3c2.2 0 3.5 1.3 3.5 3.7",
	runs: "M2 12.5 5.5 8l3 2.5L14 4M10.5 4H14v3.5",
	artifact: "M8 2 13.5 5v6L8 14 2.5 11V5zM2.5 5 8 8l5.5-3M8 8v6",
	registry: "M3 3h10v3.5H3zM3 9.5h10V13H3zM5.5 4.75h.01M5.5 11.25h.01",
	settings:
		"M3 4.5h4M11 4.5h2M3 11.5h2M9 11.5h4M9 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
	key: "M10 9.5a3.5 3.5 0 1 0-3.3-2.3L2 12v2h2.5v-1.5H6V11h1.5l1-1.7c.5.1 1 .2 1.5.2ZM11 5h.01",
	language: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14M8 2C6 4 5.5 6 5.5 8S6 12 8 14",
	theme: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h4.5M8 8h6M8 11h4.5",
	signOut: "M6.5 2.5H3v11h3.5M7 8h7M11 5l3 3-3 3",
	copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
	check: "m3 8.5 3.2 3.2L13 4.5",
	menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
	columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
	download: "M8 2.5V10M5 7.5 8 10.5l3-3M3 13.5h10",
	more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
	lock: "M3.5 7.5h9V13h-9zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3",
	plus: "M8 3v10M3 8h10",
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside a text that says the same. */
export function Icon({ name }: { name: IconName }): ReactNode {
	return (
		<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="none">
			<path d={paths[name]} stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" strokeLinecap="round" />
		</svg>
	);
}
