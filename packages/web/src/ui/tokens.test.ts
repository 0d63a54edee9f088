import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

/** The custom properties of the first rule that begins with a selector. */
function readRule(selector: string): Map<string, string> {
	const rule = css.slice(css.indexOf(`${selector} {`));
	const body = rule.slice(0, rule.indexOf("}"));
	return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]));
}

const light = readRule(":root");
const schemes = new Map([
	["light", light],
	["dark", new Map([...light, ...readRule(':root[data-mantine-color-scheme="dark"]')])],
]);

function colorOf(colors: Map<string, string>, name: string): string {
	const value = colors.get(name) ?? "";
	const named = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
	return named === undefined ? value : colorOf(colors, named);
}

/** WCAG 2: relative luminance of `#rrggbb`. */
function luminance(color: string): number {
	const parts = /^#(..)(..)(..)$/.exec(color)?.slice(1) ?? [];
	const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts.map((part) => {
		const share = Number.parseInt(part, 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["canvas", "surface", "raised", "code", "hover", "selected"];
const inks = ["text", "quiet", "accent", "run", "artifact", "registry", "bad", "warn"];
const pairs = [
	...inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
	...["run", "artifact", "registry", "warn", "bad", "good", "info"].map((ink) => [ink, `${ink}-back`] as const),
	["alias-text", "alias-back"] as const,
	["text", "sunken"] as const,
	["quiet", "sunken"] as const,
];

test.each([...schemes])("every text can be read on every ground, %s", (_, colors) => {
	const weak = pairs
		.map(([ink, ground]) => ({ ink, ground, ratio: contrast(colorOf(colors, ink), colorOf(colors, ground)) }))
		.filter(({ ratio }) => !(ratio >= 4.5));
	expect(weak).toEqual([]);
});
