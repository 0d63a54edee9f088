/** The part of OpenAPI 3.1's schemas that ours are written in. */
export type Schema = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Schema>>;

const known: ReadonlySet<string> = new Set(
	"$ref allOf oneOf const type properties required items enum minimum minItems maxItems format description".split(" "),
);
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What of a value is not as a schema says: wrong, missing, or there without being described. Strict where JSON Schema is not. */
export function openapiFaults(schemas: Schemas, schema: Schema, value: unknown, at = "$"): string[] {
	const parts = partsOf(schemas, schema);
	const unknown = parts.flatMap((part) => Object.keys(part)).filter((key) => !known.has(key));
	if (unknown.length > 0) throw new Error(`${at}: this checker does not know ${unknown.join(", ")}`);
	return [...parts.flatMap((part) => faultsOf(schemas, part, value, at)), ...undescribed(parts, value, at)];
}

/** A schema with all that it refers to and is put together of. */
function partsOf(schemas: Schemas, schema: Schema): Schema[] {
	if (typeof schema.$ref === "string") {
		const found = schemas[schema.$ref.replace("#/components/schemas/", "")];
		if (found === undefined) throw new Error(`${schema.$ref} leads nowhere`);
		return partsOf(schemas, found);
	}
	return Array.isArray(schema.allOf) ? schema.allOf.flatMap((part: Schema) => partsOf(schemas, part)) : [schema];
}

const entriesOf = (value: unknown): Array<[string, unknown]> =>
	typeof value === "object" && value !== null ? Object.entries(value) : [];

function undescribed(parts: readonly Schema[], value: unknown, at: string): string[] {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
	const described = new Set(parts.flatMap(({ properties }) => entriesOf(properties).map(([name]) => name)));
	return Object.keys(value).flatMap((name) => (described.has(name) ? [] : [`${at}.${name} is not described`]));
}

function faultsOf(schemas: Schemas, schema: Schema, value: unknown, at: string): string[] {
	const faults: string[] = [];
	const hold = (isHeld: boolean, what: string) => {
		if (!isHeld) faults.push(`${at} is ${JSON.stringify(value)}, not ${what}`);
	};
	const { type, minimum = Number.NEGATIVE_INFINITY, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
	const types = Array.isArray(type) ? type : [type];
	if (type !== undefined)
		hold(types.includes(typeOf(value)) || (types.includes("number") && typeOf(value) === "integer"), `${type}`);
	if (Array.isArray(schema.enum)) hold(schema.enum.includes(value), `one of ${schema.enum}`);
	if (typeof value === "number") hold(value >= Number(minimum), `at least ${minimum}`);
	if (schema.format !== undefined && typeof value === "string") hold(dateTime.test(value), `a ${schema.format}`);
	if (Array.isArray(value) && types.includes("array")) {
		hold(value.length >= Number(minItems) && value.length <= Number(maxItems), `of ${minItems} to ${maxItems} parts`);
		const { items } = schema;
		if (!isSchema(items)) throw new Error(`${at}: a list of what?`);
		return [...faults, ...value.flatMap((item, index) => openapiFaults(schemas, items, item, `${at}[${index}]`))];
	}
	const given = new Map(entriesOf(value));
	for (const name of Array.isArray(schema.required) ? schema.required : []) {
		if (!given.has(name)) faults.push(`${at}.${name} is missing`);
	}
	for (const [name, property] of entriesOf(schema.properties)) {
		if (given.has(name) && isSchema(property)) {
			faults.push(...openapiFaults(schemas, property, given.get(name), `${at}.${name}`));
		}
	}
	return faults;
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

function typeOf(value: unknown): string {
	if (value === null) return "null";
	if (Array.isArray(value)) return "array";
	return Number.isInteger(value) ? "integer" : typeof value;
}
