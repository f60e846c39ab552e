"""The application: the guard, the desk, and every page that `web.pages` holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from foedus import __version__
from foedus.web import pages
from foedus.web.csrf import check_csrf
from foedus.web.desk import Desk
from foedus.web.errors import add_error_pages
from foedus.web.guard import Guard
from foedus.web.keys import Keys
from foedus.web.navigation import NavItem
from foedus.web.settings import Settings
from foedus.web.static_files import router as static_files


def create_app(settings: Settings) -> FastAPI:
    """The workbench over one workspace, which is opened (and made, where need be) here.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    keys = Keys(settings.token)
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        started = [start(app) for start in app.state.starters]
        yield
        for stop in started:
            if stop is not None:
                stop()
        desk.close()

    app = FastAPI(
        title="Foedus",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=lifespan,
        dependencies=[Depends(check_csrf)],
        middleware=[
            Middleware(Guard, settings=settings, keys=keys),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1),
        ],
    )
    app.state.settings, app.state.keys, app.state.desk = settings, keys, desk
    app.state.starters, navigation = [], list[NavItem]()
    for name in sorted(module.name for module in iter_modules(pages.__path__)):
        module = import_module(f"{pages.__name__}.{name}")
        app.include_router(module.router)
        if hasattr(module, "NAV"):
            navigation.append(module.NAV)
        if hasattr(module, "start"):
            app.state.starters.append(module.start)
    app.state.navigation = tuple(sorted(navigation, key=lambda item: item.order))
    app.include_router(static_files)
    add_error_pages(app)
    return app
