import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { expiry, toDays } from "./ttl-rules.ts";

/** How many days a version lives, and on hover until when. */
export function TtlText({ artifact }: { artifact: { createdAt: string; ttlDurationSeconds: number } }): ReactNode {
	const { t, i18n } = useTranslation();
	const end = expiry(artifact.createdAt, artifact.ttlDurationSeconds);
	if (end === undefined) return <span className="quiet">{t("versionTtl.none")}</span>;
	const count = toDays(artifact.ttlDurationSeconds);
	return <span title={new Date(end).toLocaleString(i18n.language)}>{t("versionTtl.lives", { count })}</span>;
}
