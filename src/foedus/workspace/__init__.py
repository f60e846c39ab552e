"""What a user adds: documents, claims and saved assessments, in SQLite or PostgreSQL.

Importing this package imports no database library; opening a workspace does.
"""

from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.store import Workspace
from foedus.workspace.undated import Undated

__all__ = ["SavedAssessment", "Undated", "Workspace"]
