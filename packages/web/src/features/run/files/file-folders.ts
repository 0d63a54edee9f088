export type Listed = { name: string; sizeBytes: number; updatedAt: string | null };

export type Folder = { kind: "folder"; name: string; path: string; files: number; size: number };
export type Leaf<F> = { kind: "file"; name: string; path: string; file: F };

/** What lies directly in a folder of a flat list: folders first, with how much lies below, then files; both by name. */
export function folderContents<F extends Listed>(files: readonly F[], path: string): (Folder | Leaf<F>)[] {
	const prefix = path === "" ? "" : `${path}/`;
	const folders = new Map<string, Folder>();
	const leaves: Leaf<F>[] = [];
	for (const file of files) {
		if (!file.name.startsWith(prefix)) continue;
		const rest = file.name.slice(prefix.length);
		const slash = rest.indexOf("/");
		if (slash < 0) {
			leaves.push({ kind: "file", name: rest, path: file.name, file });
			continue;
		}
		const name = rest.slice(0, slash);
		const known = folders.get(name) ?? { kind: "folder", name, path: `${prefix}${name}`, files: 0, size: 0 };
		folders.set(name, { ...known, files: known.files + 1, size: known.size + file.sizeBytes });
	}
	const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, "en", { numeric: true });
	return [...[...folders.values()].sort(byName), ...leaves.sort(byName)];
}

export type PreviewKind = "image" | "audio" | "video" | "table" | "text" | "none";

const kinds: readonly (readonly [PreviewKind, RegExp])[] = [
	["table", /\.table\.json$/i],
	["image", /\.(png|jpe?g|gif|webp|bmp|avif|svg)$/i],
	["audio", /\.(wav|mp3|ogg|flac|m4a)$/i],
	["video", /\.(mp4|webm|mov|ogv)$/i],
	[
		"text",
		/\.(txt|log|md|py|ipynb|json|jsonl|ya?ml|toml|ini|cfg|conf|csv|tsv|patch|diff|sh|html?|js|ts|css|xml|c|h|cc|cpp|cu|rs|go|java|r|sql|tex|lock)$/i,
	],
	["text", /(^|\/)(requirements[\w.-]*|Dockerfile|Makefile|LICENSE|README|\.gitignore|\.env\.example)$/],
];

/** How a file can be shown in the page. */
export function previewKind(name: string, mimetype: string | null): PreviewKind {
	const found = kinds.find(([, pattern]) => pattern.test(name))?.[0];
	if (found !== undefined) return found;
	return mimetype?.startsWith("text/") ? "text" : "none";
}
