import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../../ui/format.ts";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";
import { TablePreview } from "../media/TablePreview.tsx";
import { previewKind } from "./file-folders.ts";

/** More than the beginning of a text is not fetched. */
const mostBytes = 256 * 1024;

type Shown = { name: string; url: string; sizeBytes: number; mimetype: string | null };

function prettify(name: string, text: string): string {
	if (!name.endsWith(".json")) return text;
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}

function TextPreview({ file }: { file: Shown }): ReactNode {
	const { t, i18n } = useTranslation();
	const { data, isPending, isError } = useQuery({
		queryKey: ["run-file-text", file.url],
		queryFn: async ({ signal }) => {
			const headers = { range: `bytes=0-${mostBytes - 1}` };
			const response = await fetch(file.url, { signal, ...(file.sizeBytes > mostBytes ? { headers } : {}) });
			if (!response.ok) throw new Error(String(response.status));
			return await response.text();
		},
		staleTime: 60_000,
	});
	const text = useMemo(() => (data === undefined ? "" : prettify(file.name, data)), [data, file.name]);
	if (isError) return <p className="quiet">{t("runFiles.unreadable")}</p>;
	if (isPending) return <LineSkeleton />;
	return (
		<>
			{file.sizeBytes > mostBytes ? (
				<p className="quiet">
					{t("runFiles.beginning", {
						shown: formatBytes(mostBytes, i18n.language),
						total: formatBytes(file.sizeBytes, i18n.language),
					})}
				</p>
			) : null}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<pre className="file-text" tabIndex={0}>
				{text}
			</pre>
		</>
	);
}

/** A file as it looks, where a page can show it; nothing in it is ever run. */
export function FilePreview({ file }: { file: Shown }): ReactNode {
	const { t } = useTranslation();
	const { name, url, mimetype } = file;
	const base = name.split("/").at(-1) ?? name;
	switch (previewKind(name, mimetype)) {
		case "image":
			return <img className="file-image" src={url} alt={base} />;
		case "audio":
			// biome-ignore lint/a11y/useMediaCaption: files of users come without captions
			return <audio controls src={url} aria-label={base} />;
		case "video":
			// biome-ignore lint/a11y/useMediaCaption: files of users come without captions
			return <video className="file-image" controls src={url} aria-label={base} />;
		case "table":
			return <TablePreview url={url} label={base} />;
		case "text":
			return <TextPreview file={file} />;
		default:
			return <p className="quiet">{t("runFiles.noPreview")}</p>;
	}
}
