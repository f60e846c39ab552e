"""State-years and dyad-years with what the catalog knows of each, one module per part."""
