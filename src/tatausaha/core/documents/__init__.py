"""Numbered papers, their PDFs, and the public page that says whether one is genuine."""
