import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, languages } from "../../i18n/i18n.ts";
import { useDebounced } from "../../ui/use-debounced.ts";
import { openOverlay, toggleSidebar } from "../shell-state.ts";
import { entitiesOf, type Viewer, viewerQuery } from "../viewer.queries.ts";
import { paletteSearchQuery, splitVersion } from "./palette.queries.ts";
import { fits, grouped, type PaletteItem } from "./palette-items.ts";
import { iconOfPage, recentPages } from "./recent.ts";

const debounceMilliseconds = 120;

function usePages(viewer: Viewer | null): PaletteItem[] {
	const { t } = useTranslation();
	const { entity, project } = useParams({ strict: false });
	const page = (icon: PaletteItem["icon"], title: string, href: string, keys?: string): PaletteItem => ({
		id: href,
		group: "pages",
		icon,
		title,
		href,
		...(keys === undefined ? {} : { keys }),
	});
	const here =
		entity === undefined || project === undefined
			? []
			: [
					{ ...page("overview", t("nav.overviewRuns"), `/${entity}/${project}`), detail: `${entity}/${project}` },
					{
						...page("artifact", t("nav.artifacts"), `/${entity}/${project}/artifacts`),
						detail: `${entity}/${project}`,
					},
				];
	return [
		...here,
		page("home", t("nav.home"), "/", "g h"),
		...(viewer?.showsRegistry === false ? [] : [page("registry", t("nav.registry"), "/registry", "g r")]),
		page("settings", t("nav.settings"), "/settings", "g s"),
		page("key", t("authorize.title"), "/authorize"),
	];
}

function useActions(): PaletteItem[] {
	const { t, i18n } = useTranslation();
	const { setColorScheme } = useMantineColorScheme();
	const action = (icon: PaletteItem["icon"], title: string, run: () => void, keys?: string): PaletteItem => ({
		id: title,
		group: "actions",
		icon,
		title,
		run,
		...(keys === undefined ? {} : { keys }),
	});
	return [
		action("light", t("theme.light"), () => setColorScheme("light")),
		action("dark", t("theme.dark"), () => setColorScheme("dark")),
		action("theme", t("theme.auto"), () => setColorScheme("auto")),
		...languages
			.filter(({ code }) => code !== i18n.language)
			.map(({ code, name }) => action("language", name, () => void chooseLanguage(i18n, code))),
		action("sidebar", t("shell.toggleSidebar"), toggleSidebar, "["),
		action("keyboard", t("shortcuts.title"), () => openOverlay("shortcuts"), "?"),
	];
}

/** What there is to choose from for a text, in groups; and whether more is on its way. */
export function usePaletteItems(typed: string) {
	const { data: viewer = null } = useQuery(viewerQuery);
	const text = typed.trim();
	const settled = useDebounced(text, debounceMilliseconds);
	const found = useQuery(paletteSearchQuery(settled));
	const pages = usePages(viewer);
	const actions = useActions();
	const recent = useMemo((): PaletteItem[] => {
		const own = viewer === null ? [] : recentPages(viewer.username ?? viewer.name);
		return own.map(({ href, title }) => ({
			id: `recent ${href}`,
			group: "recent",
			icon: iconOfPage(href),
			title,
			detail: decodeURIComponent(href.split("?")[0] ?? href),
			href,
		}));
	}, [viewer]);
	const teams = (viewer === null ? [] : entitiesOf(viewer)).map(
		(name): PaletteItem => ({ id: `team ${name}`, group: "teams", icon: "team", title: name, href: `/${name}` }),
	);
	const local = [...recent, ...teams, ...pages, ...actions].filter((item) => text === "" || fits(item, text));
	const remote = text === "" || settled === "" ? [] : (found.data ?? []);
	return {
		groups: grouped([...local, ...remote], splitVersion(text).version === undefined ? undefined : "versions"),
		isBusy: text !== "" && (settled !== text || found.isFetching),
		error: found.error,
	};
}
