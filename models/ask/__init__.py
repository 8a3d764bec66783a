"""Questions over documents: passages with their place, an index on this device, what a model is asked of them."""
