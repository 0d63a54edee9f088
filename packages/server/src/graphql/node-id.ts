import { DomainError } from "../errors.ts";

const innerId = /^(\d{1,19}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The global id of a thing: base64 of `Type:id`, where `id` is a UUID or a whole number. */
export function toNodeId(type: string, id: string | number): string {
	// wire: the client decodes artifact ids into the hex of `wandb-artifact://` references and reads
	// `ProjectInternalId:<int>` out of project ids, so the alphabet is the standard one, with padding.
	return Buffer.from(`${type}:${id}`, "utf8").toString("base64");
}

/** The UUID or number inside a global id of that type; null for anything else. */
export function parseNodeId(type: string, text: string): string | null {
	const decoded = Buffer.from(text, "base64");
	const [foundType, id, ...rest] = decoded.toString("utf8").split(":");
	const canonical = decoded.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
	const isIdOfType = canonical && foundType === type && rest.length === 0;
	return isIdOfType && id !== undefined && innerId.test(id) ? id : null;
}

/** As `parseNodeId`, where the id of anything else is an error: it is the id of nothing. */
export function fromNodeId(type: string, text: string): string {
	const id = parseNodeId(type, text);
	if (id !== null) return id;
	const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
	throw new DomainError("NOT_FOUND", `no ${type} has the id ${JSON.stringify(shown)}`);
}
