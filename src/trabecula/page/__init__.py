"""A graph as one HTML page that works offline and never calls the network."""
