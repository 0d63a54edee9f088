import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { type NamedPage, PageNamed } from "../ui/page-named.ts";
import { ConnectionNotice } from "./live/ConnectionNotice.tsx";
import { useLive } from "./live/use-live.ts";
import { isWorthKeeping, keepRecentPage } from "./palette/recent.ts";
import { Brand, Sidebar } from "./Sidebar.tsx";
import { openOverlay, restoreSidebar, useShellState } from "./shell-state.ts";
import { useShortcuts } from "./shortcuts.ts";
import { viewerQuery } from "./viewer.queries.ts";

const readPalette = () => import("./palette/Palette.tsx");
const Palette = lazyPart(async () => (await readPalette()).Palette);
const ShortcutsDialog = lazyPart(async () => (await import("./ShortcutsDialog.tsx")).ShortcutsDialog);

/** Whether the reader asked the browser to fetch nothing that is not needed. */
function savesData(): boolean {
	const connection: unknown = Reflect.get(navigator, "connection");
	return connection instanceof Object && Reflect.get(connection, "saveData") === true;
}

/** What opens over the page; its code is fetched once the page has nothing else to do. */
function Overlays(): ReactNode {
	const { overlay } = useShellState();
	const close = () => openOverlay(null);
	useEffect(() => {
		if (savesData()) return;
		const timer = setTimeout(() => void readPalette(), 1_500);
		return () => clearTimeout(timer);
	}, []);
	return (
		<>
			{overlay === "palette" ? <Palette onClose={close} /> : null}
			{overlay === "shortcuts" ? <ShortcutsDialog onClose={close} /> : null}
		</>
	);
}

const stayedMilliseconds = 1_500;

/** Remembers the pages on which the reader stays, for the palette. */
function useRecentPages(): (page: NamedPage) => (() => void) | undefined {
	const { data: viewer } = useQuery(viewerQuery);
	const user = viewer?.username ?? viewer?.name;
	return useCallback(
		(page) => {
			if (user === undefined || !isWorthKeeping(page.href)) return undefined;
			const timer = setTimeout(() => keepRecentPage(user, page), stayedMilliseconds);
			return () => clearTimeout(timer);
		},
		[user],
	);
}

function Topbar({ open, toggle }: { open: boolean; toggle: () => void }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="topbar">
			<Brand />
			<button type="button" className="copy" aria-label={t("palette.title")} onClick={() => openOverlay("palette")}>
				<Icon name="search" />
			</button>
			<button
				type="button"
				className="copy"
				aria-label={t("nav.menu")}
				aria-expanded={open}
				aria-controls="sidebar"
				onClick={toggle}
			>
				<Icon name={open ? "close" : "menu"} />
			</button>
		</div>
	);
}

/** What stands around every page: the way to everywhere else. */
export function Frame(): ReactNode {
	const { t } = useTranslation();
	const [open, setOpen] = useState(false);
	const { collapsed } = useShellState();
	const { pathname } = useLocation();
	useShortcuts();
	useLive();
	const onNamed = useRecentPages();
	useEffect(restoreSidebar, []);
	// On a small screen the menu covers the page; going somewhere closes it, and so does Escape.
	// biome-ignore lint/correctness/useExhaustiveDependencies: a change of address is the event
	useEffect(() => setOpen(false), [pathname]);
	useEffect(() => {
		if (!open) return;
		const onKey = ({ key }: KeyboardEvent) => key === "Escape" && setOpen(false);
		document.addEventListener("keydown", onKey);
		return () => document.removeEventListener("keydown", onKey);
	}, [open]);
	return (
		<>
			<a href="#main" className="skip">
				{t("nav.skip")}
			</a>
			<Topbar open={open} toggle={() => setOpen(!open)} />
			<div className={collapsed ? "frame collapsed" : "frame"}>
				<Sidebar open={open} />
				<main id="main" className="page" tabIndex={-1}>
					<ConnectionNotice />
					<PageNamed value={onNamed}>
						<Outlet />
					</PageNamed>
				</main>
			</div>
			<Overlays />
		</>
	);
}
