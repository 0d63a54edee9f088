/** Text of one look. */
export type Span = {
	text: string;
	/** One of the sixteen colours of terminals, or `#rrggbb`. */
	colour?: string;
	bold?: boolean;
	faint?: boolean;
	underline?: boolean;
};

type Look = Omit<Span, "text">;

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Colours and weights; then everything else that a terminal takes for an order. */
const sequences = new RegExp(
	`${esc}\\[([0-9;]*)m|${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|${esc}[@-_]`,
	"g",
);

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

function hex(...parts: number[]): string {
	return `#${parts.map((part) => Math.min(Math.max(part, 0), 255).toString(16).padStart(2, "0")).join("")}`;
}

/** The 256 colours: sixteen by name, a cube of six, and greys. */
function indexed(index: number): string | undefined {
	if (index < 8) return names[index];
	if (index < 16) return `bright-${names[index - 8]}`;
	if (index > 255) return undefined;
	if (index >= 232) return hex(...[0, 0, 0].map(() => 8 + (index - 232) * 10));
	const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
	const place = index - 16;
	return hex(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
}

function withColour(look: Look, colour: string | undefined): Look {
	const { colour: _, ...rest } = look;
	return colour === undefined ? rest : { ...rest, colour };
}

function applyCodes(codes: number[], before: Look): Look {
	let look = before;
	for (let at = 0; at < codes.length; at += 1) {
		const code = codes[at] ?? 0;
		if (code === 0) look = {};
		else if (code === 1) look = { ...look, bold: true };
		else if (code === 2) look = { ...look, faint: true };
		else if (code === 4) look = { ...look, underline: true };
		else if (code === 22) look = { ...look, bold: false, faint: false };
		else if (code === 24) look = { ...look, underline: false };
		else if (code >= 30 && code <= 37) look = withColour(look, names[code - 30]);
		else if (code >= 90 && code <= 97) look = withColour(look, `bright-${names[code - 90]}`);
		else if (code === 39) look = withColour(look, undefined);
		else if (code === 38 || code === 48) {
			const isIndexed = codes[at + 1] === 5;
			const colour = isIndexed ? indexed(codes[at + 2] ?? 0) : hex(...codes.slice(at + 2, at + 5));
			if (code === 38) look = withColour(look, colour);
			at += isIndexed ? 2 : 4;
		}
	}
	return look;
}

/** A line as a terminal would leave it: what a carriage return goes back over is not seen, colours are told apart. */
export function readAnsi(line: string): Span[] {
	const ended = line.replace(/[\r\n]+$/, "");
	const text = ended.slice(ended.lastIndexOf("\r") + 1);
	const spans: Span[] = [];
	let look: Look = {};
	let from = 0;
	const push = (to: number) => {
		if (to > from) spans.push({ text: text.slice(from, to), ...look });
	};
	for (const match of text.matchAll(sequences)) {
		push(match.index);
		from = match.index + match[0].length;
		if (match[1] !== undefined) look = applyCodes(match[1].split(";").map(Number), look);
	}
	push(text.length);
	return spans;
}

/** The line without colours. */
export function plainText(line: string): string {
	return readAnsi(line)
		.map(({ text }) => text)
		.join("");
}
