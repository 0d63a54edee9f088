import { Combobox, Loader, useCombobox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, type UIEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { versionName } from "./ArtifactLink.tsx";
import { versionChoicesQuery } from "./version.queries.ts";

type Props = { collection: string; version: string; onVersion: (version: string) => void };

const moreOption = "…more";
/** So close to its end the list reads on. */
const nearEnd = 120;

type ChoicesProps = Omit<Props, "onVersion"> & { search: string; onFound: () => void };

function Choices({ collection, search, version, onFound }: ChoicesProps): ReactNode {
	const { t } = useTranslation();
	const choices = useInfiniteQuery(versionChoicesQuery(collection, search));
	const isFound = search !== "" && choices.isSuccess;
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for each search that has been answered
	useEffect(() => {
		if (isFound) onFound();
	}, [isFound, search]);
	const rows = nodesOfPages(choices.data?.pages ?? []);
	const readOn = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
		const isNear = scrollHeight - scrollTop - clientHeight < nearEnd;
		if (isNear && choices.hasNextPage && !choices.isFetchingNextPage) void choices.fetchNextPage();
	};
	return (
		<Combobox.Options className="version-choices" onScroll={readOn} aria-label={t("artifact.versions")}>
			{rows.map(({ id, versionIndex, aliases, createdAt }) => {
				const name = versionName(versionIndex);
				return (
					<Combobox.Option key={id} value={name} active={name === version} aria-current={name === version || undefined}>
						<span className="version-choice">
							<b>{name}</b>
							{name === version ? <Icon name="check" /> : null}
							<Chips kind="alias" texts={aliases.map(({ alias }) => alias)} />
							<span className="quiet">
								<TimeText at={createdAt} />
							</span>
						</span>
					</Combobox.Option>
				);
			})}
			{choices.hasNextPage ? (
				<Combobox.Option value={moreOption} onClick={() => void choices.fetchNextPage()}>
					{t("ui.loadMore")}
				</Combobox.Option>
			) : null}
			{choices.isPending ? (
				<Combobox.Empty>
					<Loader size="xs" type="dots" />
				</Combobox.Empty>
			) : null}
			{choices.isSuccess && rows.length === 0 ? <Combobox.Empty>{t("artifact.noneFound")}</Combobox.Empty> : null}
		</Combobox.Options>
	);
}

/** The version in the heading, which opens the list of all; whichever is chosen is shown at the same tab. */
export function VersionPicker({ collection, version, onVersion }: Props): ReactNode {
	const { t } = useTranslation();
	const [search, setSearch] = useState("");
	const asked = useDebounced(search, 150);
	const combobox = useCombobox({
		onDropdownClose: () => {
			combobox.resetSelectedOption();
			combobox.focusTarget();
			setSearch("");
		},
		onDropdownOpen: () => combobox.focusSearchInput(),
	});
	const choose = (value: string) => {
		if (value === moreOption) return;
		combobox.closeDropdown();
		if (value !== version) onVersion(value);
	};
	return (
		<Combobox store={combobox} onOptionSubmit={choose} width={340} position="bottom-start" withinPortal>
			<Combobox.Target targetType="button">
				<button
					type="button"
					className="version-picker"
					title={t("artifact.chooseVersion")}
					onClick={() => combobox.toggleDropdown()}
				>
					{version}
					<Icon name="chevronDown" />
				</button>
			</Combobox.Target>
			<Combobox.Dropdown>
				<Combobox.Search
					value={search}
					onChange={({ currentTarget }) => {
						setSearch(currentTarget.value);
						combobox.resetSelectedOption();
					}}
					placeholder={t("artifact.findVersion")}
					aria-label={t("artifact.findVersion")}
				/>
				{combobox.dropdownOpened ? (
					<Choices {...{ collection, version }} search={asked} onFound={() => combobox.selectFirstOption()} />
				) : null}
			</Combobox.Dropdown>
		</Combobox>
	);
}
