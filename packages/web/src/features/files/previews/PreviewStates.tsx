import { KeifuError } from "@keifu/sdk";
import { Button, Skeleton } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../../ui/format.ts";

/** Lines of text to come. */
export function PreviewWait(): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="preview-wait" role="status" aria-label={t("ui.loading")}>
			{[70, 45, 88, 60, 30, 76, 52].map((width) => (
				<Skeleton key={width} height={11} width={`${width}%`} />
			))}
		</div>
	);
}

/** Why a file cannot be shown, in the words of whoever said so. */
export function PreviewFault({ error, text }: { error?: unknown; text?: string }): ReactNode {
	const { t } = useTranslation();
	const id = error instanceof KeifuError ? error.requestId : undefined;
	return (
		<div className="preview-fault" role="alert">
			<p>{text ?? t("files.cannotShow")}</p>
			{error === undefined ? null : <p className="quiet">{error instanceof Error ? error.message : String(error)}</p>}
			{id ? <p className="quiet mono">{id}</p> : null}
		</div>
	);
}

type PartProps = { shown: number; total: number; onMore?: (() => void) | undefined; busy?: boolean };

/** Says how much of a large file is shown, and offers more of it. */
export function PartNotice({ shown, total, onMore, busy = false }: PartProps): ReactNode {
	const { t, i18n } = useTranslation();
	if (shown >= total) return null;
	const sizes = { shown: formatBytes(shown, i18n.language), total: formatBytes(total, i18n.language) };
	return (
		<div className="part-notice" role="status">
			<span>{t("files.firstPart", sizes)}</span>
			{onMore ? (
				<Button variant="subtle" size="compact-xs" loading={busy} onClick={onMore}>
					{t("ui.loadMore")}
				</Button>
			) : (
				<span className="quiet">{t("files.downloadForRest")}</span>
			)}
		</div>
	);
}

type GuardProps = { children: ReactNode; fallback: (error: unknown) => ReactNode };

/** What a file does to its preview stays in the preview. */
export class PreviewGuard extends Component<GuardProps, { error?: unknown; failed: boolean }> {
	override state = { failed: false, error: undefined };

	static getDerivedStateFromError(error: unknown) {
		return { failed: true, error };
	}

	override render(): ReactNode {
		return this.state.failed ? this.props.fallback(this.state.error) : this.props.children;
	}
}
