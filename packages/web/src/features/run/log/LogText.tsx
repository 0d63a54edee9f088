import { type ReactNode, useMemo } from "react";
import { readAnsi, type Span } from "./ansi.ts";

/** The parts of a text that are, and are not, what is looked for. */
function splitAt(text: string, wanted: string): { part: string; isMatch: boolean; at: number }[] {
	if (wanted === "") return [{ part: text, isMatch: false, at: 0 }];
	const parts: { part: string; isMatch: boolean; at: number }[] = [];
	const lower = text.toLowerCase();
	let from = 0;
	for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
		parts.push({ part: text.slice(from, at), isMatch: false, at: from });
		parts.push({ part: text.slice(at, at + wanted.length), isMatch: true, at });
		from = at + wanted.length;
	}
	parts.push({ part: text.slice(from), isMatch: false, at: from });
	return parts.filter(({ part }) => part !== "");
}

function AnsiSpan({ span, wanted }: { span: Span; wanted: string }): ReactNode {
	const { text, colour, bold, faint, underline } = span;
	const named = colour !== undefined && !colour.startsWith("#");
	const classes = [named ? `ansi-${colour}` : "", bold ? "bold" : "", faint ? "faint" : "", underline ? "under" : ""];
	return (
		<span
			className={classes.filter(Boolean).join(" ") || undefined}
			style={colour !== undefined && !named ? { color: colour } : undefined}
		>
			{splitAt(text, wanted).map(({ part, isMatch, at }) => (isMatch ? <mark key={at}>{part}</mark> : part))}
		</span>
	);
}

/** A line of the console in the colours it was written in. */
export function LogText({ line, marked }: { line: string; marked: string }): ReactNode {
	const spans = useMemo(() => readAnsi(line), [line]);
	const wanted = marked.toLowerCase();
	return (
		<span className="log-text">
			{spans.map((span, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never change places
				<AnsiSpan key={index} span={span} wanted={wanted} />
			))}
		</span>
	);
}
