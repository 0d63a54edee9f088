import { type ReactNode, useMemo } from "react";
import { readAnsi, type Span } from "./ansi.ts";

type Piece = { at: number; text: string; isMatch: boolean; look: Span };

/** Where a text stands in another, whatever its case. */
function placesOf(text: string, wanted: string): { from: number; to: number }[] {
	const places: { from: number; to: number }[] = [];
	if (wanted === "") return places;
	const lower = text.toLowerCase();
	for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
		places.push({ from: at, to: at + wanted.length });
	}
	return places;
}

/** The line in pieces of one look each, within or outside of what is looked for, which may reach over several colours. */
function piecesOf(spans: Span[], wanted: string): Piece[] {
	const places = placesOf(spans.map(({ text }) => text).join(""), wanted);
	const bounds = places.flatMap(({ from, to }) => [from, to]);
	let start = 0;
	return spans.flatMap((look) => {
		const end = start + look.text.length;
		const cuts = [start, ...bounds.filter((bound) => bound > start && bound < end), end];
		const offset = start;
		start = end;
		return cuts.slice(0, -1).map((at, index): Piece => {
			const text = look.text.slice(at - offset, (cuts[index + 1] ?? end) - offset);
			return { at, text, look, isMatch: places.some(({ from, to }) => at >= from && at < to) };
		});
	});
}

function classOf({ colour, bold, faint, underline }: Span): string | undefined {
	const named = colour !== undefined && !colour.startsWith("#") ? `ansi-${colour}` : "";
	const classes = [named, bold ? "bold" : "", faint ? "faint" : "", underline ? "under" : ""];
	return classes.filter(Boolean).join(" ") || undefined;
}

/** A line of the console in the colours it was written in. */
export function LogText({ line, marked }: { line: string; marked: string }): ReactNode {
	const pieces = useMemo(() => piecesOf(readAnsi(line), marked.toLowerCase()), [line, marked]);
	return (
		<span className="log-text">
			{pieces.map(({ at, text, isMatch, look }) => {
				const style = look.colour?.startsWith("#") ? { color: look.colour } : undefined;
				return isMatch ? (
					<mark key={at}>{text}</mark>
				) : (
					<span key={at} className={classOf(look)} style={style}>
						{text}
					</span>
				);
			})}
		</span>
	);
}
