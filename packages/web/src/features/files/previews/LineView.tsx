import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./line-view.css";

const lineHeight = 19;
/** More characters than this are not laid out on one line: one line of megabytes would stop the page. */
const longestLine = 4_000;

function Line({ text }: { text: string }): ReactNode {
	const { t } = useTranslation();
	const [shown, setShown] = useState(longestLine);
	if (text.length <= shown) return text || " ";
	return (
		<>
			{text.slice(0, shown)}
			<button type="button" className="line-more" tabIndex={-1} onClick={() => setShown(shown + 4 * longestLine)}>
				{t("files.moreCharacters", { count: text.length - shown })}
			</button>
		</>
	);
}

/** Text with numbers to its lines; those in sight are drawn. */
export function LineView({ text, label }: { text: string; label: string }): ReactNode {
	const box = useRef<HTMLDivElement>(null);
	const lines = text.split("\n");
	if (lines.length > 1 && lines.at(-1) === "") lines.pop();
	const virtualizer = useVirtualizer({
		count: lines.length,
		getScrollElement: () => box.current,
		estimateSize: () => lineHeight,
		overscan: 20,
	});
	const digits = String(lines.length).length;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
		<section className="lines" ref={box} tabIndex={0} aria-label={label} style={{ tabSize: 4 }}>
			<pre style={{ height: virtualizer.getTotalSize() }}>
				{virtualizer.getVirtualItems().map(({ index, start }) => (
					<div key={index} className="line" style={{ transform: `translateY(${start}px)`, height: lineHeight }}>
						<span className="line-number" data-number={index + 1} style={{ minWidth: `${digits + 2}ch` }} />
						<code>
							<Line text={lines[index]?.replace(/\r$/, "") ?? ""} />
						</code>
					</div>
				))}
			</pre>
		</section>
	);
}
