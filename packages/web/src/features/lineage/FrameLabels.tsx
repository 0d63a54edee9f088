import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import type { SceneFrame } from "./frames.ts";

/** Above the frame of each opened group its name, and what closes it again. */
export function FrameLabels({
	frames,
	onFold,
	onShown,
}: {
	frames: readonly SceneFrame[];
	onFold: (id: string) => void;
	onShown: () => void;
}): ReactNode {
	const { t } = useTranslation();
	useLayoutEffect(onShown, [onShown]);
	return frames.map(({ id, label, count, boxes: [box] }) =>
		box ? (
			<div key={id} className="lineage-frame" style={{ left: box.right, top: box.top }} data-control>
				<span>
					{label} ×{count}
				</span>
				<button
					type="button"
					tabIndex={-1}
					aria-label={t("graph.closeGroup", { name: label })}
					title={t("graph.closeGroup", { name: label })}
					onClick={() => onFold(id)}
				>
					<Icon name="collapse" size={12} />
				</button>
			</div>
		) : null,
	);
}
