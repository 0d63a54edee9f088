import type { JsonBytes } from "../http/json-bytes.ts";
import type { LineageNode } from "./lineage-rows.ts";

/** What is said of a node, after its id and kind, each field with a comma before it. */
export function writeNode(json: JsonBytes, node: LineageNode): void {
	json.raw(',"type":').text(node.type).raw(',"name":').text(node.name).raw(',"run":').text(node.run);
	json.raw(',"sweep":').text(node.sweep).raw(',"collection":').text(node.collection).raw(',"version":');
	if (node.version === null) json.raw("null");
	else json.count(node.version);
	json.raw(',"project":').text(node.project).raw(',"state":').text(node.state);
	json.raw(node.isDeleted ? ',"isDeleted":true,"createdAt":' : ',"isDeleted":false,"createdAt":');
	json.text(node.createdAt?.toISOString() ?? null);
	json.raw(',"aliases":[');
	node.aliases.forEach((alias, at) => void json.comma(at === 0).text(alias));
	json.raw('],"links":');
	if (node.links.length === 0) json.raw("[]");
	else json.json(JSON.stringify(node.links));
}
