"""Programs that prepare what the repository holds; the product imports none of them."""
