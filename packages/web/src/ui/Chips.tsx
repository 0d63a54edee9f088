import type { ReactNode } from "react";

/** Aliases (orange), tags or types, side by side. */
export function Chips({ texts, kind }: { texts: string[]; kind?: "alias" | "type" }): ReactNode {
	if (texts.length === 0) return null;
	return (
		<span className="chips">
			{texts.map((text) => (
				<span key={text} className={kind ? `chip ${kind}` : "chip"}>
					{text}
				</span>
			))}
		</span>
	);
}
