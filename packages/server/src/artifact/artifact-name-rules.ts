import { DomainError } from "../errors.ts";
import { whatIsUnseen } from "../visible-name.ts";

/**
 * What comes after the colon of `collection:selector`. Read in this order: `vN`, then alias, then digest
 * (32 hex or a unique prefix of at least 12); `commitHash`, 20 hex, is such a prefix.
 */
export type VersionSelector = {
	readonly text: string;
	readonly versionIndex: number | null;
	readonly digestPrefix: string | null;
};

export type ArtifactName = { readonly collection: string; readonly selector: VersionSelector };

const versionPattern = /^v(0|[1-9]\d{0,9})$/;
const digestPattern = /^[0-9a-f]{12,32}$/;
const maxVersionIndex = 2_147_483_647;
const maxNameLength = 128;

/** Splits `collection[:alias|vN|digest]`; a bare name means `latest`. */
export function parseArtifactName(text: string): ArtifactName {
	const colon = text.indexOf(":");
	if (colon < 0) return { collection: text, selector: parseSelector("latest") };
	return { collection: text.slice(0, colon), selector: parseSelector(text.slice(colon + 1)) };
}

/** Reads an alias, `vN` or digest. */
export function parseSelector(text: string): VersionSelector {
	const version = versionPattern.exec(text);
	const index = version === null ? null : Number(version[1]);
	return {
		text,
		versionIndex: index !== null && index <= maxVersionIndex ? index : null,
		digestPrefix: digestPattern.test(text) ? text : null,
	};
}

/** True for `v0`, `v1`, …: names that only the server gives. */
export function looksLikeVersion(alias: string): boolean {
	return /^v\d+$/.test(alias);
}

/** Key under which a collection is found: look-up ignores case and keeps the spelling. */
export function collectionKey(name: string): string {
	return name.toLowerCase();
}

/** Refuses a name that could not be addressed afterwards. Registries and collections may carry spaces. */
export function checkCollectionName(name: string): void {
	checkVisible("artifact name", name);
	if (!isAddressable(name)) {
		throw invalid("artifact name", name, `1 to ${maxNameLength} characters without "/", "\\" or ":"`);
	}
}

/** Refuses a type name that could not be addressed afterwards. */
export function checkTypeName(name: string): void {
	checkVisible("artifact type", name);
	if (!isAddressable(name)) {
		throw invalid("artifact type", name, `1 to ${maxNameLength} characters without "/", "\\" or ":"`);
	}
}

/** wire: types that the client keeps for itself; some only for names that start so. */
const reservedTypes: ReadonlyArray<readonly [typeName: RegExp, nameStart: string]> = [
	[/^job$/, ""],
	[/^wandb-/, ""],
	[/^run_table$/, "run-"],
	[/^code$/, "source-"],
];

/** Refuses a change of type that the client would: of what it keeps for itself, and into that. */
export function checkTypeChange(collectionName: string, from: string, to: string): void {
	for (const type of [from, to]) {
		if (reservedTypes.some(([pattern, start]) => pattern.test(type) && collectionName.startsWith(start))) {
			throw new DomainError(
				"UNPROCESSABLE",
				`the type of "${collectionName}" cannot change from "${from}" to "${to}": "${type}" is kept for what the client makes itself`,
			);
		}
	}
}

function isAddressable(name: string): boolean {
	// A path of an address or a folder cannot end in either of these.
	if (name === "." || name === "..") return false;
	return name.trim() !== "" && name.length <= maxNameLength && !/[/\\:]/.test(name);
}

function checkVisible(what: string, name: string): void {
	const wrong = whatIsUnseen(name);
	if (wrong !== null) throw new DomainError("INVALID_INPUT", `${shown(name)} cannot be the ${what}: ${wrong}`);
}

/** Refuses an alias that is empty, could not be addressed, or looks like a version number. */
export function checkAlias(alias: string): void {
	checkVisible("alias", alias);
	if (alias === "" || alias.length > maxNameLength || /[/:]/.test(alias)) {
		throw invalid("alias", alias, `1 to ${maxNameLength} characters without "/" or ":"`);
	}
	if (looksLikeVersion(alias)) {
		throw new DomainError(
			"INVALID_INPUT",
			`"${alias}" cannot be an alias: names like v0, v1 are version numbers, which the server gives`,
		);
	}
}

/** Refuses a tag that the client could not have made. */
export function checkTag(tag: string): void {
	if (tag.length > maxNameLength || !/^[-\w]+( +[-\w]+)*$/.test(tag)) {
		throw invalid("tag", tag, "letters, digits, - and _, words separated by spaces");
	}
}

/** More names than this on one version are a mistake. */
const mostNames = 1000;

export function checkAliases(aliases: readonly string[]): void {
	if (aliases.length > mostNames) {
		throw new DomainError("INVALID_INPUT", `${aliases.length} aliases at once; ${mostNames} is the most`);
	}
	aliases.forEach(checkAlias);
}

export function checkTags(tags: readonly string[]): void {
	if (tags.length > mostNames) {
		throw new DomainError("INVALID_INPUT", `${tags.length} tags at once; ${mostNames} is the most`);
	}
	tags.forEach(checkTag);
}

/**
 * Refuses an entry path that could leave the folder it is downloaded to, or that no file system would take.
 * Paths are relative, with forward slashes.
 */
export function checkEntryPath(path: string): void {
	checkVisible("file name in a manifest", path);
	// Whoever downloads it may sit at a Windows machine, where a backslash separates folders too.
	const [first, ...further] = path.split(/[/\\]/);
	const bad =
		first === "" ||
		path.length > 4096 ||
		/^[A-Za-z]:[\\/]/.test(path) ||
		[first, ...further].some((part) => part === ".." || (part?.length ?? 0) > 1024);
	if (bad) throw invalid("file name in a manifest", path, 'a relative path without ".."');
}

function invalid(what: string, value: string, expected: string): DomainError {
	return new DomainError("INVALID_INPUT", `${shown(value)} cannot be the ${what}: expected ${expected}`);
}

function shown(value: string): string {
	return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/** The names among `known` that look most like `wanted`, best first, at most three. */
export function nearestNames(wanted: string, known: readonly string[]): string[] {
	// Nothing has such a name, and looking closely at it would take long.
	if (wanted.length > 2 * maxNameLength) return [];
	const target = wanted.toLowerCase();
	return known
		.map((name) => ({ name, score: similarity(target, name.toLowerCase()) }))
		.filter(({ score }) => score > 0.2)
		.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name))
		.slice(0, 3)
		.map(({ name }) => name);
}

/** Share of letter pairs two words have in common (Dice coefficient), 0 to 1. */
function similarity(a: string, b: string): number {
	if (a === b) return 1;
	const left = pairs(a);
	const right = pairs(b);
	if (left.size === 0 || right.size === 0) return 0;
	let common = 0;
	for (const pair of left) if (right.has(pair)) common++;
	return (2 * common) / (left.size + right.size);
}

function pairs(word: string): Set<string> {
	const found = new Set<string>();
	for (let at = 0; at + 1 < word.length; at++) found.add(word.slice(at, at + 2));
	return found;
}
