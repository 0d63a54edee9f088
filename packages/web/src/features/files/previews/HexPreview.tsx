import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { looksLikeText } from "../preview-kind.ts";
import { filePartQuery } from "./file-part.queries.ts";
import { hexLines } from "./hex-lines.ts";
import { PartNotice, PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";

const shownBytes = 4096;

/** A file whose name says nothing: as text if it looks like text, else its first bytes. */
export function UnknownPreview({ id, entry }: PreviewProps): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const part = useQuery(filePartQuery(client, { id, path: entry.path }, shownBytes));
	if (part.isPending) return <PreviewWait />;
	if (part.isError) return <PreviewFault error={part.error} />;
	const { bytes, total } = part.data;
	if (looksLikeText(bytes)) return <TextPreview id={id} entry={entry} />;
	return (
		<>
			<p className="preview-note">{t("files.binary")}</p>
			<PartNotice shown={bytes.length} total={total} />
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="hex" tabIndex={0} aria-label={t("files.firstBytes")}>
				<pre>{hexLines(bytes).join("\n")}</pre>
			</section>
		</>
	);
}
