/** The value at a path inside parsed JSON; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
	let current = value;
	for (const key of path) {
		if (typeof current !== "object" || current === null) return undefined;
		current = Reflect.get(current, key);
	}
	return current;
}

/** The text at a path inside parsed JSON; throws with the path and the whole value where there is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
	const found = at(value, ...path);
	if (typeof found === "string") return found;
	throw new Error(`no text at ${path.join(".")} of ${JSON.stringify(value)}`);
}

/** The list at a path inside parsed JSON; throws like `textAt`. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
	const found = at(value, ...path);
	if (Array.isArray(found)) return found;
	throw new Error(`no list at ${path.join(".")} of ${JSON.stringify(value)}`);
}
