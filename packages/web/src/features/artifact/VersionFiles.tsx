import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { CompareWith } from "../files/CompareWith.tsx";
import { FileBrowser } from "../files/FileBrowser.tsx";
import { VersionCompare } from "../files/VersionCompare.tsx";

type Props = {
	artifact: { id: string; size: number; fileCount: number; metadata: string | null };
	/** Where the version stands: whose other versions it can be compared with. */
	membership: { versionIndex: number | null; artifactCollection: { id: string } | null };
	fullName: string;
};

/** The files of a version, and the entries that point elsewhere; or what differs from another version. */
export function VersionFiles({ artifact, membership, fullName }: Props): ReactNode {
	const { t } = useTranslation();
	const [{ compare }, set] = useViewState(["compare"]);
	const collection = membership.artifactCollection?.id;
	const version = `v${membership.versionIndex}`;
	const tools =
		collection === undefined ? null : (
			<CompareWith
				collection={collection}
				version={version}
				compare={compare}
				onCompare={(other) => set({ compare: other, only: undefined })}
			/>
		);
	if (compare !== undefined && collection !== undefined) {
		return (
			<Suspense fallback={<PendingPage />}>
				<VersionCompare artifact={artifact} version={version} collection={collection} compare={compare} tools={tools} />
			</Suspense>
		);
	}
	if (artifact.fileCount === 0) {
		return (
			<>
				{tools}
				<EmptyState text={t("files.none")} code={'artifact.add_file("model.pt")\nartifact.add_dir("data/")'} />
			</>
		);
	}
	return <FileBrowser key={artifact.id} id={artifact.id} fullName={fullName} tools={tools} />;
}
