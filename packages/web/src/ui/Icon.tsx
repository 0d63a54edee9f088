import type { ReactNode } from "react";
import { type IconName, iconPaths } from "./icon-paths.ts";

export type { IconName } from "./icon-paths.ts";

/** A small line drawing beside a text that says the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
	return (
		<svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" fill="none" className="icon">
			<path d={iconPaths[name]} stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" strokeLinecap="round" />
		</svg>
	);
}
