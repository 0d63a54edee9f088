/** Where a reference points: to the web, to a store, into another version of this server. */
export type ReferenceTarget =
	| { kind: "web"; href: string }
	| { kind: "version"; id: string; path: string }
	| { kind: "store"; store: "s3" | "gs" | "azure" | "file" | "other" };

const stores: Readonly<Record<string, "s3" | "gs" | "azure" | "file">> = {
	"s3:": "s3",
	"gs:": "gs",
	"gcs:": "gs",
	"az:": "azure",
	"azure:": "azure",
	"abfs:": "azure",
	"abfss:": "azure",
	"wasbs:": "azure",
	"file:": "file",
};

/** wire: `wandb-artifact://HEX/PATH`, where HEX is the version's id, decoded from base64 and written in hex. */
function readVersionId(hex: string): string | undefined {
	if (!/^([0-9a-f]{2})+$/i.test(hex)) return undefined;
	const bytes = hex.match(/../g)?.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))) ?? [];
	return btoa(bytes.join(""));
}

export function readTarget(uri: string): ReferenceTarget {
	const inVersion = /^wandb-artifact:\/\/([^/]+)\/(.*)$/s.exec(uri);
	const id = readVersionId(inVersion?.[1] ?? "");
	if (id !== undefined) return { kind: "version", id, path: inVersion?.[2] ?? "" };
	if (!URL.canParse(uri)) return { kind: "store", store: "other" };
	const { protocol, href, hostname } = new URL(uri);
	if (protocol !== "https:" && protocol !== "http:") return { kind: "store", store: stores[protocol] ?? "other" };
	if (hostname.endsWith(".blob.core.windows.net")) return { kind: "store", store: "azure" };
	return { kind: "web", href };
}
