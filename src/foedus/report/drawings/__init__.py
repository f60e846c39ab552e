"""Maps and networks drawn as plain SVG: readable without scripts, styled by classes."""
