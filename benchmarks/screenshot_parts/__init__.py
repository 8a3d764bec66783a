"""The scenes of ``benchmarks/screenshots.py``, and the invented texts in them."""
