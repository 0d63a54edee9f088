import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy-text.ts";
import { Icon } from "./Icon.tsx";

/** Copies a text; `label` says which, for those who hear the page. */
export function CopyButton({ text, label, worded }: { text: string; label: string; worded?: boolean }): ReactNode {
	const { t } = useTranslation();
	const [copied, setCopied] = useState(false);
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), 1500);
		return () => clearTimeout(timer);
	}, [copied]);
	const word = copied ? t("ui.copied") : t("ui.copy");
	return (
		<button
			type="button"
			className="copy"
			aria-label={`${word}: ${label}`}
			title={`${word}: ${label}`}
			onClick={() => void copyText(text).then(() => setCopied(true))}
		>
			<Icon name={copied ? "check" : "copy"} />
			{worded ? word : null}
		</button>
	);
}
