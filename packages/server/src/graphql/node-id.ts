import { DomainError } from "../errors.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * wire: the client takes the ids of users and teams apart when it adds them to a registry, and wants a whole number in
 * them: theirs is the UUID in decimal digits.
 */
const inDigits: ReadonlySet<string> = new Set(["User", "Entity"]);

/** The global id of a thing: base64 of `Type:id`, where `id` is a UUID or a whole number. */
export function toNodeId(type: string, id: string | number): string {
	const inner = inDigits.has(type) ? BigInt(`0x${String(id).replaceAll("-", "")}`) : id;
	// wire: the client decodes artifact ids into the hex of `wandb-artifact://` references and reads
	// `ProjectInternalId:<int>` out of project ids, so the alphabet is the standard one, with padding.
	return Buffer.from(`${type}:${inner}`, "utf8").toString("base64");
}

/** The UUID inside a global id of that type; null for anything else. */
export function parseNodeId(type: string, text: string): string | null {
	const decoded = Buffer.from(text, "base64");
	const [foundType, id, ...rest] = decoded.toString("utf8").split(":");
	const canonical = decoded.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
	const isIdOfType = canonical && foundType === type && rest.length === 0;
	if (!isIdOfType || id === undefined) return null;
	const found = inDigits.has(type) ? uuidOfDigits(id) : id;
	return found !== null && uuid.test(found) ? found : null;
}

function uuidOfDigits(digits: string): string | null {
	if (!/^\d{1,39}$/.test(digits)) return null;
	const hex = BigInt(digits).toString(16).padStart(32, "0");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** As `parseNodeId`, where the id of anything else is an error: it is the id of nothing. */
export function fromNodeId(type: string, text: string): string {
	const id = parseNodeId(type, text);
	if (id !== null) return id;
	const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
	throw new DomainError("NOT_FOUND", `no ${type} has the id ${JSON.stringify(shown)}`);
}
