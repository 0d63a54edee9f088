import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { entryUrlQuery } from "../entries.queries.ts";
import type { MediaCell } from "./wandb-table.ts";

/** A cell that stands for a media file: an image small, all else by its name. */
export function MediaThumb({ id, cell }: { id: string; cell: MediaCell }): ReactNode {
	const isImage = cell.type === "image-file";
	const [failed, setFailed] = useState(false);
	const { data: url } = useQuery({ ...entryUrlQuery(id, cell.path), enabled: isImage });
	const name = cell.path.slice(cell.path.lastIndexOf("/") + 1);
	if (!isImage || failed || url === null) return <span title={cell.path}>{name}</span>;
	return (
		<img
			className="thumb"
			src={url}
			alt={cell.caption ?? name}
			title={cell.path}
			loading="lazy"
			referrerPolicy="no-referrer"
			onError={() => setFailed(true)}
		/>
	);
}
