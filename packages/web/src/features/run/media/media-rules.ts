import type { HistoryKey } from "../charts/history-keys.ts";

export type MediaKind = "image" | "audio" | "video" | "table" | "html" | "histogram" | "file";

/** Something to look at that a script logged. */
export type MediaItem =
	| { kind: Exclude<MediaKind, "histogram">; path: string; caption: string | undefined }
	| { kind: "histogram"; values: number[]; bins: number[] };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

const kinds: Readonly<Record<string, MediaKind>> = {
	"image-file": "image",
	"images/separated": "image",
	"audio-file": "audio",
	audio: "audio",
	"video-file": "video",
	videos: "video",
	"table-file": "table",
	"html-file": "html",
	html: "html",
	histogram: "histogram",
	"plotly-file": "file",
	"object3D-file": "file",
	object3D: "file",
	"molecule-file": "file",
	molecule: "file",
	"bokeh-file": "file",
	"joined-table": "file",
	"partitioned-table": "file",
};

export type MediaKey = { name: string; kind: MediaKind };

/** The keys of a history that hold something to look at. */
export function mediaKeys(keys: HistoryKey[]): MediaKey[] {
	return keys.flatMap(({ name, types }) => {
		const kind = types.map((type) => kinds[type]).find((one) => one !== undefined);
		return kind === undefined ? [] : [{ name, kind }];
	});
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

function numbersOf(value: unknown): number[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

/** The bounds of a histogram's bins; the client packs even ones. */
function binsOf(value: Record<string, unknown>): number[] {
	if (!isRecord(value.packedBins)) return numbersOf(value.bins);
	const { min, size, count } = value.packedBins;
	if (typeof min !== "number" || typeof size !== "number" || typeof count !== "number") return [];
	return Array.from({ length: Math.min(count, 512) + 1 }, (_, index) => min + index * size);
}

/** The things that one value of a history stands for. */
export function readMedia(value: unknown): MediaItem[] {
	if (!isRecord(value) || typeof value._type !== "string") return [];
	const kind = kinds[value._type];
	if (kind === undefined) return [];
	if (kind === "histogram") return [{ kind, values: numbersOf(value.values), bins: binsOf(value) }];
	const captions: unknown[] = Array.isArray(value.captions) ? value.captions : [];
	const several = [value.filenames, value.audio, value.videos, value.html].find(Array.isArray) ?? [value];
	return several.flatMap((one: unknown, index): MediaItem[] => {
		const path = textOf(one) ?? (isRecord(one) ? textOf(one.path) : undefined);
		const caption = textOf(captions[index]) ?? (isRecord(one) ? textOf(one.caption) : undefined);
		return path === undefined ? [] : [{ kind, path, caption }];
	});
}
