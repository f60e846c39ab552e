"""One file per page.

A page module has `router`, an `APIRouter` without prefix. It may have `NAV`, a `NavItem` for
the bar at the top, and `start(app)`, called when the server starts; what that returns is
called when the server stops. `create_app` finds every module here by itself.
"""
