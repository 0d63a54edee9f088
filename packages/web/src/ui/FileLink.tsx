import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

/** Downloads a file; the address is signed and lives for minutes. */
export function FileLink({ name, url }: { name: string; url: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<a className="copy" href={url} download={name.split("/").at(-1)} aria-label={t("ui.downloadFile", { name })}>
			<Icon name="download" />
			{t("ui.download")}
		</a>
	);
}
