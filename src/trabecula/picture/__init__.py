"""How records look and where they stand, whatever draws them."""
