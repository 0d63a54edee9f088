import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { entryQuery } from "../entries.queries.ts";
import { previewKind } from "../preview-kind.ts";
import { HtmlPreview } from "./HtmlPreview.tsx";
import { JsonPreview, JsonTree } from "./JsonPreview.tsx";
import { parseJson } from "./json-rows.ts";
import { AudioPreview, ImagePreview, VideoPreview } from "./MediaPreviews.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { WholeText } from "./WholeText.tsx";
import { readMediaCell } from "./wandb-table.ts";

const mostNotes = 4 * 1024 * 1024;

function Media({ id, path }: { id: string; path: string }): ReactNode {
	const { data: entry } = useQuery(entryQuery(id, path));
	if (!entry) return null;
	const kind = previewKind(path);
	if (kind === "image") return <ImagePreview entry={entry} />;
	if (kind === "audio") return <AudioPreview entry={entry} />;
	if (kind === "video") return <VideoPreview entry={entry} />;
	if (kind === "html") return <HtmlPreview id={id} entry={entry} as={undefined} />;
	return null;
}

function MediaText({ id, text, label }: { id: string; text: string; label: string }): ReactNode {
	const parsed = useMemo(() => parseJson(text), [text]);
	const value = "value" in parsed ? parsed.value : text;
	const cell = readMediaCell(value);
	return (
		<div className="media-notes">
			{cell ? <Media id={id} path={cell.path} /> : null}
			<div className="media-tree">
				<JsonTree value={value} label={label} />
			</div>
		</div>
	);
}

/** What the client noted of a media file, under the file itself. */
export function MediaJsonPreview(props: PreviewProps): ReactNode {
	if (props.as === "source") return <JsonPreview {...props} />;
	return (
		<WholeText id={props.id} entry={props.entry} most={mostNotes}>
			{(text) => <MediaText id={props.id} text={text} label={props.entry.name} />}
		</WholeText>
	);
}
