import type { ReactNode } from "react";
import { CodeBlock } from "./CodeBlock.tsx";

/** Says that there is nothing yet, and how to make the first one. */
export function EmptyState({ text, code, codeLabel }: { text: string; code?: string; codeLabel?: string }): ReactNode {
	return (
		<div className="empty">
			<p className="quiet">{text}</p>
			{code ? <CodeBlock code={code} label={codeLabel ?? text} /> : null}
		</div>
	);
}
