"""From a request and its evidence to a composed clinical course and its narrative."""
