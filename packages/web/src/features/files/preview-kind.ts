/** How a file is shown. */
export type PreviewKind =
	| "text"
	| "json"
	| "markdown"
	| "html"
	| "image"
	| "audio"
	| "video"
	| "csv"
	| "parquet"
	| "table"
	| "joined-table"
	| "partitioned-table"
	| "media"
	| "unknown";

/** wire: the client writes what it knows of a media file beside it, as `NAME.TYPE.json`. */
const clientKinds: readonly [suffix: string, kind: PreviewKind][] = [
	[".joined-table.json", "joined-table"],
	[".partitioned-table.json", "partitioned-table"],
	[".table.json", "table"],
	[".image-file.json", "media"],
	[".audio-file.json", "media"],
	[".video-file.json", "media"],
	[".html-file.json", "media"],
	[".object3D-file.json", "media"],
	[".molecule-file.json", "media"],
	[".plotly-file.json", "media"],
	[".bokeh-file.json", "media"],
];

const byExtension: Readonly<Record<string, PreviewKind>> = Object.fromEntries(
	(
		[
			["json", "json ipynb geojson webmanifest"],
			["markdown", "md markdown"],
			["html", "html htm xhtml"],
			["image", "png jpg jpeg gif webp bmp avif ico svg"],
			["audio", "wav mp3 ogg oga flac m4a aac opus"],
			["video", "mp4 webm mov m4v ogv"],
			["csv", "csv tsv"],
			["parquet", "parquet"],
			[
				"text",
				"txt log jsonl ndjson yaml yml toml ini cfg conf env xml py pyi js mjs cjs ts tsx jsx css scss sh bash zsh ps1 bat rs go c h cc cpp hpp java kt swift rb php lua pl r jl scala sql graphql proto cmake gradle tex bib rst diff patch lock gitignore dockerfile makefile license readme",
			],
		] as const
	).flatMap(([kind, extensions]) => extensions.split(" ").map((extension) => [extension, kind])),
);

/** How a file of this name is shown; "unknown" when only its bytes can tell. */
export function previewKind(path: string): PreviewKind {
	const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	const known = clientKinds.find(([suffix]) => name.endsWith(suffix.toLowerCase()));
	if (known) return known[1];
	const extension = name.slice(name.lastIndexOf(".") + 1);
	return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? "unknown") : "unknown";
}

/** Whether bytes look like text: valid UTF-8 (a character cut off at the end aside) without control characters. */
export function looksLikeText(bytes: Uint8Array): boolean {
	const head = bytes.subarray(0, 4096);
	for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}
