"""Taxonomies: labels taught by examples, as the person's own packs; reading, checking, measuring and keeping them."""
