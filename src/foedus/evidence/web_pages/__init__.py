"""Documents from web addresses that the user gives; no address is followed for any other reason."""
