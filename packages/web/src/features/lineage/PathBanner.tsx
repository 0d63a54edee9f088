import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Paths } from "./lineage-api.ts";

/** Says that only a path is shown, how long it is, and how to get back. */
export function PathBanner({ paths, onClose }: { paths: Paths | undefined; onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const text = () => {
		if (paths === undefined) return t("graph.busy");
		if (paths.nodes.length === 0) return t("graph.noPath");
		return t("graph.pathShown", { from: paths.nodes[0]?.name, to: paths.nodes.at(-1)?.name, hops: paths.hops });
	};
	return (
		<div className="lineage-path" role="status">
			<span>{text()}</span>
			<Button size="compact-xs" variant="subtle" onClick={onClose}>
				{t("graph.leavePath")}
			</Button>
		</div>
	);
}
