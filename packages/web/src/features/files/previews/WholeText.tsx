import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { filePartQuery, textOfParts } from "./file-part.queries.ts";
import { PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";

type Props = Pick<PreviewProps, "id" | "entry"> & {
	/** A larger file is shown as text from its beginning. */
	most: number;
	children: (text: string) => ReactNode;
};

/** Reads a file that has to be whole to be understood. */
export function WholeText({ id, entry, most, children }: Props): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const isTooLarge = entry.sizeBytes > most;
	const part = useQuery({ ...filePartQuery(client, { id, path: entry.path }, most), enabled: !isTooLarge });
	const text = useMemo(() => (part.data ? textOfParts([part.data]) : ""), [part.data]);
	if (isTooLarge) {
		return (
			<>
				<p className="preview-note">{t("files.tooLargeToRead")}</p>
				<TextPreview id={id} entry={entry} />
			</>
		);
	}
	if (part.isPending) return <PreviewWait />;
	if (part.isError) return <PreviewFault error={part.error} />;
	return children(text);
}
