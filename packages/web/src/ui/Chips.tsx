import type { ReactNode } from "react";
import "./chips.css";
import { Icon } from "./Icon.tsx";

/** Aliases (orange; protected ones grey with a lock), tags or types, side by side. */
export function Chips({ texts, kind }: { texts: string[]; kind?: "alias" | "protected" | "type" }): ReactNode {
	if (texts.length === 0) return null;
	return (
		<span className="chips">
			{texts.map((text) => (
				<span key={text} className={kind ? `chip ${kind}` : "chip"}>
					{kind === "protected" ? <Icon name="lock" size={12} /> : null}
					{text}
				</span>
			))}
		</span>
	);
}
