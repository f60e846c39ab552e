"""Foreign-policy similarity of pairs of states: portfolios of obligations, and UN votes."""
