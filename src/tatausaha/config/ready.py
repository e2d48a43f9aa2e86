"""Importing this makes Django ready. Programs import it before anything that has tables."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")
django.setup()
