"""The test run: the house's test settings and the toy businesses that prove that the engine is general."""

from tatausaha.config.settings_test import *  # noqa: F403
from tatausaha.config.settings_test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toys"]
