import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";
import { WholeText } from "./WholeText.tsx";

const mostHtml = 4 * 1024 * 1024;

/**
 * HTML as its source, or as a page in a frame of its own in which nothing runs: the sandbox allows no scripts, no forms,
 * no windows, and the page's own policy, which the frame inherits, lets it load nothing from elsewhere.
 */
export function HtmlPreview({ id, entry, as }: PreviewProps): ReactNode {
	const { t } = useTranslation();
	if (as !== "page") return <TextPreview id={id} entry={entry} />;
	return (
		<WholeText id={id} entry={entry} most={mostHtml}>
			{(text) => (
				<>
					<p className="preview-note">{t("files.htmlHint")}</p>
					<iframe
						className="html-frame"
						title={entry.name}
						sandbox=""
						referrerPolicy="no-referrer"
						srcDoc={`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:">${text}`}
					/>
				</>
			)}
		</WholeText>
	);
}
