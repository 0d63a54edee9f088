import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton.tsx";

/** Lines to copy and run. */
export function CodeBlock({ code, label }: { code: string; label: string }): ReactNode {
	return (
		<div className="code">
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<pre tabIndex={0}>
				<code>{code}</code>
			</pre>
			<CopyButton text={code} label={label} worded />
		</div>
	);
}
