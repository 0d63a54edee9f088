import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { growingFileQuery, textOfParts } from "./file-part.queries.ts";
import { LineView } from "./LineView.tsx";
import { PartNotice, PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";

/** More text than this is for an editor. */
const mostText = 16 * 1024 * 1024;

/** Text and code with numbered lines; a long file from its beginning. */
export function TextPreview({ id, entry }: Pick<PreviewProps, "id" | "entry">): ReactNode {
	const client = useQueryClient();
	const file = useInfiniteQuery(growingFileQuery(client, { id, path: entry.path }, mostText));
	const text = useMemo(() => textOfParts(file.data?.pages ?? []), [file.data]);
	if (file.isPending) return <PreviewWait />;
	if (file.isError && !file.data) return <PreviewFault error={file.error} />;
	const pages = file.data.pages;
	const shown = pages.reduce((sum, { bytes }) => sum + bytes.length, 0);
	return (
		<>
			<PartNotice
				shown={shown}
				total={pages[0]?.total ?? 0}
				busy={file.isFetchingNextPage}
				onMore={file.hasNextPage ? () => void file.fetchNextPage() : undefined}
			/>
			<LineView text={text} label={entry.name} />
		</>
	);
}
