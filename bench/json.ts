/** The value at a path inside parsed JSON; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
	let current = value;
	for (const key of path) {
		if (typeof current !== "object" || current === null) return undefined;
		current = Reflect.get(current, key);
	}
	return current;
}

/** The text at a path inside parsed JSON; throws where there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
	const found = at(value, ...path);
	if (typeof found === "string") return found;
	throw new Error(`no text at ${path.join(".")} of ${JSON.stringify(value)?.slice(0, 400)}`);
}

/** The number at a path inside parsed JSON; throws where there is none. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number {
	const found = at(value, ...path);
	if (typeof found === "number") return found;
	throw new Error(`no number at ${path.join(".")} of ${JSON.stringify(value)?.slice(0, 400)}`);
}

/** The list at a path inside parsed JSON; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): unknown[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? found : [];
}

/** What took the seconds of the list at a path, in milliseconds. */
export function millisecondsAt(value: unknown, ...path: readonly (string | number)[]): number[] {
	return listAt(value, ...path).map((seconds) => Number(seconds) * 1000);
}
