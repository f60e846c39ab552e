"""The workbench: one local server over the catalog and a workspace."""
